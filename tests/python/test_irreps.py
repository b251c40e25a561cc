"""Irreps: against exact tables of an independent system, the definitions, and the documented order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl import _core
from peterweyl.irreps import irreducible_representations

DATA = Path(__file__).parents[1] / "data"
TABLES = json.loads((DATA / "character_tables.json").read_text())["tables"]
SMALL = json.loads((DATA / "small_groups.json").read_text())["groups"]
SPECS = [
    "C1",
    "C7",
    "C2^3",
    "C4 x C6",
    "D5",
    "D8",
    "Q8",
    "Dic3",
    "S4",
    "A4",
    "A5",
    "S5",
    "C7 : C3",
    "S3 x Q8",
]


def cyclotomic(text: str) -> complex:
    """The value of a sum of terms such as -2*E(7)^3."""
    value = 0j
    for sign, factor, order, power, integer in re.findall(
        r"([+-]?)(?:(?:(\d+)\*)?E\((\d+)\)(?:\^(\d+))?|(\d+))", text
    ):
        term = complex(int(integer)) if integer else np.exp(2j * np.pi * int(power or 1) / int(order))
        value += (-1 if sign == "-" else 1) * int(factor or 1) * term
    return value


def sorted_rows(rows: np.ndarray) -> np.ndarray:
    keys = np.round(rows, 6) + 0.0
    return rows[np.lexsort(np.concatenate([keys.imag.T, keys.real.T])[::-1])]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t["name"])
def test_characters_equal_exact_tables(table: dict[str, Any]) -> None:
    group = pw.from_permutations(table["generators"])
    assert group.order == table["order"]
    assert group.permutations is not None
    elements = {tuple(row): g for g, row in enumerate(group.permutations.tolist())}
    classes = group.conjugacy_classes
    columns = [int(classes.of_element[elements[tuple(r)]]) for r in table["class_representatives"]]
    assert [int(classes.sizes[c]) for c in columns] == table["class_sizes"]
    found = np.array([rho.character[columns] for rho in group.irreps])
    expected = np.array([[cyclotomic(entry) for entry in row] for row in table["characters"]])
    np.testing.assert_allclose(sorted_rows(found), sorted_rows(expected), atol=1e-12)
    assert sorted(rho.indicator for rho in group.irreps) == sorted(table["indicators"])


@pytest.mark.parametrize("facts", SMALL, ids=lambda g: "{}_{}".format(*g["id"]))
def test_degrees_and_indicators_of_small_groups(facts: dict[str, Any]) -> None:
    group = pw.from_permutations(facts["generators"] or [[0]])
    expected = sorted((d, i) for d, i, count in facts["irreps"] for _ in range(count))
    assert group.order == facts["id"][0]
    assert sorted((rho.degree, rho.indicator) for rho in group.irreps) == expected
    assert max(group.irreps.residuals.values()) < 1e-13


@pytest.mark.parametrize("spec", SPECS)
def test_definitions(spec: str) -> None:
    group = pw.group(spec)
    irreps = group.irreps
    classes = group.conjugacy_classes
    assert len(irreps) == len(classes)
    assert sum(rho.degree**2 for rho in irreps) == group.order
    for rho in irreps:
        m = rho.matrices()
        assert m.shape == (group.order, rho.degree, rho.degree)
        assert m.dtype == np.complex128
        np.testing.assert_allclose(m[:, None] @ m[None, :], m[group.table], atol=1e-13)
        np.testing.assert_allclose(m @ m.conj().transpose(0, 2, 1), np.eye(rho.degree) + 0 * m, atol=1e-13)
        np.testing.assert_allclose(
            np.trace(m, axis1=1, axis2=2), rho.character[classes.of_element], atol=1e-13
        )
        squares = group.table.diagonal()
        indicator = rho.character[classes.of_element[squares]].mean()
        assert abs(indicator - rho.indicator) < 1e-12
        partner = irreps[rho.conjugate_index]
        np.testing.assert_allclose(partner.character, rho.character.conj(), atol=1e-13)
    columns = np.concatenate(
        [rho.matrices().reshape(group.order, -1) * rho.degree**0.5 for rho in irreps], axis=1
    )
    np.testing.assert_allclose(columns.conj().T @ columns / group.order, np.eye(group.order), atol=1e-13)


@pytest.mark.parametrize("spec", ["A4", "A5", "S4", "Q8", "C7 : C3", "D9"])
def test_order_is_the_documented_one(spec: str) -> None:
    irreps = pw.group(spec).irreps
    assert np.all(irreps[0].character == 1)
    keys = [
        (rho.degree, *(k for x in rho.character for k in (-round(x.real, 6), -round(x.imag, 6))))
        for rho in irreps
    ]
    assert keys == sorted(keys)


def test_cyclic_products_keep_the_order_of_fftn() -> None:
    group = pw.group("C3 x C4")
    j, k = np.divmod(np.arange(12), 4)
    for index, rho in enumerate(group.irreps):
        expected = np.exp(2j * np.pi * (j * (index // 4) / 3 + k * (index % 4) / 4))
        np.testing.assert_allclose(rho.matrices()[:, 0, 0], expected, atol=1e-15)


@pytest.mark.parametrize("spec", ["A5", "C7 : C3", "S5"])
def test_seed_changes_neither_characters_nor_order(spec: str) -> None:
    group = pw.group(spec)
    for seed in (1, 2**62):
        other = irreducible_representations(group, seed=seed)
        for rho, sigma in zip(group.irreps, other, strict=True):
            np.testing.assert_allclose(rho.character, sigma.character, atol=1e-13)
    again = irreducible_representations(group)
    assert all(np.array_equal(a.matrices(), b.matrices()) for a, b in zip(group.irreps, again, strict=True))


def test_table_with_the_identity_elsewhere() -> None:
    source = pw.group("A4")
    rename = np.random.default_rng(3).permutation(12)
    table = np.empty((12, 12), dtype=int)
    table[np.ix_(rename, rename)] = rename[source.table]
    group = pw.from_table(table)
    assert group.identity == rename[0] != 0
    for rho in group.irreps:
        m = rho.matrices()
        np.testing.assert_allclose(m[:, None] @ m[None, :], m[table], atol=1e-13)
        np.testing.assert_array_equal(m[group.identity], np.eye(rho.degree))


def test_views_are_read_only_and_outlive_the_group() -> None:
    rho = pw.group("S4").irreps[4]
    matrices, character = rho.matrices(), rho.character
    assert not matrices.flags.writeable
    assert not matrices.flags.owndata
    assert not character.flags.writeable
    del rho
    assert np.allclose(matrices[0], np.eye(3))
    assert character[0] == 3


def test_sequence_labels_and_repr() -> None:
    irreps = pw.group("A4").irreps
    assert repr(irreps) == "Irreps of A4: 1r, 1c, 1c, 3r"
    assert [rho.label for rho in irreps] == ["trivial", "1c#1", "1c#2", "3r#1"]
    assert repr(irreps[3]) == "Irrep('3r#1', degree=3, type='real')"
    assert irreps[-1] is irreps[3]
    assert irreps[1:3] == (irreps[1], irreps[2])
    assert irreps.degrees == (1, 1, 1, 3)
    assert [rho.type for rho in pw.group("Q8").irreps] == ["real"] * 4 + ["quaternionic"]
    assert pw.group("S4").irreps[1].label == "1r#2"
    assert repr(pw.group("C40").irreps).endswith("... (40 in all)")
    assert repr(pw.from_table([[0]]).irreps) == "Irreps of a group of order 1: 1r"
    assert irreps.method.startswith("subgroup chain of indices")
    assert pw.group("S4").irreps.method == "Young's orthogonal form"


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, "a", True])
def test_seed_is_checked(seed: Any) -> None:
    with pytest.raises(pw.ArgumentError, match=r"seed: expected an integer in 0"):
        irreducible_representations(pw.group("S3"), seed=seed)


def test_too_large_is_refused_at_once() -> None:
    with pytest.raises(pw.GroupTooLargeError, match="the matrices of a group of order 100 take") as caught:
        _core.irreducible_representations(pw.group("C100")._core, memory_limit=16 * 50**2)
    assert caught.value.order == 100
    assert caught.value.limit == 50
