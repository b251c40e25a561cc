from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.weights import load_weights
from peterweyl.weights.faults import Malformed
from peterweyl.weights.protobuf import fields, packed_varints

from .conftest import Write


def varint(value: int) -> bytes:
    result = b""
    while value > 0x7F:
        result += bytes([value & 0x7F | 0x80])
        value >>= 7
    return result + bytes([value])


def field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return varint(number << 3) + varint(content & (2**64 - 1))
    return varint(number << 3 | 2) + varint(len(content)) + content


def tensor(*parts: bytes, name: bytes = b"W", shape: tuple[int, ...] = (2, 3), code: int = 1) -> bytes:
    return b"".join(field(1, length) for length in shape) + field(2, code) + field(8, name) + b"".join(parts)


def model(*tensors: bytes) -> bytes:
    return (
        field(1, 8)
        + field(2, b"tests")
        + field(7, field(2, b"g") + b"".join(field(5, part) for part in tensors))
    )


def external(**entries: str) -> bytes:
    pairs = [field(13, field(1, key.encode()) + field(2, value.encode())) for key, value in entries.items()]
    return tensor(*pairs, field(14, 1))


SIX = np.arange(6, dtype="<f4").tobytes()


def test_what_onnx_writes_is_read(data_folder: Path) -> None:
    """Every type, raw and in the field for its type."""
    weights = load_weights(data_folder / "model.onnx")
    assert weights.format == "onnx"
    with np.load(data_folder / "expected_model.npz") as arrays:
        assert set(weights) == set(arrays.files)
        for key, array in arrays.items():
            assert weights[key].dtype == array.dtype
            assert weights[key].shape == array.shape == weights.info[key].shape
            assert np.array_equal(weights[key], array)
    assert weights.info["raw_BFLOAT16"].stored_dtype == "bfloat16"


def test_numbers_in_another_file(data_folder: Path, tmp_path: Path) -> None:
    assert np.array_equal(load_weights(data_folder / "external.onnx", "W"), np.arange(12).reshape(3, 4))
    (tmp_path / "external.onnx").write_bytes((data_folder / "external.onnx").read_bytes())
    with pytest.raises(pw.WeightsFormatError, match=r"tensor 'W' is in another file: .*no such file"):
        load_weights(tmp_path / "external.onnx")


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"location": "../data.bin"}, "outside of the model's folder"),
        ({"location": "/etc/passwd"}, "outside of the model's folder"),
        ({}, "outside of the model's folder"),
        ({"location": "data.bin", "offset": "8"}, "needs 24 bytes, got 16"),
        ({"location": "data.bin", "offset": "-1"}, "bytes -1 to"),
        ({"location": "data.bin", "offset": "1" * 30}, "which has 24"),
        ({"location": "data.bin", "offset": "x"}, "at no valid offset"),
        ({"location": "data.bin", "length": "25"}, "bytes 0 to 25"),
        ({"location": "data.bin", "length": "-25"}, "bytes 0 to -25"),
    ],
)
def test_other_files_are_bounded(write: Write, entries: dict[str, str], said: str) -> None:
    write("data.bin", SIX)
    with pytest.raises(pw.WeightsFormatError, match=said):
        load_weights(write("w.onnx", model(external(**entries))))


def test_a_part_of_another_file(write: Write) -> None:
    write("data.bin", b"1234" + SIX + b"more")
    path = write("w.onnx", model(external(location="./data.bin", offset="4", length="24")))
    assert load_weights(path, "W").tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (field(9, SIX), 1),
        (field(4, SIX), 1),
        (field(5, bytes([0, 1, 2, 3, 4, 5])), 6),
        (field(7, bytes([0, 1, 2, 3, 4, 5])), 7),
        (field(11, bytes([0, 1, 2, 3, 4, 5])), 13),
        (field(1, bytes([2, 3])) + field(9, SIX), 1),
        (field(5, bytes([0, 1, 2, 3])) + field(5, bytes([4, 5])), 2),
    ],
)
def test_fields_for_numbers(write: Write, part: bytes, code: int) -> None:
    shape = () if part.startswith(field(1, b"\2\3")) else (2, 3)
    path = write("w.onnx", model(tensor(part, code=code, shape=shape)))
    assert load_weights(path, "W").tolist() == [[0, 1, 2], [3, 4, 5]]


def test_negative_numbers(write: Write) -> None:
    content = b"".join(varint(value & (2**64 - 1)) for value in (-1, 2, -(2**40), 2**40, 0, -128))
    path = write("w.onnx", model(tensor(field(7, content), code=7)))
    assert load_weights(path, "W").ravel().tolist() == [-1, 2, -(2**40), 2**40, 0, -128]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (field(1, 8) + field(2, b"x"), "the model has no graph"),
        (model(), "no initializers"),
        (model(tensor(field(9, SIX), code=8)), "type number 8"),
        (model(tensor(field(9, SIX[:-1]))), "needs 24 bytes, got 23"),
        (model(tensor(field(9, SIX), shape=(2**62, 2**62))), "any memory"),
        (model(tensor(field(9, SIX), shape=(-2, 3))), "non-negative integer"),
        (model(tensor(field(9, SIX), shape=(1,) * 40)), "40 axes"),
        (model(tensor(field(1, bytes([1] * 40)), field(9, SIX), shape=())), "40 axes"),
        (model(tensor()), "needs 24 bytes, got 0"),
        (model(tensor(field(7, bytes(5)), code=7)), "needs 6 numbers, got 5"),
        (model(tensor(field(7, bytes(6)), code=1)), "needs 24 bytes, got 0"),
        (model(tensor(field(9, SIX)), tensor(field(9, SIX))), "two tensors have the name 'W'"),
        (model(tensor(field(9, SIX)))[:-1], "asks for"),
        (field(1, 8) + b"\x3a" + b"\xff" * 11, "does not end"),
        (field(1, 8) + b"\x3a\x01\x07", "unknown kind 7|cut|left"),
        (model(tensor(*[field(3, 1)] * 300, field(9, SIX))), "more than 256 fields"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.onnx", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_too_many_tensors(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.onnx.MAX_TENSORS", 1)
    with pytest.raises(pw.WeightsFormatError, match="more than 1 initializers"):
        load_weights(write("w.onnx", model(tensor(field(9, SIX)), tensor(field(9, SIX), name=b"V"))))


def test_damaged_numbers_are_found_when_they_are_read(write: Write) -> None:
    path = write("w.onnx", model(tensor(field(7, b"\xff" * 20 + b"\1" + bytes(5)), code=7)))
    with pytest.raises(pw.WeightsFormatError, match="does not end"):
        load_weights(path, "W")


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=40))
def test_packed_numbers(values: list[int]) -> None:
    content = b"".join(varint(value & (2**64 - 1)) for value in values)
    assert packed_varints(memoryview(content)).tolist() == values


@given(st.binary(max_size=60))
def test_any_bytes_are_fields_or_a_finding(content: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert sum(len(part.bytes) for part in fields(memoryview(content))) <= len(content)


def test_every_truncation_is_found(data_folder: Path, write: Write) -> None:
    whole = (data_folder / "model.onnx").read_bytes()
    for length in range(0, len(whole), 5):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.onnx", whole[:length]))
