"""What the training scripts beside this file share: a table, Adam, measures, files and the manifest.

Nothing here trains anything and nothing here is part of the library. Only NumPy is needed; the library is
asked for the multiplication table of a group and for nothing else, so that the figures written into the
manifest do not come from the code that will later be shown on these weights.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def multiplication_table(spec: str) -> Array:
    """Multiplication table of the group that `spec` names: entry ``[a, b]`` is the product a*b."""
    # Imported here: everything else works on any table, without the compiled library.
    import peterweyl as pw

    return np.asarray(pw.group(spec).table)


def irrep_degrees(spec: str) -> list[int]:
    """Degrees of the irreducible representations of the group that `spec` names, ascending."""
    import peterweyl as pw

    return sorted(irrep.degree for irrep in pw.group(spec).irreps)


def inverses(table: Array) -> Array:
    """Inverse of every element, for a table whose identity is element 0."""
    return np.argmax(table == 0, axis=1)


class Adam:
    """Adam with a cosine decay of the learning rate to zero, on a list of real or complex arrays.

    A complex entry has one second moment, of its modulus, so that a step does not depend on the phase:
    the training commutes with the unitary symmetries of a complex network.
    """

    def __init__(
        self,
        parameters: Sequence[Array],
        *,
        learning_rate: float,
        steps: int,
        betas: tuple[float, float] = (0.9, 0.99),
    ) -> None:
        self.parameters = list(parameters)
        self.learning_rate = learning_rate
        self.steps = steps
        self.betas = betas
        self._count = 0
        self._first = [np.zeros_like(p) for p in self.parameters]
        self._second = [np.zeros_like(p.real) for p in self.parameters]

    def step(self, gradients: Sequence[Array]) -> None:
        """Moves every parameter, in place, against its gradient."""
        rate = 0.5 * self.learning_rate * (1 + math.cos(math.pi * self._count / self.steps))
        self._count += 1
        beta1, beta2 = self.betas
        correction1 = 1 - beta1**self._count
        correction2 = 1 - beta2**self._count
        for p, g, first, second in zip(self.parameters, gradients, self._first, self._second, strict=True):
            first += (1 - beta1) * (g - first)
            second += (1 - beta2) * ((g * g.conj()).real - second)
            p -= rate * (first / correction1) / (np.sqrt(second / correction2) + 1e-9)


def isotypic_projectors(table: Array) -> list[Array]:
    """Projectors on the isotypic components of the real functions on a group, the constants first.

    A random symmetric element of the centre of the group algebra acts as one real number on every
    component (complex-conjugate irreps together), so its eigenspaces are the components. This needs no
    character table and costs one eigendecomposition, O(n^3).
    """
    n = len(table)
    inverse = inverses(table)
    quotient = table[inverse].T  # quotient[g, h] = h^-1 g
    conjugates = table[table, inverse[:, None]]  # conjugates[a, x] = a x a^-1
    representative = np.minimum(conjugates.min(axis=0), conjugates[:, inverse].min(axis=0))
    coefficients = np.random.default_rng(0).standard_normal(n)[representative]
    values, vectors = np.linalg.eigh(coefficients[quotient])
    scale = np.abs(values).max()
    starts = [0, *(np.flatnonzero(np.diff(values) > 1e-8 * scale) + 1), n]
    spaces = [vectors[:, a:b] for a, b in itertools.pairwise(starts)]
    projectors = [v @ v.T for v in spaces]
    return sorted(projectors, key=lambda p: (p.min() < 0.5 / n, round(float(np.trace(p)))))


def component_energies(rows: Array, projectors: Sequence[Array]) -> Array:
    """Energy of every row in every component, an array (rows, components)."""
    rows = np.asarray(rows, dtype=np.float64)
    return np.stack([((rows @ p) ** 2).sum(axis=1) for p in projectors], axis=1)


def purity(rows: Array, projectors: Sequence[Array]) -> dict[str, float]:
    """Share of a row's energy in its best component: energy-weighted mean, minimum over the rows."""
    energies = component_energies(rows, projectors)
    best, total = energies.max(axis=1), energies.sum(axis=1)
    return {"weighted": float(best.sum() / total.sum()), "minimum": float((best / total).min())}


def save_safetensors(path: Path, tensors: Mapping[str, Array], metadata: Mapping[str, str]) -> None:
    """Writes float32 tensors: eight bytes with the header's length, a JSON header, the little-endian data."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)}
    chunks: list[bytes] = []
    offset = 0
    for name, tensor in tensors.items():
        data = np.ascontiguousarray(tensor, dtype="<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
        chunks.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the format asks for data aligned to eight bytes
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(chunks))


def rounded(value: Any) -> Any:
    """`value` with every float cut to four significant digits: a manifest is read by people."""
    if isinstance(value, dict):
        return {key: rounded(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(entry) for entry in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def given(arguments: Sequence[str] | None) -> list[str]:
    """The arguments of a command line: those given, else those of the process."""
    return sys.argv[1:] if arguments is None else list(arguments)


def add_common_arguments(
    parser: argparse.ArgumentParser, *, group: str, steps: int, learning_rate: float
) -> None:
    """Adds the options that every training script has."""
    parser.add_argument("--group", default=group, help="group spec such as S4 (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the initial weights (default: 0)")
    parser.add_argument("--steps", type=int, default=steps, help="training steps (default: %(default)s)")
    parser.add_argument("--learning-rate", type=float, default=learning_rate, help="default: %(default)s")
    parser.add_argument("--out", type=Path, required=True, help="file to write the weights to")
    parser.add_argument("--manifest", type=Path, help="examples.json to record this run in")


def record(
    arguments: Sequence[str], script: str, out: Path, manifest: Path | None, entry: dict[str, Any]
) -> None:
    """Prints what a run reached and, if asked, puts it into the manifest in place of an older record."""
    entry = {
        "name": out.stem,
        **entry,
        "file": out.name,
        "script": f"docs/examples/{script}",
        "command": shlex.join(["python", f"docs/examples/{script}", *arguments]),
    }
    entry = rounded(entry)
    json.dump(entry, sys.stdout, indent=2)
    print()
    if manifest is None:
        return
    entries = json.loads(manifest.read_text())["examples"] if manifest.exists() else []
    entries = [e for e in entries if e["name"] != entry["name"]] + [entry]
    entries.sort(key=lambda e: e["name"])
    manifest.write_text(json.dumps({"schema_version": 1, "examples": entries}, indent=2) + "\n")
