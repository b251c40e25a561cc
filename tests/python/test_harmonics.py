"""verify(): measures, chance levels and verdicts on weights whose harmonics are known by construction."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import THRESHOLDS, Verdict

Array = NDArray[Any]

# All types: real (S3, S4, D5), complex (C7, A4, C7 : C3), quaternionic (Q8, Dic3), and several of them.
GROUPS = ["C7", "S3", "D5", "Q8", "Dic3", "A4", "S4", "C7 : C3", "C3 x Q8"]


def harmonics(group: pw.Group, rows: int, *, real: bool, seed: int = 0, trivial: bool = False) -> Array:
    """Rows ``g -> tr(A rho(g))`` with one random irrep and one random A each."""
    random = np.random.default_rng(seed)
    result = []
    for row in range(rows):
        first = 0 if trivial else 1
        rho = group.irreps[first + row % (len(group.irreps) - first)]
        shape = (rho.degree, rho.degree)
        a = random.normal(size=shape) + 1j * random.normal(size=shape)
        result.append(np.einsum("ij,gji->g", a, rho.matrices()))
    array = np.array(result)
    return array.real if real else array


def gaussian(shape: tuple[int, ...], *, real: bool, seed: int = 0) -> Array:
    random = np.random.default_rng(seed)
    rows = random.normal(size=shape)
    return rows if real else rows + 1j * random.normal(size=shape)


@pytest.mark.parametrize("real", [True, False], ids=["real", "complex"])
@pytest.mark.parametrize("spec", GROUPS)
def test_harmonics_are_found_pure(spec: str, real: bool) -> None:
    G = pw.group(spec)
    v = pw.verify(harmonics(G, 60, real=real), G)
    assert v.verdict is Verdict.HARMONIC
    assert v.holds
    assert v.purity.minimum == pytest.approx(1, abs=1e-12)
    assert v.purity_nontrivial.minimum == pytest.approx(1, abs=1e-12)
    assert v.excess == pytest.approx(1, abs=1e-12)
    assert v.p_value < 1e-10
    assert v.components[0].share == pytest.approx(0, abs=1e-20)
    assert v.components[0].rank == 0
    assert sum(component.share for component in v.components) == pytest.approx(1)
    assert sum(component.dimension for component in v.components) == G.order
    assert sum(component.rows for component in v.components) == 60
    assert v.parseval_residual < 1e-12


@pytest.mark.parametrize("real", [True, False], ids=["real", "complex"])
@pytest.mark.parametrize("spec", GROUPS)
def test_gaussian_rows_show_the_chance_level(spec: str, real: bool) -> None:
    G = pw.group(spec)
    v = pw.verify(gaussian((6000, G.order), real=real, seed=3), G)
    assert v.purity.weighted == pytest.approx(v.chance, abs=0.01)
    assert v.purity.mean == pytest.approx(v.chance, abs=0.01)
    assert v.purity_nontrivial.weighted == pytest.approx(v.chance_nontrivial, abs=0.01)
    assert v.verdict in {Verdict.NOT, Verdict.UNDECIDED}
    assert v.p_value > 1e-3
    for component in v.components:
        assert component.share == pytest.approx(component.chance, abs=0.01)
        assert component.p_value > 1e-4


def test_p_values_of_gaussian_components_are_uniform() -> None:
    p_values = [
        pw.verify(gaussian((5, 6), real=True, seed=seed), "S3").component("2r#1").p_value
        for seed in range(400)
    ]
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.05)
    assert np.mean(np.array(p_values) < 0.1) == pytest.approx(0.1, abs=0.05)


def test_types_merge_under_real_rows_only() -> None:
    G = pw.group("C7 : C3")
    real = pw.verify(gaussian((3, 21), real=True), G).components
    complex_ = pw.verify(gaussian((3, 21), real=False), G).components
    assert [(c.label, c.type, c.dimension) for c in real] == [
        ("trivial", "real", 1),
        ("1c#1+1c#2", "complex", 2),
        ("3c#1+3c#2", "complex", 18),
    ]
    assert [c.dimension for c in complex_] == [1, 1, 1, 9, 9]
    assert [c.type for c in pw.verify(gaussian((3, 8), real=True), "Q8").components][-1] == "quaternionic"


@pytest.mark.parametrize("spec", ["S3", "Q8", "A4", "S4", "C7 : C3"])
def test_one_sided_ideals_are_spanned_on_one_side(spec: str) -> None:
    G = pw.group(spec)
    rho = max(G.irreps, key=lambda r: r.degree)
    d = rho.degree
    random = np.random.default_rng(5)
    vectors = random.normal(size=(50, d)) + 1j * random.normal(size=(50, d))
    fixed = random.normal(size=d) + 1j * random.normal(size=d)
    left = pw.verify(np.einsum("ki,gij,j->kg", vectors, rho.matrices(), fixed), G)
    right = pw.verify(np.einsum("i,gij,kj->kg", fixed, rho.matrices(), vectors), G)
    for v, one, other in ((left, "left", "right"), (right, "right", "left")):
        component = v.component(rho.label)
        assert component.rank == d
        assert getattr(component, f"coverage_{one}") == pytest.approx(1)
        assert getattr(component, f"coverage_{other}") == pytest.approx(1 / d)
        assert v.invariance is not None
        assert getattr(v.invariance, one) < 1e-10
        assert getattr(v.invariance, other) > 0.3
        assert not v.invariance.any_group


def test_high_purity_does_not_mean_that_harmonics_are_spanned() -> None:
    v = pw.verify([np.cos(2 * np.pi * 2 * np.arange(11) / 11)], "C11")
    component = v.component("1c#2")
    assert component.share == pytest.approx(1)
    assert (component.rank, component.dimension, component.coverage_left) == (1, 2, 0.5)


@given(seed=st.integers(0, 2**32 - 1), spec=st.sampled_from(["S3", "C7", "Q8", "A4"]), real=st.booleans())
@settings(max_examples=30, deadline=None)
def test_relabelling_the_group_changes_nothing(seed: int, spec: str, real: bool) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(seed)
    rows = harmonics(G, 9, real=real, seed=seed) + 0.3 * gaussian((9, G.order), real=real, seed=seed)
    images = random.permutation(G.order)
    table = np.empty((G.order, G.order), dtype=np.int64)
    table[np.ix_(images, images)] = images[G.table]
    relabelled = np.empty_like(rows)
    relabelled[:, images] = rows
    before, after = pw.verify(rows, G), pw.verify(relabelled, pw.from_table(table))
    assert after.purity.weighted == pytest.approx(before.purity.weighted, abs=1e-12)
    assert after.purity_nontrivial.mean == pytest.approx(before.purity_nontrivial.mean, abs=1e-12)
    assert after.verdict is before.verdict
    assert sorted((c.dimension, round(c.share, 9), c.rank) for c in after.components) == sorted(
        (c.dimension, round(c.share, 9), c.rank) for c in before.components
    )


@given(seed=st.integers(0, 2**32 - 1), real=st.booleans())
@settings(max_examples=30, deadline=None)
def test_rows_may_be_permuted_and_rescaled(seed: int, real: bool) -> None:
    random = np.random.default_rng(seed)
    rows = harmonics(pw.group("S4"), 20, real=real, seed=seed) + 0.1 * gaussian(
        (20, 24), real=real, seed=seed
    )
    v = pw.verify(rows, "S4")
    permuted = pw.verify(random.permutation(rows), "S4")
    assert permuted.purity.weighted == pytest.approx(v.purity.weighted, abs=1e-12)
    assert [c.rank for c in permuted.components] == [c.rank for c in v.components]
    # What is normalised row by row does not see the scales of the rows.
    scaled = pw.verify(rows * random.uniform(0.5, 2, size=(20, 1)), "S4")
    np.testing.assert_allclose(scaled.row_shares, v.row_shares, atol=1e-12)
    assert scaled.purity.median == pytest.approx(v.purity.median, abs=1e-12)
    assert scaled.purity.minimum == pytest.approx(v.purity.minimum, abs=1e-12)
    assert scaled.p_value == pytest.approx(v.p_value, rel=1e-6)


def test_real_rows_as_complex_ones_agree_where_no_types_merge() -> None:
    rows = harmonics(pw.group("S4"), 12, real=True) + gaussian((12, 24), real=True)
    real, complex_ = pw.verify(rows, "S4"), pw.verify(rows.astype(complex), "S4")
    np.testing.assert_allclose(real.row_shares, complex_.row_shares, atol=1e-13)
    assert [c.rank for c in real.components] == [c.rank for c in complex_.components]
    assert real.chance > complex_.chance  # fewer degrees of freedom, larger largest share


def test_layout_type_and_size_do_not_matter() -> None:
    rows = np.round(16 * (harmonics(pw.group("D5"), 12, real=True) + 0.2 * gaussian((12, 10), real=True)))
    expected = pw.verify(rows, "D5")
    forms = {
        "integers": rows.astype(np.int8),
        "half": rows.astype(np.float16),
        "single": rows.astype(np.float32),
        "big-endian": rows.astype(">f8"),
        "Fortran": np.asfortranarray(rows),
        "strided": np.repeat(rows, 2, axis=1)[:, ::2],
        "list": rows.tolist(),
        "tiny": rows * 1e-200,
        "huge": rows * 1e200,
        "read-only": np.broadcast_to(rows, rows.shape),
    }
    for form, array in forms.items():
        v = pw.verify(array, "D5")
        np.testing.assert_allclose(v.row_shares, expected.row_shares, atol=1e-13, err_msg=form)
        assert v.verdict is expected.verdict
    for axis in (0, -2):
        assert pw.verify(rows.T, "D5", axis=axis).purity == expected.purity
    deep = rows.reshape(3, 4, 10).transpose(0, 2, 1)
    assert pw.verify(deep, "D5", axis=1).purity.mean == pytest.approx(expected.purity.mean, abs=1e-13)


def test_pairs_are_complex_numbers() -> None:
    rows = harmonics(pw.group("A4"), 9, real=False)
    pairs = np.stack([rows.real, rows.imag])
    v = pw.verify(pairs, "A4", pairs=0)
    assert v.field == "complex"
    assert v.purity == pw.verify(rows, "A4").purity


def test_dead_and_constant_rows_are_counted_and_not_divided_by() -> None:
    waves = harmonics(pw.group("S3"), 8, real=True)
    rows = np.concatenate([waves, np.zeros((2, 6)), np.full((3, 6), 0.5), 1e-9 * waves[:1]])
    v = pw.verify(rows, "S3")
    assert (v.rows, v.live_rows, v.dead_rows, v.constant_rows) == (14, 11, 3, 3)
    assert v.purity.rows == 11
    assert v.purity_nontrivial.rows == 8
    assert v.verdict is Verdict.HARMONIC
    assert np.isfinite(v.row_shares).all()
    assert not v.row_shares[8:10].any()
    assert np.isnan(v.row_p_values[8:]).all()


@pytest.mark.parametrize(
    ("rows", "spec", "verdict"),
    [
        (np.zeros((4, 6)), "S3", Verdict.UNDECIDED),
        (np.ones((4, 6)), "S3", Verdict.TRIVIAL),
        (np.ones((1, 1)), "C1", Verdict.UNDECIDED),
        (gaussian((9, 3), real=True), "C3", Verdict.UNDECIDED),  # one non-trivial component: always pure
        (gaussian((1, 24), real=True), "S4", Verdict.NOT),
    ],
    ids=["zero", "constant", "trivial group", "C3", "one row"],
)
def test_verdicts_that_claim_nothing(rows: Array, spec: str, verdict: Verdict) -> None:
    v = pw.verify(rows, spec)
    assert v.verdict is verdict
    assert not v.holds
    assert v.reasons
    json.dumps(v.to_dict(rows=True), allow_nan=False)
    assert v.report()


def test_a_single_lucky_row_decides_nothing() -> None:
    # Over S3 the plane of a Gaussian row's mean-free part holds 4 of 5 dimensions: purities above 0.97 are common.
    words = [pw.verify(gaussian((1, 6), real=True, seed=seed), "S3").verdict for seed in range(60)]
    assert Verdict.HARMONIC not in words
    assert Verdict.UNDECIDED in words


def test_mixed_rows_of_an_invariant_space_span_only() -> None:
    G = pw.group("S4")
    rho = G.irreps[3]
    space = rho.matrices().reshape(24, 9).T.real
    space = np.concatenate([space, G.irreps[2].matrices().reshape(24, 4).T.real])
    mixed = gaussian((40, 13), real=True) @ space
    v = pw.verify(mixed, G)
    assert v.verdict is Verdict.SPAN
    assert v.rank == 13
    assert v.component(rho.label).coverage_left == 1
    assert "left and right" in " ".join(v.reasons)
    # Mean-free Gaussian rows fill a space that every group leaves invariant, and the report says so.
    noise = gaussian((40, 24), real=True)
    v = pw.verify(noise - noise.mean(axis=1, keepdims=True), G)
    assert v.invariance is not None
    assert v.invariance.any_group
    assert "every group of order 24" in " ".join(v.reasons)


def test_noise_lowers_the_verdict_step_by_step() -> None:
    G = pw.group("A4")
    rows, noise = harmonics(G, 200, real=False), gaussian((200, 12), real=False)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    found = [pw.verify(rows + sigma * noise, G) for sigma in (0, 0.25, 0.45, 30)]
    assert [v.verdict for v in found] == [
        Verdict.HARMONIC,
        Verdict.APPROXIMATELY,
        Verdict.PARTIALLY,
        Verdict.NOT,
    ]
    assert [v.excess for v in found] == sorted((v.excess for v in found), reverse=True)


def test_a_wrong_group_is_told_from_the_right_one() -> None:
    rows = harmonics(pw.group("D4"), 40, real=True)
    assert pw.verify(rows, "D4").holds
    wrong = pw.verify(rows, "Q8")
    assert not wrong.holds
    assert wrong.excess < 0.8


@pytest.mark.parametrize("spec", ["S3", "Q8", "A4", "C7 : C3"])
@pytest.mark.parametrize("adjoint", [False, True])
def test_blocks_show_their_irrep_convention_and_multiplier(spec: str, adjoint: bool) -> None:
    G = pw.group(spec)
    random = np.random.default_rng(8)
    blocks, unitary = [], []
    for rho in G.irreps:
        d = rho.degree
        m = random.normal(size=(d, d)) + 1j * random.normal(size=(d, d))
        matrices = rho.matrices().conj().transpose(0, 2, 1) if adjoint else rho.matrices()
        blocks.append(m @ matrices)
        unitary.append(matrices)
    v = pw.verify(blocks, G, blocks=True)
    assert v.verdict is Verdict.HARMONIC
    assert len(v.blocks) == len(G.irreps)
    for rho, block in zip(G.irreps, v.blocks, strict=True):
        assert block.convention == ("M rho(g)^H" if adjoint else "M rho(g)")
        assert (block.irrep, block.degree, block.side) == (rho.label, rho.degree, "left")
        assert block.component == (G.irreps[rho.conjugate_index] if adjoint else rho).label
        assert block.share == pytest.approx(1)
        assert block.residual < 1e-6
        assert block.residual_two_sided < 1e-10
        assert block.homomorphism_residual < 1e-8
        assert block.all_pairs
        if rho.degree > 1:
            assert block.unitarity_defect > 0.05
    exact = pw.verify(unitary, G, blocks=True)
    assert all(block.unitarity_defect < 1e-6 for block in exact.blocks)
    assert exact.almost_invariance is not None
    assert exact.almost_invariance.gap < 1e-10
    assert exact.almost_invariance.applies
    assert exact.almost_invariance.bound == pytest.approx(math.sqrt(0.5) / (math.sqrt(G.order) + 1))
    assert "blocks as W(g)" in exact.report()


def test_blocks_as_pairs_mappings_and_one_array() -> None:
    G = pw.group("Q8")
    block = G.irreps[4].matrices()
    pairs = np.stack([block.real, block.imag], axis=-1)
    for weights, options in (
        (block, {}),
        ([block], {}),
        ({"W": block}, {}),
        (block[None], {}),
        ([pairs], {"pairs": -1}),
    ):
        v = pw.verify(weights, G, blocks=True, **options)
        assert [b.irrep for b in v.blocks] == ["2q#1"]


def test_one_bad_block_is_named() -> None:
    G = pw.group("S4")
    blocks = [rho.matrices().copy() for rho in G.irreps]
    blocks[3][7] *= -1
    v = pw.verify(blocks, G, blocks=True)
    assert v.verdict is Verdict.APPROXIMATELY
    assert "block 3 misses" in " ".join(v.reasons)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ((np.ones((3, 5)), "S3"), {}),
            ["expected length 6", "axis -1", "got 5", "(3, 5)", "one element is missing"],
        ),
        (((np.ones((3, 4)), "S3"), {}), ["got 4", "no axis has that length"]),
        (((np.ones((6, 4)), "S3"), {}), ["got 4", "pass axis=0"]),
        (((np.ones((2, 7)), "S3"), {}), ["weights[:6]"]),
        (((np.ones((6, 5)), "S3"), {"axis": 2}), ["axis=2", "(6, 5)"]),
        (((np.ones((0, 6)), "S3"), {}), ["at least one row", "(0, 6)"]),
        (((3.0, "S3"), {}), ["single number"]),
        (((np.array([[1, 2, np.nan, 0, 0, 0]]), "S3"), {}), ["weights[0, 2]", "nan"]),
        (((np.array([[1, 2, 0, 0, 0, -np.inf]]), "S3"), {}), ["weights[0, 5]", "inf"]),
        (((np.array([["a"] * 6]), "S3"), {}), ["numbers"]),
        (((np.ones((3, 6)), 6), {}), ["group", "int"]),
        (
            ((np.ones((3, 6)), "S3"), {"thresholds": {"purity": 0.5}}),
            ["thresholds", "harmonic_purity", "'purity'"],
        ),
        (((np.ones((3, 6)), "S3"), {"thresholds": {"rank": 3}}), ["between 0 and 1", "3"]),
        (
            ((np.ones((5, 2, 2)), "S3"), {"blocks": True}),
            ["weights[0]", "expected 6 matrices", "np.insert(block, 0"],
        ),
        (((np.ones((6, 2, 3)), "S3"), {"blocks": True}), ["(6, d, d)", "(6, 2, 3)"]),
        ((([], "S3"), {"blocks": True}), ["at least one block"]),
        (
            (([np.ones((6, 1, 1)), np.full((6, 1, 1), np.nan)], "S3"), {"blocks": True}),
            ["weights[1][0, 0, 0]"],
        ),
    ],
)
def test_bad_input_is_refused_by_name(arguments: Any, words: list[str]) -> None:
    positional, keywords = arguments
    with pytest.raises(pw.ArgumentError) as caught:
        pw.verify(*positional, **keywords)
    for word in words:
        assert word in str(caught.value)


def test_thresholds_can_be_changed_and_are_reported() -> None:
    rows = harmonics(pw.group("S4"), 30, real=True) + 0.5 * gaussian((30, 24), real=True)
    default = pw.verify(rows, "S4")
    strict = pw.verify(rows, "S4", thresholds={"approximate_excess": 0.999, "partial_excess": 0.99})
    assert default.verdict is not strict.verdict
    assert strict.thresholds["partial_excess"] == 0.99
    assert default.thresholds == THRESHOLDS


def test_the_result_is_immutable_plain_and_readable() -> None:
    v = pw.verify(harmonics(pw.group("S3"), 8, real=True), "S3")
    with pytest.raises(dataclasses.FrozenInstanceError):
        v.verdict = Verdict.NOT  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        v.row_shares[0, 0] = 1
    document = json.loads(json.dumps(v.to_dict(), allow_nan=False))
    assert document["schema_version"] == 1
    assert document["peterweyl"] == pw.__version__
    assert document["thresholds"]["harmonic_purity"] == 0.97
    assert document["components"][2]["label"] == "2r#1"
    assert "row_shares" not in document
    assert len(v.to_dict(rows=True)["row_shares"]) == 8
    assert repr(v).startswith("<Verification: harmonic")
    assert "\n" not in repr(v)
    lines = str(v).splitlines()
    assert lines[0] == "harmonic: 8 real rows over S3 (order 6)"
    assert any("chance" in line for line in lines)
    assert any("█" in line for line in lines)
    with pytest.raises(KeyError, match="trivial, 1r#2, 2r#1"):
        v.component("nothing")


def test_long_tables_are_cut() -> None:
    text = pw.verify(gaussian((5, 101), real=True), "C101").report()
    assert "and 32 more with" in text


def test_a_large_group_in_little_time() -> None:
    v = pw.verify(gaussian((40, 120), real=True), "S5")
    assert v.rank == 40
    assert v.invariance is not None
    assert v.invariance.left == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("real", [True, False])
def test_large_weights_of_few_rows_measure_as_in_the_core(
    real: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    G = pw.group("S5")
    rows = harmonics(G, 70, real=real) + 0.01 * gaussian((70, 120), real=real)
    direct = pw.verify(rows, G)
    monkeypatch.setattr("peterweyl.harmonics.many_rows._DENSE_MULTIPLICATIONS", 1.0)
    dense = pw.verify(rows, G)
    assert dense.rank == direct.rank
    np.testing.assert_allclose(dense.singular_values, direct.singular_values, rtol=1e-6)
    np.testing.assert_allclose(dense.row_shares, direct.row_shares, atol=1e-12)
    for a, b in zip(dense.components, direct.components, strict=True):
        assert (a.rank, a.coverage_left, a.coverage_right) == (b.rank, b.coverage_left, b.coverage_right)
    assert dense.invariance is not None
    assert direct.invariance is not None
    assert dense.invariance.left == pytest.approx(direct.invariance.left, abs=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("spec", ["S5", "C7 : C3", "C3 x Q8"])
def test_many_rows_measure_as_few_do(spec: str, dtype: str) -> None:
    """Beyond some size energies come from the fast transform and spans from the Gram matrix."""
    G = pw.group(spec)
    rows = 2_200_000 // G.order
    real = dtype.startswith("float")
    random = np.random.default_rng(0)
    # Harmonics in a space of half the dimension, so that ranks and coverages have something to say.
    pure = harmonics(G, G.order // 2, real=real)
    weights = (random.normal(size=(rows, len(pure))) @ pure).astype(dtype)
    many = pw.verify(weights, G)
    assert many.rows == rows
    few = pw.verify(weights[:50], G)
    np.testing.assert_allclose(many.row_shares[:50], few.row_shares, atol=2e-6)
    whole = pw.verify(np.linalg.qr(weights.astype(complex if not real else float), mode="r"), G)
    assert many.rank == whole.rank
    assert [c.rank for c in many.components] == [c.rank for c in whole.components]
    for a, b in zip(many.components, whole.components, strict=True):
        assert a.share == pytest.approx(b.share, abs=1e-6)
        assert a.coverage_left == pytest.approx(b.coverage_left)
        assert a.coverage_right == pytest.approx(b.coverage_right)
    assert many.invariance is not None
    assert whole.invariance is not None
    assert many.invariance.left == pytest.approx(whole.invariance.left, abs=1e-4)
    np.testing.assert_allclose(
        many.singular_values[:5] / many.singular_values[0],
        whole.singular_values[:5] / whole.singular_values[0],
        rtol=1e-5,
    )
