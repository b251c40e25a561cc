"""Fourier transforms: numpy.fft on abelian groups, the plain sums, and the theorems by hypothesis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.fourier import plan

SPECS = ["C1", "C6", "C2^3", "D5", "Q8", "S4", "A4", "A5", "C7 : C3", "S3 x C4"]
NORMS = ["backward", "ortho", "forward"]


def random_complex(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(size=shape) + 1j * random.normal(size=shape)


def direct_sum(group: pw.Group, f: np.ndarray) -> np.ndarray:
    """The definition, for f with the group on the last axis."""
    parts = []
    for rho in group.irreps:
        adjoint = rho.matrices().conj().transpose(0, 2, 1)
        parts.append(np.einsum("...g,gij->...ij", f, adjoint).reshape(*f.shape[:-1], -1))
    return np.concatenate(parts, axis=-1)


@pytest.mark.parametrize("norm", [*NORMS, None])
@pytest.mark.parametrize(
    ("spec", "shape"),
    [
        ("C1", (1,)),
        ("C2", (2,)),
        ("C12", (12,)),
        ("C97", (97,)),
        ("C2^3", (2, 2, 2)),
        ("C4 x C6", (4, 6)),
        ("C3 x C1 x C5", (3, 1, 5)),
    ],
)
def test_equals_numpy_fft_on_abelian_groups(spec: str, shape: tuple[int, ...], norm: Any) -> None:
    x = random_complex((3, *shape))
    axes = tuple(range(1, len(shape) + 1))
    flat = x.reshape(3, -1)
    F = pw.group(spec).fourier()
    np.testing.assert_allclose(
        F.forward(flat, norm=norm), np.fft.fftn(x, axes=axes, norm=norm).reshape(3, -1), atol=1e-12
    )
    np.testing.assert_allclose(
        F.inverse(flat, norm=norm), np.fft.ifftn(x, axes=axes, norm=norm).reshape(3, -1), atol=1e-12
    )


@pytest.mark.parametrize("spec", SPECS)
def test_equals_the_direct_sum(spec: str) -> None:
    group = pw.group(spec)
    x = random_complex((2, 3, group.order))
    F = group.fourier()
    X = F.forward(x)
    np.testing.assert_allclose(X, direct_sum(group, x), atol=1e-13 * group.order)
    np.testing.assert_allclose(F.forward(x.real), direct_sum(group, x.real), atol=1e-13 * group.order)
    # f(g) = (1/n) sum_rho d_rho tr(rho(g) fhat(rho))
    back = sum(
        rho.degree * np.einsum("gij,...ji->...g", rho.matrices(), block)
        for rho, block in zip(group.irreps, F.blocks(X), strict=True)
    )
    np.testing.assert_allclose(F.inverse(X), back / group.order, atol=1e-13)
    np.testing.assert_allclose(F.inverse(X), x, atol=1e-13)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axes_norms_and_strides(axis: int, norm: Any) -> None:
    group = pw.group("S3")
    F = group.fourier()
    big = random_complex((12, 12, 12))
    x = big[::2, ::-2, 1::2]
    moved = np.moveaxis(x, axis, -1)
    weights = np.repeat([r.degree for r in group.irreps], [r.degree**2 for r in group.irreps]) / 6
    scale = {"backward": 1, "ortho": np.sqrt(weights), "forward": 1 / 6}[norm]
    expected = np.moveaxis(direct_sum(group, moved) * scale, -1, axis)
    X = F.forward(x, axis=axis, norm=norm)
    assert X.shape == x.shape
    np.testing.assert_allclose(X, expected, atol=1e-13)
    np.testing.assert_allclose(F.inverse(X, axis=axis, norm=norm), x, atol=1e-13)
    out = np.zeros((6, 6, 12), complex)[..., ::2]
    assert F.forward(x, axis=axis, norm=norm, out=out) is out
    np.testing.assert_array_equal(out, X)


@given(spec=st.sampled_from(SPECS), seed=st.integers(0, 2**32), rows=st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_theorems(spec: str, seed: int, rows: int) -> None:
    group = pw.group(spec)
    F = group.fourier()
    n = group.order
    f, h = random_complex((2, rows, n), seed)
    X = F.forward(f)
    np.testing.assert_allclose(F.inverse(X), f, atol=1e-12)
    energy = np.sum(np.abs(f) ** 2, axis=-1)
    np.testing.assert_allclose(np.sum(np.abs(F.forward(f, norm="ortho")) ** 2, axis=-1), energy, rtol=1e-12)
    np.testing.assert_allclose(F.power_spectrum(f).sum(-1), energy, rtol=1e-12)
    # The adjoint of the ortho transform is its inverse.
    inner = np.sum(F.forward(f, norm="ortho").conj() * h)
    assert abs(inner - np.sum(f.conj() * F.inverse(h, norm="ortho"))) < 1e-10
    # (f * h)(g) = sum_k f(k) h(k^-1 g), and its spectrum is hhat fhat.
    quotient = group.table[group.inverses]
    convolution = np.einsum("rk,rkg->rg", f, h[:, quotient])
    np.testing.assert_allclose(F.convolve(f, h), convolution, atol=1e-11)
    Y, Z = F.forward(h), F.forward(convolution)
    for a, b, c in zip(F.blocks(X), F.blocks(Y), F.blocks(Z), strict=True):
        np.testing.assert_allclose(c, b @ a, atol=1e-9)


def test_translation_multiplies_the_blocks() -> None:
    group = pw.group("S4")
    F = group.fourier()
    f = random_complex((24,))
    s = 7
    shifted = f[group.table[group.inverses[s]]]  # g -> f(s^-1 g)
    for rho, block, moved in zip(
        group.irreps, F.blocks(F.forward(f)), F.blocks(F.forward(shifted)), strict=True
    ):
        np.testing.assert_allclose(moved, block @ rho.matrices()[s].conj().T, atol=1e-13)


def test_convolve_real_broadcast_and_identity() -> None:
    group = pw.group("D4")
    F = group.fourier()
    x = np.random.default_rng(0).normal(size=(5, 8))
    delta = np.zeros(8)
    delta[group.identity] = 1
    result = F.convolve(x, delta)
    assert result.dtype == np.float64
    np.testing.assert_allclose(result, x, atol=1e-13)
    assert F.convolve(x, delta * 1j).dtype == np.complex128
    np.testing.assert_allclose(F.convolve(x.T, x.T, axis=0), F.convolve(x, x).T, atol=1e-13)
    assert pw.convolve(x.astype(np.float32), delta.astype(np.float32), group).dtype == np.float32
    with pytest.raises(pw.ArgumentError, match="y: expected axes that broadcast"):
        F.convolve(x, np.zeros((3, 8)))


@pytest.mark.parametrize(
    ("given_dtype", "expected"),
    [
        ("float32", "complex64"),
        ("complex64", "complex64"),
        ("float16", "complex128"),
        ("float64", "complex128"),
        ("complex128", "complex128"),
        ("int8", "complex128"),
        ("uint64", "complex128"),
        ("bool", "complex128"),
        (">f8", "complex128"),
        (">c16", "complex128"),
    ],
)
def test_types(given_dtype: str, expected: str) -> None:
    group = pw.group("A4")
    x = np.arange(24).reshape(2, 12) % 5
    typed = x.astype(given_dtype)
    X = pw.fft(typed, group)
    assert X.dtype == expected
    np.testing.assert_allclose(
        X, direct_sum(group, typed.astype(complex)), atol=1e-4 if expected == "complex64" else 1e-12
    )
    back = pw.ifft(X, group)
    assert back.dtype == expected
    np.testing.assert_allclose(back, typed.astype(complex), atol=1e-4 if expected == "complex64" else 1e-12)


def test_single_precision_error() -> None:
    group = pw.group("A5")
    x = random_complex((8, 60))
    X = pw.fft(x.astype(np.complex64), group)
    exact = direct_sum(group, x)
    assert np.abs(X - exact).max() < 1e-5 * np.abs(exact).max()
    assert group.fourier("complex64").forward(x).dtype == np.complex64
    assert group.fourier("complex64").power_spectrum(x).dtype == np.float32


def test_specs_lists_and_caching() -> None:
    assert np.allclose(pw.fft([1, 2, 3], "C3"), np.fft.fft([1, 2, 3]))
    group = pw.group("S3")
    assert group.fourier() is group.fourier("complex128")
    assert group.fourier("complex64") is not group.fourier()
    assert plan(group) is not plan(group)


def test_blocks_are_views() -> None:
    group = pw.group("S4")
    F = group.fourier()
    X = random_complex((4, 2, 24))[::2]
    assert [s.stop - s.start for s in F.slices] == [1, 1, 4, 9, 9]
    for k, block in enumerate(F.blocks(X)):
        degree = group.irreps[k].degree
        assert block.shape == (2, 2, degree, degree)
        assert np.shares_memory(block, X)
        np.testing.assert_array_equal(block.reshape(2, 2, -1), X[..., F.slices[k]])
    F.block(X, 2)[...] = 0
    assert not X[..., 2:6].any()
    with pytest.raises(pw.ArgumentError, match="k: expected the position of one of 5 irreps, got 5"):
        F.block(X, 5)
    with pytest.raises(pw.ArgumentError, match="X: expected an array whose last axis has length 24"):
        F.blocks(X[..., :23])


def test_power_spectrum_axis_and_invariance() -> None:
    group = pw.group("A5")
    F = group.fourier()
    x = np.random.default_rng(1).normal(size=(60, 3))
    power = F.power_spectrum(x, axis=0)
    assert power.shape == (5, 3)
    translated = x[group.table[17]]
    np.testing.assert_allclose(F.power_spectrum(translated, axis=0), power, atol=1e-12)


@pytest.mark.parametrize("dtype", ["complex128", "complex64"])
@pytest.mark.parametrize("spec", ["S4", "A5", "D9", "C12", "C521", "PSL(2,7)"])
def test_same_bits_for_all_workers_and_threads(spec: str, dtype: str) -> None:
    group = pw.group(spec)
    F = group.fourier(dtype)
    x = random_complex((201, group.order)).astype(dtype)
    for transform, values in [(F.forward, x), (F.forward, x.real), (F.inverse, x), (F.adjoint, x)]:
        one = transform(values)
        for workers in (1, 2, 2, -1, None):
            assert np.array_equal(transform(values, workers=workers), one)
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(transform, [values] * 8))
        assert all(np.array_equal(result, one) for result in results)


def test_in_place_and_overlapping_out() -> None:
    F = pw.group("S3").fourier()
    x = random_complex((4, 6))
    expected = F.forward(x)
    y = x.copy()
    assert F.forward(y, out=y) is y
    assert np.array_equal(y, expected)


def test_verify_and_describe() -> None:
    F = pw.group("S4").fourier()
    residuals = F.verify()
    assert set(residuals) == {"definition", "round_trip", "plancherel", "convolution"}
    assert max(residuals.values()) < 1e-13
    assert max(pw.group("S4").fourier("complex64").verify().values()) < 1e-5
    assert F.describe().startswith("chain of subgroups, real arithmetic")
    assert repr(F) == "FourierPlan(S4, dtype=complex128)"
    assert F.dtype == np.complex128


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"x": np.zeros(23)},
            r"x: expected length 24, the order of the group, on axis -1, got 23 in shape \(23,\)",
        ),
        ({"x": np.zeros((24, 5))}, r"axis 0 has that length"),
        ({"x": np.zeros(24), "axis": 1}, r"axis: expected an axis of x with shape \(24,\), got 1"),
        ({"x": 3.0}, r"axis: expected an axis of x with shape \(\), got -1"),
        ({"x": ["a"] * 24}, r"x: expected real or complex numbers, got dtype <U1"),
        ({"x": np.zeros(24), "norm": "unitary"}, r"norm: expected .* got 'unitary'"),
        ({"x": np.zeros(24), "workers": 0}, r"workers: expected 1 or more.* got 0"),
        ({"x": np.zeros(24), "workers": -99999}, r"workers: expected 1 or more"),
        (
            {"x": np.zeros(24), "out": np.zeros(24)},
            r"out: expected an array \(24,\) complex128, got \(24,\) float64",
        ),
        ({"x": np.zeros(24), "out": np.zeros((1, 24), complex)}, r"out: expected an array \(24,\)"),
        ({"x": np.zeros(24), "out": [0] * 24}, r"out: expected an array .* got list"),
    ],
)
def test_wrong_arguments(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        pw.group("S4").fourier().forward(**arguments)


def test_read_only_out_and_wrong_dtype() -> None:
    out = np.zeros(24, complex)
    out.flags.writeable = False
    with pytest.raises(pw.ArgumentError, match="out: expected a writeable array"):
        pw.group("S4").fourier().forward(np.zeros(24), out=out)
    for dtype in ("float64", "nonsense", int):
        with pytest.raises(pw.ArgumentError, match="dtype: expected"):
            plan(pw.group("S4"), dtype)
