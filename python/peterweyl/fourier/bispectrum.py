"""The bispectrum of a function on a group: all that is invariant under translations, in one product a pair of irreps.

For irreps a and b it is ``(fhat(a) (x) fhat(b)) fhat(a (x) b)^H``, where ``fhat(a (x) b)`` is the sum of
``f(g) (a(g) (x) b(g))^H`` (Kakarala 1992). No Clebsch–Gordan matrices are needed: column by column
``fhat(a (x) b)`` is the transform of ``f`` times an entry of ``conj(a)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import GroupTooLargeError

if TYPE_CHECKING:
    from .plan import FourierPlan

__all__ = ["bispectrum", "selected_pairs"]

#: Bytes that a bispectrum may take.
_MEMORY_LIMIT = 4 << 30


def selected_pairs(
    characters: NDArray[Any], sizes: NDArray[Any], degrees: list[int]
) -> list[tuple[int, int]]:
    """Pairs of irreps whose bispectra determine the whole one for almost every function.

    The trivial irrep with itself and with a generating one; then products with irreps that were reached before, each
    of which reaches a new one (Mataigne, Mathe, Sanborn, Hillar and Miolane 2024). Every choice of the first
    generating irrep is tried; the one with the fewest entries is taken.
    """
    count = len(degrees)
    weighted = characters.conj() * sizes
    products = characters[:, None, :] * characters[None, :, :]
    multiplicities = np.rint(np.einsum("abc,rc->abr", products, weighted).real / sizes.sum()).astype(int)
    best: list[tuple[int, int]] = [(0, 0)]
    best_cost: int | None = None
    for first in range(1, count):
        pairs, reached = [(0, 0)], {0}
        generators = [first]
        while len(reached) < count:
            if generators:
                generator = generators.pop()
                pairs.append((0, generator))
                reached.add(generator)
            found = min(
                (
                    (degrees[a] * degrees[b], a, b)
                    for a in reached - {0}
                    for b in reached - {0}
                    if a <= b and (a, b) not in pairs and set(np.flatnonzero(multiplicities[a, b])) - reached
                ),
                default=None,
            )
            if found is not None:
                pairs.append(found[1:])
                reached |= set(np.flatnonzero(multiplicities[found[1], found[2]]).tolist())
            elif len(reached) < count:
                generators.append(min(set(range(count)) - reached, key=lambda r: degrees[r]))
        cost = sum((degrees[a] * degrees[b]) ** 2 for a, b in pairs)
        if best_cost is None or cost < best_cost:
            best, best_cost = pairs, cost
    return best


def bispectrum(
    plan: FourierPlan, rows: NDArray[Any], pairs: list[tuple[int, int]]
) -> dict[tuple[int, int], NDArray[Any]]:
    """The bispectra of functions on the last axis, for some pairs of irreps."""
    irreps = plan.group.irreps
    batch = rows.shape[:-1]
    entries = sum((irreps[a].degree * irreps[b].degree) ** 2 for a, b in pairs)
    needed = entries * plan.dtype.itemsize * max(1, int(np.prod(batch)))
    if needed > _MEMORY_LIMIT:
        raise GroupTooLargeError(
            f"bispectrum: it takes {needed >> 20} MiB, the limit is {_MEMORY_LIMIT >> 20} MiB; ask for fewer "
            "functions, or for the selective one",
            order=plan.group.order,
            limit=_MEMORY_LIMIT,
        )
    spectrum = plan.forward(rows)
    blocks = plan.blocks(spectrum)
    result = {}
    for a in sorted({a for a, _ in pairs}):
        d = irreps[a].degree
        # products[..., i, j, g] = f(g) conj(a(g)[j, i])
        entries_of_a = irreps[a].matrices().conj().transpose(2, 1, 0).astype(plan.dtype)
        transforms = plan.blocks(plan.forward(rows[..., None, None, :] * entries_of_a))
        for b in [y for x, y in pairs if x == a]:
            e = irreps[b].degree
            # [..., i, j, k, l] -> rows (i, k), columns (j, l)
            joint = np.moveaxis(transforms[b], -2, -3).reshape(*batch, d * e, d * e)
            outer = blocks[a][..., :, None, :, None] * blocks[b][..., None, :, None, :]
            result[a, b] = outer.reshape(*batch, d * e, d * e) @ np.swapaxes(joint.conj(), -1, -2)
    return result
