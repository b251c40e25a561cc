"""reconstruct(operands=): the matrices of both operands tell more than each of them alone."""

from __future__ import annotations

import json

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.cli import main


def operand_pair(spec, rng, *, real=True, keep=lambda rho: rho.degree > 1, noise=0.0):
    """Rows of functions g -> (rho(g) v)_p and g -> (w rho(g))_p, mixed, and the table of their columns."""
    group = pw.group(spec)
    order = rng.permutation(group.order)
    rows = ([], [])
    for rho in filter(keep, group.irreps):
        values = rho.matrices()[order]
        v, w = rng.normal(size=(2, rho.degree)) + 1j * rng.normal(size=(2, rho.degree))
        rows[0].append((values @ v).T)
        rows[1].append((w @ values).T)
    pair = []
    for side in rows:
        matrix = np.concatenate(side)
        if real:
            matrix = np.concatenate([matrix.real, matrix.imag])
        matrix = rng.normal(size=(len(matrix) + 1, len(matrix))) @ matrix
        pair.append(matrix + noise * np.abs(matrix).mean() * rng.normal(size=matrix.shape))
    return pair, np.argsort(order)[np.asarray(group.table)[np.ix_(order, order)]]


def heap_table(table):
    """The table of the same triple products x y^-1 z with column 0 as identity."""
    group = pw.from_table(table)
    return table[:, table[group.inverses[0]]]


@pytest.mark.parametrize(
    ("spec", "real"), [("A4", True), ("C7 : C3", True), ("S4", True), ("S3", False), ("D6", False)]
)
def test_both_operands_tell_the_table_and_its_sides(spec, real):
    pair, truth = operand_pair(spec, np.random.default_rng(5), real=real)
    r = pw.reconstruct(operands=pair)
    assert (r.reason, r.left_right) == ("certified", "known")
    assert np.array_equal(r.table, heap_table(truth))
    # The other way round the table is the opposite one, which one matrix alone cannot tell from the first.
    turned = pw.reconstruct(operands=pair[::-1])
    assert np.array_equal(turned.table, heap_table(truth.T))
    assert pw.reconstruct(matrix=pair[0]).left_right == "unknown"


@pytest.mark.parametrize("n", [8, 12, 20])
def test_planes_of_a_cyclic_group_are_not_those_of_a_dihedral_one_on_both_sides(n):
    rng = np.random.default_rng(6)
    angles = 2 * np.pi * np.outer([1, 2], np.arange(n)) / n
    planes = np.concatenate([np.cos(angles), np.sin(angles)])
    pair = [rng.normal(size=(6, 4)) @ planes for _ in range(2)]
    alone = pw.reconstruct(matrix=pair[0])
    assert alone.reason == "abelian_or_dihedral"
    both = pw.reconstruct(operands=pair)
    assert (both.reason, both.left_right) == ("certified", "abelian")
    assert np.array_equal(both.table, np.add.outer(np.arange(n), np.arange(n)) % n)


def test_operands_that_do_not_belong_together_fit_no_table():
    rng = np.random.default_rng(7)
    (left, _), _ = operand_pair("S4", rng)
    (_, right), _ = operand_pair("S4", rng)
    r = pw.reconstruct(operands=(left, right))
    assert (r.reason, r.table) == ("no_group_found", None)
    assert "none of them the other" in r.detail
    # Two times the same side: only the opposite table would be kept on the other side.
    assert pw.reconstruct(operands=(left, left)).reason == "no_group_found"


def test_one_operand_without_information_says_so():
    rng = np.random.default_rng(8)
    (left, _), _ = operand_pair("S4", rng)
    r = pw.reconstruct(operands=(left, np.eye(24)))
    assert r.reason == "no_information"
    assert r.detail.startswith("W_b: no information")
    r = pw.reconstruct(operands=(rng.normal(size=(5, 24)), left))
    assert r.reason == "no_group_found"
    assert r.detail.startswith("W_a: ")


