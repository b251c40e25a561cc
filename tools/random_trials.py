"""Random trials of the reconstruction: ``python tools/random_trials.py --trials 100000``.

Each trial makes blocks, factors, logits or a matrix out of a group of order at most 48, or out of something near a
group, with random noise, blocks left out, columns in random order, and asks `reconstruct` for the table. It counts what
came back; a certified table that is not the one that was put in ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import peterweyl as pw

Trial = tuple[dict[str, Any], "NDArray[np.int64] | None"]


@cache
def table_of(order: int, number: int) -> NDArray[np.int64]:
    """The table of a group of the catalogue."""
    return np.asarray(pw.small_group(order, number).table).astype(np.int64)


@cache
def irreps_of(order: int, number: int) -> tuple[NDArray[np.complex128], ...]:
    """Its irreducible representations."""
    return tuple(rho.matrices() for rho in pw.small_group(order, number).irreps)


def gaussian(rng: np.random.Generator, *shape: int) -> NDArray[np.complex128]:
    """Complex Gaussian numbers of variance 1."""
    return (rng.normal(size=shape) + 1j * rng.normal(size=shape)) / np.sqrt(2)


def some_group(rng: np.random.Generator, largest: int) -> tuple[int, int]:
    """A random group of random order."""
    order = int(rng.integers(1, largest + 1))
    return order, int(rng.integers(1, pw.number_of_groups(order) + 1))


def relabelled(table: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The table of the columns where column k is the element order[k]."""
    return np.argsort(order)[table[np.ix_(order, order)]]


def blocks_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Blocks of a group: noise, blocks left out, mixing, readings."""
    key = some_group(rng, largest)
    n = key[0]
    order = rng.permutation(n)
    noise = rng.choice([0.0, rng.uniform(0, 1.2)])
    kept = [rho for rho in irreps_of(*key) if rng.random() > 0.15] or [irreps_of(*key)[-1]]
    blocks = []
    flip = rng.random() < 0.5
    for rho in kept:
        d = rho.shape[1]
        values = rho[order].conj().transpose(0, 2, 1)
        if flip and rng.random() < 0.5:
            values = values.conj() if rng.random() < 0.5 else values.conj().transpose(0, 2, 1)
        values = values + noise * gaussian(rng, n, d, d) / np.sqrt(d)
        blocks.append(gaussian(rng, d, d) @ values @ gaussian(rng, d, d))
    return {"blocks": blocks}, relabelled(table_of(*key), order)


def spoiled_blocks_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Blocks near those of a group: columns swapped or replaced in some blocks; or no structure at all."""
    arguments, _ = blocks_trial(rng, largest)
    blocks = [block.copy() for block in arguments["blocks"]]
    n = len(blocks[0])
    kind = rng.integers(3)
    for block in blocks:
        if kind == 0 and n > 3:
            swap = rng.permutation(n)[: int(rng.integers(2, 4))]
            block[swap] = block[np.roll(swap, 1)]
        elif kind == 1:
            block[rng.integers(n)] = gaussian(rng, *block.shape[1:]) * np.abs(block).mean()
        else:
            block[:] = gaussian(rng, *block.shape)
    return {"blocks": blocks}, None


def factors_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Factors whose third is the convolution of the others, with noise."""
    key = some_group(rng, largest)
    n = key[0]
    table = relabelled(table_of(*key), rng.permutation(n))
    hidden = int(rng.integers(1, 6 * n + 2))
    u, v = rng.normal(size=(2, n, hidden))
    w = np.zeros((n, hidden))
    np.add.at(w, table.reshape(-1), (u[:, None] * v[None]).reshape(n * n, hidden))
    noise = rng.choice([0.0, rng.uniform(0, 1.2)])
    factors = [x + noise * (x.std() + 1e-9) * rng.normal(size=x.shape) for x in (u, v, w)]
    return {"factors": factors, "axis": 0}, table


def logits_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Logits of a table of a group, of one with wrong entries, or of an isotope, with noise."""
    key = some_group(rng, largest)
    n = key[0]
    table = relabelled(table_of(*key), rng.permutation(n))
    truth: NDArray[np.int64] | None = table
    kind = rng.integers(3)
    if kind == 1 and n > 1:
        table = table.copy()
        for _ in range(int(rng.integers(1, 4))):
            a, b = rng.integers(n, size=2)
            table[a, b] = (table[a, b] + rng.integers(1, n)) % n
    elif kind == 2:
        # An isotope: a Latin square that is the table of a group only by accident.
        table = rng.permutation(n)[table][rng.permutation(n)]
        truth = table
    logits = np.eye(n)[table] + rng.uniform(0, 0.6) * rng.normal(size=(n, n, n))
    # Noise may undo a wrong entry: what the logits say is what they answer.
    return {"logits": logits}, truth if kind != 1 or np.array_equal(logits.argmax(axis=2), truth) else None


