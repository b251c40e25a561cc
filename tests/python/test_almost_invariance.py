"""Blocks: the invariance of their kernel by its definition, and the theorem about almost invariant networks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import activation_defect

Array = NDArray[Any]


def kernel_residual(block: Array, group: pw.Group, mirrored: bool, right: bool) -> float:
    """||B - B'|| / ||B|| with all n^2 matrices B(g, h) and all n translations."""
    product = "gij,hlj->ghil" if not mirrored else "gji,hjl->ghil"
    kernel = np.einsum(product, *((block, block.conj()) if not mirrored else (block.conj(), block)))
    mean = np.zeros_like(kernel)
    for k in range(group.order):
        image = group.table[:, k] if right else group.table[k]
        mean += kernel[np.ix_(image, image)] / group.order
    return float(np.linalg.norm(kernel - mean) / np.linalg.norm(kernel))


@given(
    spec=st.sampled_from(["S3", "Q8", "A4", "C7 : C3"]),
    seed=st.integers(0, 2**32 - 1),
    noise=st.sampled_from([0.0, 0.3]),
    adjoint=st.booleans(),
    right=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_kernels_by_their_definition(spec: str, seed: int, noise: float, adjoint: bool, right: bool) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(seed)
    rho = max(G.irreps, key=lambda r: r.degree).matrices()
    d = rho.shape[1]
    m = random.normal(size=(d, d)) + 1j * random.normal(size=(d, d))
    block = rho.conj().transpose(0, 2, 1) if adjoint else rho
    block = block @ m if right else m @ block
    block = block + noise * random.normal(size=block.shape)
    report = pw.verify([block], G, blocks=True).blocks[0]
    direct = report.convention == "M rho(g)"
    left = report.side == "left"
    assert report.kernel_residual == pytest.approx(
        kernel_residual(block, G, mirrored=not left, right=direct == left), abs=1e-6
    )
    if noise == 0:
        assert report.kernel_residual < 1e-6
        assert report.residual < 1e-9


def test_a_reducible_representation_has_an_invariant_kernel() -> None:
    G = pw.group("S4")
    two, three = G.irreps[2].matrices(), G.irreps[3].matrices()
    block = np.zeros((24, 5, 5), dtype=complex)
    block[:, :2, :2], block[:, 2:, 2:] = two, three
    assert pw.verify([block], G, blocks=True).blocks[0].kernel_residual < 1e-7
    noise = np.random.default_rng(0).normal(size=(24, 3, 3))
    assert pw.verify([noise], G, blocks=True).blocks[0].kernel_residual > 0.5
    assert math.isnan(pw.verify([np.zeros((24, 2, 2))], G, blocks=True).blocks[0].kernel_residual)


def test_the_inequality_of_the_theorem() -> None:
    G = pw.group("S3")
    blocks = [rho.matrices().conj().transpose(0, 2, 1) for rho in G.irreps]
    exact = pw.verify(blocks, G, blocks=True).almost_invariance
    assert exact is not None
    assert exact.applies
    assert exact.gap < 1e-12
    assert exact.bound == pytest.approx(math.sqrt(0.5) / (math.sqrt(6) + 1))
    assert exact.inequality_holds(0.2)
    assert not exact.inequality_holds(0.21)
    scaled = pw.verify([2 * block for block in blocks], G, blocks=True).almost_invariance
    assert scaled is not None
    assert not scaled.inequality_holds(0.0)


@given(st.floats(0, 0.99), st.floats(0.5, 3), st.sampled_from([1.0, 2.0, 3.0]))
def test_the_bound_of_activations(share: float, constant: float, exponent: float) -> None:
    delta = share * constant
    expected = math.sqrt(2 * (1 - math.sqrt(1 - share ** (2 / exponent))))
    assert activation_defect(delta, constant, exponent) == pytest.approx(expected, abs=1e-7)
    # Remark 24: at most sqrt(2) (delta / C)^(1/n).
    assert activation_defect(delta, constant, exponent) <= math.sqrt(2) * share ** (1 / exponent) + 1e-12


def test_where_the_bound_says_nothing() -> None:
    assert activation_defect(2, 1, 1) == math.sqrt(2)
    with pytest.raises(pw.ArgumentError, match="positive"):
        activation_defect(-1, 1, 1)
