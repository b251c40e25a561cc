"""Random trials of the reconstruction: ``python tools/random_trials.py --trials 100000``.

Each trial makes blocks, factors, logits or a matrix out of a group of order at most 48, or out of something near a
group, with random noise, blocks left out, columns in random order, and asks `reconstruct` for the table. It counts what
came back, by kind, by order and by noise; a certified table that is not the one that was put in ends the run with exit
code 1. Every trial has a seed of its own, so a run can be cut into ranges (``--first``).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import peterweyl as pw


class Trial(NamedTuple):
    """Arguments of `reconstruct`, and what they were made of.

    Attributes:
        arguments: for `reconstruct`.
        truth: the table in the labels of the columns; ``None`` when there is no group.
        form: what was made, for the counts.
        noise: relative to the root mean square of the entries, of data that are complete; else ``None``.
        labels: whether the columns must be those of the truth up to the choice of the identity and of the opposite.
    """

    arguments: dict[str, Any]
    truth: NDArray[np.int64] | None
    form: str
    noise: float | None = None
    labels: bool = True


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
    return np.asarray((rng.normal(size=shape) + 1j * rng.normal(size=shape)) / np.sqrt(2))


def some_group(rng: np.random.Generator, largest: int) -> tuple[int, int]:
    """A random group of random order."""
    order = int(rng.integers(1, largest + 1))
    return order, int(rng.integers(1, pw.number_of_groups(order) + 1))


def relabelled(table: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The table of the columns where column k is the element order[k]."""
    return np.argsort(order)[table[np.ix_(order, order)]]


