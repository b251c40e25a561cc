from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write

h5py = pytest.importorskip("h5py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "w.h5"


def test_datasets_of_numbers(path: Path, matrix: np.ndarray) -> None:
    arrays = {
        "layers/dense/vars/0": matrix,
        "layers/dense/vars/1": matrix[0].astype(">f8"),
        "complex": matrix + 1j * matrix,
        "half": matrix.astype(np.float16),
        "bool": matrix > 0,
        "count": np.array(3),
        "empty": np.zeros((0, 3)),
    }
    with h5py.File(path, "w", track_order=True) as file:
        for name, array in arrays.items():
            file[name] = array
        file.create_dataset("packed", data=np.zeros((100, 100)), compression="gzip")
        file["note"] = "text"
        file["labels"] = np.array([b"e", b"r"])
        file.attrs["config"] = "{}"
    weights = load_weights(path)
    assert weights.format == "hdf5"
    assert set(weights) == {*arrays, "packed"}
    for name, array in arrays.items():
        assert weights.info[name].shape == array.shape
        assert weights[name].dtype == array.dtype == weights.info[name].dtype
        assert np.array_equal(weights[name], array)


@pytest.mark.parametrize("names", [("real", "imag"), ("re", "im"), ("r", "i")])
def test_complex_numbers_as_pairs(path: Path, matrix: np.ndarray, names: tuple[str, str]) -> None:
    pairs = np.zeros(matrix.shape, dtype=[(names[0], "<f8"), (names[1], "<f8")])
    pairs[names[0]], pairs[names[1]] = matrix, -matrix
    with h5py.File(path, "w") as file:
        file["W"] = pairs
    assert np.array_equal(load_weights(path, "W"), matrix - 1j * matrix)


def test_the_path_is_fixed_when_the_file_is_opened(
    path: Path, matrix: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    with h5py.File(path, "w") as file:
        file["W"] = matrix
    monkeypatch.chdir(path.parent)
    weights = load_weights(path.name)
    monkeypatch.chdir("/")
    assert np.array_equal(weights["W"], matrix)


def test_keras_archives(write: Write, matrix: np.ndarray) -> None:
    inner = io.BytesIO()
    with h5py.File(inner, "w") as file:
        file["layers/dense/vars/0"] = matrix
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", method) as archive:
            archive.writestr("config.json", "{}")
            archive.writestr("model.weights.h5", inner.getvalue())
        weights = load_weights(write("m.keras", outer.getvalue()))
        assert weights.format == "keras"
        assert np.array_equal(weights["layers/dense/vars/0"], matrix)


def test_links_are_not_followed(path: Path, matrix: np.ndarray) -> None:
    with h5py.File(path.with_name("other.h5"), "w") as file:
        file["secret"] = matrix
    with h5py.File(path, "w") as file:
        file["W"] = matrix
        file["outside"] = h5py.ExternalLink("other.h5", "/secret")
        file["soft"] = h5py.SoftLink("/W")
        file["dangling"] = h5py.SoftLink("/none")
        group = file.create_group("group")
        group["loop"] = group
        group["root"] = file["/"]
        group["V"] = matrix
    assert set(load_weights(path)) == {"W", "group/V"}


def test_numbers_in_other_files_are_refused(path: Path, matrix: np.ndarray) -> None:
    raw = path.with_name("raw.bin")
    raw.write_bytes(matrix.tobytes())
    with h5py.File(path, "w") as file:
        file.create_dataset("W", matrix.shape, matrix.dtype, external=[(str(raw), 0, matrix.nbytes)])
    with pytest.raises(pw.WeightsFormatError, match="keeps its numbers in other files"):
        load_weights(path)


def test_virtual_datasets_are_refused(path: Path, matrix: np.ndarray) -> None:
    layout = h5py.VirtualLayout(matrix.shape, matrix.dtype)
    layout[:] = h5py.VirtualSource("other.h5", "secret", matrix.shape)
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("W", layout)
    with pytest.raises(pw.WeightsFormatError, match="keeps its numbers in other files"):
        load_weights(path)


def test_sizes_are_checked_before_reading(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("W", (2**20, 2**20), "f8", chunks=(64, 64), compression="gzip")
    with pytest.raises(pw.WeightsFormatError, match="decompression bomb"):
        load_weights(path)
    with h5py.File(path, "w") as file:
        file["W"] = np.ones(1000)
    with pytest.raises(pw.WeightsFormatError, match="memory_limit=100"):
        load_weights(path, "W", memory_limit=100)


def test_deep_groups(path: Path) -> None:
    with h5py.File(path, "w") as file:
        group: Any = file
        for _ in range(80):
            group = group.create_group("g")
        group["W"] = np.ones(2)
    with pytest.raises(pw.WeightsFormatError, match="nested more than 64 deep"):
        load_weights(path)


def test_a_long_name_is_not_repeated_for_every_dataset(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["k" * 3_000 + "/W"] = 1.0
    with pytest.raises(pw.WeightsFormatError, match="name has more than 2,000 characters"):
        load_weights(path)


def test_too_many_objects(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.hdf5.MAX_OBJECTS", 3)
    with h5py.File(path, "w") as file:
        for index in range(4):
            file[str(index)] = 1.0
    with pytest.raises(pw.WeightsFormatError, match="more than 3 groups and datasets"):
        load_weights(path)


def test_nothing_but_text(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["note"] = "text"
    with pytest.raises(pw.WeightsFormatError, match="holds no tensors"):
        load_weights(path)


def test_truncations_are_found(path: Path, matrix: np.ndarray, write: Write) -> None:
    with h5py.File(path, "w") as file:
        file["W"] = matrix
    whole = path.read_bytes()
    for length in range(1, len(whole), 37):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("cut.h5", whole[:length]), "W")


def test_nothing_is_written(path: Path, matrix: np.ndarray) -> None:
    with h5py.File(path, "w") as file:
        file["W"] = matrix
    before = path.read_bytes(), sorted(os.listdir(path.parent))
    load_weights(path, "W")
    assert (path.read_bytes(), sorted(os.listdir(path.parent))) == before


def test_the_extra_is_named_where_h5py_is_missing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with h5py.File(path, "w") as file:
        file["W"] = 1.0
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(pw.MissingDependencyError, match=r"h5py is needed to read HDF5.*peterweyl\[hdf5\]"):
        load_weights(path)