def matrix_trial(rng: np.random.Generator, largest: int) -> Trial:
    """One matrix: generic up to unitary mixing, or a one-sided ideal, real or complex, with noise; or no group."""
    if rng.random() < 0.25:
        n = int(rng.integers(2, 9))
        matrix = gaussian(rng, int(rng.integers(1, n + 2)), n)
        return {"matrix": matrix.real if rng.random() < 0.5 else matrix}, None
    key = some_group(rng, min(largest, 24))
    n = key[0]
    order = rng.permutation(n)
    rows = []
    generic = rng.random() < 0.5
    for rho in irreps_of(*key):
        d = rho.shape[1]
        values = (gaussian(rng, d, d) if generic else gaussian(rng, 1, d)) @ rho[order]
        rows.append(values.reshape(n, -1).T)
    matrix = np.concatenate(rows)
    if rng.random() < 0.5:
        matrix = np.concatenate([matrix.real, matrix.imag])
    matrix = matrix + rng.choice([0.0, 1e-4, 0.01, 0.1]) * np.abs(matrix).mean() * rng.normal(
        size=matrix.shape
    )
    return {"matrix": matrix}, relabelled(table_of(*key), order)


KINDS = {
    "blocks": (blocks_trial, 0.4),
    "spoiled blocks": (spoiled_blocks_trial, 0.15),
    "factors": (factors_trial, 0.2),
    "logits": (logits_trial, 0.15),
    "matrix": (matrix_trial, 0.1),
}


def is_right(found: NDArray[np.int64], truth: NDArray[np.int64] | None) -> bool:
    """Whether the table found is that of a group isomorphic to the one that was put in."""
    if truth is None:
        return False
    try:
        known = pw.from_table(truth)
    except pw.NotAGroupError:
        return False
    return pw.from_table(found).is_isomorphic(known)


def is_exact(blocks: list[NDArray[np.complex128]], table: NDArray[np.int64]) -> bool:
    """Whether W(g) W(e)^-1 W(h) = W(gh), or W(hg), exactly: spoiled blocks may be those of another labelling."""
    identity = int(np.flatnonzero((table == np.arange(len(table))).all(axis=1))[0])
    for block in blocks:
        products = np.einsum("gij,jk,hkl->ghil", block, np.linalg.pinv(block[identity]), block)
        limit = 1e-6 * np.abs(block).max()
        if all(np.abs(products - block[t]).max() > limit for t in (table, table.T)):
            return False
    return True


def main() -> int:
    """Run the trials and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--largest", type=int, default=48, help="largest order (default 48)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long")
    options = parser.parse_args()
    names = [options.only] if options.only else list(KINDS)
    weights = np.array([KINDS[name][1] for name in names])
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    started = time.monotonic()
    done = 0
    for trial in range(options.trials):
        if time.monotonic() - started > 60 * options.minutes:
            break
        rng = np.random.default_rng([options.seed, trial])
        name = str(rng.choice(names, p=weights / weights.sum()))
        arguments, truth = KINDS[name][0](rng, options.largest)
        result = pw.reconstruct(**arguments)
        done += 1
        counts[name, "trials"] += 1
        counts[name, result.reason] += 1
        if result.table is not None and is_right(result.table, truth):
            counts[name, "right table"] += 1
        elif result.certified and name == "spoiled blocks" and is_exact(arguments["blocks"], result.table):
            counts[name, "certified: exact as it is"] += 1
        elif result.certified:
            wrong.append((options.seed, trial, name, repr(result)))
            print(f"certified wrong: seed {options.seed} trial {trial} {name} {result!r}", flush=True)
        elif result.reason == "uncertified":
            counts[name, "uncertified and not the one put in"] += 1
    for name in names:
        print(f"{name}: {counts[name, 'trials']:,} trials")
        for (kind, what), count in sorted(counts.items()):
            if kind == name and what != "trials":
                print(f"  {what:<36} {count:>8,}")
    print(f"{done:,} trials in {time.monotonic() - started:.0f} s, certified wrong: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
