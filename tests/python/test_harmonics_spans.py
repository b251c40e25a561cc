"""Coverage and invariance on ideals that are known by construction, for irreps of all types over both fields.

The rows are ``g -> b^T rho(g) a`` with b from a space of dimension p and a from one of dimension q: they span the
p q products, so coverage is ``pq / d^2``, and ``p/d`` (left) and ``q/d`` (right) by the definitions of THEORY M3.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw

Array = NDArray[Any]

# Real: S3, D5, S4, A5; complex: C7, A4, C7 : C3, C3 x S3; quaternionic: Q8, Dic3, SL(2,3); and S5 for degree 6.
GROUPS = ["S3", "D5", "S4", "A5", "C7", "A4", "C7 : C3", "C3 x S3", "Q8", "Dic3", "SL(2,3)", "S5"]


def orthonormal(random: np.random.Generator, rows: int, columns: int) -> Array:
    shape = (rows, columns)
    return np.linalg.qr(random.normal(size=shape) + 1j * random.normal(size=shape))[0]


def ideal(rho: pw.Irrep, p: int, q: int, random: np.random.Generator) -> Array:
    """All products of p vectors b and q vectors a: (p q, n), complex."""
    b, a = orthonormal(random, rho.degree, p), orthonormal(random, rho.degree, q)
    return np.einsum("ip,gij,jq->pqg", b, rho.matrices(), a).reshape(p * q, -1)


@given(spec=st.sampled_from(GROUPS), seed=st.integers(0, 2**32 - 1), data=st.data())
@settings(max_examples=80, deadline=None)
def test_products_of_subspaces(spec: str, seed: int, data: st.DataObject) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(seed)
    rho = data.draw(st.sampled_from([r for r in G.irreps if r.index > 0]))
    d = rho.degree
    p, q = data.draw(st.integers(1, d)), data.draw(st.integers(1, d))
    rows = ideal(rho, p, q, random)
    component = pw.verify(rows, G).component(rho.label)
    assert component.rank == p * q
    assert component.coverage == pytest.approx(p * q / d**2)
    assert component.coverage_left == pytest.approx(p / d)
    assert component.coverage_right == pytest.approx(q / d)
    invariance = pw.verify(rows, G).invariance
    if invariance is not None:
        # Left-invariant exactly when all b are there, right-invariant when all a are.
        assert (invariance.left < 1e-7) == (p == d)
        assert (invariance.right < 1e-7) == (q == d)


@given(spec=st.sampled_from(GROUPS), seed=st.integers(0, 2**32 - 1), data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_symmetries_of_an_export_change_nothing(spec: str, seed: int, data: st.DataObject) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(seed)
    rows = np.concatenate(
        [ideal(rho, data.draw(st.integers(1, rho.degree)), 1, random) for rho in G.irreps[1:3]]
    )
    before = pw.verify(rows, G)
    mixing = np.eye(len(rows)) + 0.2 * orthonormal(random, len(rows), len(rows)).real
    forms = {
        "permuted": random.permutation(rows),
        "scaled": rows * random.uniform(0.5, 2, size=(len(rows), 1)),
        "mixed": mixing @ rows,
        "repeated": np.concatenate([rows, rows[:1], 2 * rows]),
        "transposed": rows,
    }
    for form, changed in forms.items():
        after = pw.verify(changed.T, G, axis=0) if form == "transposed" else pw.verify(changed, G)
        assert after.rank == before.rank, form
        for a, b in zip(after.components, before.components, strict=True):
            assert (a.rank, a.coverage) == (b.rank, b.coverage), form
            assert a.coverage_left == pytest.approx(b.coverage_left), form
            assert a.coverage_right == pytest.approx(b.coverage_right), form
        if before.invariance is not None:
            assert after.invariance is not None
            assert after.invariance.left == pytest.approx(before.invariance.left, abs=1e-7), form
            assert after.invariance.right == pytest.approx(before.invariance.right, abs=1e-7), form


@pytest.mark.parametrize("spec", GROUPS)
def test_translations_swap_nothing_but_their_side(spec: str) -> None:
    """Inverting the elements turns left into right: a check by a symmetry that no formula of ours knows."""
    G = pw.group(spec)
    random = np.random.default_rng(1)
    rho = max(G.irreps, key=lambda r: r.degree)
    rows = ideal(rho, rho.degree, 1, random)
    v, w = pw.verify(rows, G), pw.verify(rows[:, G.inverses], G)
    assert v.component(rho.label).coverage_left == pytest.approx(1)
    conjugate = G.irreps[rho.conjugate_index].label
    assert w.component(conjugate).coverage_right == pytest.approx(v.component(rho.label).coverage_left)
    assert w.component(conjugate).coverage_left == pytest.approx(v.component(rho.label).coverage_right)
    if v.invariance is not None and w.invariance is not None:
        assert w.invariance.right == pytest.approx(v.invariance.left, abs=1e-7)
        assert w.invariance.left == pytest.approx(v.invariance.right, abs=1e-7)


@pytest.mark.parametrize("spec", GROUPS)
def test_defects_are_those_of_projectors(spec: str) -> None:
    """||[P, L_h]||_F / sqrt(2 r (1 - r/n)), with P and L_h as matrices."""
    G = pw.group(spec)
    random = np.random.default_rng(2)
    rho = max(G.irreps, key=lambda r: r.degree)
    rows = np.concatenate([ideal(rho, 1, 1, random), random.normal(size=(2, G.order))])
    basis = np.linalg.svd(rows, full_matrices=False)[2].conj().T
    projector = basis @ basis.conj().T
    r, n = basis.shape[1], G.order
    defects = {"left": 0.0, "right": 0.0}
    for h in G.generators:
        for side, image in (("left", G.table[h]), ("right", G.table[:, h])):
            permutation = np.zeros((n, n))
            permutation[np.arange(n), image] = 1
            commutator = projector @ permutation - permutation @ projector
            size = np.linalg.norm(commutator) / np.sqrt(2 * r * (1 - r / n))
            defects[side] = max(defects[side], float(size))
    found = pw.verify(rows, G).invariance
    assert found is not None
    assert found.left == pytest.approx(defects["left"], abs=1e-6)
    assert found.right == pytest.approx(defects["right"], abs=1e-6)
