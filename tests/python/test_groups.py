"""Groups: constructors against their definitions, the laws by hypothesis, identification against GAP's facts."""

from __future__ import annotations

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw

SPECS = ["C1", "C7", "C12", "D4", "D5", "S4", "A4", "A5", "Q8", "Dic3", "C2^3", "C4 x S3", "C7 : C3"]


@pytest.fixture(params=SPECS)
def group(request: pytest.FixtureRequest) -> pw.Group:
    return pw.group(request.param)


def test_axioms_on_all_elements(group: pw.Group) -> None:
    table = group.table.astype(int)
    elements = np.arange(group.order)
    assert np.array_equal(table[group.identity], elements)
    assert np.array_equal(table[elements, group.inverses], np.full(group.order, group.identity))
    assert np.array_equal(table[table], table[:, table].reshape(table[table].shape))


def test_symmetric_group_is_lexicographic_and_composes_left_to_right() -> None:
    group = pw.group("S4")
    images = list(itertools.permutations(range(4)))
    assert group.permutations is not None
    assert [tuple(row) for row in group.permutations.tolist()] == images
    for a, b in itertools.product(range(24), repeat=2):
        product = tuple(images[b][i] for i in images[a])
        assert images[group.table[a, b]] == product


def test_dihedral_relations() -> None:
    group = pw.group("D7")
    r, s = 1, 7
    assert group.power(r, 7) == 0
    assert group.power(s, 2) == 0
    assert group.table[group.table[s, r], s] == group.power(r, -1)


def test_products_are_row_major() -> None:
    group = pw.group("C2 x C3")
    for a, b in itertools.product(range(6), repeat=2):
        expected = ((a // 3 + b // 3) % 2) * 3 + (a % 3 + b % 3) % 3
        assert group.table[a, b] == expected
    assert pw.group("C2") * pw.group("C3") == group


def test_derived_arrays_are_read_only_views() -> None:
    group = pw.group("S4")
    for array in (group.table, group.inverses, group.element_orders, group.center.elements):
        assert not array.flags.writeable
        assert not array.flags.owndata
    table = pw.group("S4").table
    assert table[0, 0] == 0  # the view keeps its group alive


def test_classes_partition_the_group(group: pw.Group) -> None:
    classes = group.conjugacy_classes
    assert sum(classes.sizes) == group.order
    assert [len(classes.elements(c)) for c in range(len(classes))] == classes.sizes.tolist()
    assert len(group.center) == np.count_nonzero(classes.sizes == 1)


@settings(max_examples=40, deadline=None)
@given(spec=st.sampled_from(SPECS), seed=st.integers(0, 2**32 - 1))
def test_relabelling_changes_nothing_but_labels(spec: str, seed: int) -> None:
    group = pw.group(spec)
    label = np.random.default_rng(seed).permutation(group.order)
    original = np.argsort(label)
    copy = pw.from_table(label[group.table[np.ix_(original, original)]])
    assert copy.identity == label[0]
    assert copy.identify() == group.identify()
    images = group.isomorphism(copy)
    assert images is not None
    assert np.array_equal(images[group.table], copy.table[np.ix_(images, images)])


@settings(max_examples=200, deadline=None)
@given(spec=st.sampled_from(["C6", "S3", "D4", "Q8", "C7 : C3", "S4"]), seed=st.integers(0, 2**32 - 1))
def test_near_groups_are_refused_with_a_true_witness(spec: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    table = np.array(pw.group(spec).table, dtype=np.int64)
    n = len(table)
    if random.random() < 0.5:
        row, column = random.integers(n, size=2)
        table[row, column] = (table[row, column] + random.integers(1, n)) % n
    else:
        first, second = random.choice(n, size=2, replace=False)
        table[[first, second]] = table[[second, first]]
    with pytest.raises(pw.NotAGroupError) as caught:
        pw.from_table(table)
    witness = caught.value.witness
    if len(witness) == 3:
        a, b, c = witness
        assert table[table[a, b], c] != table[a, table[b, c]]
    elif len(witness) == 2:
        row, column = witness
        value = table[row, column]
        repeated = (table[row] == value).sum() > 1 or (table[:, column] == value).sum() > 1
        assert repeated or "identity" in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        [[0, 1], [1, 1]],
        [[0, 1, 2], [1, 2, 0]],
        [],
        [0, 1],
        [[0.0, 1.0], [1.0, 0.0]],
        [["a"]],
        [[-1]],
        [[5]],
        [[[0]]],
    ],
)
def test_bad_tables_are_value_errors(table: object) -> None:
    with pytest.raises(pw.Error) as caught:
        pw.from_table(table)  # type: ignore[arg-type]
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).startswith("table")


