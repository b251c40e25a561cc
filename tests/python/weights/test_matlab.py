from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write

scipy_io = pytest.importorskip("scipy.io")
HEADER = b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM"


def saved(variables: dict[str, Any], **options: Any) -> bytes:
    stream = io.BytesIO()
    scipy_io.savemat(stream, variables, **options)
    return stream.getvalue()


def element(kind: int, content: bytes, *, order: str = "<") -> bytes:
    return struct.pack(f"{order}2I", kind, len(content)) + content + bytes(-len(content) % 8)


def matrix_of(
    shape: tuple[int, ...],
    *blocks: bytes,
    kind: int = 6,
    flags: int = 0,
    name: bytes = b"W",
    order: str = "<",
) -> bytes:
    """A variable with blocks of numbers given as elements."""
    head = element(6, struct.pack(f"{order}2I", kind | flags, 0), order=order)
    axes = element(5, struct.pack(f"{order}{len(shape)}i", *shape), order=order)
    return element(14, head + axes + element(1, name, order=order) + b"".join(blocks), order=order)


def doubles(*values: float, order: str = "<") -> bytes:
    return element(9, struct.pack(f"{order}{len(values)}d", *values), order=order)


@pytest.mark.parametrize("compressed", [False, True])
def test_what_scipy_writes_is_read(write: Write, matrix: np.ndarray, compressed: bool) -> None:
    arrays: dict[str, np.ndarray] = {
        "single": matrix,
        "double": matrix.astype(float),
        "complex": matrix + 1j * matrix,
    }
    arrays |= {
        f"{kind}{bits}": (10 * matrix).astype(f"{kind}{bits}")
        for kind in ("int", "uint")
        for bits in (8, 16, 32, 64)
    }
    arrays |= {"cube": np.arange(24.0).reshape(2, 3, 4), "single_complex": (matrix + 1j).astype(np.complex64)}
    arrays |= {
        "empty": np.zeros((0, 3)),
        "large": np.arange(5_000.0).reshape(50, 100),
        "scalar": np.array([[2.5]]),
    }
    weights = load_weights(write("w.mat", saved(arrays | {"text": "hello"}, do_compression=compressed)))
    assert weights.format == "matlab"
    assert set(weights) == set(arrays)
    for name, array in arrays.items():
        assert weights.info[name].shape == array.shape
        assert weights[name].dtype == array.dtype == weights.info[name].dtype
        assert np.array_equal(weights[name], array)


@pytest.mark.parametrize("compressed", [False, True])
def test_structs_and_cells(write: Write, matrix: np.ndarray, compressed: bool) -> None:
    cell = np.empty((1, 3), dtype=object)
    cell[0, 0], cell[0, 1], cell[0, 2] = matrix, "text", {"deep": matrix.T}
    variables = {
        "net": {"W": matrix, "bias": {"b": matrix[:1]}, "note": "x"},
        "cell": cell,
        "flags": matrix > 0,
    }
    weights = load_weights(write("w.mat", saved(variables, do_compression=compressed)))
    assert np.array_equal(weights["flags"], matrix > 0)
    assert weights["flags"].dtype == np.bool_
    expected = {"net.W": matrix, "net.bias.b": matrix[:1], "cell.0": matrix, "cell.2.deep": matrix.T}
    assert set(weights) == {*expected, "flags"}
    for name, array in expected.items():
        assert np.array_equal(weights[name], array)


def test_arrays_of_structs_are_numbered(write: Write) -> None:
    structs = np.array([[(np.eye(2),), (np.ones((1, 3)),)]], dtype=[("W", object)])
    weights = load_weights(write("w.mat", saved({"layers": structs})))
    assert {name: array.shape for name, array in weights.items()} == {
        "layers.0.W": (2, 2),
        "layers.1.W": (1, 3),
    }


def test_numbers_in_a_narrower_type(write: Write) -> None:
    """MATLAB saves doubles that are small integers as bytes."""
    path = write("w.mat", HEADER + matrix_of((2, 2), element(2, bytes([1, 2, 3, 4]))))
    loaded = load_weights(path, "W")
    assert loaded.dtype == np.float64
    assert loaded.tolist() == [[1, 3], [2, 4]]


def test_big_endian(write: Write) -> None:
    header = b"MATLAB 5.0 MAT-file".ljust(124) + b"\1\0MI"
    path = write("w.mat", header + matrix_of((1, 2), doubles(1.5, -2.5, order=">"), order=">"))
    assert load_weights(path, "W").tolist() == [[1.5, -2.5]]


def test_sparse_matrices_are_listed_and_refused(write: Write, matrix: np.ndarray) -> None:
    sparse = pytest.importorskip("scipy.sparse")
    weights = load_weights(write("w.mat", saved({"S": sparse.eye(3, format="csc"), "W": matrix})))
    assert weights.info["S"].shape == (3, 3)
    assert np.array_equal(weights["W"], matrix)
    with pytest.raises(pw.WeightsFormatError, match=r"tensor 'S' is sparse.*full\(x\)"):
        weights["S"]


