from __future__ import annotations

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import TensorNotFoundError, load_weights, matching, select

NAMES = dict.fromkeys(
    ["embed.W_E", "blocks.0.W_in", "blocks.1.W_in", "blocks.1.W_out", "odd[0]", "unembed.W_U"]
)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("embed.W_E", "embed.W_E"),
        ("*W_E", "embed.W_E"),
        ("blocks.?.W_out", "blocks.1.W_out"),
        ("blocks.[1-9].W_in", "blocks.1.W_in"),
        ("odd[0]", "odd[0]"),
        (r"re:.*\.0\.W_.*", "blocks.0.W_in"),
        (0, "embed.W_E"),
        (-1, "unembed.W_U"),
        (-2, "odd[0]"),
        ("3", "blocks.1.W_out"),
        ("-1", "unembed.W_U"),
    ],
)
def test_one_name(pattern: str | int, name: str) -> None:
    assert select(NAMES, pattern) == name


def test_a_name_of_digits_is_a_name_first() -> None:
    assert select({"1": 0, "0": 0}, "0") == "0"
    assert select({"1": 0, "0": 0}, 0) == "1"


def test_matching_gives_all_in_order() -> None:
    assert matching(NAMES, "blocks.*") == ("blocks.0.W_in", "blocks.1.W_in", "blocks.1.W_out")
    assert matching(NAMES, "nothing*") == ()
    assert matching(NAMES, "re:W_E") == (), "a regular expression must fit the whole name"


@pytest.mark.parametrize(
    ("pattern", "guess"),
    [
        ("embed.W_e", "embed.W_E"),
        ("W_U", "unembed.W_U"),
        ("block.0.W_in", "blocks.0.W_in"),
        ("*.w_out", "blocks.1.W_out"),
    ],
)
def test_near_misses_are_listed(pattern: str, guess: str) -> None:
    with pytest.raises(TensorNotFoundError, match="did you mean") as caught:
        select(NAMES, pattern)
    said = str(caught.value)
    assert guess in said.partition("The tensors are")[0]
    assert all(name in said for name in NAMES)
    assert isinstance(caught.value, pw.ArgumentError)
    assert isinstance(caught.value, KeyError)


def test_several_are_listed() -> None:
    with pytest.raises(pw.ArgumentError, match=r"it fits 2: 'blocks\.0\.W_in', 'blocks\.1\.W_in'"):
        select(NAMES, "*W_in")


@pytest.mark.parametrize("index", [6, -7, 10**30])
def test_numbers_out_of_range(index: int) -> None:
    with pytest.raises(TensorNotFoundError, match="expected a number from 0 to 5"):
        select(NAMES, index)


@pytest.mark.parametrize("pattern", [None, 1.0, True, b"W"])
def test_patterns_that_are_none(pattern: object) -> None:
    with pytest.raises(pw.ArgumentError, match="expected a name, a pattern or an integer"):
        select(NAMES, pattern)  # type: ignore[arg-type]


def test_a_broken_regular_expression() -> None:
    with pytest.raises(pw.ArgumentError, match="not a regular expression"):
        select(NAMES, "re:(")


def test_messages_stay_short() -> None:
    many = {f"{'x' * 5_000}{index}": 0 for index in range(3_000)}
    with pytest.raises(TensorNotFoundError, match="and 2,980 more") as caught:
        select(many, "y")
    assert len(str(caught.value)) < 5_000


def test_the_mapping_says_what_is_near() -> None:
    weights = load_weights({"W_E": np.ones(3), "W": np.eye(2)})
    with pytest.raises(KeyError, match="there is no tensor 'w'"):
        weights["w"]
    assert weights.get("w") is None
    assert "w" not in weights
