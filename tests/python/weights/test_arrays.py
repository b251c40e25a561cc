from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import peterweyl as pw
from peterweyl.weights import as_array, combine_pairs

VALUES = np.array([[1, 0, 3], [4, 5, 6]])


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_working_types_are_kept_without_copying(dtype: str) -> None:
    array = VALUES.astype(dtype)
    result = as_array(array)
    assert result.dtype == dtype
    assert np.shares_memory(result, array)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "longdouble"])
def test_other_real_types_become_double(dtype: str) -> None:
    result = as_array(VALUES.astype(dtype))
    assert result.dtype == np.float64
    assert np.array_equal(result, VALUES.astype(dtype))


@pytest.mark.parametrize("dtype", [">f4", ">f8", ">c8", ">i2"])
def test_big_endian_becomes_native(dtype: str) -> None:
    result = as_array(VALUES.astype(dtype))
    assert result.dtype.isnative
    assert np.array_equal(result, VALUES)


def test_layout_does_not_matter() -> None:
    array = np.arange(24.0).reshape(4, 6)
    for view in (array.T, array[::2, ::-1], np.asfortranarray(array), array[:, :0]):
        assert np.array_equal(as_array(view), view)


def test_nested_sequences_and_scalars() -> None:
    assert as_array([[1, 2], [3, 4]]).dtype == np.float64
    assert as_array(2.5).shape == ()


@pytest.mark.parametrize(
    ("array", "came"),
    [
        (np.array(["a"]), "<U1"),
        (np.array([None]), "object"),
        (np.array(["2024-01-01"], dtype="datetime64[D]"), "datetime64"),
        (np.zeros(2, dtype=[("x", "f4")]), "x"),
        ([[1, 2], [3]], "list"),
        ("weights.npz", "<U11"),
    ],
)
def test_what_is_no_number_is_refused(array: Any, came: str) -> None:
    with pytest.raises(pw.ArgumentError, match="W: expected an array of numbers") as caught:
        as_array(array, "W")
    assert came in str(caught.value)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, complex(0, np.nan)])
def test_the_first_entry_that_is_not_finite_is_named(bad: complex) -> None:
    array = np.zeros((3, 4), dtype=complex if isinstance(bad, complex) else float)
    array[2, 3] = array[1, 2] = bad
    with pytest.raises(pw.ArgumentError, match=r"^U\[1, 2\]: expected finite numbers, got"):
        as_array(array, "U")


def test_a_scalar_that_is_not_finite_has_no_position() -> None:
    with pytest.raises(pw.ArgumentError, match=r"^x: expected finite numbers, got inf"):
        as_array(np.inf, "x")


def test_what_overflows_in_double_is_named() -> None:
    wide = np.array([1, np.finfo(np.longdouble).max], dtype=np.longdouble)
    if np.isinf(wide.astype(float, copy=False)[1] if wide.dtype == float else 1.0):
        pytest.skip("long double is double here")
    with pytest.raises(pw.ArgumentError, match=r"\[1\]: expected finite"):
        as_array(wide)


def test_masked_entries_are_refused() -> None:
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    with pytest.raises(pw.ArgumentError, match="without masked entries, got 1"):
        as_array(masked)
    assert type(as_array(np.ma.masked_array([1.0, 2.0]))) is np.ndarray


class FakeTorch:
    """Behaves like a torch tensor on a device, of a type that NumPy lacks."""

    def __init__(
        self, values: np.ndarray, *, where: str = "cuda", lazy: bool = True, known: bool = False
    ) -> None:
        self.values, self.where, self.lazy, self.known = values, where, lazy, known

    def detach(self) -> FakeTorch:
        return self

    def cpu(self) -> FakeTorch:
        return FakeTorch(self.values, where="cpu", lazy=self.lazy, known=self.known)

    def resolve_conj(self) -> FakeTorch:
        return FakeTorch(self.values, where=self.where, lazy=False, known=self.known)

    def float(self) -> FakeTorch:
        return FakeTorch(self.values, where=self.where, lazy=self.lazy, known=True)

    def numpy(self) -> np.ndarray:
        assert self.where == "cpu"
        assert not self.lazy
        if not self.known:
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.values


