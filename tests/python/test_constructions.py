"""Constructions: presentations, coset tables, matrices, products, against definitions and independent systems."""

from __future__ import annotations

import contextlib
import itertools
import pickle
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl import _core
from peterweyl.constructions import Strategy

PIECES = ["C2", "C3", "S3", "A4", "D4", "M11", "He3", "PSL(2,5)", "2^(1+2)+", *"x:^()23", "wr"]
M11 = "<a,b | a^2, b^4, (a*b)^11, (a*b^2)^6, a*b*a*b*a*b^-1*a*b*a*b^2*a*b^-1*a*b*a*b^-1*a*b^-1>"


def coxeter(n: int) -> str:
    names = [f"s{i}" for i in range(1, n)]
    relations = [f"{s}^2" for s in names]
    relations += [
        f"({s}*{t})^{3 if j == i + 1 else 2}"
        for (i, s), (j, t) in itertools.combinations(enumerate(names), 2)
    ]
    return f"<{', '.join(names)} | {', '.join(relations)}>"


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("a^12", "C12"),
        ("<r, s | r^7, s^2, (r*s)^2>", "D7"),
        ("<r, s | r^7 = s^2 = 1, r^s = r^-1>", "D7"),
        ("a^4, b^2 = a^2, a^b = a^-1", "Q8"),
        ("<a, b | a^6, b^2 = a^3, a^b = a^-1>", "Dic3"),
        ("a^2, b^3, (ab)^5", "A5"),
        ("a^2, b^3, (ab)^7, [a,b]^4", "PSL(2,7)"),
        (coxeter(4), "S4"),
        (coxeter(5), "S5"),
        ("<a, b | a^3, b^3, (a b)^2>", "A4"),
        ("<x, y, z | x^3, y^3, z = [x,y], [x,z], [y,z]>", "He3"),
        ("<a, b | a^8, b^2, a^b = a^3>", "SD16"),
        ("<a, b | a^8, b^2, a^b = a^5>", "M16"),
        ("<a,b|a>", None),
    ],
)
def test_presentations_of_known_groups(text: str, spec: str | None) -> None:
    if spec is None:
        with pytest.raises(pw.EnumerationLimitError):
            pw.from_presentation(text, limit=1000)
        return
    group = pw.from_presentation(text)
    assert group.is_isomorphic(pw.group(spec))
    assert pickle.loads(pickle.dumps(group)) == group


@pytest.mark.parametrize("strategy", ["automatic", "hlt", "felsch"])
def test_m11(strategy: Strategy) -> None:
    assert len(pw.coset_table(M11, strategy=strategy)) == 7920
    assert len(pw.coset_table(M11, "a*b", strategy=strategy)) == 720


def test_coset_tables_are_the_permutation_actions_on_cosets() -> None:
    """The table of S5 over a subgroup, against right cosets taken from the multiplication table."""
    group = pw.from_presentation(coxeter(5))
    for words in ([], ["s1"], ["s1", "s2"], ["s1*s3", "s2"], ["s1*s2*s3*s4"]):
        table = pw.coset_table(coxeter(5), words)
        subgroup = list(group.subgroup([_evaluate(group, table.generators, word) for word in words]))
        assert len(table) == group.order // len(subgroup)
        # Breadth-first over the generators, the subgroup first.
        cosets = [frozenset(int(x) for x in subgroup)]
        rows = []
        for coset in cosets:
            row = []
            for g in group.generators:
                image = frozenset(int(group.table[x, g]) for x in coset)
                if image not in cosets:
                    cosets.append(image)
                row.append(cosets.index(image))
            rows.append(row)
        assert table.images.tolist() == rows
        assert table.permutations.tolist() == table.images.T.tolist()


def _evaluate(group: pw.Group, names: tuple[str, ...], word: str) -> int:
    element = group.identity
    for name in word.split("*") if word else []:
        element = int(group.table[element, group.generators[names.index(name)]])
    return element


def test_infinite_groups_stop_with_bounded_memory_and_time() -> None:
    start = time.perf_counter()
    with pytest.raises(pw.EnumerationLimitError, match="without closing") as caught:
        pw.from_presentation("a^2, b^3")
    assert time.perf_counter() - start < 30
    assert caught.value.limit == 4_000_000
    assert caught.value.reached <= caught.value.limit
    with pytest.raises(pw.EnumerationLimitError, match="memory"):
        pw.coset_table(f"<{','.join(f'x{i}' for i in range(900))} | >", limit=10**9)


