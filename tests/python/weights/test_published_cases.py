"""Networks with known truth, in a folder beside the repository: all of them load, every hostile file is refused."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

FOLDER = Path(__file__).parents[4] / "shared" / "weights"
MANIFEST = FOLDER / "manifest.json"

cases: list[dict[str, Any]] = json.loads(MANIFEST.read_text("utf-8"))["cases"] if MANIFEST.is_file() else []
containers = [case for case in cases if case["category"].startswith("container")]
networks = [case for case in cases if not case["category"].startswith("container")]

pytestmark = pytest.mark.skipif(not cases, reason="the folder of published cases is not here")


def identifier(case: dict[str, Any]) -> str:
    return str(case["id"])


@pytest.mark.parametrize("case", containers, ids=identifier)
def test_containers(case: dict[str, Any]) -> None:
    truth = case["truth"]
    path = FOLDER / case["files"][0]["file"]
    marker = Path(os.environ.get("TMPDIR", "/tmp")) / "HARMLESS_MARKER_unsafe_load_happened"
    assert not marker.exists(), "a marker was there before the test"
    listing = sorted(os.listdir(path.parent))
    start = time.process_time()
    said, arrays = "", {}
    try:
        weights = load_weights(path)
        arrays = {name: weights[name] for name in weights}
    except pw.Error as error:
        said = str(error)
    assert time.process_time() - start < 1
    if truth.get("must_load") is True:
        assert not said
    if truth.get("must_raise"):
        assert said, f"{case['id']} was loaded"
    assert str(path) in said or not said
    assert all(np.isfinite(array).all() for array in arrays.values())
    assert not marker.exists(), "code in the file was run"
    assert sorted(os.listdir(path.parent)) == listing


def test_the_same_numbers_in_every_container() -> None:
    """The legal containers of one group hold the same matrix, to 2^-8 where it is stored as bfloat16."""
    loaded = {}
    for case in containers:
        if case["truth"].get("must_load"):
            weights = load_weights(FOLDER / case["files"][0]["file"])
            loaded[case["id"]] = np.concatenate([weights[name] for name in weights])
    reference = loaded.pop("fmt_D4_npz_stored")
    assert len(loaded) > 3
    for name, array in loaded.items():
        tolerance = 2.0**-8 if "bf16" in name else 0
        assert np.allclose(array, reference, rtol=tolerance, atol=0), name


@pytest.mark.parametrize("case", networks, ids=identifier)
def test_networks(case: dict[str, Any]) -> None:
    weights = load_weights(FOLDER / case["files"][0]["file"])
    shapes = sorted(info.shape for info in weights.info.values())
    wanted = sorted(tuple(tensor["shape"]) for tensor in case["tensors"].values())
    assert [shape for shape in shapes if shape in wanted] == wanted
    for name in weights:
        assert weights[name].shape == weights.info[name].shape
