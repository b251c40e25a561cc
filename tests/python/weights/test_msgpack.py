from __future__ import annotations

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.weights import load_weights
from peterweyl.weights.faults import Malformed
from peterweyl.weights.msgpack import _Decoder

from .conftest import Write

msgpack = pytest.importorskip("msgpack")


def packed(array: np.ndarray, kind: int = 1) -> Any:
    """An array as Flax packs it."""
    return msgpack.ExtType(kind, msgpack.packb((array.shape, array.dtype.name, array.tobytes())))


def test_what_flax_writes_is_read(write: Write, matrix: np.ndarray) -> None:
    params = {"Dense_0": {"kernel": packed(matrix), "bias": packed(matrix[0].astype(np.float16))}}
    tree = {
        "params": params,
        "step": 7,
        "lr": 0.1,
        "name": "run",
        "none": None,
        "z": msgpack.ExtType(2, b"\x92\x01\x02"),
    }
    tree |= {"scale": packed(np.array(2.5), 3), "raw": b"bytes", "list": [packed(np.arange(3)), True]}
    weights = load_weights(write("w.msgpack", msgpack.packb(tree)))
    assert weights.format == "msgpack"
    expected = {"params.Dense_0.kernel": matrix, "params.Dense_0.bias": matrix[0].astype(np.float16)}
    expected |= {"scale": np.array(2.5), "list.0": np.arange(3)}
    assert list(weights) == list(expected)
    for name, array in expected.items():
        assert weights[name].dtype == array.dtype
        assert np.array_equal(weights[name], array)


def test_bfloat16(write: Write) -> None:
    array = msgpack.ExtType(1, msgpack.packb(((2,), "bfloat16", b"\x80\x3f\x00\xc0")))
    weights = load_weights(write("w.msgpack", msgpack.packb({"W": array})))
    assert weights.info["W"].stored_dtype == "bfloat16"
    assert weights["W"].tolist() == [1, -2]


def test_a_bare_array(write: Write, matrix: np.ndarray) -> None:
    assert np.array_equal(load_weights(write("w", msgpack.packb(packed(matrix))), "array"), matrix)


def chunked(array: np.ndarray, size: int, shape: Any = None) -> dict[str, Any]:
    flat = array.reshape(-1)
    chunks = {str(i): packed(flat[start : start + size]) for i, start in enumerate(range(0, flat.size, size))}
    axes = {str(i): length for i, length in enumerate(array.shape)} if shape is None else shape
    return {"__msgpack_chunked_array__": True, "shape": axes, "chunks": chunks}


def test_arrays_in_chunks(write: Write, matrix: np.ndarray) -> None:
    weights = load_weights(write("w.msgpack", msgpack.packb({"params": {"W": chunked(matrix, 5)}})))
    assert list(weights) == ["params.W"]
    assert weights.info["params.W"].shape == (6, 4)
    assert np.array_equal(weights["params.W"], matrix)
    with pytest.raises(pw.WeightsFormatError, match="memory_limit"):
        load_weights(weights.path, 0, memory_limit=100)


