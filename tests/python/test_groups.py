"""Groups: constructors against their definitions, the laws by hypothesis, identification against GAP's facts."""

from __future__ import annotations

import itertools
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
        pw.group("S20")
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
