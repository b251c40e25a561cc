"""Subgroups and structure: definitions on all elements, and GAP's facts on many groups."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw

SPECS = ["C12", "D6", "S4", "A5", "Q8", "SL(2,3)", "C7 : C3", "C2 x S4", "GL(2,3)", "He3"]
FACTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "group_structure.json").read_text(encoding="utf-8")
)["groups"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: "{}-{}".format(*fact["id"]))
def test_structure_agrees_with_gap(fact: dict[str, Any]) -> None:
    group = pw.from_permutations(fact["generators"])
    classes = Counter(
        zip(group.conjugacy_classes.orders.tolist(), group.conjugacy_classes.sizes.tolist(), strict=True)
    )
    assert sorted([*key, count] for key, count in classes.items()) == fact["classes"]
    assert group.exponent == fact["exponent"]
    assert group.center.order == fact["center"]
    assert group.derived_subgroup.order == fact["derived"]
    assert list(group.abelian_invariants) == fact["abelian_invariants"]
    for flag in ("nilpotent", "solvable", "supersolvable", "perfect", "simple"):
        assert getattr(group, f"is_{flag}") == (flag in fact["flags"]), flag
    assert group.automorphism_count == fact["automorphisms"]
    assert group.identify().small_group_id == tuple(fact["id"])


@settings(max_examples=60, deadline=None)
@given(spec=st.sampled_from(SPECS), data=st.data())
def test_subgroup_laws(spec: str, data: st.DataObject) -> None:
    group = pw.group(spec)
    element = st.integers(0, group.order - 1)
    first = group.subgroup(data.draw(st.lists(element, max_size=2)))
    second = group.subgroup(data.draw(st.lists(element, max_size=2)))
    assert group.order == first.order * first.index
    assert sorted(set(first) & set(second)) == list(first & second)
    assert first <= first | second
    assert (first | second).order % first.order == 0
    assert first <= first.normalizer
    assert first.core <= first
    assert first.core.is_normal
    assert np.array_equal(np.bincount(first.left_cosets.of_element), np.full(first.index, first.order))
    assert all((x in first) == bool(np.isin(x, first.elements)) for x in range(group.order))


@pytest.mark.parametrize("spec", SPECS)
def test_series_and_quotients(spec: str) -> None:
    group = pw.group(spec)
    for term in (*group.derived_series, *group.chief_series, *group.upper_central_series):
        assert term.is_normal
        quotient = term.quotient()
        assert quotient.group.order == term.index
        images = quotient.projection
        assert np.array_equal(images[group.table], quotient.group.table[np.ix_(images, images)])
    orders = [term.order for term in group.composition_series]
    assert orders[0] == group.order
    assert orders[-1] == 1
    assert group.derived_subgroup == group.derived_series[min(1, len(group.derived_series) - 1)]
    assert group.fitting_subgroup.as_group().is_nilpotent
    assert group.frattini_subgroup <= group.fitting_subgroup
    assert group.sylow_subgroup(2) <= group.sylow_subgroup(2).normalizer
    assert len(group.normal_subgroups) >= len(group.chief_series)


def test_subgroups_behave_like_sequences() -> None:
    center = pw.group("D4").center
    assert list(center) == [0, 2]
    assert center[1] == 2
    assert center[0:2] == (0, 2)
    assert 2 in center
    assert 1 not in center
    assert "x" not in center
    assert np.asarray(center).tolist() == [0, 2]
    assert "order 2" in repr(center)
    assert len({center, pw.group("D4").center}) == 1
    with pytest.raises(pw.ArgumentError, match="normal"):
        pw.group("D4").subgroup([4]).quotient()
    with pytest.raises(pw.ArgumentError, match="other"):
        center & pw.group("S3").center
