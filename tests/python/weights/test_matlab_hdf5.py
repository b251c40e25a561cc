from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

h5py = pytest.importorskip("h5py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "w.mat"


def put(group: Any, name: str, array: np.ndarray, kind: str) -> None:
    """An array as MATLAB 7.3 writes it: axes reversed, the class as an attribute."""
    stored = array.T
    if np.iscomplexobj(array):
        pairs = np.zeros(stored.shape, dtype=[("real", stored.real.dtype), ("imag", stored.real.dtype)])
        pairs["real"], pairs["imag"] = stored.real, stored.imag
        stored = pairs
    group[name] = stored
    group[name].attrs["MATLAB_class"] = np.bytes_(kind)


def finish(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\0\2IM")


def test_axes_and_complex_numbers_are_as_in_matlab(path: Path, matrix: np.ndarray) -> None:
    cube = np.arange(24.0).reshape(2, 3, 4)
    with h5py.File(path, "w", userblock_size=512) as file:
        put(file, "W", matrix.astype(float), "double")
        put(file, "Z", matrix + 1j * matrix**2, "single")
        put(file, "cube", cube, "double")
        put(file, "flags", (matrix > 0).astype(np.uint8), "logical")
        put(file, "text", np.frombuffer(b"ab", np.uint8).reshape(1, 2).astype(np.uint16), "char")
        put(file, "none", np.zeros((1, 2), np.uint64), "double")
        file["none"].attrs["MATLAB_empty"] = np.uint8(1)
        net = file.create_group("net")
        net.attrs["MATLAB_class"] = np.bytes_("struct")
        put(net, "b", matrix[:1], "single")
        hidden = file.create_group("#refs#")
        put(hidden, "a", matrix, "single")
    finish(path)
    weights = load_weights(path)
    assert weights.format == "matlab-7.3"
    expected = {
        "W": matrix,
        "Z": matrix + 1j * matrix**2,
        "cube": cube,
        "flags": matrix > 0,
        "net.b": matrix[:1],
    }
    assert set(weights) == set(expected)
    for name, array in expected.items():
        assert weights.info[name].shape == array.shape
        assert weights[name].dtype == weights.info[name].dtype
        assert np.array_equal(weights[name], array)
    assert weights["flags"].dtype == np.bool_


def test_known_by_its_extension_without_matlab_s_text(path: Path, matrix: np.ndarray) -> None:
    with h5py.File(path, "w") as file:
        put(file, "W", matrix, "single")
    assert load_weights(path).format == "matlab-7.3"
    assert np.array_equal(load_weights(path, "W"), matrix)


def test_a_text_without_content(path: Path) -> None:
    path.write_bytes(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\0\2IM" + bytes(400))
    with pytest.raises(pw.WeightsFormatError, match="version must be"):
        load_weights(path)
