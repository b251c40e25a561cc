"""Every measure against an independent calculation, on the trained networks that lie beside the repository."""

from __future__ import annotations

import functools
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl.harmonics import Verdict

FOLDER = Path(__file__).parents[2].parent / "shared" / "weights"
TOLERANCE = 1e-6

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of trained networks is not beside the repository"
)

Case = dict[str, Any]
Array = NDArray[Any]


def _cases() -> dict[str, Case]:
    if not FOLDER.is_dir():
        return {}
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in manifest["cases"] if "reference_metrics" in case}


CASES = _cases()

# Where the verdict differs from the word in the manifest. For spectral networks that word comes from a table read-out.
DIFFERENT_WORD = {
    # Read-out better than chance, energies not: below or within what Gaussian blocks show.
    "sp_A4_ref_n0.0_s0": Verdict.NOT,
    "sp_S3_ref_n0.0_s1": Verdict.NOT,
    # The read-out fails, but one of the blocks is a representation already and the energies are beyond chance.
    "sp_D4_weighted_n0.0_s0_step100": Verdict.PARTIALLY,
    # All functions of mean zero: every group of the order leaves that space invariant, and the report says so.
    "tr_S3_shuffled_wrong_order": Verdict.SPAN,
    "tr_C23_shuffled_wrong_order": Verdict.SPAN,
    # D4 and Q8 have equal isotypic components but for the labels of elements: four of five survive the wrong order.
    "wrong_D4_as_Q8": Verdict.PARTIALLY,
    # Rounding to 8 bits leaves a purity of 0.99998.
    "deg_D4_integer": Verdict.HARMONIC,
}


@functools.cache
def _tensors(name: str) -> dict[str, Array]:
    case = CASES[name]
    weights = pw.load_weights(FOLDER / case["files"][0]["file"])
    loaded = {key: np.asarray(weights[key]) for key in weights}
    result = {}
    for position, (key, facts) in enumerate(case["tensors"].items()):
        exact = [other for other in loaded if other == key or other.endswith((f".{key}", f"/{key}"))]
        # Containers without names (Keras numbers its layers, a CSV has none) keep the order.
        array = loaded[exact[0]] if exact else loaded[sorted(loaded)[position]]
        assert list(array.shape) == facts["shape"], (name, key)
        result[key] = array
    return result


@functools.cache
def _group(name: str) -> pw.Group:
    case = CASES[name]
    hypothesis = case["reference_metrics"]["table_used"] == "hypothesis_table.npy"
    return pw.from_table(np.load(FOLDER / case["hypothesis_table" if hypothesis else "table"]))


def _blocks(name: str) -> list[Array] | None:
    """The blocks of a case that has some, the implied identity put back."""
    case, tensors = CASES[name], _tensors(name)
    order = _group(name).order
    keys = sorted(tensors, key=lambda key: int(re.sub(r"\D", "", key) or 0))
    if tensors[keys[0]].ndim >= 3:
        blocks = []
        for key in keys:
            block = tensors[key]
            if block.ndim == 4:
                block = block[..., 0] + 1j * block[..., 1]
            if len(block) == order - 1:
                block = np.insert(block, 0, np.eye(block.shape[1]), axis=0)
            blocks.append(block)
        return blocks
    sizes = re.search(r"block(?: size)?s:? (\[[\d, ]+\])", case["convention"])
    if sizes is None:
        return None
    rows, first, blocks = tensors[keys[0]], 0, []
    for degree in json.loads(sizes.group(1)):
        blocks.append(rows[first : first + degree**2].T.reshape(order, degree, degree))
        first += degree**2
    assert first == len(rows)
    return blocks


def _matrix(name: str, matrix: str) -> Array:
    """A matrix of the manifest with the elements on its last axis, made as its name says."""
    tensors = _tensors(name)
    if matrix == "W_flat":
        blocks = _blocks(name)
        if blocks is None:
            (rows,) = tensors.values()
            return rows
        return np.concatenate([block.reshape(len(block), -1).T for block in blocks])
    if matrix.startswith("hidden_"):
        embedding = tensors[f"E_{matrix[7]}"].astype(float)
        width = embedding.shape[1]
        mixing = tensors["W_in"].astype(float)
        return (embedding @ (mixing[:width] if matrix[7] == "a" else mixing[width:])).T
    key = matrix.removesuffix(".T").removeprefix("A@")
    array = tensors[key] if key in tensors else tensors[f"params.{key}"]
    return array.T if matrix.endswith(".T") else array


@functools.cache
def _verified(name: str, matrix: str) -> pw.Verification:
    return pw.verify(_matrix(name, matrix), _group(name))


