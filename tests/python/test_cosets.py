"""Coset scores and rho-sets against their definitions, for irreps of every type."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import coset_neurons, coset_scores, rho_sets
from peterweyl.harmonics import cosets as cosets_module

Array = NDArray[Any]


@given(seed=st.integers(0, 2**32 - 1), spec=st.sampled_from(["S3", "D4", "Q8", "A4", "S4"]), data=st.data())
@settings(max_examples=30, deadline=None)
def test_scores_are_variances_within_cosets(seed: int, spec: str, data: st.DataObject) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(seed)
    H = G.subgroup([data.draw(st.integers(0, G.order - 1)) for _ in range(2)])
    rows = random.normal(size=(3, G.order))
    for side, cosets in (("right", H.left_cosets), ("left", H.right_cosets)):
        label = np.asarray(cosets.of_element)
        expected = [
            np.mean([row[label == label[x]].var() for x in range(G.order)]) / row.var() for row in rows
        ]
        scores = coset_scores(rows, G, H.elements, side=side)  # type: ignore[arg-type]
        np.testing.assert_allclose(scores, expected, atol=1e-12)
        # Values on cosets with a little noise: the subgroup is found, from the row alone.
        values = random.permutation(len(np.unique(label)))[label] + 1e-3 * random.normal(size=G.order)
        if len(np.unique(label)) > 1:
            neuron = coset_neurons(values[None], G)[0]
            assert set(H.elements.tolist()) <= set(neuron.subgroup) or neuron.side != side
            assert neuron.score < 0.01
            assert len(neuron.subgroup) >= H.order


def test_p_values_are_frequencies() -> None:
    """The Beta law against Gaussian rows: the score of a fixed subgroup, by counting."""
    G = pw.group("D4")
    H = G.subgroup([4])
    random = np.random.default_rng(0)
    scores = coset_scores(random.normal(size=(20_000, 8)), G, H.elements)
    for limit in (0.2, 0.4, 0.6):
        expected = float(np.mean(scores <= limit))
        found = cosets_module._p_value(limit, 8, 2, True)
        assert found == pytest.approx(expected, abs=0.01)
    row = random.normal(size=4)[H.left_cosets.of_element]
    assert coset_neurons(row[None], G)[0].p_value < 1e-12


def test_constant_rows_have_no_score() -> None:
    assert np.isnan(coset_scores(np.ones((1, 6)), "S3", [0])).all()
    assert coset_neurons(np.ones((2, 6)), "S3") == ()


@pytest.mark.parametrize("spec", ["S4", "A4", "Q8", "C7 : C3", "C7", "Dic3", "SL(2,3)"])
@pytest.mark.parametrize("real", [True, False])
def test_rank_one_rows_are_rho_sets(spec: str, real: bool) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(3)
    rho = max(G.irreps, key=lambda r: (r.degree, -r.indicator))
    d = rho.degree
    a = random.normal(size=d) + 1j * random.normal(size=d)
    b = random.normal(size=(12, d)) + 1j * random.normal(size=(12, d))
    if rho.indicator == 1 and real:
        b, a = b.real.astype(complex), a.real.astype(complex)
    rows = np.einsum("ki,gij,j->kg", b, rho.matrices(), a)
    rows = rows.real if real else rows
    (found,) = (s for s in rho_sets(rows, G) if len(s.rows) == 12)
    np.testing.assert_allclose(found.purity, 1, atol=1e-10)
    if not (real and rho.indicator == 1 and np.abs(rho.matrices().imag).max() > 1e-9):
        np.testing.assert_allclose(found.rank_one, 1, atol=1e-10)
        assert found.shared_a == pytest.approx(1)
        assert d == 1 or found.shared_b < 0.999 or d == 2
    mixed = np.einsum("kij,gji->kg", random.normal(size=(12, d, d)), rho.matrices())
    others = rho_sets(mixed.real if real else mixed, G)
    if d > 2:
        assert max(s.rank_one.min() for s in others) < 0.95


def test_bad_input() -> None:
    with pytest.raises(pw.ArgumentError, match="closed under products"):
        coset_scores(np.eye(6), "S3", [0, 1, 2])
    with pytest.raises(pw.ArgumentError, match="side"):
        coset_scores(np.eye(6), "S3", [0], side="up")  # type: ignore[arg-type]
    with pytest.raises(pw.ArgumentError, match="subgroup or its elements"):
        coset_scores(np.eye(6), "S3", 0.5)
    assert rho_sets(np.ones((2, 1)), "C1") == ()
