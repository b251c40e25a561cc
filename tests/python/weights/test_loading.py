from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import (
    TensorInfo,
    Weights,
    WeightsFileNotFoundError,
    load_weights,
    tensor_infos,
)


def test_live_arrays_are_views() -> None:
    array = np.arange(6.0)
    loaded = load_weights(array, "array")
    assert np.shares_memory(loaded, array)
    assert not loaded.flags.writeable
    assert array.flags.writeable


def test_nested_mappings_are_flattened() -> None:
    weights = load_weights(
        {"model": {"W": np.eye(2), 0: {"b": np.ones(3)}}, "step": 7, "note": "text", "none": None}
    )
    assert list(weights) == ["model.W", "model.0.b"]
    assert weights.format == "live"
    assert weights.path == ""


def test_infos_need_no_reading(matrix: np.ndarray) -> None:
    info = tensor_infos({"W": matrix.astype(">f2")})[0]
    assert info == TensorInfo("W", (6, 4), "float16", np.dtype(">f2"))
    assert info.nbytes == 48


@pytest.mark.parametrize("source", [None, 3, [np.eye(2)], b"weights.npz", object()])
def test_sources_that_are_none(source: Any) -> None:
    with pytest.raises(
        pw.ArgumentError, match="source: expected a path, an array or a mapping of arrays, got"
    ):
        load_weights(source)


def test_a_model_is_asked_for_its_state_dict() -> None:
    class Model:
        def state_dict(self) -> dict[str, Any]:
            return {}

    with pytest.raises(pw.ArgumentError, match=r"give its state_dict\(\)"):
        load_weights(Model())


@pytest.mark.parametrize("source", [{}, {"a": 1}, {"a": {}}])
def test_mappings_without_arrays(source: dict[str, Any]) -> None:
    with pytest.raises(pw.ArgumentError, match="it holds no tensors"):
        load_weights(source)


def test_a_mapping_that_holds_itself() -> None:
    loop: dict[str, Any] = {}
    loop["again"] = loop
    with pytest.raises(pw.ArgumentError, match="nested more than"):
        load_weights(loop)


def test_two_tensors_of_one_name() -> None:
    with pytest.raises(pw.ArgumentError, match=r"two tensors have the name 'a\.b'"):
        load_weights({"a.b": np.eye(2), "a": {"b": np.eye(2)}})


def test_weights_pass_through(matrix: np.ndarray) -> None:
    weights = load_weights({"W": matrix})
    assert load_weights(weights) is weights
    assert np.array_equal(load_weights(weights, "W"), matrix)


def test_the_mapping_is_immutable(matrix: np.ndarray) -> None:
    weights = load_weights({"W": matrix})
    with pytest.raises(TypeError):
        weights["W"] = matrix  # type: ignore[index]
    with pytest.raises(TypeError):
        weights.info["W"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        weights.path = "elsewhere"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        weights["W"][0, 0] = 1


def test_the_repr_is_short(matrix: np.ndarray) -> None:
    weights = load_weights({f"W{index}": matrix for index in range(30)} | {"scalar": np.array(1.0)})
    lines = repr(weights).splitlines()
    assert lines[0] == "<Weights (live), 31 tensors>"
    assert lines[1] == "  'W0': 6×4 float32"
    assert lines[-1] == "  … and 11 more"


@pytest.mark.parametrize("limit", [0, -1, 1.5, True, "4 GiB"])
def test_limits_that_are_none(limit: Any) -> None:
    with pytest.raises(pw.ArgumentError, match="memory_limit: expected a positive number of bytes"):
        load_weights(np.eye(2), memory_limit=limit)


def test_the_memory_limit_is_kept(tmp_path: Path, matrix: np.ndarray) -> None:
    path = tmp_path / "w.npz"
    np.savez_compressed(path, W=matrix)
    weights = load_weights(path, memory_limit=100)
    assert weights.info["W"].shape == (6, 4)
    with pytest.raises(pw.WeightsFormatError, match="memory_limit=100") as caught:
        weights["W"]
    assert str(path) in str(caught.value)


def test_the_memory_limit_counts_what_decoding_takes(tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    header = b'{"W":{"dtype":"BF16","shape":[100],"data_offsets":[0,200]}}'
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(200))
    assert load_weights(path, "W", memory_limit=400).nbytes == 400
    with pytest.raises(
        pw.WeightsFormatError, match="tensor 'W' needs 400 bytes of memory, more than memory_limit=399"
    ):
        load_weights(path, "W", memory_limit=399)


def test_paths_of_both_kinds(tmp_path: Path, matrix: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "w.npy", matrix)
    monkeypatch.chdir(tmp_path)
    assert np.array_equal(load_weights("w.npy", 0), load_weights(tmp_path / "w.npy", 0))


def test_a_symbolic_link_is_followed(tmp_path: Path, matrix: np.ndarray) -> None:
    np.save(tmp_path / "w.npy", matrix)
    (tmp_path / "link").symlink_to("w.npy")
    assert np.array_equal(load_weights(tmp_path / "link", "array"), matrix)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsFileNotFoundError, match=r"none\.npz: there is no such file") as caught:
        load_weights(tmp_path / "none.npz")
    assert isinstance(caught.value, FileNotFoundError)
    assert isinstance(caught.value, pw.WeightsFormatError)
    (tmp_path / "dangling").symlink_to("none.npz")
    with pytest.raises(WeightsFileNotFoundError):
        load_weights(tmp_path / "dangling")


def test_what_is_no_regular_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    monkeypatch.chdir(tmp_path)
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.npz")
    with server:
        for path, said in [(tmp_path, "a folder"), ("/dev/zero", "a device"), ("pipe.npz", "a device, pipe")]:
            with pytest.raises(pw.WeightsFormatError, match=said):
                load_weights(path)
        for path in ("socket.npz", "nul\0l"):
            with pytest.raises(pw.WeightsFormatError, match="cannot be opened"):
                load_weights(path)


def test_a_tensor_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    """Of 256 MB in a mapped file, one tensor of 4 MB is read: memory grows by little more than that."""
    path = tmp_path / "large.safetensors"
    script = f"""
import json, struct
import peterweyl
from peterweyl.weights import load_weights
size = 2**22
places = [[i * size, (i + 1) * size] for i in range(64)]
header = {{f"t{{i}}": dict(dtype="F32", shape=[size // 4], data_offsets=places[i]) for i in range(64)}}
text = json.dumps(header).encode()
with open({str(path)!r}, "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text)
    for i in range(64):
        file.write(struct.pack("<f", i) * (size // 4))
def high_water():
    with open("/proc/self/status") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024
before = high_water()
weights = load_weights({str(path)!r})
assert len(weights.info) == 64
assert weights["t7"].sum() == 7 * 2**20
print(high_water() - before)
"""
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 32


def test_importing_is_light() -> None:
    code = "import sys, peterweyl.weights; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"h5py", "scipy", "torch", "jax", "onnx", "msgpack", "safetensors"} & set(done.stdout.split())


def test_weights_is_a_mapping(matrix: np.ndarray) -> None:
    weights = load_weights({"a": matrix, "b": matrix})
    assert isinstance(weights, Weights)
    assert {name: array.shape for name, array in weights.items()} == {"a": (6, 4), "b": (6, 4)}
    assert len(weights) == 2
