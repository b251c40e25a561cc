"""Any representation as a sum of the group's irreps: multiplicities, and the basis that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import ArgumentError, GroupTooLargeError, NotARepresentationError

if TYPE_CHECKING:
    from ..groups import Group

__all__ = ["Decomposition", "decompose"]

_TOLERANCE = 1e-8
_MEMORY_LIMIT = 4 << 30


@dataclass(frozen=True)
class Decomposition:
    """What a representation is made of.

    Attributes:
        multiplicities: how often each irrep is in it, in the order of the irreps.
        intertwiner: (D, D): ``M(g) @ intertwiner == intertwiner @ blocks(g)``, where ``blocks(g)`` is block diagonal:
            for each irrep in order, its matrix as often as it occurs. Unitary where the representation is.
        residual: the largest entry of the difference of both sides at the generators.
    """

    multiplicities: tuple[int, ...]
    intertwiner: NDArray[np.complex128]
    residual: float


def decompose(group: Group, matrices: Sequence[ArrayLike] | NDArray[np.complex128]) -> Decomposition:
    """See :meth:`Irreps.decompose`."""
    given = [np.asarray(matrix, dtype=np.complex128) for matrix in matrices]
    generators = list(group.generators)
    size = given[0].shape[0] if given and given[0].ndim == 2 else 0
    if len(given) != len(generators) or any(m.shape != (size, size) for m in given) or size == 0:
        shapes = [m.shape for m in given]
        raise ArgumentError(
            f"matrices: expected {len(generators)} square ones of one size, one for each generator, got {shapes}"
        )
    n = group.order
    if n * size * size * 16 > _MEMORY_LIMIT:
        raise GroupTooLargeError(
            f"decompose: the matrices of all elements take {n * size * size >> 16} MiB, the limit is "
            f"{_MEMORY_LIMIT >> 20} MiB",
            order=n,
            limit=_MEMORY_LIMIT // (16 * size * size),
        )
    everything = _all_matrices(group, given, generators, size)
    irreps = group.irreps
    traces = np.trace(everything, axis1=1, axis2=2)[np.asarray(group.conjugacy_classes.representatives)]
    sizes = np.asarray(group.conjugacy_classes.sizes)
    exact = np.array([np.sum(sizes * traces * rho.character.conj()) / n for rho in irreps])
    multiplicities = np.rint(exact.real).astype(int)
    columns: list[NDArray[np.complex128]] = []
    for rho, count in zip(irreps, multiplicities, strict=True):
        if count > 0:
            columns.append(_copies(everything, rho.matrices(), int(count)))
    intertwiner = np.concatenate(columns, axis=1)
    residual = 0.0
    for g in generators:
        blocks = np.zeros((size, size), np.complex128)
        place = 0
        for rho, count in zip(irreps, multiplicities, strict=True):
            for _ in range(count):
                blocks[place : place + rho.degree, place : place + rho.degree] = rho.matrices()[g]
                place += rho.degree
        residual = max(residual, float(np.abs(everything[g] @ intertwiner - intertwiner @ blocks).max()))
    return Decomposition(tuple(multiplicities.tolist()), intertwiner, residual)


def _all_matrices(
    group: Group, given: list[NDArray[np.complex128]], generators: list[int], size: int
) -> NDArray[np.complex128]:
    """The matrix of each element, by words in the generators; every other product is checked."""
    everything = np.empty((group.order, size, size), np.complex128)
    known = np.zeros(group.order, bool)
    everything[group.identity] = np.eye(size)
    known[group.identity] = True
    queue = [group.identity]
    defect = 0.0
    for element in queue:
        for generator, matrix in zip(generators, given, strict=True):
            product = everything[element] @ matrix
            target = group.multiply(element, generator)
            if known[target]:
                defect = max(defect, float(np.abs(product - everything[target]).max()))
                continue
            everything[target] = product
            known[target] = True
            queue.append(int(target))
    scale = max(1.0, float(np.abs(everything).max()))
    if not defect <= _TOLERANCE * scale:
        raise NotARepresentationError(
            f"matrices: expected those of a representation on the generators {generators}; two words of one "
            f"element differ by {defect:.1e}",
            defect,
        )
    return everything


def _copies(
    everything: NDArray[np.complex128], rho: NDArray[np.complex128], count: int
) -> NDArray[np.complex128]:
    """Basis vectors of all copies of an irrep: u_a = E_a0 v for a basis v of the image of E_00."""
    n, d, _ = rho.shape
    # E_a0 = (d / n) sum_g conj(rho(g)_a0) M(g)
    operators = np.einsum("ga,gij->aij", rho[:, :, 0].conj(), everything, optimize=True) * (d / n)
    left, _, _ = np.linalg.svd(operators[0])
    # One column a copy and basis vector: copies first, as the blocks stand.
    vectors = np.einsum("aij,jc->ica", operators, left[:, :count], optimize=True)
    columns: NDArray[np.complex128] = vectors.reshape(len(left), count * d)
    return columns
