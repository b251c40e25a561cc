from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def npy_header(shape: tuple[int, ...], descr: str = "<f4") -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": descr, "fortran_order": False, "shape": shape})
    return stream.getvalue()


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_writes_is_read(tmp_path: Path, matrix: np.ndarray, save: object) -> None:
    arrays = {
        "W": matrix,
        "layers/0/w": matrix.T,
        "c": matrix.astype(">c16"),
        "i": np.arange(5),
        "é": np.array(1.5),
    }
    arrays |= {"empty": np.zeros((0, 3)), "b": matrix > 0}
    save(tmp_path / "w.npz", **arrays)  # type: ignore[operator]
    weights = load_weights(tmp_path / "w.npz")
    assert weights.format == "npz"
    assert list(weights) == list(arrays)
    for name, array in arrays.items():
        assert np.array_equal(weights[name], array)
        assert weights[name].dtype == array.dtype == weights.info[name].dtype


def test_the_content_decides(write: Write, matrix: np.ndarray) -> None:
    stream = io.BytesIO()
    np.savez(stream, W=matrix)
    weights = load_weights(write("w.pt", stream.getvalue()))
    assert weights.format == "npz"
    assert np.array_equal(weights["W"], matrix)


def test_labels_beside_the_weights_do_not_matter(tmp_path: Path, matrix: np.ndarray) -> None:
    np.savez(tmp_path / "w.npz", W=matrix, labels=np.array(["e", "r"]))
    weights = load_weights(tmp_path / "w.npz")
    assert np.array_equal(weights["W"], matrix)
    assert weights.info["labels"].stored_dtype == "<U1"
    with pytest.raises(pw.WeightsFormatError, match="'labels' cannot be used: expected an array of numbers"):
        weights["labels"]


def test_objects_beside_the_weights_are_refused(tmp_path: Path, matrix: np.ndarray) -> None:
    np.savez(tmp_path / "w.npz", W=matrix, names=np.array(["e", None], dtype=object))
    with pytest.raises(pw.WeightsFormatError, match=r"array 'names': .* can run code"):
        load_weights(tmp_path / "w.npz")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive({}), "the archive is empty"),
        (archive({"w.npy": b""}), "array 'w': an array must begin with"),
        (archive({"w.npy": npy_header((2,))}), "need 136 bytes with the header, got 128"),
        (archive({"w.npy": npy_header((2,)) + bytes(9)}), "need 136 bytes with the header, got 137"),
        (archive({"w.npy": npy_header((2**31, 2**31)) + bytes(64)}), "more elements than any memory"),
        (archive({"w.npy": npy_header((2**30,)) + bytes(64)}), "got 192"),
        (archive({"w.npy": npy_header((2,), "<U1") + bytes(8)}), "expected an array of numbers"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.npz", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_a_bomb_is_named_before_it_is_asked_for(write: Write) -> None:
    """A gigabyte of zeros in one megabyte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file, file.open("w.npy", "w") as member:
        member.write(npy_header((2**25,)))
        for _ in range(128):
            member.write(bytes(2**20))
    with pytest.raises(pw.WeightsFormatError, match="decompression bomb"):
        load_weights(write("w.npz", stream.getvalue()))


def test_zeros_of_ordinary_size_are_no_bomb(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "w.npz", W=np.zeros((1000, 1000)))
    assert not load_weights(tmp_path / "w.npz", "W").any()


def test_every_truncation_is_found(write: Write, matrix: np.ndarray) -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, W=matrix)
    whole = stream.getvalue()
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.npz", whole[:length]))