def test_objects_of_classes_are_left_out(write: Write) -> None:
    opaque = element(
        14, element(6, struct.pack("<2I", 17, 0)) + element(1, b"s") + element(1, b"MCOS") + b"junk" * 2
    )
    nameless = matrix_of((1, 1), doubles(1), name=b"")
    path = write("w.mat", HEADER + opaque + matrix_of((1, 1), doubles(3)) + nameless)
    assert list(load_weights(path)) == ["W"]


GOOD = matrix_of((1, 2), doubles(1, 2))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEADER[:50], "a header of 128 bytes"),
        (HEADER[:126] + b"XX" + GOOD, "IM or MI"),
        (HEADER[:124] + b"\0\3IM" + GOOD, "version must be 0x0100, got 0x0300"),
        (HEADER, "holds no tensors"),
        (HEADER + GOOD[:-1], "asks for"),
        (HEADER + GOOD[:4], "tag is cut short"),
        (HEADER + matrix_of((1, 3), doubles(1, 2)), "needs 3 numbers of float64, got 16 bytes"),
        (HEADER + matrix_of((1, 2), doubles(1, 2, 3)), "needs 2 numbers of float64, got 24 bytes"),
        (HEADER + matrix_of((2**31 - 1,) * 4, doubles(1)), "any memory"),
        (HEADER + matrix_of((-1, 2), doubles(1)), "non-negative integer"),
        (HEADER + matrix_of((1, 1)), "has 0 blocks of numbers, expected 1"),
        (HEADER + matrix_of((1, 1), doubles(1), doubles(1)), "has 2 blocks"),
        (HEADER + matrix_of((1, 1), doubles(1), flags=0x800), "has 1 blocks of numbers, expected 2"),
        (HEADER + matrix_of((1, 1), element(16, b"x")), "of kind 16"),
        (HEADER + element(14, b""), "holds no tensors"),
        (HEADER + element(14, element(6, b"1234")), "no flags"),
        (HEADER + element(14, element(6, struct.pack("<2I", 6, 0))), "no dimensions or no name"),
        (HEADER + matrix_of((1, 2), element(14, b""), kind=1), "has 1 of the parts"),
        (HEADER + matrix_of((1, 1), element(14, b""), element(14, b""), kind=1), "has more, or other, parts"),
        (HEADER + matrix_of((1, 1), doubles(1), kind=1), "has more, or other, parts"),
        (HEADER + matrix_of((1, 1), kind=2), "how long the names"),
        (
            HEADER + matrix_of((1, 1), element(5, b"\5\0\0\0"), element(1, b"abc"), kind=2),
            "names of fields are cut",
        ),
        (
            HEADER + matrix_of((1, 1), element(5, b"\0\0\0\0"), element(1, b""), kind=2),
            "names of fields are cut",
        ),
        (HEADER + element(15, b"nonsense"), "compressed bytes are damaged"),
        (HEADER + element(15, zlib.compress(b"1234")), "cut short"),
        (HEADER + element(15, zlib.compress(struct.pack("<2I", 14, 2**31))), "decompression bomb"),
        (
            HEADER + element(15, zlib.compress(struct.pack("<2I", 14, 5_000) + b"1234")),
            "tag is cut short",
        ),
        (HEADER + struct.pack("<2I", 0x00090001, 0), "says it has 9 bytes"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.mat", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_deep_cells(write: Write) -> None:
    inner = GOOD
    for _ in range(80):
        inner = matrix_of((1, 1), inner, kind=1)
    with pytest.raises(pw.WeightsFormatError, match="nested more than 64 deep"):
        load_weights(write("w.mat", HEADER + inner))


def test_a_long_name_is_not_repeated_for_every_part(write: Write) -> None:
    cell = matrix_of((1, 2), GOOD, GOOD, kind=1, name=b"k" * 5_000)
    with pytest.raises(pw.WeightsFormatError, match="name has more than 2,000 characters"):
        load_weights(write("w.mat", HEADER + cell))


def test_a_logical_matrix_is_not_complex(write: Write) -> None:
    path = write("w.mat", HEADER + matrix_of((1, 1), doubles(1), doubles(2), flags=0x0A00))
    assert load_weights(path, "W").tolist() == [[1 + 2j]]


def test_the_memory_limit_is_kept(write: Write) -> None:
    path = write("w.mat", saved({"W": np.arange(5_000.0)}, do_compression=True))
    assert load_weights(path, memory_limit=10_000).info["W"].shape == (1, 5_000)
    with pytest.raises(pw.WeightsFormatError, match="memory_limit=10,000"):
        load_weights(path, "W", memory_limit=10_000)


@pytest.mark.parametrize("compressed", [False, True])
def test_every_truncation_is_found(write: Write, matrix: np.ndarray, compressed: bool) -> None:
    whole = saved({"W": matrix}, do_compression=compressed)
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.mat", whole[:length]), "W")