def switched(table: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """A Latin square that differs from the table in one cycle of two rows: a loop near the group."""
    square = table.copy()
    a, b = rng.choice(len(table), size=2, replace=False)
    start = column = int(rng.integers(len(table)))
    while True:
        square[a, column], square[b, column] = table[b, column], table[a, column]
        column = int(np.flatnonzero(table[a] == table[b, column])[0])
        if column == start:
            return square


def latin_square(table: NDArray[np.int64], rng: np.random.Generator) -> tuple[NDArray[np.int64], str]:
    """A Latin square that is the table of a group only by accident: a loop near one, an isotope, or both."""
    n = len(table)
    kind = int(rng.integers(3)) if n > 3 else 1
    if kind != 1:
        for _ in range(int(rng.integers(1, 4))):
            table = switched(table, rng)
    if kind != 0:
        table = rng.permutation(n)[table][rng.permutation(n)][:, rng.permutation(n)]
    return table, ("near-group loop", "isotope of a group", "isotope of a loop")[kind]


def some_noise(rng: np.random.Generator, largest: float = 1.2) -> float:
    """None, or a random amount."""
    return float(rng.choice([0.0, rng.uniform(0, largest)]))


def blocks_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Blocks of a group: noise, blocks left out, mixing, readings."""
    key = some_group(rng, largest)
    n = key[0]
    order = rng.permutation(n)
    noise = some_noise(rng)
    irreps = irreps_of(*key)
    dropping = 0.0 if rng.random() < 0.4 else 0.2
    kept = [rho for rho in irreps if rng.random() >= dropping] or [irreps[-1]]
    blocks = []
    flip = rng.random() < 0.5
    for rho in kept:
        d = rho.shape[1]
        values = rho[order].conj().transpose(0, 2, 1)
        if flip and rng.random() < 0.5:
            values = values.conj() if rng.random() < 0.5 else values.conj().transpose(0, 2, 1)
        values = values + noise * gaussian(rng, n, d, d) / np.sqrt(d)
        blocks.append(gaussian(rng, d, d) @ values @ gaussian(rng, d, d))
    complete = len(kept) == len(irreps)
    return Trial(
        {"blocks": blocks},
        relabelled(table_of(*key), order),
        "all blocks" if complete else "blocks left out",
        noise if complete else None,
        not flip,
    )


def spoiled_blocks_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Blocks near those of a group: columns swapped or replaced in some blocks; or no structure at all."""
    blocks = [block.copy() for block in blocks_trial(rng, largest).arguments["blocks"]]
    n = len(blocks[0])
    kind = int(rng.integers(3))
    for block in blocks:
        if kind == 0 and n > 3:
            swap = rng.permutation(n)[: int(rng.integers(2, 4))]
            block[swap] = block[np.roll(swap, 1)]
        elif kind == 1:
            block[rng.integers(n)] = gaussian(rng, *block.shape[1:]) * np.abs(block).mean()
        else:
            block[:] = gaussian(rng, *block.shape)
    return Trial({"blocks": blocks}, None, ("columns swapped", "columns replaced", "no structure")[kind])


def factors_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Factors with noise: of irreps, some left out; or the third the convolution of others by a group or a loop."""
    key = some_group(rng, largest)
    n = key[0]
    order = rng.permutation(n)
    table = relabelled(table_of(*key), order)
    noise = some_noise(rng)
    if rng.random() < 0.4:
        irreps = irreps_of(*key)
        dropping = 0.0 if rng.random() < 0.5 else 0.1
        kept = [rho[order] for rho in irreps if rng.random() >= dropping] or [irreps[-1][order]]
        parts: list[list[NDArray[np.complex128]]] = [[], [], []]
        for rho in kept:
            # sum over i, j, k of rho(a)_ij rho(b)_jk conj(rho(c)_ik) is the character of a b c^-1.
            shape = (n, *(rho.shape[1:2] * 3))
            units = (rho[:, :, :, None], rho[:, None], rho.conj()[:, :, None, :])
            for part, unit in zip(parts, units, strict=True):
                part.append(np.broadcast_to(unit, shape).reshape(n, -1) * np.cbrt(rho.shape[1]))
        factors = [np.concatenate(part, axis=1) for part in parts]
        factors = [x + noise * np.sqrt(np.mean(np.abs(x) ** 2)) * gaussian(rng, *x.shape) for x in factors]
        complete = len(kept) == len(irreps)
        form = "irreps of a group" if complete else "irreps left out"
        return Trial({"factors": factors, "axis": 0}, table, form, noise if complete else None)
    form = "convolution by a group"
    if rng.random() < 0.4:
        table, form = latin_square(table, rng)
    hidden = int(rng.integers(1, 6 * n + 2)) if rng.random() < 0.8 else 30 * n
    u, v = rng.normal(size=(2, n, hidden))
    w = np.zeros((n, hidden))
    np.add.at(w, table.reshape(-1), (u[:, None] * v[None]).reshape(n * n, hidden))
    factors = [x + noise * (x.std() + 1e-9) * rng.normal(size=x.shape) for x in (u, v, w)]
    return Trial({"factors": factors, "axis": 0}, table, form)


def logits_trial(rng: np.random.Generator, largest: int) -> Trial:
    """Logits of a table of a group, of one with wrong entries, or of a Latin square, with noise."""
    key = some_group(rng, largest)
    n = key[0]
    table = relabelled(table_of(*key), rng.permutation(n))
    truth = table
    kind = rng.integers(3)
    form = "group"
    if kind == 1 and n > 1:
        form = "group with wrong entries"
        table = table.copy()
        for _ in range(int(rng.integers(1, 4))):
            a, b = rng.integers(n, size=2)
            table[a, b] = (table[a, b] + rng.integers(1, n)) % n
    elif kind == 2:
        table, form = latin_square(table, rng)
        truth = table
    noise = rng.uniform(0, 0.6)
    logits = np.eye(n)[table] + noise * rng.normal(size=(n, n, n))
    # Noise may undo a wrong entry: what the logits say is what they answer.
    restored = form != "group with wrong entries" or np.array_equal(logits.argmax(axis=2), truth)
    return Trial({"logits": logits}, truth if restored else None, form, noise if form == "group" else None)


def matrix_trial(rng: np.random.Generator, largest: int) -> Trial:
    """One matrix: generic up to unitary mixing, or a one-sided ideal, real or complex, with noise; or no group."""
    if rng.random() < 0.25:
        n = int(rng.integers(2, 9))
        matrix = gaussian(rng, int(rng.integers(1, n + 2)), n)
        return Trial({"matrix": matrix.real if rng.random() < 0.5 else matrix}, None, "no group")
    key = some_group(rng, largest)
    n = key[0]
    order = rng.permutation(n)
    rows = []
    generic = rng.random() < 0.5
    for rho in irreps_of(*key):
        d = rho.shape[1]
        values = (gaussian(rng, d, d) if generic else gaussian(rng, 1, d)) @ rho[order]
        rows.append(values.reshape(n, -1).T)
    matrix = np.concatenate(rows)
    real = rng.random() < 0.5
    if real:
        matrix = np.concatenate([matrix.real, matrix.imag])
    noise = float(rng.choice([0.0, 1e-4, 0.01, 0.1]))
    matrix = matrix + noise * np.abs(matrix).mean() * rng.normal(size=matrix.shape)
    form = f"{'real' if real else 'complex'}, {'generic' if generic else 'one-sided ideal'}"
    return Trial({"matrix": matrix}, relabelled(table_of(*key), order), form)


KINDS = {
    "blocks": (blocks_trial, 0.4),
    "spoiled blocks": (spoiled_blocks_trial, 0.15),
    "factors": (factors_trial, 0.2),
    "logits": (logits_trial, 0.15),
    "matrix": (matrix_trial, 0.1),
}


def is_right(name: str, result: pw.Reconstruction, trial: Trial) -> bool:
    """Whether the table found is the one that was put in, as far as the data can tell its labels."""
    found, truth = result.table, trial.truth
    if truth is None or found is None:
        return False
    if name in ("factors", "logits"):
        return np.array_equal(found, truth)
    try:
        known = pw.from_table(truth)
    except pw.NotAGroupError:
        return False
    if not trial.labels:
        return pw.from_table(found).is_isomorphic(known)
    base = int(np.flatnonzero((found == np.arange(len(found))).all(axis=1))[0])
    inverse = int(np.flatnonzero(truth[base] == known.identity)[0])
    heap = truth[:, truth[inverse]]
    return np.array_equal(found, heap) or np.array_equal(found, heap.T)


def is_near(blocks: list[NDArray[np.complex128]], result: pw.Reconstruction) -> bool:
    """Whether W(g) W(e)^-1 W(h) is nearly W(gh), or W(hg): spoiled blocks may be those of another labelling.

    Computed here directly; of unrelated columns the deviation is about 1.4.
    """
    table = result.table
    if table is None:
        return False
    identity = int(np.flatnonzero((table == np.arange(len(table))).all(axis=1))[0])
    for block in blocks:
        products = np.einsum("gij,jk,hkl->ghil", block, np.linalg.pinv(block[identity]), block)
        size = np.sqrt(np.mean(np.abs(block) ** 2))
        deviations = [np.sqrt(np.mean(np.abs(products - block[t]) ** 2)) / size for t in (table, table.T)]
        if min(deviations) > 0.8:
            return False
    return True


class Counts:
    """What came back: by kind and form, by order, by noise."""

    def __init__(self) -> None:
        self.trials = 0
        self.by_form: Counter[tuple[str, str, str]] = Counter()
        self.by_order: Counter[int] = Counter()
        self.by_noise: Counter[tuple[str, int, str]] = Counter()
        self.wrong = 0

    def add(self, name: str, trial: Trial, result: pw.Reconstruction, seeds: tuple[int, int]) -> None:
        """Count one answer, and report it when it is certified and wrong."""
        self.trials += 1
        right = is_right(name, result, trial)
        words = ["trials", result.reason]
        if right:
            words.append("= right table")
        elif result.certified and name == "spoiled blocks" and is_near(trial.arguments["blocks"], result):
            words.append("= certified, near exact as it is")
        elif result.certified:
            words.append("= CERTIFIED WRONG")
            self.wrong += 1
            print(
                f"certified wrong: seed {seeds[0]} trial {seeds[1]} {name} {trial.form} {result!r}",
                flush=True,
            )
        elif result.reason == "uncertified":
            words.append("= uncertified and not the one put in")
        for word in words:
            self.by_form[name, trial.form, word] += 1
        self.by_order[(result.columns - 1) // 8] += 1
        if trial.noise is not None and result.columns > 4:
            bin_ = -1 if trial.noise == 0 else int(trial.noise / 0.2)
            self.by_noise[name, bin_, "trials"] += 1
            self.by_noise[name, bin_, "right"] += right
            self.by_noise[name, bin_, "certified"] += result.certified

    def print(self, seconds: float) -> None:
        """The tables."""
        for name in KINDS:
            total = sum(c for (kind, _, word), c in self.by_form.items() if kind == name and word == "trials")
            print(f"{name}: {total:,} trials")
            for form in sorted({form for kind, form, _ in self.by_form if kind == name}):
                words = {w: c for (kind, f, w), c in self.by_form.items() if kind == name and f == form}
                others = ", ".join(f"{w} {c:,}" for w, c in sorted(words.items()) if w != "trials")
                print(f"  {form} ({words['trials']:,}): {others}")
            bins = sorted({b for kind, b, _ in self.by_noise if kind == name})
            for b in bins:
                trials, right, certified = (
                    self.by_noise[name, b, w] for w in ("trials", "right", "certified")
                )
                label = "0" if b < 0 else f"{0.2 * b:.1f}-{0.2 * b + 0.2:.1f}"
                share = f"right {100 * right / trials:5.1f} %, certified {100 * certified / trials:5.1f} %"
                print(f"    noise {label:<8} {trials:>6,} complete, above 4 columns: {share}")
        spread = ", ".join(f"{8 * k + 1}-{8 * k + 8}: {c:,}" for k, c in sorted(self.by_order.items()))
        print(f"orders {spread}")
        print(f"{self.trials:,} trials in {seconds:.0f} s, certified wrong: {self.wrong}", flush=True)


def main() -> int:
    """Run the trials and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first trial")
    parser.add_argument("--largest", type=int, default=48, help="largest order (default 48)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--every", type=int, default=5000, help="print the counts so far each so many trials")
    options = parser.parse_args()
    names = [options.only] if options.only else list(KINDS)
    weights = np.array([KINDS[name][1] for name in names])
    counts = Counts()
    started = time.monotonic()
    for number in range(options.first, options.first + options.trials):
        if time.monotonic() - started > 60 * options.minutes:
            break
        rng = np.random.default_rng([options.seed, number])
        name = str(rng.choice(names, p=weights / weights.sum()))
        trial = KINDS[name][0](rng, options.largest)
        counts.add(name, trial, pw.reconstruct(**trial.arguments), (options.seed, number))
        if counts.trials % options.every == 0:
            counts.print(time.monotonic() - started)
    counts.print(time.monotonic() - started)
    return 1 if counts.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
