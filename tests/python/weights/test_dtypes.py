from __future__ import annotations

import numpy as np
import pytest

from peterweyl.weights.dtypes import STORED_TYPES

FLOAT8 = [name for name in STORED_TYPES if name.startswith("float8")]


@pytest.mark.parametrize("name", [*FLOAT8, "bfloat16"])
def test_decoding_is_exact_for_every_code(name: str) -> None:
    """Compared bit for bit with ml_dtypes, the reference that JAX uses."""
    ml_dtypes = pytest.importorskip("ml_dtypes")
    codes = np.arange(256, dtype=np.uint8) if name != "bfloat16" else np.arange(65536, dtype="<u2")
    decoded = STORED_TYPES[name].array(memoryview(codes.tobytes()), codes.shape)
    expected = codes.view(getattr(ml_dtypes, name)).astype(np.float32)
    assert decoded.dtype == np.float32
    assert np.array_equal(decoded, expected, equal_nan=True)
    numbers = ~np.isnan(decoded)
    assert np.array_equal(np.signbit(decoded[numbers]), np.signbit(expected[numbers]))


@pytest.mark.parametrize(
    ("name", "code", "value"),
    [
        ("float8_e4m3fn", 0x7E, 448.0),
        ("float8_e4m3fn", 0x01, 2.0**-9),
        ("float8_e4m3fn", 0xFF, np.nan),
        ("float8_e4m3fn", 0x80, -0.0),
        ("float8_e5m2", 0x7B, 57344.0),
        ("float8_e5m2", 0x7C, np.inf),
        ("float8_e5m2", 0xFE, np.nan),
        ("float8_e5m2", 0x01, 2.0**-16),
        ("float8_e4m3fnuz", 0x7F, 240.0),
        ("float8_e4m3fnuz", 0x80, np.nan),
        ("float8_e5m2fnuz", 0x7F, 57344.0),
        ("float8_e5m2fnuz", 0x01, 2.0**-17),
        ("float8_e8m0fnu", 0, 2.0**-127),
        ("float8_e8m0fnu", 0x7F, 1.0),
        ("float8_e8m0fnu", 0xFF, np.nan),
    ],
)
def test_published_values(name: str, code: int, value: float) -> None:
    decoded = STORED_TYPES[name].array(memoryview(bytes([code])), ())
    assert np.array_equal(decoded, np.float32(value), equal_nan=True)
    assert np.signbit(decoded) == np.signbit(value) or np.isnan(value)


def test_bfloat16_is_half_of_a_float32() -> None:
    values = np.array([[1.0, -2.5, 0.0], [np.inf, 3e38, 1e-38]], dtype=np.float32)
    bits = values.view(np.uint32) & 0xFFFF0000
    raw = (bits >> 16).astype("<u2").tobytes()
    assert np.array_equal(STORED_TYPES["bfloat16"].array(memoryview(raw), (2, 3)), bits.view(np.float32))
    big = (bits >> 16).astype(">u2").tobytes()
    assert np.array_equal(
        STORED_TYPES["bfloat16"].ordered(">").array(memoryview(big), (2, 3)), bits.view(np.float32)
    )


@pytest.mark.parametrize("order", ["<", ">"])
def test_complex32_is_a_pair_of_halves(order: str) -> None:
    pairs = np.array([[1, 2], [-0.5, 3]], dtype=f"{order}f2")
    stored = STORED_TYPES["complex32"].ordered(order)  # type: ignore[arg-type]
    assert stored.array(memoryview(pairs.tobytes()), (2,)).tolist() == [1 + 2j, -0.5 + 3j]
    assert stored.array(memoryview(pairs[:1].tobytes()), ()) == 1 + 2j


def test_every_byte_but_zero_is_true() -> None:
    decoded = STORED_TYPES["bool"].array(memoryview(b"\0\1\2\xff"), (4,))
    assert decoded.dtype == np.bool_
    assert decoded.tolist() == [False, True, True, True]
    assert decoded.sum() == 3


def test_numbers_that_are_not_aligned_are_copied() -> None:
    data = memoryview(b"x" + np.arange(4.0).tobytes())[1:]
    array = STORED_TYPES["float64"].array(data, (2, 2))
    assert array.flags.aligned
    assert array.tolist() == [[0, 1], [2, 3]]


@pytest.mark.parametrize("name", list(STORED_TYPES))
def test_scalars_and_empty_arrays(name: str) -> None:
    stored = STORED_TYPES[name]
    scalar = stored.array(memoryview(bytes(stored.itemsize)), ())
    empty = stored.array(memoryview(b""), (0, 3))
    assert isinstance(scalar, np.ndarray)
    assert scalar.shape == ()
    assert empty.shape == (0, 3)
    assert scalar.dtype == empty.dtype == stored.loaded