def test_isotypic_spaces_on_both_sides_are_the_classes_only():
    """Functions that both sides keep tell no more than one matrix of them."""
    rng = np.random.default_rng(9)
    rho = next(rho for rho in pw.group("Q8").irreps if rho.degree == 2)
    space = rho.matrices().reshape(8, 4).T
    r = pw.reconstruct(operands=[rng.normal(size=(4, 4)) @ space for _ in range(2)])
    assert r.reason == "class_scheme_only"
    assert {"D4", "Q8"} <= {c.identification.name for c in r.candidates}
    assert r.table is None


def test_noise_leaves_the_table_uncertified():
    pair, truth = operand_pair("A5", np.random.default_rng(10), noise=1e-4)
    r = pw.reconstruct(operands=pair)
    assert r.reason in ("certified", "uncertified")
    assert np.array_equal(r.table, heap_table(truth))
    assert r.certified == (r.residual < r.radius)


def test_bad_operands_are_named():
    with pytest.raises(pw.ArgumentError, match="operands: expected two matrices"):
        pw.reconstruct(operands=np.eye(3))
    with pytest.raises(pw.ArgumentError, match=r"operands\[1\]: expected 3 columns"):
        pw.reconstruct(operands=(np.eye(3), np.eye(4)))
    with pytest.raises(pw.ArgumentError, match="got matrix and operands"):
        pw.reconstruct(operands=(np.eye(3), np.eye(3)), matrix=np.eye(3))


def test_the_command_takes_both_operands(tmp_path, capsys):
    (left, right), truth = operand_pair("A4", np.random.default_rng(11))
    path = tmp_path / "pair.npz"
    np.savez(path, E_a=left, E_b=right)
    assert main(["reconstruct", str(path), "--operands", "E_a", "E_b", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["source"] == "operands"
    assert np.array_equal(answer["table"], heap_table(truth))
    assert main(["reconstruct", str(path), "--operands", "E_a", "E_a"]) == 1
    assert "matrices of both operands" in capsys.readouterr().out


@pytest.mark.parametrize(("columns", "size"), [(24, 30), (6, 2)])
def test_columns_that_coincide_tell_the_classes_only(columns, size):
    """At once, whatever the number of symmetries is: that of the first has more than a thousand digits."""
    rng = np.random.default_rng(12)
    blocks = np.kron(np.eye(columns), np.ones((1, size)))
    r = pw.reconstruct(matrix=rng.normal(size=(columns, columns)) @ blocks)
    assert r.reason == "quotient"
    assert r.table is None
    assert r.cosets == tuple(tuple(range(size * k, size * (k + 1))) for k in range(columns))
    assert f"{columns} classes of {size}" in r.detail
    assert "coincide" in r.report()


def test_a_normal_subgroup_that_acts_trivially_leaves_the_quotient():
    """The irrep of degree 2 of S4 has the kernel C2^2: what is left is S3."""
    group = pw.group("S4")
    rho = next(rho for rho in group.irreps if rho.degree == 2)
    v = np.array([1.0, 0.3 + 0.2j])
    r = pw.reconstruct(matrix=(rho.matrices() @ v).T)
    assert r.reason == "quotient"
    assert not r.certified
    assert pw.from_table(r.quotient_table).is_isomorphic(pw.group("S3"))
    assert {len(coset) for coset in r.cosets} == {4}


def test_the_row_space_of_exact_rows_is_kept_whole_however_they_are_mixed():
    """A mixing of condition 10**4 leaves singular values that fall off cliffs of its own."""
    rng = np.random.default_rng(13)
    (left, _), truth = operand_pair("S4", rng)
    u, values, v = np.linalg.svd(left, full_matrices=False)
    rank = int(np.sum(values > 1e-9 * values[0]))
    steep = u[:, :rank] @ np.diag(np.r_[np.ones(rank - 1), 1e-4]) @ v[:rank]
    r = pw.reconstruct(matrix=steep)
    assert r.kernel.rank == rank
    assert r.certified
    assert np.array_equal(r.table, heap_table(truth)) or np.array_equal(r.table, heap_table(truth.T))
