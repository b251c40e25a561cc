"""``peterweyl bench verify``: reports, energies of many rows, sweeps, and loading beside each format's own loader."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..groups import Group, group
from ..harmonics import verify
from ..harmonics.many_rows import row_energies
from ..sweeping import sweep
from ..weights import load_weights
from .peers import installed_module
from .table import Row, Table
from .timing import measure

DESCRIPTION = "reports, energies of many rows, sweeps of checkpoints, loading of files"

Array = NDArray[Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the topic."""
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    parser.add_argument("--rows", type=int, default=65_536, metavar="M", help="rows over S6 (default 65536)")
    parser.add_argument(
        "--megabytes",
        type=int,
        default=1024,
        metavar="N",
        help="size of the files that are loaded (default 1024)",
    )
    parser.add_argument(
        "--checkpoints", type=int, default=1000, metavar="N", help="files in the sweep (default 1000)"
    )


def _fourier_matrix(tested: Group) -> Array:
    """(n, n): a row times this is its spectrum, as a dense product; complex64."""
    n = tested.order
    return np.concatenate(
        [np.sqrt(rho.degree / n) * rho.matrices().conj().reshape(n, -1) for rho in tested.irreps], axis=1
    ).astype(np.complex64)


def _dense_energies(rows: Array, matrix: Array, sizes: list[int]) -> Array:
    """What a user of NumPy does: one product, then sums of squares."""
    spectrum = rows @ matrix
    return np.add.reduceat(np.abs(spectrum) ** 2, np.cumsum([0, *sizes[:-1]]), axis=1)


def _reports(add: Callable[..., None]) -> None:
    random = np.random.default_rng(0)
    tested = group("C113")
    tested.irreps  # noqa: B018 - made once a group, not once a report
    phases = random.uniform(0, 6, size=130)
    frequencies = np.tile([14, 35, 41, 42, 52], 26)
    waves = np.cos(2 * np.pi * frequencies[:, None] * np.arange(113) / 113 + phases[:, None])
    noisy = waves + 0.05 * random.normal(size=waves.shape)
    add("report, 128 embeddings of C113", lambda: verify(noisy[:128], tested).report(), goal=5e-3)
    for spec, rows in (("S4", 200), ("S5", 512), ("S6", 512)):
        tested = group(spec)
        tested.irreps  # noqa: B018
        gaussian = random.normal(size=(rows, tested.order))
        add(f"report, {rows} rows over {spec}", lambda w=gaussian, g=tested: verify(w, g).report())


def _energies(add: Callable[..., None], rows: int, peers: bool) -> None:
    tested = group("S6")
    weights = np.random.default_rng(0).normal(size=(rows, 720)).astype(np.float32)
    found: dict[str, float] = {}
    if peers:
        matrix = _fourier_matrix(tested)
        sizes = [rho.degree**2 for rho in tested.irreps]
        found["numpy, complex64"] = measure(
            lambda: _dense_energies(weights, matrix, sizes), seconds=3, at_least=2
        ).best
        real = np.ascontiguousarray(matrix.real)
        found["numpy, real basis"] = measure(
            lambda: _dense_energies(weights, real, sizes), seconds=3, at_least=2
        ).best
    add(
        f"energies of {rows:,} float32 rows over S6",
        lambda: row_energies(weights, tested),
        peers=found,
    )
    add(f"report of {rows:,} float32 rows over S6", lambda: verify(weights, tested).report())


def _sweeps(add: Callable[..., None], files: int, folder: Path) -> None:
    random = np.random.default_rng(0)
    data = random.normal(size=(1, 1086, 120)).astype(np.float32)  # 0.5 MB
    for k in range(files):
        np.save(folder / f"checkpoint{k:05}.npy", data[0])
    add(
        f"sweep of {files:,} checkpoints of 0.5 MB over S5",
        lambda: sweep(folder, "S5"),
        goal=files / 100,
        once=True,
    )


def _loading(add: Callable[..., None], megabytes: int, folder: Path, peers: bool) -> None:
    count = 8
    tensors = {
        f"layer{k}": np.full((megabytes * 2**20 // 4 // count // 1024, 1024), k, dtype=np.float32)
        for k in range(count)
    }

    def used(arrays: dict[str, Any]) -> float:
        # A mapped file that nobody reads costs nothing: touch every page of what was asked for.
        return float(sum(array.ravel()[::1024].sum() for array in arrays.values()))

    safetensors = installed_module("safetensors.numpy", "safetensors")
    path = folder / "weights.safetensors"
    if safetensors is not None:
        module = safetensors[0]
        module.save_file(tensors, path)
        theirs = (
            {"safetensors": measure(lambda: used(module.load_file(path)), seconds=2).best} if peers else {}
        )
        add(
            f"load {megabytes} MB of safetensors",
            lambda: used(dict(load_weights(path))),
            peers=theirs,
        )
    torch = installed_module("torch")
    if torch is not None:
        library = torch[0]
        checkpoint = folder / "weights.pt"
        library.save({name: library.from_numpy(array) for name, array in tensors.items()}, checkpoint)
        theirs = {}
        if peers:
            theirs["torch mmap"] = measure(
                lambda: used(
                    {
                        name: tensor.numpy()
                        for name, tensor in library.load(checkpoint, weights_only=True, mmap=True).items()
                    }
                ),
                seconds=2,
            ).best
        add(
            f"load {megabytes} MB of a PyTorch checkpoint",
            lambda: used(dict(load_weights(checkpoint))),
            peers=theirs,
        )


def run(options: argparse.Namespace) -> list[Table]:
    """Measure everything the topic is about."""
    rows: list[Row] = []

    def add(
        task: str,
        work: Callable[[], Any],
        goal: float | None = None,
        peers: dict[str, float] | None = None,
        once: bool = False,
    ) -> None:
        best = measure(work, seconds=1.0, at_least=1 if once else 3, at_most=1 if once else 200).best
        rows.append(Row(task, best, goal, peers or {}))

    _reports(add)
    _energies(add, options.rows, not options.no_peers)
    with tempfile.TemporaryDirectory() as name:
        _sweeps(add, options.checkpoints, Path(name))
    with tempfile.TemporaryDirectory() as name:
        _loading(add, options.megabytes, Path(name), not options.no_peers)
    return [
        Table(
            "Verification",
            rows,
            [
                "wall time; NumPy with as many threads as it takes by itself; irreps are made before the clock starts"
            ],
        )
    ]
