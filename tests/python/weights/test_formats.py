from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import peterweyl as pw
from peterweyl.weights import load_weights
from peterweyl.weights.formats import READERS

from .conftest import Write


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, b"content")
    return stream.getvalue()


def test_names_of_formats_are_unique() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("w.npz", b"", "the file is empty (0 bytes)"),
        (
            "w.pt",
            b"\0" * 100,
            "read as a torch checkpoint (.pt): expected a zip archive with a member data.pkl",
        ),
        ("w.safetensors", b"short", "cannot be read as a safetensors file"),
        ("w.npy", b"short", "cannot be read as a NumPy array (.npy): an array must begin with"),
        ("w.mat", b"short", "cannot be read as a MATLAB file (.mat)"),
        ("w.onnx", b"short", "cannot be read as an ONNX model (.onnx)"),
        ("w.msgpack", b"short", "cannot be read as a Flax checkpoint (.msgpack)"),
        ("w.h5", b"short", "cannot be read as an HDF5 file (.h5)"),
        ("w.keras", b"short", "cannot be read as a Keras archive (.keras)"),
        ("w.json", b"{}", "cannot be read as an index of sharded weights"),
        ("w.xyz", b"\xfe\xfe\xfe", "expected weights in one of the formats npy, torch, keras, npz"),
        ("w", b"hello world", "got a file that begins b'hello world'"),
        ("w.pt", b"\x1f\x8b\x08\0", "a gzip-compressed file: decompress it first"),
        ("w.safetensors", b"version https://git-lfs.github.com/spec/v1\n", "run git lfs pull"),
        ("w.bin", b"GGUF\3\0\0\0", "a GGUF model"),
        ("w.zip", zipped("a.txt", "b/c.txt"), "got a zip archive with the members 'a.txt', 'b/c.txt'"),
        ("w.pt", zipped("model.json", "tensors/0"), "a member data.pkl"),
        ("w.zip", zipped("../a.npy"), "points outside the archive"),
        ("w.pt", zipped("a/b/data.pkl"), "a member data.pkl"),
    ],
)
def test_what_came_is_said(write: Write, name: str, content: bytes, said: str) -> None:
    path = write(name, content)
    with pytest.raises(pw.WeightsFormatError) as caught:
        load_weights(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)


def test_the_content_decides_and_not_the_name(data_folder: Path, write: Write) -> None:
    for name, kind in [("state.pt", "torch"), ("legacy.pth", "torch-legacy"), ("model.onnx", "onnx")]:
        content = (data_folder / name).read_bytes()
        for other in ("w", "w.npz", "w.csv", "w.PT"):
            assert load_weights(write(other, content)).format == kind


def test_damaged_h5_needs_no_library_to_be_refused(write: Write) -> None:
    with pytest.raises(pw.Error):
        load_weights(write("w.h5", b"\x89HDF\r\n\x1a\n" + bytes(100)))
