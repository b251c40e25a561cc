from __future__ import annotations

import argparse
import pickle

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write

DTYPE = b"cnumpy\ndtype\n"
SCALAR = b"cnumpy._core.multiarray\nscalar\n"


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_arrays_in_plain_containers(write: Write, matrix: np.ndarray, protocol: int) -> None:
    value = {
        "params": [{"W": matrix, "b": matrix.T}, {"W": matrix.astype(">f8")}],
        "big": np.arange(5_000.0).reshape(50, 100),
        "loss": np.float64(0.5),
        "flags": matrix > 0,
        "empty": np.zeros((0, 2)),
        "args": argparse.Namespace(lr=0.1, init=np.ones(2)),
        "step": 3,
        "name": "run",
    }
    weights = load_weights(write("w.pkl", pickle.dumps(value, protocol)))
    assert weights.format == "pickle"
    expected = {"params.0.W": matrix, "params.0.b": matrix.T, "params.1.W": matrix, "big": value["big"]}
    expected |= {
        "loss": value["loss"],
        "flags": value["flags"],
        "empty": value["empty"],
        "args.init": np.ones(2),
    }
    assert list(weights) == list(expected)
    for name, array in expected.items():
        assert np.array_equal(weights[name], array)


def test_a_bare_array(write: Write, matrix: np.ndarray) -> None:
    assert np.array_equal(load_weights(write("w.pickle", pickle.dumps(matrix)), "array"), matrix)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pickle.dumps(np.array([1, None], dtype=object)), "numpy.object_|OrderedDict|_reconstruct"),
        (pickle.dumps(np.array(["a"])), "expected an array of numbers"),
        (pickle.dumps(np.zeros(2, dtype=[("x", "f4")])), "expected an array of numbers|not understood"),
        (b"\x80\x02" + DTYPE + b"X\x02\0\0\0f8\x85RNb.", "NumPy type in the pickle has a state"),
        (b"\x80\x02" + DTYPE + b"N\x85R.", "a NumPy type in the pickle is None"),
        (
            b"\x80\x02" + SCALAR + DTYPE + b"X\x03\0\0\0???\x85RC\x01a\x86R.",
            r"the type '\?\?\?' is not known",
        ),
        (b"\x80\x02" + SCALAR + DTYPE + b"X\x02\0\0\0f8\x85RC\x01a\x86R.", "needs 8 bytes, got 1"),
        (b"\x80\x02" + SCALAR + b"NN\x86R.", "has no shape, type or bytes"),
        (
            b"\x80\x02cnumpy.core.multiarray\n_reconstruct\nNNN\x87RNb.",
            "NumPy array in the pickle has a state",
        ),
        (pickle.dumps(3), "expected a state dict, got 3"),
        (pickle.dumps({}), "empty state dict"),
        (pickle.dumps(np.eye(2)) + b"more", "the pickle ends at byte"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    with pytest.raises(pw.WeightsFormatError, match=said):
        load_weights(write("w.pkl", content))


def test_protocol_0_with_code(write: Write) -> None:
    with pytest.raises(pw.UnsafeCheckpointError, match=r"os\.system"):
        load_weights(write("w.pkl", b"cos\nsystem\n(S'true'\ntR."))


def test_every_truncation_is_found(write: Write, matrix: np.ndarray) -> None:
    whole = pickle.dumps({"W": matrix, "s": np.float32(2)})
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.pkl", whole[:length]))
