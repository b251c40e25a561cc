from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.weights import load_weights, tensor_infos

from .conftest import Write

numpy_writer = pytest.importorskip("safetensors.numpy")


def file_of(header: Any, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def entry(dtype: str, shape: list[int], begin: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def test_what_safetensors_writes_is_read(write: Write, matrix: np.ndarray) -> None:
    names = ["float16", "float32", "float64", "bool", "complex64"]
    names += [f"{sign}int{bits}" for sign in ("u", "") for bits in (8, 16, 32, 64)]
    arrays = {name: (10 * matrix).astype(name) for name in names if name != "complex64"}
    arrays |= {"scalar": np.array(2.5), "empty": np.zeros((0, 3), np.float32)}
    weights = load_weights(write("w.safetensors", numpy_writer.save(arrays, {"format": "np"})))
    assert weights.format == "safetensors"
    assert set(weights) == set(arrays)
    for name, array in arrays.items():
        assert weights.info[name].shape == array.shape
        assert weights[name].dtype == array.dtype
        assert np.array_equal(weights[name], array)


@pytest.mark.parametrize(
    ("dtype", "raw", "stored", "values"),
    [
        ("BF16", b"\x80\x3f\x00\xc0", "bfloat16", [1.0, -2.0]),
        ("F8_E4M3", b"\x38\xc0", "float8_e4m3fn", [1.0, -2.0]),
        ("F8_E5M2", b"\x3c\xc0", "float8_e5m2", [1.0, -2.0]),
        ("F8_E4M3FNUZ", b"\x40\xc8", "float8_e4m3fnuz", [1.0, -2.0]),
        ("F8_E5M2FNUZ", b"\x40\xc4", "float8_e5m2fnuz", [1.0, -2.0]),
        ("F8_E8M0", b"\x7f\x80", "float8_e8m0fnu", [1.0, 2.0]),
        ("C64", struct.pack("<4f", 1, 2, 0, -1), "complex64", [1 + 2j, -1j]),
        ("BOOL", b"\x00\x01", "bool", [False, True]),
    ],
)
def test_types_that_numpy_lacks(
    write: Write, dtype: str, raw: bytes, stored: str, values: list[complex]
) -> None:
    path = write("w.safetensors", file_of({"W": entry(dtype, [2], 0, len(raw))}, raw))
    assert tensor_infos(path)[0].stored_dtype == stored
    assert load_weights(path, "W").tolist() == values


def test_large_tensors_are_views(write: Write) -> None:
    path = write("w.safetensors", numpy_writer.save({"W": np.ones((1024, 512)), "b": np.ones(3)}))
    array = load_weights(path, "W")
    assert not array.flags.owndata
    assert array.flags.aligned


def test_the_order_is_that_of_the_header(write: Write) -> None:
    header = {"z": entry("U8", [1], 1, 2), "a": entry("U8", [1], 0, 1), "__metadata__": {"a": "b"}}
    weights = load_weights(write("w", file_of(header, b"\1\2")))
    assert [int(weights[name][0]) for name in weights] == [2, 1]


GOOD = entry("F32", [2, 3], 0, 24)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x10\0\0\0", "header length of 8 bytes"),
        (struct.pack("<Q", 2**60) + b"{}", "the format's limit of 100,000,000"),
        (struct.pack("<Q", 50_000_000) + b"{}", "the file has 10 in all"),
        (file_of(b"{'W': 1}"), "not valid JSON"),
        (file_of(b"[1]"), "must be a JSON object"),
        (file_of(b'{"a": \xff}'), "not valid JSON"),
        (file_of(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), "nested too deeply"),
        (file_of(b'{"a":[' + b"1," * 2_000_000 + b"1]}"), "more than 1,500,000 values"),
        (
            file_of(b'{"W":{"dtype":"U8","shape":[' + b"9" * 5_000 + b'],"data_offsets":[0,1]}}', b"x"),
            "not valid JSON",
        ),
        (file_of(b'{"W": {}, "W": {}}'), "the key 'W' occurs twice"),
        (file_of({}), "holds no tensors"),
        (file_of({"__metadata__": {}}), "holds no tensors"),
        (file_of({"W": 3}), "must have a dtype, a shape and data_offsets"),
        (file_of({"W": GOOD | {"more": 1}}, bytes(24)), "nothing else"),
        (file_of({"W": entry("F4", [2], 0, 1)}, b"x"), "the type 'F4', which is not one of BOOL"),
        (file_of({"W": entry("F32", [2, -3], 0, 24)}, bytes(24)), "non-negative integer"),
        (file_of({"W": GOOD | {"shape": 6}}, bytes(24)), "a list as its shape"),
        (file_of({"W": GOOD | {"data_offsets": [0]}}, bytes(24)), "two integers"),
        (file_of({"W": GOOD | {"data_offsets": [0, True]}}, bytes(24)), "two integers"),
        (file_of({"W": entry("F32", [2, 3], -24, 0)}, bytes(24)), "lies at bytes -24 to 0"),
        (file_of({"W": entry("F32", [2, 3], 24, 0)}, bytes(24)), "lies at bytes 24 to 0"),
        (file_of({"W": GOOD}, bytes(23)), "lies at bytes 0 to 24, the file has 23"),
        (file_of({"W": entry("F32", [2, 3], 0, 10**30)}, bytes(24)), "the file has 24"),
        (file_of({"W": entry("F32", [2, 2], 0, 24)}, bytes(24)), "needs 16 bytes, its data_offsets give 24"),
        (file_of({"W": entry("F32", [2**31, 2**31, 2**31], 0, 24)}, bytes(24)), "any memory"),
        (file_of({"W": GOOD, "V": entry("F32", [1], 20, 24)}, bytes(24)), "overlaps another"),
        (file_of({"W": GOOD, "V": GOOD}, bytes(24)), "overlaps another"),
        (file_of({"W": entry("F32", [1], 4, 8)}, bytes(8)), "bytes 0 to 4 of the data belong to no tensor"),
        (file_of({"W": GOOD}, bytes(25)), "end at byte 24"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.safetensors", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 1_000


def test_too_many_tensors(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.safetensors.MAX_TENSORS", 1)
    header = {"a": entry("U8", [1], 0, 1), "b": entry("U8", [1], 1, 2)}
    with pytest.raises(pw.WeightsFormatError, match="2 tensors, more than 1"):
        load_weights(write("w.safetensors", file_of(header, b"xy")))


def test_every_truncation_is_found(write: Write, matrix: np.ndarray) -> None:
    whole = numpy_writer.save({"W": matrix, "b": matrix[0]})
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.safetensors", whole[:length]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_damage_is_an_error_or_harmless(write: Write, matrix: np.ndarray, data: st.DataObject) -> None:
    content = bytearray(numpy_writer.save({"W": matrix, "b": matrix[0]}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        weights = load_weights(write("w.safetensors", bytes(content)))
        assert all(weights[name].nbytes == weights.info[name].nbytes for name in weights)
    except pw.Error:
        pass
