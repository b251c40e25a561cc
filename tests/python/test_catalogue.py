"""The catalogue of small groups against GAP's facts: counts, numbers, automorphisms, and the enumerator itself."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl import _core
from peterweyl.catalogue import groups_of_order, number_of_groups, small_group

FACTS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "catalogue_facts.json").read_text())
COVERED = [n for n in range(1, 512) if n not in (256, 384)]


def relabelled(group: pw.Group, seed: int) -> pw.Group:
    label = np.random.default_rng(seed).permutation(group.order)
    table = np.empty((group.order, group.order), dtype=np.int64)
    table[np.ix_(label, label)] = label[group.table]
    return pw.from_table(table)


def from_facts(fact: dict[str, Any]) -> pw.Group:
    generators = fact["generators"] or [list(range(max(fact["degree"], 1)))]
    return pw.from_permutations(generators)


def test_numbers_of_groups() -> None:
    assert [number_of_groups(n) for n in range(1, 512)] == FACTS["number_of_groups"]


def test_every_group_of_the_catalogue_has_its_own_number() -> None:
    total = 0
    for n in COVERED:
        groups = groups_of_order(n)
        total += len(groups)
        for k in {1, 2, len(groups) // 2, len(groups)} & set(range(1, len(groups) + 1)):
            assert _core.identify_small_group(small_group(n, k)._core) == (n, k)
    assert total == 16543


@pytest.mark.parametrize("order", [*range(1, 49), 60, 64, 120])
def test_recomputed_orders_agree_with_the_catalogue(order: int) -> None:
    groups = groups_of_order(order, recompute=True)
    ids = [_core.identify_small_group(group._core) for group in groups]
    assert sorted(ids) == [(order, k) for k in range(1, number_of_groups(order) + 1)]


def test_groups_of_gap_are_identified_and_have_the_right_number_of_automorphisms() -> None:
    for fact in FACTS["groups"]:
        group = from_facts(fact)
        assert _core.identify_small_group(group._core) == tuple(fact["id"])
        lengths, generators = _core.automorphism_group(group._core)
        assert math.prod(lengths) == int(fact["aut"]), fact["id"]
        for images in generators:
            assert np.array_equal(images[group.table], group.table[np.ix_(images, images)])


@settings(max_examples=60, deadline=None)
@given(
    order=st.sampled_from([n for n in COVERED if n <= 128]),
    pick=st.integers(0, 10**6),
    seed=st.integers(0, 10**6),
)
def test_a_relabelled_group_is_the_same_group(order: int, pick: int, seed: int) -> None:
    number = pick % number_of_groups(order) + 1
    group = small_group(order, number)
    other = relabelled(group, seed)
    assert _core.fingerprint(group._core) == _core.fingerprint(other._core)
    assert _core.identify_small_group(other._core) == (order, number)
    images = group.isomorphism(other)
    assert images is not None
    assert np.array_equal(images[group.table], other.table[np.ix_(images, images)])


HARD_PAIRS = [(64, 74, 80), (64, 129, 161), (64, 167, 176), (64, 168, 180), (64, 236, 240), (128, 2075, 2078)]
HARD_PAIRS += [(64, 179, 180), (100, 11, 12), (128, 437, 440), (500, 22, 24)]


@pytest.mark.parametrize(("order", "left", "right"), HARD_PAIRS)
def test_groups_that_agree_on_all_simple_invariants_are_told_apart(order: int, left: int, right: int) -> None:
    assert small_group(order, left).isomorphism(relabelled(small_group(order, right), 1)) is None
    assert small_group(order, right).isomorphism(relabelled(small_group(order, left), 2)) is None


def test_sequence_of_groups() -> None:
    groups = groups_of_order(24)
    assert len(groups) == 15
    assert groups[11].name == "SmallGroup(24,12)"
    assert groups[-1] == small_group(24, 15)
    assert [g.order for g in groups[:3]] == [24, 24, 24]
    with pytest.raises(IndexError):
        groups[15]


@pytest.mark.parametrize("order", [0, -3, 512, 256, 384])
def test_orders_that_are_not_covered(order: int) -> None:
    with pytest.raises(pw.ArgumentError, match="order"):
        groups_of_order(order)
    with pytest.raises(pw.ArgumentError, match="order"):
        small_group(order, 1)


def test_numbers_out_of_range() -> None:
    with pytest.raises(pw.ArgumentError, match="number"):
        small_group(24, 16)
    with pytest.raises(pw.ArgumentError, match="number"):
        small_group(24, 0)