def test_presentations_of_groups_too_large_for_a_table() -> None:
    group = pw.from_presentation(coxeter(8))
    assert group.order == 40320
    assert len(group.conjugacy_classes) == 22
    with pytest.raises(pw.GroupTooLargeError):
        _ = group.table


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="ab12^-*()[],=<>| x_\n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        table = pw.coset_table(text, limit=2000)
    except pw.Error:
        return
    assert table.images.shape == (len(table), len(table.generators))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_unicode_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(pw.Error):
        pw.from_presentation(text, limit=100)
    with contextlib.suppress(pw.Error):
        pw.group(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_any_spec_is_built_or_refused(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        group = pw.group(text)
    except pw.Error:
        return
    assert group.order > 1000 or pw.group(group.name) == group


def test_arguments_are_checked() -> None:
    with pytest.raises(pw.ArgumentError, match="text"):
        pw.from_presentation(5)  # type: ignore[arg-type]
    with pytest.raises(pw.ArgumentError, match="limit"):
        pw.from_presentation("a^2", limit=0)
    with pytest.raises(pw.ArgumentError, match="limit"):
        pw.from_presentation("a^2", limit=2**64)
    with pytest.raises(pw.ArgumentError, match="strategy"):
        pw.from_presentation("a^2", strategy="fast")  # type: ignore[arg-type]
    with pytest.raises(pw.ArgumentError, match="subgroup"):
        pw.coset_table("a^2", "c")
    with pytest.raises(pw.ArgumentError, match="position 7"):
        pw.from_presentation("a^2, (b")


def test_integer_matrices() -> None:
    group = pw.from_matrices([[[0, 1, 0], [0, 0, 1], [1, 0, 0]], [[-1, 0, 0], [0, 1, 0], [0, 0, 1]]])
    assert group.order == 24
    assert group.field is None
    products = group.matrices[:, None] @ group.matrices[None, :]
    assert np.array_equal(products, group.matrices[group.table.astype(int)])
    for element in range(24):
        assert group.element(group.matrices[element]) == element
    assert not group.matrices.flags.writeable
    copy = pickle.loads(pickle.dumps(group))
    assert copy == group
    assert np.array_equal(copy.matrices, group.matrices)
    with pytest.raises(pw.ArgumentError, match="matrix"):
        group.element(np.eye(3, dtype=int) * 2)
    with pytest.raises(pw.ArgumentError, match="matrix"):
        group.element([[1]])


def test_matrices_over_fields() -> None:
    group = pw.from_matrices([[[1, 1], [0, 1]], [[1, 0], [-1, 1]]], modulus=5)
    assert group.order == 120
    assert group.field == 5
    products = group.matrices[:, None] @ group.matrices[None, :] % 5
    assert np.array_equal(products, group.matrices[group.table.astype(int)])
    assert group.is_isomorphic(pw.group("SL(2,5)"))
    quaternary = pw.from_matrices([[[1, 1], [0, 1]], [[1, 2], [0, 1]], [[1, 0], [1, 1]]], field=4)
    assert quaternary.is_isomorphic(pw.group("A5"))
    assert pickle.loads(pickle.dumps(quaternary)) == quaternary


@pytest.mark.parametrize(
    ("matrices", "arguments", "message"),
    [
        ([], {}, "matrices"),
        ([[1, 2], [3, 4]], {}, "matrices"),
        ([[[1.0]]], {}, "matrices"),
        ([[[1, 0]]], {}, "square"),
        ([[[1]], [[1, 0], [0, 1]]], {}, "matrices"),
        ([[[2, 0], [0, 1]]], {}, "integer inverse"),
        ([[[10**30]]], {}, "64-bit"),
        ([[[1, 1], [1, 1]]], {"modulus": 3}, "invertible"),
        ([[[1]]], {"modulus": 4}, "prime"),
        ([[[1]]], {"modulus": 10**20}, "prime"),
        ([[[1]]], {"field": 6}, "prime power"),
        ([[[1]]], {"field": 10**20}, "prime power"),
        ([[[7]]], {"field": 4}, "entries in 0 ... 3"),
        ([[[1]]], {"modulus": 3, "field": 5}, "field"),
    ],
)
def test_bad_matrices(matrices: list[object], arguments: dict[str, int], message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        pw.from_matrices(matrices, **arguments)  # type: ignore[arg-type]


def test_infinite_matrix_groups_stop() -> None:
    for matrix in ([[1, 1], [0, 1]], [[2, 1], [1, 1]]):
        with pytest.raises(pw.EnumerationLimitError):
            pw.from_matrices([matrix], limit=1000)


@pytest.mark.parametrize(
    ("spec", "order"),
    [
        ("GL(2,2)", 6),
        ("GL(2,3)", 48),
        ("SL(2,3)", 24),
        ("PSL(2,7)", 168),
        ("PGL(2,7)", 336),
        ("AGL(1,8)", 56),
        ("AGL(2,3)", 432),
        ("M11", 7920),
        ("SD32", 32),
        ("He5", 125),
        ("2^(1+4)-", 32),
        ("3^(1+4)+", 243),
        ("C8 :3 C2", 16),
        ("C2 wr S4", 384),
        ("C3 wr A4", 972),
    ],
)
def test_families_of_the_spec_language(spec: str, order: int) -> None:
    group = pw.group(spec)
    assert group.order == order
    assert group.name == spec
    assert group.identity == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PSL(2,5)", "A5"),
        ("PSL(2,4)", "A5"),
        ("PGL(2,5)", "S5"),
        ("PSL(3,2)", "PSL(2,7)"),
        ("GL(2,2)", "S3"),
        ("AGL(1,5)", "C5 : C4"),
        ("AGL(1,4)", "A4"),
        ("C2 wr C2", "D4"),
        ("2^(1+2)-", "Q8"),
        ("He2", "D4"),
        ("C8 :3 C2", "SD16"),
        ("C2 wr S3", "C2 x S4"),
    ],
)
def test_isomorphisms_between_families(one: str, other: str) -> None:
    assert pw.group(one).is_isomorphic(pw.group(other))


def test_large_specs_are_refused_before_anything_is_built() -> None:
    start = time.perf_counter()
    for spec in ("S21", "C300000 x C300000", "PSL(9,9)", "C2 wr M24", "S12 wr S12", "Dic20000"):
        with pytest.raises(pw.GroupTooLargeError) as caught:
            pw.group(spec)
        assert caught.value.order > caught.value.limit
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("degree", "order"), [(11, 7920), (12, 95040), (22, 443520), (23, 10200960), (24, 244823040)]
)
def test_mathieu_generators_by_schreier_sims(degree: int, order: int) -> None:
    from sympy.combinatorics import Permutation, PermutationGroup

    generators = [Permutation(g) for g in _core.mathieu_generators(degree)]
    assert PermutationGroup(generators).order() == order