class FakeCupy:
    """Behaves like a CuPy array: refuses implicit conversion, hands over by get()."""

    @property
    def __cuda_array_interface__(self) -> dict[str, Any]:
        return {}

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        raise TypeError("Implicit conversion to a NumPy array is not allowed")

    def get(self) -> np.ndarray:
        return VALUES


class FakeDlpack:
    """Offers DLPack and nothing else."""

    def __dlpack__(self, **options: Any) -> Any:
        return VALUES.astype(float).__dlpack__()

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


class FakeJax:
    """Offers ``__array__`` and nothing else."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return VALUES.astype(np.float32)


@pytest.mark.parametrize("array", [FakeTorch(VALUES), FakeCupy(), FakeDlpack(), FakeJax()])
def test_arrays_are_known_by_protocol(array: Any) -> None:
    assert np.array_equal(as_array(array), VALUES)
    assert np.array_equal(pw.load_weights({"W": array}, "W"), VALUES)


def test_a_framework_that_cannot_export_is_named() -> None:
    broken = SimpleNamespace(detach=lambda: 1 / 0)
    with pytest.raises(pw.ArgumentError, match="W: expected an array of numbers, got SimpleNamespace"):
        as_array(broken, "W")


@pytest.mark.torch
def test_real_torch_tensors() -> None:
    torch = pytest.importorskip("torch")
    base = torch.arange(6.0).reshape(2, 3)
    for tensor in (base, base.bfloat16(), base.half(), base.T, torch.nn.Parameter(base), base.to_sparse()):
        assert np.array_equal(as_array(tensor), tensor.detach().to_dense().float().numpy())
    assert np.array_equal(as_array((base + 1j * base).conj()), (base - 1j * base).numpy())


def test_real_jax_arrays() -> None:
    jnp = pytest.importorskip("jax.numpy")
    assert np.array_equal(as_array(jnp.arange(6, dtype="bfloat16")), np.arange(6))
    assert np.array_equal(as_array(jnp.ones((2, 3))), np.ones((2, 3)))


def test_types_that_another_package_adds_to_numpy() -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    for name in ("bfloat16", "float8_e4m3fn", "float8_e5m2"):
        array = np.array([0.5, 1, -2], dtype=getattr(ml_dtypes, name))
        assert as_array(array).tolist() == [0.5, 1, -2]


@given(
    hnp.arrays(np.float64, hnp.array_shapes(min_dims=1, max_dims=3), elements=st.floats(-1e3, 1e3)),
    st.integers(0, 3),
)
def test_combine_pairs_undoes_splitting(real: np.ndarray, axis: int) -> None:
    values = real + 1j * real[::-1]
    axis = min(axis, values.ndim)
    assert np.array_equal(combine_pairs(np.stack([values.real, values.imag], axis), axis), values)


def test_combine_pairs_keeps_single_precision() -> None:
    assert combine_pairs(np.ones((3, 2), np.float32), -1).dtype == np.complex64
    assert combine_pairs(np.ones((3, 2), np.int8), -1).dtype == np.complex128


@pytest.mark.parametrize(
    ("array", "axis", "said"),
    [
        (np.ones((3, 4)), -1, r"axis=-1: expected an axis of length 2.*\(3, 4\)"),
        (np.ones((3, 2)), 2, "axis=2: expected an axis of an array of shape"),
        (np.ones((3, 2), complex), 1, "complex already"),
    ],
)
def test_combine_pairs_says_what_is_wrong(array: np.ndarray, axis: int, said: str) -> None:
    with pytest.raises(pw.ArgumentError, match=said):
        combine_pairs(array, axis)
