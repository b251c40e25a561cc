"""``peterweyl bench reconstruct``: tables out of blocks, factors and matrices, and scores against known groups."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..groups import Group, from_table, group
from ..reconstruction import reconstruct
from .table import Row, Table
from .timing import measure

DESCRIPTION = "multiplication tables out of blocks, factors and single matrices; scores against known groups"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the topic."""
    parser.add_argument("--quick", action="store_true", help="leave out what takes seconds")


def blocks_of(spec: str, noise: float, seed: int = 0) -> list[NDArray[np.complex128]]:
    """Blocks A rho(g)^H B of all irreps in random order of the columns; noise relative to the rms of the entries."""
    rng = np.random.default_rng(seed)
    known = group(spec)
    order = rng.permutation(known.order)
    blocks = []
    for rho in known.irreps:
        d = rho.degree
        values = rho.matrices()[order].conj().transpose(0, 2, 1)
        values = values + noise / np.sqrt(2 * d) * _gaussian(rng, *values.shape)
        blocks.append(_gaussian(rng, d, d) @ values @ _gaussian(rng, d, d))
    return blocks


def cosine_factors(n: int, hidden: int, seed: int = 0) -> tuple[NDArray[np.float64], ...]:
    """The factors of a network that adds modulo n by cosines of a few frequencies."""
    rng = np.random.default_rng(seed)
    frequencies = rng.choice(np.arange(1, (n - 1) // 2 + 1), size=8, replace=False)
    k = frequencies[np.arange(hidden) % len(frequencies)]
    first, second = rng.uniform(0, 2 * np.pi, size=(2, hidden))
    angles = 2 * np.pi * np.outer(np.arange(n), k) / n
    return np.cos(angles + first), np.cos(angles + second), np.cos(angles + first + second)


def irrep_factors(degree: int, hidden: int, noise: float, seed: int = 0) -> tuple[NDArray[np.float64], ...]:
    """Factors of a network over S_n of neurons of rank one in the irrep of degree n - 1, as trained ones have.

    u = b' rho(x) a, v = a' rho(y) c, w = b' rho(z) c with b and c from the orbit of n vectors and a few vectors a.
    """
    rng = np.random.default_rng(seed)
    n = degree + 1
    symmetric = group(f"S{n}")
    rho = next(irrep for irrep in symmetric.irreps if irrep.degree == degree).matrices().real
    # The vectors of the orbit are the axes of the n corners of a simplex: fixed by the stabiliser of a point.
    fixed = rho[np.asarray(symmetric.permutations)[:, n - 1] == n - 1].mean(axis=0)
    corner = np.linalg.svd(fixed)[0][:, 0]
    corners = np.unique(np.round(rho @ corner, 9), axis=0)
    pairs = [(b, c) for b in corners for c in corners]
    count = hidden // len(pairs)
    b = np.array([pair[0] for pair in pairs] * count).T
    c = np.array([pair[1] for pair in pairs] * count).T
    a = np.repeat(rng.normal(size=(count, degree)), len(pairs), axis=0).T
    factors = [
        np.einsum("im,gij,jm->gm", b, rho, a, optimize=True),
        np.einsum("im,gij,jm->gm", a, rho, c, optimize=True),
        np.einsum("im,gij,jm->gm", b, rho, c, optimize=True),
    ]
    factors = [np.pad(x, ((0, 0), (0, hidden - x.shape[1]))) for x in factors]
    return tuple(x + noise * x.std() * rng.normal(size=x.shape) for x in factors)


def one_sided_matrix(spec: str, seed: int = 0) -> NDArray[np.float64]:
    """Mixed real rows (rho(g) v)_p for every real irrep of degree above 1, half of the rank that there is at most."""
    rng = np.random.default_rng(seed)
    rows: list[NDArray[np.float64]] = []
    for rho in group(spec).irreps:
        if rho.degree > 1:
            rows += list((rho.matrices() @ rng.normal(size=rho.degree)).real.T)
    stacked = np.array(rows)
    return rng.normal(size=(len(stacked) + 4, len(stacked))) @ stacked


def relabelled(spec: str, seed: int = 0) -> NDArray[np.int64]:
    """The table of a group with its labels in random order."""
    rng = np.random.default_rng(seed)
    table = np.asarray(group(spec).table)
    names = rng.permutation(len(table))
    result = np.empty(table.shape, dtype=np.int64)
    result[np.ix_(names, names)] = names[table]
    return result


def _gaussian(rng: np.random.Generator, *shape: int) -> NDArray[np.complex128]:
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def _is(spec: str, **arguments: Any) -> None:
    found = reconstruct(**arguments)
    if found.group is None or not found.group.is_isomorphic(_known(spec)):
        raise AssertionError(f"expected {spec}, got {found!r}")


def _known(spec: str, cache: dict[str, Group] = {}) -> Group:  # noqa: B006
    if spec not in cache:
        cache[spec] = group(spec)
    return cache[spec]


def _isomorphic(table: NDArray[np.int64], spec: str) -> None:
    if not from_table(table).is_isomorphic(_known(spec)):
        raise AssertionError(f"expected {spec}")


def run(options: argparse.Namespace) -> list[Table]:
    """Measure everything the topic is about."""
    rows: list[Row] = []

    def add(task: str, goal: float | None, work: Callable[[], Any], note: str = "") -> None:
        rows.append(Row(task, measure(work, at_most=30).best, goal, note=note))

    add("blocks, S5, exact", 20e-3, partial(_is, "S5", blocks=blocks_of("S5", 0.0)))
    add("blocks, S5, noise 0.3", None, partial(_is, "S5", blocks=blocks_of("S5", 0.3)))
    if not options.quick:
        add("blocks, S6, noise 0.3", 2.0, partial(_is, "S6", blocks=blocks_of("S6", 0.3)))
        add(
            "blocks, PSL(2,11) x C2, exact",
            10.0,
            partial(_is, "PSL(2,11) x C2", blocks=blocks_of("PSL(2,11) x C2", 0.0)),
        )
    cyclic = cosine_factors(113, 128)
    add("factors, C113, hidden 128", 20e-3, partial(_is, "C113", factors=cyclic, order=113))
    symmetric = irrep_factors(5, 128, 0.1)
    add(
        "factors, S6, hidden 128",
        250e-3,
        partial(_is, "S6", factors=symmetric, order=720),
        "74 % of the largest scores are right",
    )
    add("one matrix, S5", 1.0, partial(_is, "S5", matrix=one_sided_matrix("S5")), "rank 24 to 60")
    for spec, goal in (("S5", 1e-3), ("S6", 5e-3)):
        table = relabelled(spec)
        _known(spec).table  # noqa: B018
        add(f"isomorphism score, {spec}", goal, partial(_isomorphic, table, spec))
    return [Table("Reconstruct", rows, ["every answer is checked against the group that was put in"])]