ARRAY = np.ones((2, 3), np.float32)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "expected weights|empty state dict"),
        ({"a": 1}, "holds no tensors"),
        ({"W": msgpack.ExtType(1, msgpack.packb(((2, 4), "float32", bytes(24))))}, "needs 32 bytes, got 24"),
        ({"W": msgpack.ExtType(1, msgpack.packb(((2**62, 4), "float32", bytes(24))))}, "any memory"),
        ({"W": msgpack.ExtType(1, msgpack.packb(((-2, 3), "float32", bytes(24))))}, "non-negative integer"),
        ({"W": msgpack.ExtType(1, msgpack.packb(((2, 3), "object", bytes(24))))}, "type 'object'"),
        ({"W": msgpack.ExtType(1, msgpack.packb(((2, 3), "float32", "text")))}, "has no bytes"),
        ({"W": msgpack.ExtType(1, msgpack.packb((1, 2, 3)))}, "not made of a shape"),
        ({"W": msgpack.ExtType(1, msgpack.packb([]))}, "not made of a shape"),
        ({"W": msgpack.ExtType(9, b"")}, "extension of type 9"),
        ({"W": chunked(ARRAY, 4, [2, 4])}, "chunks of 6 numbers in all"),
        ({"W": chunked(ARRAY, 4, {"1": 2, "0": 3})}, "without a shape or an order"),
        ({"W": chunked(ARRAY, 4, None) | {"chunks": {}}}, "chunks of no type"),
        ({"W": chunked(ARRAY, 4, None) | {"chunks": {"0": 1}}}, "chunks that are no arrays"),
        ({"W": {"__msgpack_chunked_array__": True}}, "without a shape or an order"),
    ],
)
def test_what_is_wrong_is_said(write: Write, value: Any, said: str) -> None:
    path = write("w.msgpack", msgpack.packb(value))
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x81\xa1W" + b"\x91" * 10_000 + b"\xc0", "nested more than 64 deep"),
        (b"\x81\xa1W" + b"\xc7\x01\x01" * 1_000, "asks for|nested|not made of"),
        (b"\x81\xa1W\xdd\xff\xff\xff\xff", "says that 4,294,967,295 values follow where 0"),
        (b"\x81\xa1W\xdf\xff\xff\xff\xff\xc0", "values follow where 1 bytes"),
        (b"\x81\xa1W\xc6\xff\xff\xff\xff\xc0", "asks for 4,294,967,295 bytes"),
        (b"\x81\xa1W\xc1", "begins no value"),
        (b"\x81\xa1W\xd9\x01\xff", "not valid UTF-8"),
        (b"\x82\xa1W\xc0\xa1W\xc0", "the key 'W', which is no text, or twice"),
        (b"\x82\xa1W\xc0\xcb\0\0\0\0\0\0\0\0\xc0", "has the key 0.0"),
        (b"\x81\xa1W\xc0\xc0", "ends at byte 4 of 5"),
        (b"\x81\xa1W\xdd\0\x10\0\0" + b"\xc0" * 2**20, "more than 400,000 values"),
    ],
)
def test_hostile_bytes(write: Write, content: bytes, said: str) -> None:
    with pytest.raises(pw.WeightsFormatError, match=said):
        load_weights(write("w.msgpack", content))


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(-9, 9), inner),
    max_leaves=30,
)


@given(values)
def test_the_decoder_agrees_with_msgpack(value: Any) -> None:
    decoder = _Decoder(memoryview(msgpack.packb(value)))
    assert decoder.value(0) == value
    assert decoder.position == len(decoder.data)


@pytest.mark.parametrize("length", [0, 31, 32, 255, 256, 65_535, 65_536])
def test_lengths_of_every_width(length: int) -> None:
    for value in ("x" * length, [None] * length, {str(i): i for i in range(length)}):
        assert _Decoder(memoryview(msgpack.packb(value))).value(0) == value
    assert bytes(_Decoder(memoryview(msgpack.packb(bytes(length)))).value(0)) == bytes(length)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_value_or_a_finding(content: bytes) -> None:
    with contextlib.suppress(Malformed):
        _Decoder(memoryview(content)).value(0)


def test_every_truncation_is_found(write: Write, matrix: np.ndarray) -> None:
    whole = msgpack.packb({"W": packed(matrix), "b": chunked(matrix, 9), "f": 3.5})
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.msgpack", whole[:length]))


def test_with_real_flax(write: Write, matrix: np.ndarray) -> None:
    serialization = pytest.importorskip("flax.serialization")
    content = serialization.to_bytes({"params": {"W": matrix, "t": (matrix[0], matrix[1])}, "step": 3})
    weights = load_weights(write("w.msgpack", content))
    assert np.array_equal(weights["params.W"], matrix)
    assert np.array_equal(weights["params.t.1"], matrix[1])
