"""Permutation groups: orders, membership, blocks and classes against definitions, enumeration and GAP's facts."""

from __future__ import annotations

import itertools
import json
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.permutation_groups import PermutationGroup

FACTS = json.loads((Path(__file__).parents[1] / "data" / "large_groups.json").read_text())["groups"]


@st.composite
def generators(draw: st.DrawFn) -> list[list[int]]:
    degree = draw(st.integers(1, 6))
    return draw(st.lists(st.permutations(range(degree)), min_size=1, max_size=3))


def closure(gens: list[list[int]]) -> set[tuple[int, ...]]:
    identity = tuple(range(len(gens[0])))
    found, pending = {identity}, [identity]
    while pending:
        x = pending.pop()
        for g in gens:
            y = tuple(g[i] for i in x)
            if y not in found:
                found.add(y)
                pending.append(y)
    return found


def symmetric(n: int) -> list[list[int]]:
    return [[*range(1, n), 0], [1, 0, *range(2, n)]]


def psl2(p: int) -> list[list[int]]:
    """PSL(2, p) on the projective line, the last point at infinity."""
    root = next(r for r in range(2, p) if len({pow(r, k, p) for k in range(p - 1)}) == p - 1)
    return [
        [(x + 1) % p for x in range(p)] + [p],
        [x * root * root % p for x in range(p)] + [p],
        [p] + [-pow(x, -1, p) % p for x in range(1, p)] + [0],
    ]


