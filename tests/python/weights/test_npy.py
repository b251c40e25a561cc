from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp

import peterweyl as pw
from peterweyl.weights import load_weights
from peterweyl.weights.faults import Malformed
from peterweyl.weights.limits import Limits
from peterweyl.weights.npy import NpyReader, parse_header
from peterweyl.weights.source_file import WeightsFile

from .conftest import Write


def saved(array: np.ndarray, **options: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def header(text: str, version: int = 1) -> bytes:
    layout = "<H" if version == 1 else "<I"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack(layout, len(text)) + text.encode()


@given(
    hnp.arrays(
        hnp.integer_dtypes(endianness="?")
        | hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64))
        | hnp.complex_number_dtypes(endianness="?", sizes=(64, 128))
        | hnp.boolean_dtypes(),
        hnp.array_shapes(min_dims=0, min_side=0),
    )
)
def test_what_numpy_writes_is_read(array: np.ndarray) -> None:
    for layout in (array, np.asfortranarray(array)):
        data = memoryview(saved(layout))
        parsed = parse_header(data)
        loaded = parsed.tensor("array", data[parsed.length :]).load()
        assert loaded.dtype == array.dtype
        assert loaded.tobytes() == array.tobytes()


def test_the_only_tensor_has_a_name(write: Write, matrix: np.ndarray) -> None:
    weights = load_weights(write("w.npy", saved(matrix)))
    assert weights.format == "npy"
    assert list(weights) == ["array"]
    assert np.array_equal(weights["array"], matrix)


def test_the_content_decides(write: Write, matrix: np.ndarray) -> None:
    assert load_weights(write("w.safetensors", saved(matrix))).format == "npy"


def test_large_files_are_views(write: Write) -> None:
    array = load_weights(write("w.npy", saved(np.zeros((1024, 512)))), 0)
    assert not array.flags.owndata


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x93NUMPY", "must begin with"),
        (b"\x93NUMPY\x01\x00\x40\x00{'descr'", "cut short"),
        (b"\x93NUMPY\x09\x00\x40\x00{'descr'", "version 9"),
        (header("x" * 20_000), "more than 10,000"),
        (header("(" * 5_000), "not a dictionary of literals"),
        (header("[" * 90 + "]" * 90), "keys descr"),
        (header("__import__('os').system('true')"), "not a dictionary of literals"),
        (header("{'descr': '<f4', 'shape': (2,)}"), "keys descr, fortran_order and shape"),
        (header("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}"), "a bool as fortran_order"),
        (header("{'descr': '<f4', 'fortran_order': False, 'shape': [2]}"), "a tuple as shape"),
        (header("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}"), "non-negative integer"),
        (header("{'descr': '<f4', 'fortran_order': False, 'shape': (2.0,)}"), "non-negative integer"),
        (header("{'descr': '<f4', 'fortran_order': False, 'shape': (True,)}"), "non-negative integer"),
        (
            header("{'descr': '<f4', 'fortran_order': False, 'shape': (10**9,)}"),
            "not a dictionary of literals",
        ),
        (header(f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({2**31}, {2**31})}}"), "any memory"),
        (header(f"{{'descr': '<f4', 'fortran_order': False, 'shape': {(2**40,) * 40}}}"), "40 axes"),
        (header(f"{{'descr': '<f4', 'fortran_order': False, 'shape': (0, {2**62})}}"), "any memory"),
        (
            header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}") + bytes(11),
            "needs 12 bytes, got 11",
        ),
        (
            header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}") + bytes(13),
            "needs 12 bytes, got 13",
        ),
        (header("{'descr': 'nonsense', 'fortran_order': False, 'shape': ()}"), "is not known"),
        (header("{'descr': '<U4', 'fortran_order': False, 'shape': ()}") + bytes(16), "array of numbers"),
        (header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}") + bytes(4), "structured"),
        (header("{'descr': '|V2', 'fortran_order': False, 'shape': ()}") + bytes(2), "bfloat16"),
        (saved(np.array([1, None]), allow_pickle=True), "unpickled, which can run code"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.npy", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)
    assert caught.value.path == str(path)
    assert caught.value.format == "npy"


def test_every_truncation_is_found(matrix: np.ndarray) -> None:
    whole = saved(matrix)
    for length in range(len(whole)):
        with pytest.raises(Malformed):
            list(NpyReader().read(WeightsFile("w.npy", memoryview(whole[:length])), Limits()))
