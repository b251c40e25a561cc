"""Convolutions and correlations of every layout, against the plain sum over the group."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import peterweyl as pw

SPECS = ["C6", "C97", "C2 x C37", "C521", "C2 x C509", "S3", "Q8", "A4", "S4", "A5", "D9", "S5", "C7 : C3"]


def functions(shape: tuple[int, ...], is_complex: bool, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = random.normal(size=shape)
    return x + 1j * random.normal(size=shape) if is_complex else x


def plain(group: pw.Group, x: np.ndarray, y: np.ndarray, correlate: bool) -> np.ndarray:
    """The sum itself, the group on the last axis."""
    if correlate:  # sum_k conj(x(k)) y(k g)
        return np.einsum("...k,...kg->...g", x.conj(), y[..., group.table])
    return np.einsum("...k,...kg->...g", x, y[..., group.table[group.inverses]])


def run(F: pw.FourierPlan, correlate: bool, *arguments: Any, **options: Any) -> np.ndarray:
    return (F.correlate if correlate else F.convolve)(*arguments, **options)


@pytest.mark.parametrize("correlate", [False, True])
@pytest.mark.parametrize("kinds", [(False, False), (True, True), (False, True)])
@pytest.mark.parametrize("spec", SPECS)
def test_equals_the_plain_sum(spec: str, kinds: tuple[bool, bool], correlate: bool) -> None:
    group = pw.group(spec)
    n = group.order
    F = group.fourier()
    for left, right in [
        ((n,), (n,)),
        ((33, n), (33, n)),
        ((33, n), (n,)),
        ((n,), (33, n)),
        ((3, 1, n), (1, 5, n)),
        ((2, 3, n), (3, n)),
        ((2, 1, 3, 1, n), (2, 2, 1, 3, n)),
        ((0, n), (n,)),
    ]:
        x, y = functions(left, kinds[0], 1), functions(right, kinds[1], 2)
        expected = plain(group, x, y, correlate)
        found = run(F, correlate, x, y)
        assert found.dtype == expected.dtype
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, atol=1e-12 * n)


@pytest.mark.parametrize("correlate", [False, True])
@pytest.mark.parametrize("is_complex", [False, True])
@pytest.mark.parametrize("spec", ["S4", "A5", "C97", "C521", "D9"])
def test_axes_strides_and_out(spec: str, is_complex: bool, correlate: bool) -> None:
    group = pw.group(spec)
    n = group.order
    F = group.fourier()
    x, y = functions((4, 2 * n, 6), is_complex, 1)[::2, ::-2, ::3], functions((n, 2), is_complex, 2)
    expected = np.moveaxis(plain(group, np.moveaxis(x, 1, -1), np.moveaxis(y, 0, -1), correlate), -1, -2)
    np.testing.assert_allclose(run(F, correlate, x, y, axis=-2), expected, atol=1e-11)
    out = np.zeros((2, n, 4), expected.dtype)[..., ::2]
    assert run(F, correlate, x, y, axis=-2, out=out) is out
    np.testing.assert_allclose(out, expected, atol=1e-11)
    # In place, where the core would write what it still reads.
    z = np.ascontiguousarray(functions((9, n), is_complex, 3))
    expected = plain(group, z, z, correlate)
    assert run(F, correlate, z, z, out=z) is z
    np.testing.assert_allclose(z, expected, atol=1e-10)


@pytest.mark.parametrize("spec", ["S4", "A5", "S6"])
def test_single_precision_and_lists(spec: str) -> None:
    group = pw.group(spec)
    x, y = functions((19, group.order), False, 1), functions((19, group.order), True, 2)
    F = group.fourier("complex64")
    found = F.convolve(x, y)
    expected = plain(group, x, y, False)
    assert found.dtype == np.complex64
    assert np.abs(found - expected).max() < 1e-5 * np.abs(expected).max()
    assert F.convolve(x, x).dtype == np.float32
    small = F.convolve(x[0].tolist(), np.ones(group.order, int))
    np.testing.assert_allclose(small, np.full(group.order, x[0].sum()), atol=1e-4)


@pytest.mark.parametrize("is_complex", [False, True])
def test_same_bits_for_all_workers_and_threads(is_complex: bool) -> None:
    group = pw.group("A5")
    F = group.fourier()
    x, y = functions((300, 60), is_complex, 1), functions((300, 60), is_complex, 2)
    for right in (y, y[0]):
        one = F.convolve(x, right)
        for workers in (1, 2, -1):
            assert np.array_equal(F.convolve(x, right, workers=workers), one)
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(F.convolve, [x] * 8, [right] * 8))
        assert all(np.array_equal(result, one) for result in results)


def test_wrong_arguments() -> None:
    F = pw.group("S3").fourier()
    x = np.zeros((2, 6))
    for arguments, message in [
        ({"y": np.zeros((3, 6))}, "y: expected axes that broadcast"),
        ({"y": np.zeros((2, 5))}, "y: expected length 6"),
        ({"y": x, "workers": 0}, "workers: expected"),
        ({"y": x, "out": np.zeros((2, 6), complex)}, r"out: expected an array \(2, 6\) float64"),
        ({"y": x, "axis": 2}, "axis: expected an axis of x"),
        ({"y": ["a"] * 6}, "y: expected real or complex numbers"),
    ]:
        with pytest.raises(pw.ArgumentError, match=message):
            F.convolve(x, **arguments)  # type: ignore[arg-type]
    out = np.zeros((2, 6))
    out.flags.writeable = False
    with pytest.raises(pw.ArgumentError, match="out: expected a writeable array"):
        F.convolve(x, x, out=out)


@pytest.mark.parametrize("spec", ["S4", "C2 x C6", "A5"])
def test_convolutions_of_tensors(spec: str) -> None:
    torch = pytest.importorskip("torch")
    group = pw.group(spec)
    F = group.fourier()
    for is_complex in (False, True):
        x = torch.from_numpy(functions((2, group.order), is_complex, 1)).requires_grad_()
        y = torch.from_numpy(functions((group.order,), is_complex, 2)).requires_grad_()
        for operation in (F.convolve, F.correlate):
            found = operation(x, y)
            assert found.dtype == x.dtype
            expected = operation(x.detach().numpy(), y.detach().numpy())
            np.testing.assert_allclose(found.detach().numpy(), expected, atol=1e-11)
            turned = operation(x.T, y.detach().numpy(), axis=0)
            np.testing.assert_allclose(turned.detach().numpy(), expected.T, atol=1e-11)
            if spec == "S4":
                assert torch.autograd.gradcheck(operation, (x, y))
    with pytest.raises(pw.ArgumentError, match="out: expected None"):
        F.convolve(x, y, out=np.empty((2, group.order)))


def test_convolutions_of_jax_arrays() -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    group = pw.group("S4")
    F = group.fourier()
    x, y = functions((3, 24), False, 1), functions((24,), False, 2)
    expected = F.convolve(x, y)
    np.testing.assert_allclose(F.convolve(jax.numpy.asarray(x), y), expected, atol=1e-12)
    np.testing.assert_allclose(jax.vmap(F.convolve, in_axes=(0, None))(x, y), expected, atol=1e-12)
    gradient = jax.grad(lambda v: jax.numpy.sum(F.convolve(v, y) * x[1]))(x[0])
    np.testing.assert_allclose(gradient, y[group.table[group.inverses]] @ x[1], atol=1e-9)