def test_bad_specs_name_the_nearest() -> None:
    with pytest.raises(pw.GroupSpecError, match="nearest are") as caught:
        pw.group("Dik3")
    assert caught.value.suggestions[0] == "Dic<n>"
    assert caught.value.spec == "Dik3"
    with pytest.raises(pw.GroupTooLargeError) as too_large:
        pw.group("S21")
    assert too_large.value.order > too_large.value.limit
    with pytest.raises(pw.ArgumentError, match="spec"):
        pw.group(5)  # type: ignore[arg-type]


def test_bad_permutations() -> None:
    with pytest.raises(pw.ArgumentError, match=r"generators\[1\]"):
        pw.from_permutations([[0, 1], [0, 0]])
    with pytest.raises(pw.ArgumentError, match="degree"):
        pw.from_permutations([[1, 0], [1, 2, 0]])
    with pytest.raises(pw.ArgumentError, match=r"generators\[0\]"):
        pw.from_permutations([[0.5, 1.0]])
    with pytest.raises(pw.EnumerationLimitError) as caught:
        pw.from_permutations([[1, 2, 3, 4, 5, 0], [1, 0, 2, 3, 4, 5]], limit=100)
    assert caught.value.limit == 100


def test_elements_are_checked() -> None:
    group = pw.group("S3")
    with pytest.raises(pw.ArgumentError, match="element"):
        group.power(6, 2)
    with pytest.raises(pw.ArgumentError, match="element"):
        group.subgroup([-1])


def test_pickle_and_equality() -> None:
    named = pw.group("C4 x S3")
    raw = pw.from_table(np.array(named.table))
    for value in (named, raw):
        copy = pickle.loads(pickle.dumps(value))
        assert copy == value
        assert hash(copy) == hash(value)
    assert named == raw
    assert named != pw.group("D12")


def test_errors_survive_pickling_with_their_attributes() -> None:
    with pytest.raises(pw.NotAGroupError) as caught:
        pw.from_table([[0, 1], [1, 1]])
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value)


def test_order_5040() -> None:
    group = pw.group("S7")
    assert group.order == 5040
    assert len(group.conjugacy_classes) == 15
    assert group.identify().name == "S7"


@pytest.mark.parametrize(
    "spec", ["S7", "A8", "C5000", "D1500", "M12", "C2 wr S5", "S4 x S5", "PSL(2,31)", "M23", "S12"]
)
def test_groups_without_a_table_multiply_like_their_definition(spec: str) -> None:
    group = pw.group(spec)
    assert not group._core.has_table
    random = np.random.default_rng(1)
    a, b, c = random.integers(group.order, size=(3, 50))
    np.testing.assert_array_equal(
        group.multiply(group.multiply(a, b), c), group.multiply(a, group.multiply(b, c))
    )
    np.testing.assert_array_equal(group.multiply(a, 0), a)
    assert len(set(group.multiply(a[0], np.arange(min(group.order, 5000))).tolist())) == min(
        group.order, 5000
    )
    if group._core.degree:
        for x, y in zip(a.tolist(), b.tolist(), strict=True):
            composed = group.permutation(y)[group.permutation(x)]
            np.testing.assert_array_equal(group.permutation(int(group.multiply(x, y))), composed)
            assert group.element(composed) == int(group.multiply(x, y))
    assert not group._core.has_table


