"""Exchange with other systems, judged by those systems."""

from __future__ import annotations

import numpy as np
import pytest
from sympy.combinatorics import Permutation, PermutationGroup
from sympy.combinatorics.named_groups import DihedralGroup, SymmetricGroup

import peterweyl as pw


@pytest.mark.parametrize(
    ("sympy_group", "name"),
    [(SymmetricGroup(4), "S4"), (DihedralGroup(5), "D5"), (PermutationGroup([Permutation([1, 2, 0])]), "C3")],
)
def test_from_sympy(sympy_group: PermutationGroup, name: str) -> None:
    group = pw.from_sympy(sympy_group)
    assert group.order == sympy_group.order()
    assert group.identify().name == name
    images = group.permutations
    assert images is not None
    a, b = 1, group.order - 1
    product = Permutation(images[a].tolist()) * Permutation(images[b].tolist())
    assert product.array_form == images[group.table[a, b]].tolist()


@pytest.mark.parametrize("spec", ["S4", "Q8", "C1", "C4 x S3", "SmallGroup(16,3)"])
def test_to_sympy_and_back(spec: str) -> None:
    group = pw.group(spec)
    there = pw.to_sympy(group)
    assert there.order() == group.order
    assert there.is_abelian == group.is_abelian
    assert pw.from_sympy(there).is_isomorphic(group)


def test_what_is_no_permutation_group_is_refused() -> None:
    with pytest.raises(pw.ArgumentError, match="group"):
        pw.from_sympy("S4")


def test_cayley_graph_edges_are_products() -> None:
    group = pw.group("D4")
    graph = pw.cayley_graph(group)
    assert len(graph.sources) == 8 * len(group.generators)
    assert np.array_equal(group.table[graph.sources, graph.generators], graph.targets)
    assert len(pw.cayley_graph(group, []).sources) == 0
    with pytest.raises(pw.ArgumentError, match=r"generators\[1\]"):
        pw.cayley_graph(group, [1, 8])


def test_cayley_graph_for_networkx() -> None:
    networkx = pytest.importorskip("networkx")
    graph = pw.cayley_graph(pw.group("S4")).to_networkx()
    assert networkx.is_strongly_connected(graph)
    assert {degree for _, degree in graph.out_degree()} == {2}
