"""The networks that come with the package, the claims made about them, and the scripts that trained them.

Everything about the files is measured here with NumPy alone, on tables and characters written down in this
file: neither the library nor the training scripts are asked whether the library's examples are right.
"""

from __future__ import annotations

import importlib
import itertools
import json
import math
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]
DATA = ROOT / "python" / "peterweyl" / "data"
SCRIPTS = ROOT / "docs" / "examples"

Array = NDArray[Any]


# -- groups, by hand -------------------------------------------------------------------------------------------


def symmetric_group(k: int) -> tuple[Array, list[tuple[int, ...]]]:
    """Table of S_k, permutations in lexicographic order, a*b = first a, then b; and the permutations."""
    elements = list(itertools.permutations(range(k)))
    index = {p: i for i, p in enumerate(elements)}
    return np.array([[index[tuple(b[i] for i in a)] for b in elements] for a in elements]), elements


def dihedral_group(k: int) -> Array:
    """Table of D_k: r^0 ... r^(k-1), r^0 s ... r^(k-1) s, with s r = r^-1 s."""

    def product(a: int, b: int) -> int:
        reflected, turn = divmod(a, k)
        other, angle = divmod(b, k)
        return (turn + (-angle if reflected else angle)) % k + k * (reflected ^ other)

    return np.array([[product(a, b) for b in range(2 * k)] for a in range(2 * k)])


def cyclic_group(k: int) -> Array:
    return np.add.outer(np.arange(k), np.arange(k)) % k


def group_table(spec: str) -> Array:
    k = int(spec[1:])
    return {"S": lambda: symmetric_group(k)[0], "D": lambda: dihedral_group(k), "C": lambda: cyclic_group(k)}[
        spec[0]
    ]()


def s4_projectors() -> Array:
    """The isotypic projectors of S4, (5, 24, 24), from its character table; the trivial one first."""
    table, elements = symmetric_group(4)

    def cycle_type(p: tuple[int, ...]) -> tuple[int, ...]:
        seen: set[int] = set()
        lengths = []
        for start in range(4):
            length = 0
            while start not in seen:
                seen.add(start)
                start, length = p[start], length + 1
            lengths.append(length)
        return tuple(sorted(length for length in lengths if length))

    classes = [(1, 1, 1, 1), (1, 1, 2), (2, 2), (1, 3), (4,)]
    characters = np.array(
        [[1, 1, 1, 1, 1], [1, -1, 1, 1, -1], [2, 0, 2, -1, 0], [3, 1, -1, 0, -1], [3, -1, -1, 0, 1]]
    )[:, [classes.index(cycle_type(p)) for p in elements]]
    inverse = np.argmax(table == 0, axis=1)
    quotient = table[inverse].T
    return characters[:, :1, None] / 24 * characters[:, quotient]


def sum_zero_representation(k: int) -> Array:
    """The irreducible representation of S_k of degree k-1: permutations of k points, on vectors of sum zero."""
    _, elements = symmetric_group(k)
    basis = np.linalg.svd(np.ones((1, k)))[2][1:]
    # first a then b is the matrix product P(a) P(b) when P(a)[i, a(i)] = 1
    return np.stack([basis @ np.eye(k)[list(p)] @ basis.T for p in elements])


# -- files -----------------------------------------------------------------------------------------------------


def read_safetensors(path: Path) -> dict[str, Array]:
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    assert size % 8 == 0
    header = json.loads(raw[8 : 8 + size])
    header.pop("__metadata__")
    body = raw[8 + size :]
    assert len(body) == max(entry["data_offsets"][1] for entry in header.values())
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32"
        start, stop = entry["data_offsets"]
        tensors[name] = np.frombuffer(body[start:stop], dtype="<f4").reshape(entry["shape"])
    return tensors


def read_torch_zip(path: Path, shapes: dict[str, list[int]]) -> dict[str, Array]:
    """The storages of a state dict, in its order; the pickle in the file is not opened."""
    with zipfile.ZipFile(path) as archive:
        storages = {int(Path(n).name): n for n in archive.namelist() if Path(n).parent.name == "data"}
        buffers = [np.frombuffer(archive.read(storages[i]), dtype="<f4") for i in sorted(storages)]
    return {name: b.reshape(shapes[name]) for name, b in zip(shapes, buffers, strict=True)}


def read(entry: dict[str, Any]) -> dict[str, Array]:
    path = DATA / entry["file"]
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as archive:
            return dict(archive)
    if path.suffix == ".safetensors":
        return read_safetensors(path)
    return read_torch_zip(path, {name: t["shape"] for name, t in entry["tensors"].items()})