@pytest.mark.parametrize("spec", ["S6", "A7", "C60 x C20", "D700", "C2 wr S5", "PSL(2,13)", "S4 x S4"])
def test_a_table_agrees_with_the_products_made_without_it(spec: str) -> None:
    group = pw.group(spec)
    random = np.random.default_rng(2)
    a, b = random.integers(group.order, size=(2, 500))
    products, inverses = group.multiply(a, b), group.inverses[a]
    classes, orders = group.conjugacy_classes, group.element_orders
    table = pw.from_table(group.table)  # checks the axioms
    np.testing.assert_array_equal(table.table[a, b], products)
    np.testing.assert_array_equal(table.inverses[a], inverses)
    np.testing.assert_array_equal(table.element_orders, orders)
    np.testing.assert_array_equal(table.conjugacy_classes.of_element, classes.of_element)
    np.testing.assert_array_equal(table.conjugacy_classes.representatives, classes.representatives)
    assert table == group
    assert hash(table) == hash(group)


def test_lexicographic_order_of_permutations() -> None:
    for spec, degree in (("S6", 6), ("A6", 6), ("S3", 3), ("A3", 3)):
        listed = pw.group(spec).permutations
        assert listed is not None
        rows = [tuple(row) for row in listed.tolist()]
        assert rows == sorted(rows)
        parity = {sum(x > y for i, x in enumerate(row) for y in row[i + 1 :]) % 2 for row in rows}
        assert parity == ({0, 1} if spec[0] == "S" else {0})
        assert len(set(rows)) == math.factorial(degree) // (1 if spec[0] == "S" else 2)


@pytest.mark.parametrize(
    ("spec", "order", "classes"),
    [
        ("M12", 95040, 15),
        ("M22", 443520, 12),
        ("M23", 10200960, 17),
        ("M24", 244823040, 26),
        ("S12", 479001600, 77),
    ],
)
def test_classes_of_groups_without_a_table(spec: str, order: int, classes: int) -> None:
    group = pw.group(spec)
    found = group.conjugacy_classes
    assert (group.order, len(found)) == (order, classes)
    assert int(found.sizes.sum(dtype=np.uint64)) == order
    for k, x in enumerate(found.representatives.tolist()):
        assert group.class_of(x) == k
        assert group.class_of(group.power(x, 5)) == group.power_map(5)[k]
        conjugate = group.multiply(group.multiply(group.power(7, -1), x), 7)
        assert group.class_of(int(conjugate)) == k
    if order > 4_000_000:
        with pytest.raises(pw.GroupTooLargeError, match="class_of"):
            _ = found.of_element
        with pytest.raises(pw.GroupTooLargeError, match="limited to order"):
            _ = group.center


def test_groups_too_large_to_number_have_an_order() -> None:
    group = pw.group("S20")
    assert group.order == math.factorial(20)
    assert group.exponent == math.lcm(*range(1, 21))
    assert not group.is_abelian
    assert pw.group("A14").exponent == math.lcm(9, 5, 7, 11, 13, 8)
    for ask in (
        lambda: group.table,
        lambda: group.conjugacy_classes,
        lambda: group.generators,
        lambda: group.center,
    ):
        with pytest.raises(pw.GroupTooLargeError, match="numbered"):
            ask()


@pytest.mark.parametrize("n", [*range(1, 8)])
def test_exponents_of_symmetric_and_alternating_groups(n: int) -> None:
    for letter in "SA":
        group = pw.group(f"{letter}{n}")
        assert group.exponent == math.lcm(*group.element_orders.tolist())


@pytest.mark.parametrize("spec", ["S5", "Q8", "M11", "C2 wr S3", "D600"])
def test_words_are_products_of_generators(spec: str) -> None:
    group = pw.group(spec)
    for x in np.random.default_rng(3).integers(group.order, size=20).tolist():
        product = group.identity
        for k in group.word(x):
            product = int(group.multiply(product, group.generators[k]))
        assert product == x
        assert group.evaluate(group.word(x)) == x
    with pytest.raises(pw.ArgumentError, match=r"word\[1\]"):
        group.evaluate([0, 9])


def test_bad_elements_of_large_groups() -> None:
    group = pw.group("M12")
    with pytest.raises(pw.ArgumentError, match="element"):
        group.multiply(95040, 0)
    with pytest.raises(pw.ArgumentError, match="broadcasts"):
        group.multiply([0, 1, 2], [0, 1])
    with pytest.raises(pw.ArgumentError, match="not an element"):
        group.element([1, 0, *range(2, 12)])
    with pytest.raises(pw.ArgumentError, match="made of permutations"):
        pw.group("C7").permutation(1)
    with pytest.raises(pw.GroupTooLargeError, match="table"):
        _ = group.table