def wreath(a: int, b: int) -> list[list[int]]:
    """S_a wr S_b on a*b points."""
    inner = [g + list(range(a, a * b)) for g in symmetric(a)]
    return inner + [[g[i // a] * a + i % a for i in range(a * b)] for g in symmetric(b)]


@pytest.fixture(params=FACTS, ids=lambda fact: fact["name"])
def fact(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_order_of_known_groups(fact: dict[str, Any]) -> None:
    group = PermutationGroup(fact["generators"])
    assert group.order == fact["order"]
    assert math.prod(p**e for p, e in group.order_factors.items()) == fact["order"]
    assert group.degree == fact["degree"]
    assert all(row in group for row in fact["class_representatives"])


def test_classes_and_power_maps_of_known_groups(fact: dict[str, Any]) -> None:
    classes = PermutationGroup(fact["generators"]).conjugacy_classes
    assert len(classes) == len(fact["class_sizes"])
    match = [classes.identify(row) for row in fact["class_representatives"]]
    assert sorted(match) == list(range(len(classes)))
    assert classes.sizes[match].tolist() == fact["class_sizes"]
    assert classes.orders[match].tolist() == fact["class_orders"]
    assert (classes.sizes * classes.centralizer_orders).tolist() == [fact["order"]] * len(classes)
    for prime, images in fact["power_maps"].items():
        assert classes.power_map(int(prime))[match].tolist() == [match[c] for c in images]
    assert classes.power_map(1).tolist() == list(range(len(classes)))
    assert classes.orders[0] == 1
    keys = list(zip(classes.orders.tolist(), classes.sizes.tolist(), strict=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 12, 30, 100])
def test_symmetric_and_alternating(n: int) -> None:
    group = PermutationGroup(symmetric(n) if n > 1 else [], degree=n)
    assert group.order == math.factorial(n)
    if n > 2:
        even = PermutationGroup([[1, k, *(0 if i == k else i for i in range(2, n))] for k in range(2, n)])
        assert even.order == math.factorial(n) // 2
        assert symmetric(n)[1] not in even
        assert symmetric(n)[1] in group


@pytest.mark.parametrize("p", [5, 7, 13, 31, 101])
def test_projective_linear(p: int) -> None:
    group = PermutationGroup(psl2(p))
    assert group.order == p * (p * p - 1) // 2
    assert group.is_primitive
    assert group.stabilizer(p).order == p * (p - 1) // 2
    assert group.stabilizer(0, 1, 2).order == 1
    assert len(group.conjugacy_classes) == (p + 5) // 2


@pytest.mark.parametrize(
    ("a", "b", "classes"), [(2, 4, 20), (3, 3, 22), (2, 6, 65), (4, 4, 190), (5, 3, 140)]
)
def test_wreath_products(a: int, b: int, classes: int) -> None:
    group = PermutationGroup(wreath(a, b))
    assert group.order == math.factorial(a) ** b * math.factorial(b)
    assert group.blocks() == (tuple(tuple(range(i * a, i * a + a)) for i in range(b)),)
    assert not group.is_primitive
    assert len(group.conjugacy_classes) == classes


@settings(max_examples=60, deadline=None)
@given(generators(), st.integers(0, 2**32))
def test_random_groups_against_their_elements(gens: list[list[int]], seed: int) -> None:
    elements = closure(gens)
    group = PermutationGroup(gens)
    assert group.order == len(elements)
    for p in itertools.islice(itertools.permutations(range(group.degree)), 0, 720, 7):
        assert (p in group) == (p in elements)
    assert {tuple(row) for row in group.elements().tolist()} == elements
    assert tuple(group.random(seed).tolist()) in elements
    table_group = pw.from_permutations(gens)
    assert sorted(group.conjugacy_classes.sizes.tolist()) == sorted(
        table_group.conjugacy_classes.sizes.tolist()
    )
    assert group.to_group().order == group.order
    assert group.stabilizer(0).order == sum(p[0] == 0 for p in elements)
    assert {tuple(sorted({p[x] for p in elements})) for x in range(group.degree)} == set(group.orbits())


@settings(max_examples=60, deadline=None)
@given(generators())
def test_blocks_by_their_definition(gens: list[list[int]]) -> None:
    group = PermutationGroup(gens)
    if not group.is_transitive:
        with pytest.raises(pw.ArgumentError, match="transitive"):
            group.blocks()
        return
    points = range(group.degree)
    # A block holding 0 meets each of its images in all or nothing.
    blocks = [
        set(chosen)
        for size in range(2, group.degree)
        for chosen in itertools.combinations(points, size)
        if chosen[0] == 0
        and all(
            (image := {p[i] for i in chosen}) == set(chosen) or not image & set(chosen) for p in closure(gens)
        )
    ]
    assert group.is_primitive == (not blocks)
    minimal = [b for b in blocks if not any(c < b for c in blocks)]
    assert sorted(sorted(s[0]) for s in group.blocks()) == sorted(map(sorted, minimal))


def test_element_enumeration_of_the_core() -> None:
    core = pw._core.ElementEnumeration(22, m22())
    assert core.order == 443520
    images = core.images()
    rng = np.random.default_rng(1)
    for a, b in rng.integers(0, core.order, (200, 2)):
        product = core.multiply(a, b)
        assert np.array_equal(images[product], images[b][images[a]])
        assert core.multiply(a, core.inverse(a)) == 0
        assert core.find(images[a].astype(np.int64)) == a
        x = 0
        for k in core.word(a):
            x = core.right_cayley_graph[x, k]
        assert x == a
    of_element, representatives, sizes, orders = core.conjugacy_classes()
    assert len(sizes) == 12
    assert np.array_equal(np.bincount(of_element), sizes)
    assert orders[0] == 1
    assert representatives[0] == 0


def m22() -> list[list[int]]:
    return next(fact["generators"] for fact in FACTS if fact["name"] == "M22")


def test_random_elements_depend_on_the_seed_alone() -> None:
    group = PermutationGroup(m22())
    again = PermutationGroup(m22())
    assert np.array_equal(group.random_elements(5, seed=3), again.random_elements(5, seed=3))
    assert not np.array_equal(group.random_elements(5, seed=3), group.random_elements(5, seed=4))
    assert group.random_elements(0).shape == (0, 22)


def test_centralizers_commute_and_have_the_right_order() -> None:
    group = PermutationGroup(m22())
    classes = group.conjugacy_classes
    for index in range(len(classes)):
        centralizer = classes.centralizer(index)
        assert centralizer.order == classes.centralizer_orders[index]
        x = classes.representatives[index]
        assert all(np.array_equal(g[x], x[g]) for g in centralizer.generators)


def test_a_large_group_is_refused_or_stops() -> None:
    with pytest.raises(pw.EnumerationLimitError) as caught:
        PermutationGroup(symmetric(20)).to_group()
    assert caught.value.reached > caught.value.limit == 32768
    with pytest.raises(pw.EnumerationLimitError):
        PermutationGroup(symmetric(9)).elements(limit=1000)
    with pytest.raises(pw.GroupTooLargeError):
        PermutationGroup(symmetric(30)).conjugacy_classes


def test_bad_arguments_name_themselves() -> None:
    group = PermutationGroup(symmetric(4))
    with pytest.raises(pw.ArgumentError, match=r"generators\[1\]"):
        PermutationGroup([[1, 0], [0, 0]])
    with pytest.raises(pw.ArgumentError, match=r"generators\[1\].*degree 2"):
        PermutationGroup([[1, 0], [1, 2, 0]])
    with pytest.raises(pw.ArgumentError, match=r"generators\[0\].*dtype"):
        PermutationGroup([[0.5, 1.0]])
    with pytest.raises(pw.ArgumentError, match="degree"):
        PermutationGroup([], degree=-1)
    with pytest.raises(pw.ArgumentError, match="permutation"):
        group.contains([0, 1, 2])
    with pytest.raises(pw.ArgumentError, match="points"):
        group.stabilizer(4)
    with pytest.raises(pw.ArgumentError, match="limit"):
        group.to_group(limit=0)
    with pytest.raises(pw.ArgumentError, match="seed"):
        group.random(seed=-1)
    with pytest.raises(pw.ArgumentError, match="element"):
        PermutationGroup([[1, 2, 0]]).conjugacy_classes.identify([1, 0, 2])
    with pytest.raises(pw.ArgumentError, match="index"):
        group.conjugacy_classes.centralizer(5)


def test_trivial_group_pickle_and_repr() -> None:
    trivial = PermutationGroup([], degree=3)
    assert trivial.order == 1
    assert trivial.order_factors == {}
    assert trivial.base == ()
    assert trivial.orbits() == ((0,), (1,), (2,))
    assert len(trivial.conjugacy_classes) == 1
    assert PermutationGroup([]).degree == 0
    group = pickle.loads(pickle.dumps(PermutationGroup(m22())))
    assert repr(group) == "<permutation group of degree 22 and order 443520>"
    assert len(list(PermutationGroup(symmetric(4)))) == 24
    assert PermutationGroup(symmetric(4)).block_system([0, 2]) == ((0, 1, 2, 3),)