MANIFEST = json.loads((DATA / "examples.json").read_text())
EXAMPLES: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in MANIFEST["examples"]}


def factors(name: str) -> tuple[Array, Array, Array]:
    """The left, right and output weights of a composition network, neurons in rows, in double precision."""
    entry = EXAMPLES[name]
    tensors = read(entry)
    found = {}
    for key, about in entry["tensors"].items():
        found[about["role"]] = np.moveaxis(tensors[key], about["group_axis"], -1).astype(np.float64)
    return found["left"], found["right"], found["out"]


def accuracy(scores: Array, table: Array) -> float:
    return float((scores.argmax(axis=2) == table).mean())


def test_the_folder_holds_what_the_manifest_lists_and_is_small():
    files = {p.name for p in DATA.iterdir() if p.suffix in {".npz", ".npy", ".safetensors", ".pt"}}
    assert files == {entry["file"] for entry in EXAMPLES.values()}
    assert sum((DATA / name).stat().st_size for name in files) < 200_000
    assert list(EXAMPLES) == sorted(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_manifest_describes_the_file(name: str):
    entry = EXAMPLES[name]
    tensors = read(entry)
    assert list(tensors) == list(entry["tensors"])
    order = len(group_table(entry["group"]))
    for key, about in entry["tensors"].items():
        assert list(tensors[key].shape) == about["shape"]
        assert tensors[key].dtype == about["dtype"]
        assert tensors[key].shape[about["group_axis"]] == order
        assert np.isfinite(tensors[key]).all()
    assert (ROOT / entry["script"]).is_file()
    assert entry["command"].startswith(f"python {entry['script']} ")
    assert f"--seed {entry['seed']}" in entry["command"]
    assert entry["harmonic"] in {"yes", "mostly", "no"}


# -- the claims ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["power_spectral_s3", "power_spectral_s4"])
def test_power_spectral_blocks_are_all_the_irreducible_representations(name: str):
    table = group_table(EXAMPLES[name]["group"])
    n = len(table)
    blocks = [w.astype(np.complex128) for w in read(EXAMPLES[name]).values()]
    characters = []
    for w in blocks:
        d = w.shape[1]
        mean = np.einsum("gab,gcb->ac", w, w.conj()) / n
        # W(g) = M rho(g)^* with M unitary: the mean of W(g) W(g)^* is the identity
        np.testing.assert_allclose(mean, np.eye(d), atol=1e-5)
        rho = np.linalg.inv(w) @ w[0]
        for g in range(n):
            np.testing.assert_allclose(rho[g] @ rho, rho[table[g]], atol=1e-5)
        characters.append(np.trace(rho, axis1=1, axis2=2))
    # orthonormal characters: irreducible and pairwise inequivalent; squares of degrees: none is missing
    gram = np.array(characters) @ np.array(characters).conj().T / n
    np.testing.assert_allclose(gram, np.eye(len(blocks)), atol=1e-5)
    assert sum(w.shape[1] ** 2 for w in blocks) == n


def test_the_identity_column_of_the_power_spectral_network_was_not_forced():
    blocks = read(EXAMPLES["power_spectral_s4"])
    assert all(np.abs(w[0] - np.eye(w.shape[1])).max() > 0.05 for w in blocks.values())


def test_composition_network_multiplies_and_every_neuron_lives_on_one_irrep():
    table = group_table("S4")
    u, v, w = factors("composition_s4")
    scores = np.einsum("mc,mab->abc", w, (u[:, :, None] + v[:, None, :]) ** 2)
    assert accuracy(scores, table) == 1.0

    projectors = s4_projectors()
    np.testing.assert_allclose(projectors.sum(axis=0), np.eye(24), atol=1e-12)
    energies = np.array([[((x @ p) ** 2).sum(axis=1) for p in projectors] for x in (u, v, w)])
    best = energies.argmax(axis=1)
    assert (best == best[0]).all()  # the same one in U, V and W
    assert set(best[0]) == {1, 2, 3, 4}  # never the trivial one, every other
    share = energies.max(axis=1).sum(axis=1) / energies.sum(axis=(1, 2))
    assert share.min() > 0.97
    assert (energies.max(axis=1) / energies.sum(axis=1)).min() > 0.97

    # no network has a larger normalised margin than 2 / (3 sqrt(3 n)) / sum of d^2.5, d over degrees but one 1
    norms = np.sqrt((u**2).sum(axis=1) + (v**2).sum(axis=1) + (w**2).sum(axis=1))
    right = np.take_along_axis(scores, table[:, :, None], axis=2)
    np.put_along_axis(scores, table[:, :, None], -np.inf, axis=2)
    margin = (right[:, :, 0] - scores.max(axis=2)).min() / (norms**3).sum()
    largest = 2 / (3 * math.sqrt(3 * 24)) / sum(d**2.5 for d in (1, 2, 3, 3))
    assert 0.9 * largest < margin < largest
    assert margin == pytest.approx(EXAMPLES["composition_s4"]["figures"]["normalised_margin"], rel=1e-3)


def test_the_untrained_network_is_the_start_of_the_trained_one_and_knows_nothing():
    u, v, w = factors("composition_s4_untrained")
    scores = np.einsum("mc,mab->abc", w, (u[:, :, None] + v[:, None, :]) ** 2)
    assert accuracy(scores, group_table("S4")) < 0.15
    for x in (u, v, w):
        energies = np.array([((x @ p) ** 2).sum(axis=1) for p in s4_projectors()])
        assert energies.max(axis=0).sum() / energies.sum() < 0.6

    trained = EXAMPLES["composition_s4"]
    start = script("train_composition").initial_weights(24, 200, trained["seed"])
    for shipped, drawn in zip(read(EXAMPLES["composition_s4_untrained"]).values(), start, strict=True):
        np.testing.assert_array_equal(shipped, drawn)


def test_relu_network_adds_and_is_mostly_harmonic():
    left, right, out = factors("relu_c13")
    scores = np.einsum("mc,mab->abc", out, np.maximum(left[:, :, None] + right[:, None, :], 0))
    assert accuracy(scores, group_table("C13")) == 1.0
    shares = []
    for rows in (left, right, out):
        energies = np.abs(np.fft.rfft(rows, axis=1)) ** 2 * np.array([1] + 6 * [2])
        shares.append(energies.max(axis=1).sum() / energies.sum())
    assert 0.9 < min(shares) < 0.97


# -- the scripts -----------------------------------------------------------------------------------------------


def script(name: str) -> ModuleType:
    # a script finds train_support beside itself when it is run; so must it here
    sys.path.insert(0, str(SCRIPTS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(SCRIPTS))


def directional_derivative(loss: Any, parameters: list[Array], directions: list[Array]) -> float:
    def at(h: float) -> float:
        return float(loss([p + h * d for p, d in zip(parameters, directions, strict=True)]))

    # fourth-order central difference: the error left is rounding
    h = 1e-3
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)


@pytest.mark.parametrize(("spec", "degrees"), [("S3", [1, 1, 2]), ("D5", [1, 1, 2, 2])])
def test_power_spectral_gradient(spec: str, degrees: list[int]):
    module = script("train_power_spectral")
    table = group_table(spec)
    blocks = module.initial_blocks(len(table), degrees, 3)
    directions = module.initial_blocks(len(table), degrees, 4)
    _, gradients = module.loss_and_gradients(blocks, table, 0.7)
    expected = sum((g.conj() * d).real.sum() for g, d in zip(gradients, directions, strict=True))
    found = directional_derivative(lambda x: module.loss_and_gradients(x, table, 0.7)[0], blocks, directions)
    assert found == pytest.approx(expected, rel=1e-8)


def test_the_closed_form_of_the_invariance_is_the_mean_over_signals_and_translations():
    module = script("train_power_spectral")
    table = group_table("S3")
    n, d = 6, 2
    (block,) = module.initial_blocks(n, [d], 5)
    rng = np.random.default_rng(6)
    real, imaginary = rng.standard_normal((2, 20_000, n)) / math.sqrt(2)
    signals = real + 1j * imaginary

    def spectra(x: Array) -> Array:
        images = np.einsum("gab,sg->sab", block, x)
        return images @ images.conj().transpose(0, 2, 1)

    change = 0.0
    for g in range(n):
        moved = np.empty_like(signals)
        moved[:, table[g]] = signals  # y at gh is x at h
        change += (np.abs(spectra(signals) - spectra(moved)) ** 2).sum(axis=(1, 2)).mean() / n
    assert module.invariance(block, table)[0] == pytest.approx(change / (2 * n * n * d), rel=0.05)


def test_irreducible_representations_are_a_zero_of_the_power_spectral_loss():
    module = script("train_power_spectral")
    table, _ = symmetric_group(3)
    rho = sum_zero_representation(3)
    np.testing.assert_allclose(rho[:, None] @ rho, rho[table], atol=1e-12)
    trivial = np.ones((6, 1, 1))
    sign = np.linalg.det(rho)[:, None, None]
    unitary = np.linalg.qr(np.array([[1, 2j], [1 + 1j, 3]]))[0]
    blocks = [trivial * 1j, sign + 0j, unitary @ rho.transpose(0, 2, 1)]
    assert module.loss_and_gradients(blocks, table, 1.0)[0] < 1e-28
    assert module.homomorphism_defect(blocks[2], table) < 1e-12


def test_composition_gradient():
    module = script("train_composition")
    table = group_table("D5")
    weights = module.initial_weights(10, 7, 1, np.float64)
    directions = module.initial_weights(10, 7, 2, np.float64)
    weights = [5 * x for x in weights]
    _, gradients = module.loss_and_gradients(weights, table, 0.3)
    expected = sum((g * d).sum() for g, d in zip(gradients, directions, strict=True))
    found = directional_derivative(lambda x: module.loss_and_gradients(x, table, 0.3)[0], weights, directions)
    assert found == pytest.approx(expected, rel=1e-8)


def test_the_scripts_find_the_isotypic_components():
    support = script("train_support")
    by_characters = s4_projectors()
    found = support.isotypic_projectors(group_table("S4"))
    assert len(found) == 5
    np.testing.assert_allclose(found[0], by_characters[0], atol=1e-12)
    for p in found:
        assert min(np.abs(p - q).max() for q in by_characters) < 1e-9
    # complex-conjugate characters are one real component
    assert sorted(round(np.trace(p)) for p in support.isotypic_projectors(group_table("C5"))) == [1, 2, 2]


def test_power_spectral_training_smoke():
    module = script("train_power_spectral")
    table = group_table("S3")
    blocks, losses = module.train(table, [1, 1, 2], seed=0, steps=500)
    assert len(losses) == 501
    assert losses[-1] < 1e-3 * losses[0]
    assert max(module.homomorphism_defect(w, table) for w in blocks) < 0.05


def test_composition_training_smoke():
    module = script("train_composition")
    table = group_table("D5")
    weights, losses = module.train(table, neurons=60, seed=0, steps=150)
    assert losses[-1] < 0.2 * losses[0]
    assert module.accuracy_and_margin(weights, table)[0] == 1.0


@pytest.mark.torch
def test_relu_training_smoke():
    pytest.importorskip("torch")
    table = group_table("C5")
    network, losses = script("train_relu").train(table, neurons=24, seed=0, steps=150)
    assert losses[-1] < 0.5 * losses[0]
    assert (network().argmax(dim=1).numpy() == table.ravel()).mean() == 1.0


# -- with the library ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "file"),
    [
        ("train_power_spectral", ["--group", "S3", "--steps", "20"], "a.npz"),
        ("train_composition", ["--group", "D5", "--steps", "20", "--neurons", "12"], "a.safetensors"),
    ],
)
def test_command_line_writes_weights_and_a_record(tmp_path: Path, name: str, arguments: list[str], file: str):
    pytest.importorskip("peterweyl._core", exc_type=ImportError)
    out, manifest = tmp_path / file, tmp_path / "examples.json"
    for _ in range(2):  # a second run replaces the record of the first
        script(name).main([*arguments, "--out", str(out), "--manifest", str(manifest)])
    (entry,) = json.loads(manifest.read_text())["examples"]
    assert entry["name"] == "a"
    assert entry["steps"] == 20
    assert entry["loss"] < entry["figures"]["initial_loss"]
    tensors = dict(np.load(out)) if file.endswith("npz") else read_safetensors(out)
    assert {key: list(x.shape) for key, x in tensors.items()} == {
        key: about["shape"] for key, about in entry["tensors"].items()
    }


@pytest.mark.parametrize("spec", ["S3", "S4", "D5", "C13"])
def test_the_library_orders_the_elements_as_these_tests_do(spec: str):
    pytest.importorskip("peterweyl._core", exc_type=ImportError)
    np.testing.assert_array_equal(script("train_support").multiplication_table(spec), group_table(spec))


def test_examples_module():
    examples = pytest.importorskip("peterweyl.examples", exc_type=ImportError)
    assert examples.names() == tuple(EXAMPLES)
    for name in examples.names():
        assert examples.path(name).read_bytes() == (DATA / EXAMPLES[name]["file"]).read_bytes()
        assert examples.description(name) == EXAMPLES[name]
    # what is handed out is a copy
    examples.description("relu_c13")["group"] = "C14"
    assert examples.description("relu_c13")["group"] == "C13"


@pytest.mark.parametrize("function", ["path", "description"])
def test_an_unknown_example_is_refused_with_the_names(function: str):
    examples = pytest.importorskip("peterweyl.examples", exc_type=ImportError)
    with pytest.raises(ValueError, match=r"expected one of .*relu_c13.*did you mean 'power_spectral_s4'"):
        getattr(examples, function)("power_spectral_s5x")
