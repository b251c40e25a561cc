"""The methods of a plan: one dense product, a chain of subgroups, double cosets; against sums over the irreps."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.fourier import FourierPlan, plan

METHODS = ["dense", "chain", "two-sided"]
NORMS = [None, "backward", "ortho", "forward"]


def random_complex(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(size=shape) + 1j * random.normal(size=shape)


@cache
def fourier_matrix(spec: str) -> np.ndarray:
    """Row g is the spectrum of the function that is 1 at g, by the definition."""
    group = pw.group(spec)
    return np.concatenate(
        [rho.matrices().conj().transpose(0, 2, 1).reshape(group.order, -1) for rho in group.irreps], axis=1
    )


def weights(spec: str, norm: Any) -> np.ndarray:
    """Of each packed entry of a forward transform."""
    group = pw.group(spec)
    degrees = np.concatenate([np.full(rho.degree**2, rho.degree) for rho in group.irreps])
    if norm == "ortho":
        return np.sqrt(degrees / group.order)
    return np.full(group.order, 1 / group.order if norm == "forward" else 1.0)


def nothing(shape: tuple[int, ...], dtype: Any = np.complex128) -> np.ndarray:
    """Memory that shows which of its entries nobody wrote."""
    return np.full(shape, np.nan, dtype)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("rows", [1, 3, 8, 64, 257])
def test_rows_against_the_definition(method: Any, norm: Any, rows: int) -> None:
    n = 60
    F = plan(pw.group("A5"), method=method)
    matrix = fourier_matrix("A5") * weights("A5", norm)
    x, y = random_complex((2, rows, n), rows)
    real = x.real.copy()
    for values, expected in ((x, x @ matrix), (real, real @ matrix)):
        X = F.forward(values, norm=norm, out=nothing((rows, n)))
        np.testing.assert_allclose(X, expected, atol=1e-12)
    np.testing.assert_allclose(F.inverse(x @ matrix, norm=norm, out=nothing((rows, n))), x, atol=1e-12)
    adjoint = F.adjoint(y, norm=norm, out=nothing((rows, n)))
    np.testing.assert_allclose(adjoint, y @ matrix.conj().T, atol=1e-11)
    # Rows that do not lie next to each other.
    X = F.forward(x.T, axis=0, norm=norm, out=nothing((n, rows)))
    np.testing.assert_allclose(X, (x @ matrix).T, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_single_precision(method: Any) -> None:
    F = plan(pw.group("PSL(2,7)"), "complex64", method)
    matrix = fourier_matrix("PSL(2,7)")
    x = random_complex((33, 168)).astype(np.complex64)
    expected = x @ matrix
    scale = np.abs(expected).max()
    for values in (x, x.real.copy()):
        error = F.forward(values, out=nothing((33, 168), np.complex64)) - values @ matrix
        assert np.abs(error).max() <= 1e-5 * scale
    error = F.inverse(expected.astype(np.complex64), out=nothing((33, 168), np.complex64)) - x
    assert np.abs(error).max() <= 1e-5 * np.abs(x).max()


@pytest.mark.parametrize(
    ("spec", "order"),
    [("A5", 5), ("PSL(2,7)", 7), ("SL(2,5)", 10), ("A6", 9), ("PSL(2,8)", 8), ("PSL(2,11)", 11)],
)
def test_simple_groups_use_double_cosets(spec: str, order: int) -> None:
    group = pw.group(spec)
    F = plan(group)
    assert F.describe().startswith(f"double cosets of an abelian subgroup of order {order}, complex")
    x = random_complex((9, group.order))
    expected = x @ fourier_matrix(spec)
    scale = np.abs(expected).max()
    for rows in (x, x[0]):
        X = F.forward(rows)
        assert np.abs(X - (expected if rows.ndim == 2 else expected[0])).max() <= 1e-13 * scale
        assert np.abs(F.inverse(X) - rows).max() <= 1e-13 * np.abs(x).max() * 4
    many = random_complex((40, group.order))
    np.testing.assert_array_equal(F.forward(many, workers=2), F.forward(many))


def test_no_double_cosets() -> None:
    for spec in ("C12", "D67"):
        with pytest.raises(pw.ArgumentError, match=r'^method: expected .* "two-sided"'):
            plan(pw.group(spec), method="two-sided")
    with pytest.raises(pw.GroupTooLargeError, match=r"the limit is 97\.7 KiB"):
        plan(pw.group("PSL(2,11)"), method="two-sided", memory_limit=100_000)


@pytest.mark.parametrize("method", METHODS)
def test_files_keep_the_method(method: Any, tmp_path: Path) -> None:
    F = plan(pw.group("A5"), method=method)
    F.save(tmp_path / "plan.npz")
    loaded = FourierPlan.load(tmp_path / "plan.npz")
    assert loaded.describe() == F.describe()
    x = random_complex((3, 60))
    np.testing.assert_array_equal(loaded.forward(x), F.forward(x))
