"""Several groups and several orders of elements on the same columns: what fits, and what nothing can tell apart."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import element_orders

Array = NDArray[Any]
GAP = json.loads((Path(__file__).parents[1] / "data" / "gap_element_orders.json").read_text(encoding="utf-8"))


def pure_rows(group: pw.Group, rows: int = 30, seed: int = 0) -> Array:
    """Real rows, each in one component."""
    random = np.random.default_rng(seed)
    result = []
    for row in range(rows):
        rho = group.irreps[1 + row % (len(group.irreps) - 1)]
        a = random.normal(size=(2, rho.degree, rho.degree))
        result.append(np.einsum("ij,gji->g", a[0] + 1j * a[1], rho.matrices()).real)
    return np.array(result)


@pytest.mark.parametrize("name", [name for name in GAP if name != "source"])
def test_orders_of_gap(name: str) -> None:
    """Elements of ours that GAP's words name, by the relations of the presentation and not by our numbers."""
    G = pw.group(name)
    expected = GAP[name]
    if name.startswith("C"):
        assert element_orders(G).get("gap", np.arange(G.order)).tolist() == expected
        return
    order = G.order
    a = next(g for g in G.generators if G.element_orders[g] == order // 2)
    x = next(g for g in G.generators if g != a and G.element_orders[g] in {2, 4})
    words = [int(G.table[G.power(x, j), G.power(a, k)]) for j, k in expected]
    assert element_orders(G)["gap"].tolist() == words


@pytest.mark.parametrize("spec", ["S3", "S4", "A4", "A5"])
def test_lexicographic_orders_are_those_of_itertools(spec: str) -> None:
    G = pw.group(spec)
    assert G.permutations is not None
    orders = element_orders(G)
    degree = G.permutations.shape[1]
    every = [
        p for p in itertools.permutations(range(degree)) if p in set(map(tuple, G.permutations.tolist()))
    ]
    assert [tuple(p) for p in G.permutations[orders["native"]].tolist()] == every
    inverses = G.permutations[G.inverses[orders["lexicographic by inverses"]]]
    assert [tuple(p) for p in inverses.tolist()] == every


@pytest.mark.parametrize("spec", ["S4", "A4", "D5", "D6"])
def test_orders_of_sympy(spec: str) -> None:
    from sympy.combinatorics import named_groups

    makers = {
        "S": named_groups.SymmetricGroup,
        "A": named_groups.AlternatingGroup,
        "D": named_groups.DihedralGroup,
    }
    elements = makers[spec[0]](int(spec[1:])).elements
    number = {tuple(p.array_form): k for k, p in enumerate(elements)}
    table = np.array([[number[tuple((p * q).array_form)] for q in elements] for p in elements])
    G = pw.group(spec)
    order = element_orders(G)["sympy"]
    column = np.argsort(order)
    np.testing.assert_array_equal(column[G.table[np.ix_(order, order)]], table)


def test_residues_are_multiplication_modulo_a_prime() -> None:
    p = 13
    order = element_orders(pw.group(f"C{p - 1}"))["residues"]
    column = np.argsort(order)
    residues = np.arange(1, p)
    product = residues[:, None] * residues % p - 1
    np.testing.assert_array_equal(column[(order[:, None] + order) % (p - 1)], product)


@given(
    seed=st.integers(0, 2**32 - 1),
    spec=st.sampled_from(
        ["C12", "D4", "D6", "S3", "S4", "Q8", "Dic3", "C2 x C6", "A4", "C2 x S3", "SL(2,3)"]
    ),
    data=st.data(),
)
@settings(max_examples=40, deadline=None)
def test_a_named_order_is_found_again(seed: int, spec: str, data: st.DataObject) -> None:
    G = pw.group(spec)
    orders = element_orders(G)
    for name, elements in orders.items():
        assert sorted(elements.tolist()) == list(range(G.order)), name
    name = data.draw(st.sampled_from(list(orders)))
    columns = pure_rows(G, seed=seed)[:, orders[name]]
    assert pw.verify(columns, G, order=name).purity.minimum == pytest.approx(1, abs=1e-10)
    assert pw.verify(columns, G, order=orders[name]).holds
    found = pw.verify(columns, G, order="auto")
    assert found.purity.minimum == pytest.approx(1, abs=1e-10)
    assert found.element_order.searched
    assert name in {found.element_order.name, *found.element_order.equivalent}
    assert found.element_order.certain
    assert "order of the elements found" in found.report()


def test_breadth_first_over_given_generators() -> None:
    G = pw.group("S4")
    v = pw.verify(pure_rows(G), G, order={"breadth-first": [1, 9, 23]})
    assert v.element_order.name == "breadth-first"
    with pytest.raises(pw.ArgumentError, match="these generate 2 elements"):
        pw.verify(pure_rows(G), G, order={"breadth-first": [1]})


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("nonsense", "expected one of 'auto', 'native'"),
        ([0, 1, 2], "got shape"),
        ([0, 0, 1, 2, 3, 4], "every element once"),
        ({"depth-first": [1]}, "breadth-first"),
        ({"breadth-first": [99]}, r"generators\[0\]"),
    ],
)
def test_orders_that_are_none(order: Any, message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        pw.verify(np.eye(6), "S3", order=order)


def test_noise_finds_no_order() -> None:
    found = pw.verify(np.random.default_rng(0).normal(size=(40, 24)), "S4", order="auto")
    assert not found.holds
    assert not found.element_order.certain
    assert found.element_order.p_value > 0.01


@pytest.mark.parametrize("spec", ["S4", "A4", "D6", "C12", "Dic3", "C2 x C6", "C7 : C3"])
def test_the_right_group_of_an_order_is_found(spec: str) -> None:
    G = pw.group(spec)
    ranking = pw.verify(pure_rows(G, 40), groups="order")
    assert len(ranking) == pw.number_of_groups(G.order)
    assert ranking.best.group.is_isomorphic(G)
    assert ranking.holds
    assert ranking.certain
    assert ranking.p_value < 1e-6
    assert all(a.verification.holds >= b.verification.holds for a, b in itertools.pairwise(ranking))
    assert ranking.to_dict()["best"] == ranking.best.group_name
    json.dumps(ranking.to_dict(), allow_nan=False)
    text = ranking.report()
    assert f"{ranking.best.group_name} fits" in text
    # A score never stands without its chance level.
    assert text.count("chance") >= 2


def test_d4_and_q8_cannot_be_told_apart_by_rows_but_by_blocks() -> None:
    """THEORY: both have the classes {1}, {z} and three cosets of the centre, hence equal components."""
    G = pw.group("D4")
    ranking = pw.verify(pure_rows(G, 40), groups="order")
    assert {h.group_name for h in (ranking.best, *ranking.indistinguishable)} == {"D4", "Q8"}
    # The elements of Q8 in the columns of D4 such that components agree.
    Q = pw.group("Q8")
    order = next(
        np.array(p)
        for p in itertools.permutations(range(8))
        if p[0] == Q.identity and same_scheme(relation(G, np.arange(8)), relation(Q, np.array(p)))
    )
    blocks = [rho.matrices() for rho in G.irreps]
    direct = pw.verify(blocks, "D4", blocks=True)
    wrong = pw.verify(blocks, "Q8", order=order, blocks=True)
    assert wrong.purity.minimum == pytest.approx(1, abs=1e-12)
    assert direct.blocks[-1].homomorphism_residual < 1e-12
    assert wrong.blocks[-1].homomorphism_residual > 0.5
    both = pw.verify(blocks, groups=["Q8", "D4"], order=None, blocks=True)
    assert both.best.group_name == "D4"


def relation(group: pw.Group, elements: Array) -> Array:
    classes = group.conjugacy_classes.of_element
    return classes[group.table[np.ix_(group.inverses[elements], elements)]]


def same_scheme(a: Array, b: Array) -> bool:
    pairs = set(zip(a.ravel().tolist(), b.ravel().tolist(), strict=True))
    return len(pairs) == len({x for x, _ in pairs}) == len({y for _, y in pairs})


def test_groups_are_ranked_beyond_their_own_chance_level() -> None:
    noise = np.random.default_rng(1).normal(size=(300, 12))
    ranking = pw.verify(noise, groups="order")
    assert not ranking.holds
    assert not ranking.certain
    assert "No group fits" in ranking.conclusion
    for hypothesis in ranking:
        assert abs(hypothesis.excess) < 0.1
    assert pw.verify(noise, groups=["A4", "C12"])[0].verification.rows == 300


def test_groups_that_cannot_be_compared() -> None:
    with pytest.raises(pw.ArgumentError, match="of one order"):
        pw.verify(np.eye(6), groups=["S3", "C5"])
    with pytest.raises(pw.ArgumentError, match="at least one"):
        pw.verify(np.eye(6), groups=[])
    with pytest.raises(pw.ArgumentError, match="either group or groups"):
        pw.verify(np.eye(6), "S3", groups="order")  # type: ignore[call-overload]
    with pytest.raises(pw.ArgumentError, match="or several in groups="):
        pw.verify(np.eye(6))  # type: ignore[call-overload]
    with pytest.raises(pw.ArgumentError, match="'order' for all"):
        pw.verify(np.eye(6), groups="all")  # type: ignore[call-overload]
    with pytest.raises(pw.ArgumentError, match="order"):
        pw.verify(np.eye(600), groups="order")


def test_named_axes_extra_rows_and_pairs() -> None:
    G = pw.group("S3")
    rows = pure_rows(G, 10)
    expected = pw.verify(rows, G).purity
    forms: list[tuple[Array, dict[str, Any]]] = [
        (rows.T, {"axes": "group neuron"}),
        (rows.T, {"axes": "a neuron", "axis": "a"}),
        (rows.T.reshape(6, 5, 2), {"axes": "group h w"}),
        (rows.reshape(60), {"axes": "(neuron group)"}),
        (rows.T.reshape(60), {"axes": "(group neuron)"}),
        (np.vstack([rows.T, np.ones((2, 10))]), {"axis": 0, "rows": "0:6"}),
        (np.vstack([rows.T, np.ones((2, 10))]), {"axes": "group neuron", "rows": slice(6)}),
        (np.vstack([np.ones((2, 10)), rows.T]), {"axis": 0, "rows": range(2, 8)}),
    ]
    for array, options in forms:
        purity = pw.verify(array, G, **options).purity
        assert purity.mean == pytest.approx(expected.mean, abs=1e-13), options
        assert purity.rows == 10
    pairs = np.stack([rows, rows], axis=1)
    assert pw.verify(pairs, G, axes="neuron pair group").field == "complex"
    hidden = np.repeat(rows.T, 6, axis=0)  # a function of the first of two elements
    assert pw.verify(hidden, G, axes="(a b) neuron", axis="a").holds


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"axes": "group"}, "expected 2 axes"),
        ({"axes": "x y"}, "called 'group'"),
        ({"axes": "group group"}, "used twice"),
        ({"axes": "group (a"}, "expected names such as"),
        ({"axes": "group ()"}, "names inside"),
        ({"axes": 3}, "expected names such as"),
        ({"axis": "a"}, "names need axes"),
        ({"axes": "(group a) b"}, "multiple of 4|no axis"),
        ({"rows": "a:b"}, "a slice such as"),
        ({"rows": [99]}, "expected positions"),
        ({"rows": 1.5}, "expected a slice or a list"),
        ({"identity_omitted": True}, "expected blocks"),
        ({"block_sizes": [1, 1]}, "squares add up"),
    ],
)
def test_axes_that_do_not_fit(options: dict[str, Any], message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        pw.verify(np.ones((6, 4)), "C4", **options)


@pytest.mark.parametrize("order", ["native", "gap"])
def test_an_omitted_identity_and_flat_blocks(order: str) -> None:
    G = pw.group("D4")
    elements = element_orders(G)[order]
    blocks = [rho.matrices()[elements] for rho in G.irreps]
    flat = np.concatenate([block.reshape(8, -1).T for block in blocks])
    sizes = [rho.degree for rho in G.irreps]
    whole = pw.verify(flat, G, block_sizes=sizes, order=order)
    assert whole.verdict == "harmonic"
    assert [block.residual < 1e-12 for block in whole.blocks] == [True] * 5
    position = int(np.flatnonzero(elements == G.identity)[0])
    without = [np.delete(block, position, axis=0) for block in blocks]
    again = pw.verify(without, G, blocks=True, identity_omitted=True, order=order)
    assert again.purity == whole.purity
    flat_without = np.delete(flat, position, axis=1)
    assert (
        pw.verify(flat_without, G, block_sizes=sizes, identity_omitted=True, order=order).purity
        == whole.purity
    )
    with pytest.raises(pw.ArgumentError, match="identity_omitted=True"):
        pw.verify(without, G, blocks=True)