def test_semidirect_products() -> None:
    frobenius = pw.semidirect_product("C7", "C3", [[2 * i % 7 for i in range(7)]])
    assert frobenius == pw.group("C7 : C3")
    normal, acting = pw.group("C3^2"), pw.group("C4")
    quarter_turn = [(-(x % 3)) % 3 * 3 + x // 3 for x in range(9)]
    group = pw.semidirect_product(normal, acting, [quarter_turn])
    assert group.order == 36
    assert len(group.center) == 1
    with pytest.raises(pw.ArgumentError, match="two words"):
        pw.semidirect_product("C7", "C3", [[3 * i % 7 for i in range(7)]])
    with pytest.raises(pw.ArgumentError, match="automorphism"):
        pw.semidirect_product("C7", "C3", [[0, 2, 1, 3, 4, 5, 6]])
    with pytest.raises(pw.ArgumentError, match=r"action\[0\]"):
        pw.semidirect_product("C7", "C3", [[0.0] * 7])


def test_products_of_relabelled_groups_have_their_identity_at_0() -> None:
    table = np.array(pw.group("S3").table)
    label = np.array([4, 1, 5, 0, 2, 3])
    original = np.argsort(label)
    relabelled = pw.from_table(label[table[np.ix_(original, original)]])
    assert relabelled.identity == 4
    for product in (
        relabelled * pw.group("C2"),
        pw.wreath_product(relabelled, "C2"),
        pw.semidirect_product(relabelled, "C2", [range(6)]),
    ):
        assert product.identity == 0
        assert pw.from_table(np.array(product.table)).identity == 0
    assert (relabelled * pw.group("C2")).is_isomorphic(pw.group("D6"))


def test_wreath_products() -> None:
    assert pw.wreath_product("C2", "S4") == pw.group("C2 wr S4")
    top = pw.from_permutations([[1, 0, 3, 2], [2, 3, 0, 1]])
    assert pw.wreath_product("C2", top).order == 64
    with pytest.raises(pw.ArgumentError, match="natural points"):
        pw.wreath_product("C2", "Q8")
    with pytest.raises(pw.GroupTooLargeError):
        pw.wreath_product("S5", "S5")


def test_quotients() -> None:
    s4 = pw.group("S4")
    klein = [x for x in range(24) if x in set(s4.derived_subgroup) and s4.element_orders[x] == 2]
    quotient = pw.quotient(s4, klein)
    assert quotient.group.is_isomorphic(pw.group("S3"))
    images = quotient.projection.astype(int)
    assert np.array_equal(images[s4.table], quotient.group.table[np.ix_(images, images)])
    with pytest.raises(pw.ArgumentError, match="normal"):
        pw.quotient("S4", [1])
