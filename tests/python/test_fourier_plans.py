"""Plans of every kind: all small groups against the definition, files, tensors, correlations, bispectra."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.cli import main
from peterweyl.fourier import FourierPlan, plan


def random_complex(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(size=shape) + 1j * random.normal(size=shape)


def direct_matrix(group: pw.Group) -> np.ndarray:
    """Row g is the spectrum of the function that is 1 at g, by the definition."""
    return np.concatenate(
        [rho.matrices().conj().transpose(0, 2, 1).reshape(group.order, -1) for rho in group.irreps], axis=1
    )


def check_against_the_definition(group: pw.Group) -> None:
    n = group.order
    matrix = direct_matrix(group)
    x = random_complex((9, n), n)
    expected = x @ matrix
    scale = np.abs(expected).max()
    F = group.fourier()
    assert np.abs(F.forward(x) - expected).max() <= 1e-13 * scale
    assert np.abs(F.forward(x[0]) - expected[0]).max() <= 1e-13 * scale
    assert np.abs(F.forward(x.real) - x.real @ matrix).max() <= 1e-13 * scale
    assert np.abs(F.inverse(expected) - x).max() <= 1e-13 * np.abs(x).max() * 4
    assert np.abs(F.inverse(expected[3]) - x[3]).max() <= 1e-13 * np.abs(x).max() * 4
    single = group.fourier("complex64")
    assert np.abs(single.forward(x.astype(np.complex64)) - expected).max() <= 1e-5 * scale
    assert np.abs(single.forward(x[0].astype(np.complex64)) - expected[0]).max() <= 1e-5 * scale


@pytest.mark.parametrize("order", [*range(1, 64), 72, 80, 81, 84, 96, 100])
def test_all_small_groups_against_the_definition(order: int) -> None:
    count = pw.number_of_groups(order)
    for number in range(1, count + 1, 1 + count // 16):  # some of the many of orders 32, 48 and 96
        check_against_the_definition(pw.small_group(order, number))


@pytest.mark.parametrize(
    "spec",
    [
        "PSL(2,7)",
        "SL(2,5)",
        "S5",
        "A6",
        "GL(2,3)",
        "C2 wr S4",
        "S4 x S3",
        "2^(1+6)+",
        "Q8 x C15",
        "D60",
        "D47",
        "D59",
        "D113",
        "D251",
        "C61 : C3",
        "C29 : C28",
        "C53 : C13",
        "S3 x C37",
        "Q8 x C59",
    ],
)
def test_larger_groups_against_the_definition(spec: str) -> None:
    check_against_the_definition(pw.group(spec))


def test_symmetric_groups_beyond_their_table() -> None:
    group = pw.group("S8")
    F = group.fourier()
    x = np.random.default_rng(0).normal(size=(2, 40320))
    X = F.forward(x)
    np.testing.assert_allclose(X[:, 0], x.sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(F.inverse(X), x, atol=1e-11)
    np.testing.assert_allclose(F.forward(x[0]), X[0], atol=1e-9)
    assert max(F.verify().values()) < 1e-12


@pytest.mark.parametrize(
    "spec", ["S7 x S3", "A5 x S3", "S3 x A5", "PSL(2,7) x C2", "C3 x A5", "A4 x A4", "Q8 x A5"]
)
def test_products_of_groups_with_abelian_subgroups_at_the_bottom(spec: str) -> None:
    assert max(pw.group(spec).fourier().verify().values()) < 1e-12


def test_groups_beyond_their_table() -> None:
    group = pw.group("AGL(1,227)")
    F = group.fourier()
    rng = np.random.default_rng(0)
    x, b = rng.normal(size=51302), 4711
    delta = np.zeros(51302)
    delta[b] = 1.0
    # (x * delta_b)(g b) = x(g), the products by the group and not by its irreps.
    moved = F.convolve(x, delta)[group.multiply(np.arange(51302), b)]
    np.testing.assert_allclose(moved, x, atol=1e-11)
    np.testing.assert_allclose(F.inverse(F.forward(x)), x, atol=1e-12)
    assert max(F.verify().values()) < 1e-12


def test_groups_whose_irreps_would_need_too_much_memory() -> None:
    with pytest.raises(
        pw.GroupTooLargeError, match=r"subgroup of order 23040 would take 8100 MiB, the limit is"
    ):
        pw.group("C2 wr S6").fourier()


@pytest.mark.parametrize("spec", ["C97", "C1009", "C2 x C37", "C2 x C521", "C60000"])
@pytest.mark.parametrize("norm", [None, "backward", "ortho", "forward"])
def test_abelian_groups_equal_numpy(spec: str, norm: Any) -> None:
    group = pw.group(spec)
    shape = tuple(int(factor[1:]) for factor in spec.split(" x "))
    axes = tuple(range(1, 1 + len(shape)))
    x = random_complex((3, group.order))
    F = group.fourier()
    expected = np.fft.fftn(x.reshape(3, *shape), axes=axes, norm=norm).reshape(3, -1)
    np.testing.assert_allclose(F.forward(x, norm=norm), expected, atol=1e-9)
    np.testing.assert_allclose(F.forward(x.T, axis=0, norm=norm), expected.T, atol=1e-9)
    np.testing.assert_allclose(F.inverse(expected, norm=norm), x, atol=1e-9)
    left = np.vdot(F.forward(x, norm=norm), x)
    assert abs(left - np.vdot(x, F.adjoint(x, norm=norm))) < 1e-9 * abs(left)


@pytest.mark.parametrize("method", ["auto", "measure", "dense", "chain", "two-sided"])
def test_methods_agree(method: Any) -> None:
    group = pw.group("A5")
    x = random_complex((5, 60))
    F = plan(group, method=method)
    np.testing.assert_allclose(F.forward(x), x @ direct_matrix(group), atol=1e-12)
    np.testing.assert_allclose(F.forward(x.T, axis=0).T, x @ direct_matrix(group), atol=1e-12)
    np.testing.assert_allclose(F.inverse(F.forward(x)), x, atol=1e-13)


def test_wrong_plans() -> None:
    with pytest.raises(pw.ArgumentError, match="method: expected"):
        plan(pw.group("S3"), method="fastest")  # type: ignore[arg-type]
    with pytest.raises(pw.GroupTooLargeError, match=r"order 720 it takes .* KiB, the limit is 9\.77 KiB"):
        plan(pw.group("S6"), memory_limit=10_000)


def test_correlation_is_the_plain_sum() -> None:
    group = pw.group("D6")
    x, y = random_complex((2, 4, 12))
    table = group.table
    expected = np.stack([np.sum(x.conj() * y[:, table[:, g]], axis=1) for g in range(12)], axis=1)
    np.testing.assert_allclose(group.fourier().correlate(x, y), expected, atol=1e-12)
    np.testing.assert_allclose(group.fourier().correlate(x.T, y.T, axis=0), expected.T, atol=1e-12)


@pytest.mark.parametrize("spec", ["C7", "S3", "Q8", "A4", "A5"])
def test_bispectrum(spec: str) -> None:
    group = pw.group(spec)
    F = group.fourier()
    x = random_complex((2, group.order))
    irreps = group.irreps
    full = F.bispectrum(x)
    assert len(full) == len(irreps) * (len(irreps) + 1) // 2
    # The definition, with the Kronecker product of matrices.
    for a, b in [(0, 0), (0, len(irreps) - 1), (len(irreps) - 2, len(irreps) - 1)]:
        size = irreps[a].degree * irreps[b].degree
        product = np.einsum("gij,gkl->gikjl", irreps[a].matrices(), irreps[b].matrices())
        joint = np.einsum("rg,gji->rij", x, product.reshape(-1, size, size).conj())
        blocks = F.blocks(F.forward(x))
        outer = np.einsum("rij,rkl->rikjl", blocks[a], blocks[b]).reshape(2, size, size)
        np.testing.assert_allclose(full[a, b], outer @ joint.conj().transpose(0, 2, 1), atol=1e-9)
    moved = F.bispectrum(x[:, group.table[group.inverses[group.order // 2]]])
    assert all(np.allclose(full[pair], moved[pair]) for pair in full)
    selective = F.bispectrum(x, selective=True)
    assert set(selective) <= {(a, b) for a in range(len(irreps)) for b in range(len(irreps))}
    assert len(selective) <= 2 * len(irreps)
    for (a, b), value in selective.items():
        np.testing.assert_allclose(value, full[min(a, b), max(a, b)], atol=1e-9)


@pytest.mark.parametrize("spec", ["A5", "C2 x C6", "C97", "C521", "S5"])
@pytest.mark.parametrize("dtype", ["complex128", "complex64"])
def test_files(spec: str, dtype: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.npz"
    group = pw.group(spec)
    F = group.fourier(dtype)
    F.save(path)
    for G in (FourierPlan.load(path), FourierPlan.load(path, pw.from_table(group.table))):
        assert G.dtype == F.dtype
        x = random_complex((group.order,)).astype(dtype)
        tolerance = 1e-12 if dtype == "complex128" else 1e-4
        np.testing.assert_allclose(G.forward(x), F.forward(x), atol=tolerance * np.sqrt(group.order))
    other = pw.group("C2 x C30") if spec == "A5" else pw.group("S3")
    with pytest.raises(pw.ArgumentError):
        FourierPlan.load(path, other)


def test_damaged_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.npz"
    pw.group("S4").fourier().save(path)
    content = dict(np.load(path))
    for name, value in [
        ("structure", content["structure"][:-1]),
        ("values", content["values"] * 2),
        ("elements", content["elements"][::-1]),
        ("header", np.frombuffer(b"[]", np.uint8)),
        (
            "header",
            np.frombuffer(json.dumps({"format": "peterweyl Fourier plan", "version": 9}).encode(), np.uint8),
        ),
    ]:
        np.savez(path, **{**content, name: value})
        with pytest.raises(pw.ArgumentError):
            FourierPlan.load(path)
    path.write_bytes(b"no archive at all")
    with pytest.raises(pw.ArgumentError, match="expected a file written by"):
        FourierPlan.load(path)


def test_gradients_of_tensors() -> None:
    torch = pytest.importorskip("torch")
    group = pw.group("S4")
    F = group.fourier()
    z = torch.randn(2, 24, dtype=torch.complex128, requires_grad=True)
    x = torch.randn(2, 24, dtype=torch.float64, requires_grad=True)
    for norm in (None, "ortho", "forward"):
        for direction in (F.forward, F.inverse, F.adjoint):
            assert torch.autograd.gradcheck(lambda t, f=direction, s=norm: f(t, norm=s), (z,))
        assert torch.autograd.gradcheck(lambda t, s=norm: F.forward(t, norm=s), (x,))
    assert torch.autograd.gradgradcheck(F.inverse, (z,))
    assert pw.fft(torch.randn(24), group).dtype == torch.complex64
    np.testing.assert_array_equal(pw.fft(z, group).detach().numpy(), F.forward(z.detach().numpy()))
    with pytest.raises(pw.ArgumentError, match="out: expected None"):
        F.forward(x, out=np.empty((2, 24), complex))


def test_gradients_of_jax_arrays() -> None:
    jax = pytest.importorskip("jax")
    check_grads = pytest.importorskip("jax.test_util").check_grads
    jax.config.update("jax_enable_x64", True)
    F = pw.group("S4").fourier()
    x = jax.numpy.asarray(np.random.default_rng(0).normal(size=(2, 24)))
    np.testing.assert_allclose(F.forward(x), F.forward(np.asarray(x)))
    np.testing.assert_allclose(jax.jit(F.forward)(x), F.forward(np.asarray(x)))
    weights = jax.numpy.arange(24)
    for transform in (F.forward, F.inverse, F.adjoint):
        for start in (x, x + 1j * x[::-1]):

            def loss(v: Any, f: Any = transform) -> Any:
                return jax.numpy.sum(jax.numpy.abs(f(v, norm="ortho")) ** 2 * weights)

            check_grads(loss, (start,), order=2, modes=("rev", "fwd"), atol=1e-4, rtol=1e-4)


def test_mapped_jax_arrays() -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    F = pw.group("S4").fourier()
    x = np.random.default_rng(0).normal(size=(3, 2, 24))
    for transform in (F.forward, F.inverse, F.adjoint):
        expected = transform(x)
        np.testing.assert_allclose(jax.vmap(transform)(x), expected, atol=1e-12)
        np.testing.assert_allclose(
            jax.jit(jax.vmap(jax.vmap(transform)))(jax.numpy.asarray(x)), expected, atol=1e-12
        )
        for axis in (0, -2):  # of (24, 2), mapped over the last axis of (24, 2, 3)
            found = jax.vmap(lambda v, f=transform, a=axis: f(v, axis=a), in_axes=2, out_axes=2)(x.T)
            np.testing.assert_allclose(found, transform(x.T, axis=0), atol=1e-12)

        def energy(v: Any, f: Any = transform) -> Any:
            return jax.numpy.sum(jax.numpy.abs(f(v)) ** 2 * jax.numpy.arange(24))

        one_by_one = np.stack([jax.grad(energy)(row) for row in x[:, 0]])
        np.testing.assert_allclose(jax.vmap(jax.grad(energy))(x[:, 0]), one_by_one, atol=1e-9)
    matrix = jax.jacfwd(F.forward)(jax.numpy.zeros(24))
    np.testing.assert_allclose(matrix, F.forward(np.eye(24)).T, atol=1e-12)
    with pytest.raises(pw.ArgumentError, match="x: expected length 24"):
        F.forward(jax.numpy.zeros(23))


def test_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["fft", "S4", "--verify"]) == 0
    assert "chain of subgroups" in capsys.readouterr().out
    x = random_complex((3, 24))
    np.save(tmp_path / "x.npy", x)
    assert main(["fft", "S4", str(tmp_path / "x.npy"), "--output", str(tmp_path / "X.npy")]) == 0
    capsys.readouterr()
    np.testing.assert_allclose(np.load(tmp_path / "X.npy"), pw.fft(x, "S4"))
    assert main(["fft", "S4", str(tmp_path / "x.npy"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert abs(sum(entry["share"] for entry in document["energy"]) - 1) < 1e-12
    assert main(["irreps", "A4", "--irrep", "3", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [entry["degree"] for entry in document["irreps"]] == [1, 1, 1, 3]
    assert all(len(matrix) == 3 for matrix in document["matrices"].values())
    assert main(["irreps", "A4", "--irrep", "9"]) == 2
    assert main(["irreps", "S3", "--irrep", "2", "--element", "4"]) == 0