def _deviations(name: str, matrix: str) -> dict[str, float]:
    """The largest deviation of each measure from the manifest."""
    expected = CASES[name]["reference_metrics"]["per_matrix"][matrix]
    v = _verified(name, matrix)
    words = {"mean": "mean", "weighted": "weighted", "min": "minimum", "median": "median"}
    result = {
        "purity": max(
            abs(getattr(v.purity, ours) - expected["best_fraction"][theirs]) for theirs, ours in words.items()
        ),
        "live rows": abs(v.live_rows - expected["live_rows"]),
        "rows": abs(v.rows - expected["rows"]),
        "rank": abs((v.rank or 0) - expected["numeric_rank"]),
    }
    spectrum = sorted((component.dimension, component.share) for component in v.components)
    reference = sorted((expected["dims"][key], share) for key, share in expected["spectrum"].items())
    assert [dimension for dimension, _ in spectrum] == [dimension for dimension, _ in reference]
    result["spectrum"] = max(abs(a - b) for (_, a), (_, b) in zip(spectrum, reference, strict=True))
    if name.endswith("_float16"):
        result["spectrum"] *= (
            0.01  # their spectrum was taken before the weights were rounded to half precision
        )
    if v.verdict is Verdict.TRIVIAL:
        # Nothing but rounding is left without the mean: no number, where the reference divided by 1e-30.
        result["purity without trivial"] = 0.0 if math.isnan(v.purity_nontrivial.weighted) else math.inf
    else:
        result["purity without trivial"] = max(
            abs(getattr(v.purity_nontrivial, ours) - expected["best_fraction_no_trivial"][theirs])
            for theirs, ours in words.items()
        )
    return result


WITH_MATRICES = [name for name, case in CASES.items() if case["reference_metrics"]["per_matrix"]]


@pytest.mark.parametrize("name", WITH_MATRICES)
def test_measures_equal_the_reference(name: str) -> None:
    for matrix in CASES[name]["reference_metrics"]["per_matrix"]:
        deviations = _deviations(name, matrix)
        assert max(deviations.values()) <= TOLERANCE, (matrix, deviations)


@pytest.mark.parametrize("name", WITH_MATRICES)
def test_chance_equals_the_reference(name: str) -> None:
    expected = CASES[name]["reference_metrics"]["chance_level"]
    v = _verified(name, next(iter(CASES[name]["reference_metrics"]["per_matrix"])))
    assert v.chance == pytest.approx(expected["best_fraction"], abs=0.01)
    assert v.chance_nontrivial == pytest.approx(expected["best_fraction_no_trivial"], abs=0.01)


def test_how_many_agree(capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [
        (name, matrix) for name in WITH_MATRICES for matrix in CASES[name]["reference_metrics"]["per_matrix"]
    ]
    agree = sum(max(_deviations(*pair).values()) <= TOLERANCE for pair in pairs)
    words = [_judged(name) for name in TRUTH]
    same = sum(word is TRUTH[name] for word, name in zip(words, TRUTH, strict=True))
    with capsys.disabled():
        print(
            f"\nmeasures agree on {agree} of {len(pairs)} matrices, verdicts on {same} of {len(words)} cases",
            end=" ",
        )
    assert agree == len(pairs)


WORDS = {
    True: Verdict.HARMONIC,
    "approx": Verdict.APPROXIMATELY,
    "partial": Verdict.PARTIALLY,
    False: Verdict.NOT,
    "span only": Verdict.SPAN,
    "trivial only": Verdict.TRIVIAL,
}
TRUTH = {
    name: WORDS[CASES[name]["truth"]["is_harmonic"]]
    for name in WITH_MATRICES
    if CASES[name]["truth"]["is_harmonic"] in WORDS
}


@functools.cache
def _judged(name: str) -> Verdict:
    """The verdict on what the truth speaks of: all blocks, or the functions that enter the neurons."""
    blocks = _blocks(name)
    if blocks is not None:
        return pw.verify(blocks, _group(name), blocks=True).verdict
    matrices = list(CASES[name]["reference_metrics"]["per_matrix"])
    hidden = [matrix for matrix in matrices if matrix.startswith("hidden_a")]
    return _verified(name, (hidden or matrices)[0]).verdict


@pytest.mark.parametrize("name", TRUTH)
def test_verdict_is_the_truth_or_a_known_difference(name: str) -> None:
    expected = DIFFERENT_WORD.get(name, TRUTH[name])
    assert _judged(name) is expected


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if case["category"] == "wrong_hypothesis"]
)
def test_a_wrong_hypothesis_is_less_harmonic_than_the_true_one(name: str) -> None:
    wrong = _verified(name, next(iter(CASES[name]["reference_metrics"]["per_matrix"])))
    assert not wrong.holds
    true = pw.verify(
        _matrix(name, next(iter(CASES[name]["reference_metrics"]["per_matrix"]))),
        pw.from_table(np.load(FOLDER / CASES[name]["table"])),
    )
    assert true.holds
    assert true.excess > wrong.excess + 0.2


@pytest.mark.parametrize("group", ["D4", "S3", "C7C3"])
def test_a_noise_ladder_is_monotone(group: str) -> None:
    ladder = [f"noise_{group}_sigma{sigma}" for sigma in ("0.02", "0.1", "0.3", "0.6", "1.0")]
    purities = [_verified(name, "W_flat").purity.weighted for name in ladder if name in CASES]
    assert purities == sorted(purities, reverse=True)


@pytest.mark.parametrize(
    "name", [name for name, case in CASES.items() if not case["reference_metrics"]["per_matrix"]]
)
def test_degenerate_weights_are_refused_or_undecided(name: str) -> None:
    weights = next(iter(_tensors(name).values()))
    if name.endswith("_all_zero"):
        v = pw.verify(weights, _group(name))
        assert v.verdict is Verdict.UNDECIDED
        assert v.live_rows == 0
    else:
        with pytest.raises(pw.ArgumentError, match=r"got nan|expected length"):
            pw.verify(weights, _group(name))
