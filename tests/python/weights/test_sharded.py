from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

numpy_writer = pytest.importorskip("safetensors.numpy")


@pytest.fixture
def shards(tmp_path: Path, matrix: np.ndarray) -> Path:
    (tmp_path / "one.safetensors").write_bytes(numpy_writer.save({"a": matrix, "b": matrix[0]}))
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "two.safetensors").write_bytes(numpy_writer.save({"c": matrix.T.copy()}))
    return tmp_path


def index(folder: Path, places: Any) -> Path:
    path = folder / "model.safetensors.index.json"
    path.write_text(json.dumps({"metadata": {"total_size": 1}, "weight_map": places}))
    return path


def test_tensors_of_all_shards(shards: Path, matrix: np.ndarray) -> None:
    places = {"c": "parts/two.safetensors", "a": "one.safetensors", "b": "one.safetensors"}
    weights = load_weights(index(shards, places))
    assert weights.format == "sharded"
    assert list(weights) == ["c", "a", "b"]
    assert np.array_equal(weights["c"], matrix.T)
    assert np.array_equal(weights["a"], matrix)


def test_only_what_the_index_names(shards: Path) -> None:
    assert list(load_weights(index(shards, {"b": "one.safetensors"}))) == ["b"]


def test_a_shard_may_be_a_link_and_of_torch(shards: Path, data_folder: Path) -> None:
    (shards / "linked.safetensors").symlink_to("one.safetensors")
    (shards / "state.bin").write_bytes((data_folder / "state.pt").read_bytes())
    weights = load_weights(index(shards, {"a": "linked.safetensors", "float32": "state.bin"}))
    assert {name: array.shape for name, array in weights.items()} == {"a": (6, 4), "float32": (6, 4)}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ({"a": "../one.safetensors"}, "outside the folder"),
        ({"a": "parts/../one.safetensors"}, "outside the folder"),
        ({"a": "/etc/passwd"}, "outside the folder"),
        ({"a": "..\\one.safetensors"}, "outside the folder"),
        ({"a": "C:\\one.safetensors"}, "outside the folder"),
        ({"a": ""}, "outside the folder"),
        ({"a": "one\0.safetensors"}, "outside the folder"),
        ({"a": "none.safetensors"}, "no such file"),
        ({"z": "one.safetensors"}, "tensor 'z' is not in the shard"),
        ({"a": 1}, "must have a weight_map"),
        (["a"], "must have a weight_map"),
        ({}, "holds no tensors"),
        ({"a": "model.safetensors.index.json"}, "expected weights in one of the formats safetensors, torch"),
        ({str(i): f"{i}.safetensors" for i in range(5_000)}, "5,000 shards"),
    ],
)
def test_what_is_wrong_is_said(shards: Path, places: Any, said: str) -> None:
    path = index(shards, places)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_a_damaged_shard_is_named(shards: Path) -> None:
    (shards / "one.safetensors").write_bytes(b"\xff" * 100)
    with pytest.raises(pw.WeightsFormatError, match=r"shard 'one\.safetensors'"):
        load_weights(index(shards, {"a": "one.safetensors"}))


def test_an_unsafe_shard_is_unsafe(shards: Path, data_folder: Path) -> None:
    (shards / "module.bin").write_bytes((data_folder / "module.pt").read_bytes())
    with pytest.raises(pw.UnsafeCheckpointError, match=r"__main__\.Net"):
        load_weights(index(shards, {"a": "module.bin"}))
