"""Expressions of tensors against NumPy's own, and texts that are none."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.weights import TensorNotFoundError, load_weights
from peterweyl.weights.expression import evaluate

RANDOM = np.random.default_rng(0)
TENSORS: dict[str, Any] = {
    "W": RANDOM.normal(size=(6, 4)),
    "W_x": RANDOM.normal(size=(5, 3)),
    "W_x.T": RANDOM.normal(size=(2, 2)),
    "blocks.0/mlp:0": RANDOM.normal(size=(4, 4)),
    "odd name (1)": RANDOM.normal(size=(3,)),
    "ints": np.arange(12, dtype=np.int8).reshape(3, 4),
    "half": np.full((3, 3), 300.0, dtype=np.float16),
    "z": RANDOM.normal(size=(3, 3)) + 1j,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W[:3] @ blocks.0/mlp:0", TENSORS["W"][:3] @ TENSORS["blocks.0/mlp:0"]),
        ("W_x @ W[:3]", TENSORS["W_x"] @ TENSORS["W"][:3]),
        ("W.T[1:, ::2]", TENSORS["W"].T[1:, ::2]),
        ("(W_x).T", TENSORS["W_x"].T),
        ("W_x.T + W_x.T", 2 * TENSORS["W_x.T"]),
        ("'W_x.?' @ W_x.T", TENSORS["W_x.T"] @ TENSORS["W_x.T"]),
        ("W[-1, ...]", TENSORS["W"][-1]),
        ("W[..., 0]", TENSORS["W"][..., 0]),
        ("W[5:0:-2]", TENSORS["W"][5:0:-2]),
        ("-W + 2.5e0*W", 1.5 * TENSORS["W"]),
        ("W - W * 0.5 - W", -0.5 * TENSORS["W"]),
        ("real(z) + 1j * imag(z)", TENSORS["z"]),
        ("conj(z)", TENSORS["z"].conj()),
        ("abs(z - z)", np.zeros((3, 3))),
        ("ints @ W.T[:, :3]", TENSORS["ints"] @ TENSORS["W"].T[:, :3]),
        ("half @ half", np.full((3, 3), 270_000.0)),
        ("odd name (1) @ W_x.T[:2, :2][:0]", None),
        ("W_x @ odd name (1)", TENSORS["W_x"] @ TENSORS["odd name (1)"]),
    ],
)
def test_values(text: str, expected: Any) -> None:
    if expected is None:
        with pytest.raises(pw.ArgumentError, match="do not fit"):
            load_weights(TENSORS, text)
        return
    found = load_weights(TENSORS, text)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert not found.flags.writeable


def test_names_and_patterns_win_over_expressions() -> None:
    assert load_weights(TENSORS, "odd name (1)").shape == (3,)
    assert load_weights(TENSORS, "W_x.T").shape == (2, 2)
    assert load_weights(TENSORS, "bl*").shape == (4, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("W @", "expected the name of a tensor, got the end"),
        ("W @ @ W", "expected the name"),
        ("(W", r"expected \)"),
        ("W[", "expected an integer"),
        ("W[1", "expected , or"),
        ("W[]", "expected an integer"),
        ("W[9]", "does not fit the shape"),
        ("W[0, 0, 0]", "does not fit the shape"),
        ("W[::0]", "does not fit the shape"),
        ("W W @ W", "expected the end"),
        ("W @ W", "do not fit"),
        ("W + W_x", "do not fit"),
        ("2 @ W", "do not fit"),
        ("__import__('os')", "no tensor"),
        ("W.__class__ @ W", "expected the end"),
        ("exec(W)", "no tensor"),
        ("(" * 60 + "W" + ")" * 60, "inside each other"),
        ("-" * 200 + "W + W", "signs in a row"),
        ("W + " * 5000 + "W", "at most 10000 characters"),
        ("W[99999999999999999999]", "expected an integer"),
    ],
)
def test_texts_that_are_no_expression(text: str, message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        load_weights(TENSORS, text)


def test_an_unknown_name_lists_near_misses() -> None:
    with pytest.raises(TensorNotFoundError, match="did you mean"):
        load_weights(TENSORS, "W_y @ W")


def test_results_are_bounded() -> None:
    big = {"a": np.zeros((4000, 1)), "b": np.zeros((1, 4000))}
    with pytest.raises(pw.ArgumentError, match="memory_limit"):
        load_weights(big, "a @ b", memory_limit=10**6)
    with pytest.raises(pw.ArgumentError, match="memory_limit"):
        load_weights(big, "a + b", memory_limit=10**6)


@given(st.text(alphabet="Wx_.T@+-*()[]:,0123j '\"real", max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_value_or_an_error_of_ours(text: str) -> None:
    with contextlib.suppress(pw.ArgumentError):
        evaluate(TENSORS, text, 10**7)


def test_from_a_file(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", W_x=TENSORS["W_x"], W=TENSORS["W"])
    np.testing.assert_allclose(
        load_weights(tmp_path / "w.npz", "W_x @ W[:3]"), TENSORS["W_x"] @ TENSORS["W"][:3]
    )
