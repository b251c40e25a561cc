"""Laws of reconstruct(): what must not change the isomorphism class that is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw

ROOT = Path(__file__).parents[2]

SPECS = [
    "C2",
    "C3",
    "C4",
    "C2^2",
    "C5",
    "C6",
    "S3",
    "C7",
    "C8",
    "D4",
    "Q8",
    "C2^3",
    "C9",
    "D5",
    "A4",
    "D6",
    "Dic3",
]
seeds = st.integers(0, 2**32 - 1)


def gaussian(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def exact_blocks(spec):
    return [rho.matrices().conj().transpose(0, 2, 1) for rho in pw.group(spec).irreps]


def unitary(rng, d):
    return np.linalg.qr(gaussian(rng, d, d))[0]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SPECS), seeds)
def test_blocks_relabelled_scaled_mixed_and_shifted(spec, seed):
    """Any order of the columns, any scale, any two unitaries, any column as the one of the identity."""
    rng = np.random.default_rng(seed)
    n = pw.group(spec).order
    order = rng.permutation(n)
    reference = rng.integers(n)
    blocks = []
    for values in exact_blocks(spec):
        d = values.shape[1]
        shifted = values[reference].conj().T @ values
        blocks.append(10.0 ** rng.uniform(-6, 6) * unitary(rng, d) @ shifted[order] @ unitary(rng, d))
    r = pw.reconstruct(blocks=[blocks[k] for k in rng.permutation(len(blocks))], seed=seed % 7)
    assert r.group.is_isomorphic(pw.group(spec))
    assert r.certified or n <= 4  # of two or three columns chance makes a group


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SPECS), seeds)
def test_factors_relabelled_and_scaled(spec, seed):
    """Elements in any order, neurons in any order, a scale for each neuron and factor, a constant added to each."""
    rng = np.random.default_rng(seed)
    table = np.asarray(pw.group(spec).table).astype(np.int64)
    n = len(table)
    order = rng.permutation(n)
    table = np.argsort(order)[table[np.ix_(order, order)]]
    hidden = 20 * n
    u, v = rng.normal(size=(2, n, hidden))
    w = np.zeros((n, hidden))
    np.add.at(w, table.reshape(-1), (u[:, None] * v[None]).reshape(n * n, hidden))
    a, b = 10.0 ** rng.uniform(-1, 1, size=(2, hidden))
    neurons = rng.permutation(hidden)
    factors = [x[:, neurons] + rng.normal() for x in (u * a, v * b, w / (a * b))]
    r = pw.reconstruct(factors=factors, axis=0, seed=seed % 7)
    np.testing.assert_array_equal(r.table, table)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SPECS[2:]), seeds)
def test_a_matrix_relabelled_scaled_and_mixed(spec, seed):
    """Any order of the columns and any unitary on the rows."""
    rng = np.random.default_rng(seed)
    n = pw.group(spec).order
    matrix = np.concatenate(
        [
            (gaussian(rng, *values.shape[1:]) @ values.conj().transpose(0, 2, 1)).reshape(n, -1).T
            for values in exact_blocks(spec)
        ]
    )
    first = pw.reconstruct(matrix=matrix)
    moved = 10.0 ** rng.uniform(-6, 6) * unitary(rng, n) @ matrix[:, rng.permutation(n)]
    second = pw.reconstruct(matrix=moved, seed=seed % 7)
    assert first.group.is_isomorphic(pw.group(spec))
    assert second.group.is_isomorphic(first.group)
    assert second.reason == first.reason


def test_some_random_trials_certify_nothing_wrong():
    """The tool that runs many more of them."""
    command = [sys.executable, str(ROOT / "tools" / "random_trials.py"), "--trials", "60", "--largest", "12"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "certified wrong: 0" in result.stdout
