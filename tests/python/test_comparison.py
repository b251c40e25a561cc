"""Two networks up to the symmetries of their activation, and the table of those symmetries."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import ACTIVATIONS, compare_networks, intertwiner_residual, procrustes_similarity

Array = NDArray[Any]
RANK = {"permutations": 0, "signs": 1, "positive": 1, "scales": 2, "linear": 3}


def element(kind: str, size: int, random: np.random.Generator) -> tuple[Array, Array]:
    """A random permutation and scales of an intertwiner group."""
    permutation = random.permutation(size)
    scales = {
        "permutations": np.ones(size),
        "signs": random.choice([-1.0, 1.0], size=size),
        "positive": random.uniform(0.3, 3, size=size),
        "scales": random.choice([-1.0, 1.0], size=size) * random.uniform(0.3, 3, size=size),
        "linear": random.choice([-1.0, 1.0], size=size) * random.uniform(0.3, 3, size=size),
    }
    return permutation, scales[kind]


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_the_table_of_intertwiners(name: str) -> None:
    """Residual of rounding inside the group, 0.01 and more outside."""
    random = np.random.default_rng(0)
    kind = ACTIVATIONS[name].intertwiners
    for other in RANK:
        if other == "linear":
            matrix = random.normal(size=(6, 6))
        else:
            permutation, scales = element(other, 6, random)
            scales[0] = -abs(scales[0]) if other in ("signs", "scales") else scales[0]
            matrix = np.zeros((6, 6))
            matrix[np.arange(6), permutation] = scales
        inside = (
            other == kind
            or other == "permutations"
            or kind == "linear"
            or (kind == "scales" and other in ("signs", "positive"))
        )
        residual = intertwiner_residual(name, matrix)
        assert (residual < 1e-12) if inside else (residual > 0.005), (other, residual)


@given(seed=st.integers(0, 2**32 - 1), name=st.sampled_from(sorted(ACTIVATIONS)))
@settings(max_examples=60, deadline=None)
def test_networks_are_equal_up_to_symmetry(seed: int, name: str) -> None:
    random = np.random.default_rng(seed)
    sigma = ACTIVATIONS[name]
    incoming, outgoing = random.normal(size=(9, 6)), random.normal(size=(9, 4))
    permutation, scales = element(sigma.intertwiners, 9, random)
    images = sigma.image(scales)
    other = (scales[:, None] * incoming)[permutation], (outgoing / images[:, None])[permutation]
    # They do compute the same.
    x = random.normal(size=(6, 20))
    np.testing.assert_allclose(
        outgoing.T @ sigma.function(incoming @ x),
        other[1].T @ sigma.function(other[0] @ x),
        rtol=1e-9,
        atol=1e-9,
    )
    found = compare_networks((incoming, outgoing), other, name)
    assert found.equal
    assert found.similarity == pytest.approx(1)
    if sigma.intertwiners != "linear":
        np.testing.assert_array_equal(permutation[found.matching], np.arange(9))
        if sigma.power != 0:
            np.testing.assert_allclose(1 / found.scales, scales, rtol=1e-9)
    noisy = (other[0] + 0.01 * random.normal(size=(9, 6)), other[1])
    assert 1e-4 < compare_networks((incoming, outgoing), noisy, name).residual < 0.2
    unrelated = (random.normal(size=(9, 6)), random.normal(size=(9, 4)))
    assert compare_networks((incoming, outgoing), unrelated, name).residual > 0.4


def test_widths_may_differ_by_dead_neurons() -> None:
    random = np.random.default_rng(0)
    incoming, outgoing = random.normal(size=(5, 6)), random.normal(size=(5, 4))
    wider = (np.vstack([np.zeros((2, 6)), incoming]), np.vstack([np.zeros((2, 4)), outgoing]))
    assert compare_networks((incoming, outgoing), wider).equal
    back = compare_networks(wider, (incoming, outgoing))
    assert back.equal
    assert back.matching.tolist()[2:] == [0, 1, 2, 3, 4]
    assert np.isnan(back.neuron_similarity[:2]).all()


def test_procrustes_similarity() -> None:
    random = np.random.default_rng(0)
    h = random.normal(size=(8, 50))
    assert procrustes_similarity(h, 3 * h[random.permutation(8)]) == pytest.approx(1)
    assert procrustes_similarity(h, random.normal(size=(8, 50))) < 0.6


def test_bad_input() -> None:
    good = (np.ones((3, 2)), np.ones((3, 2)))
    with pytest.raises(pw.ArgumentError, match="the pair"):
        compare_networks(np.ones(3), good)
    with pytest.raises(pw.ArgumentError, match="a row for each neuron"):
        compare_networks((np.ones((3, 2)), np.ones((4, 2))), good)
    with pytest.raises(pw.ArgumentError, match="neurons that read 2"):
        compare_networks(good, (np.ones((3, 5)), np.ones((3, 2))))
    with pytest.raises(pw.ArgumentError, match="square"):
        intertwiner_residual("relu", np.ones((2, 3)))
    with pytest.raises(pw.ArgumentError, match="expected features"):
        procrustes_similarity(np.ones((2, 3)), np.ones((3, 3)))
