"""Permutation groups too large for a multiplication table: order, membership, random elements, blocks, classes.

A permutation is its image array, 0-based: ``[1, 2, 0]`` sends 0 to 1, 1 to 2 and 2 to 0; ``a*b`` is first a, then b.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .errors import ArgumentError
from .groups import Group, from_permutations
from .limits import MAXIMAL_ORDER

if TYPE_CHECKING:
    from .characters import CharacterTable

__all__ = ["PermutationClasses", "PermutationGroup"]


def __dir__() -> list[str]:
    return __all__


def _image_array(permutation: ArrayLike, argument: str) -> NDArray[np.int64]:
    """An image array as int64; what is in it is checked by the core."""
    array = np.asarray(permutation)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        raise ArgumentError(
            f"{argument}: expected a one-dimensional array of integers, got shape {array.shape}, dtype {array.dtype}"
        )
    return array.astype(np.int64)


def _integer(value: Any, argument: str, smallest: int) -> int:
    """An integer that is not below ``smallest``."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < smallest:
        raise ArgumentError(f"{argument}: expected an integer from {smallest} on, got {value!r}")
    return int(value)


def _parts(labels: NDArray[np.uint32]) -> tuple[tuple[int, ...], ...]:
    """The parts of a partition from the label of each point."""
    parts: list[list[int]] = [[] for _ in range(int(labels.max()) + 1 if labels.size else 0)]
    for point, label in enumerate(labels.tolist()):
        parts[label].append(point)
    return tuple(map(tuple, parts))


class PermutationClasses:
    """The conjugacy classes of a permutation group: identity first, then by (element order, class size).

    The list is proven complete: the exact sizes of pairwise different classes add up to the order of the group.
    """

    def __init__(self, core: _core.LargeConjugacyClasses) -> None:
        self._core = core

    def __len__(self) -> int:
        """The number of classes."""
        return len(self._core)

    def __repr__(self) -> str:
        return f"<{len(self)} conjugacy classes>"

    @cached_property
    def sizes(self) -> NDArray[np.uint64]:
        """(k,) uint64: the number of elements of each class."""
        return self._core.sizes

    @cached_property
    def orders(self) -> NDArray[np.uint64]:
        """(k,) uint64: the order of the elements of each class."""
        return self._core.orders

    @cached_property
    def centralizer_orders(self) -> NDArray[np.uint64]:
        """(k,) uint64: the order of the centraliser of each representative."""
        return self._core.centralizer_orders

    @cached_property
    def representatives(self) -> NDArray[np.uint16]:
        """(k, degree) uint16: an element of each class."""
        return self._core.representatives

    def identify(self, element: ArrayLike) -> int:
        """The class of an element of the group.

        Args:
            element: an image array.

        Returns:
            The index of its class.

        Raises:
            ArgumentError: not an element of the group.
        """
        return self._core.identify(_image_array(element, "element"))

    def power_map(self, exponent: int) -> NDArray[np.uint32]:
        """(k,) uint32: the class of the ``exponent``-th powers of each class, for any integer."""
        return self._core.power_map(exponent)

    def centralizer(self, index: int) -> PermutationGroup:
        """The centraliser of the representative of class ``index``."""
        rows = self._core.centralizer_generators(index)
        return PermutationGroup(rows, degree=self.representatives.shape[1])


class PermutationGroup:
    """The group that permutations generate, held by a stabilizer chain: no element list, no table.

    The order is proven, not estimated: the randomised Schreier-Sims method is followed by a complete check.

    Args:
        generators: image arrays of one degree.
        degree: the number of points; needed only when there is no generator.

    Raises:
        ArgumentError: not permutations, or of different degrees.

    Complexity:
        Microseconds for degrees up to 100, a few seconds for a primitive group on 10,000 points.

    Example:
        >>> from peterweyl.permutation_groups import PermutationGroup
        >>> cycle, swap = [*range(1, 100), 0], [1, 0, *range(2, 100)]
        >>> G = PermutationGroup([cycle, swap])
        >>> len(str(G.order))
        158
        >>> cycle in G, G.stabilizer(0).order * 100 == G.order
        (True, True)
    """

    def __init__(self, generators: Sequence[ArrayLike] | NDArray[Any], *, degree: int | None = None) -> None:
        arrays = [_image_array(g, f"generators[{k}]") for k, g in enumerate(generators)]
        if degree is None:
            degree = len(arrays[0]) if arrays else 0
        self._chain = _core.StabilizerChain(_integer(degree, "degree", 0), arrays)

    @classmethod
    def _from_chain(cls, chain: _core.StabilizerChain) -> PermutationGroup:
        group = cls.__new__(cls)
        group._chain = chain
        return group

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its generators."""
        return _rebuild, (self.generators, self.degree)

    def __repr__(self) -> str:
        return f"<permutation group of degree {self.degree} and order {self.order}>"

    @property
    def degree(self) -> int:
        """The number of points."""
        return self._chain.degree

    @cached_property
    def order(self) -> int:
        """The number of elements, exact at any size."""
        return self._chain.order

    @cached_property
    def order_factors(self) -> dict[int, int]:
        """The order as a product: prime to exponent."""
        return dict(self._chain.order_factors)

    @cached_property
    def generators(self) -> NDArray[np.uint16]:
        """(r, degree) uint16: distinct generators without the identity."""
        return self._chain.generators

    @cached_property
    def base(self) -> tuple[int, ...]:
        """Points that only the identity fixes all of."""
        return tuple(self._chain.base)

    def contains(self, permutation: ArrayLike) -> bool:
        """Whether an image array is an element of the group; also ``permutation in G``.

        Raises:
            ArgumentError: not a permutation of the points of the group.

        Example:
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> A4 = PermutationGroup([[1, 2, 0, 3], [0, 2, 3, 1]])
            >>> A4.contains([1, 0, 3, 2]), [1, 0, 2, 3] in A4
            (True, False)
        """
        return self._chain.contains(_image_array(permutation, "permutation"))

    def __contains__(self, permutation: ArrayLike) -> bool:
        """Whether an image array is an element of the group."""
        return self.contains(permutation)

    def random(self, seed: int = 0) -> NDArray[np.uint16]:
        """A uniformly distributed element, the same one for the same seed."""
        return self.random_elements(1, seed).reshape(-1)

    def random_elements(self, count: int, seed: int = 0) -> NDArray[np.uint16]:
        """(count, degree) uint16: independent, uniformly distributed elements."""
        return self._chain.random(_integer(count, "count", 0), _integer(seed, "seed", 0))

    def orbits(self) -> tuple[tuple[int, ...], ...]:
        """The orbits on the points, by their smallest points.

        Example:
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> PermutationGroup([[1, 0, 2, 4, 3]]).orbits()
            ((0, 1), (2,), (3, 4))
        """
        return _parts(self._chain.orbits())

    @cached_property
    def is_transitive(self) -> bool:
        """Whether there is one orbit (or no point)."""
        return int(self._chain.orbits().max(initial=0)) == 0

    @cached_property
    def is_primitive(self) -> bool:
        """Whether the group is transitive and no partition of the points but the two trivial ones is invariant."""
        return self._chain.is_primitive()

    def blocks(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """All minimal non-trivial block systems of a transitive group, those with small blocks first.

        Returns:
            Systems; each is the blocks of an invariant partition. Empty for a primitive group.

        Raises:
            ArgumentError: the group is not transitive.

        Example:
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> PermutationGroup([[1, 2, 3, 4, 5, 0]]).blocks()
            (((0, 3), (1, 4), (2, 5)), ((0, 2, 4), (1, 3, 5)))
        """
        return tuple(_parts(labels) for labels in self._chain.minimal_block_systems())

    def block_system(self, points: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """The finest invariant partition that has all of ``points`` in one part."""
        return _parts(self._chain.finest_block_system(list(points)))

    def stabilizer(self, *points: int) -> PermutationGroup:
        """The subgroup that fixes each of ``points``."""
        return self._from_chain(self._chain.stabilizer(list(points)))

    @cached_property
    def conjugacy_classes(self) -> PermutationClasses:
        """The conjugacy classes, proven complete, without listing the elements.

        Raises:
            GroupTooLargeError: the order passes 64 bit.
            EnumerationLimitError: more than 5,000 classes.

        Example:
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> cycle, swap = [*range(1, 12), 0], [1, 0, *range(2, 12)]
            >>> classes = PermutationGroup([cycle, swap]).conjugacy_classes  # S12, 479001600 elements
            >>> len(classes), int(classes.sizes.sum())
            (77, 479001600)
        """
        return PermutationClasses(_core.large_conjugacy_classes(self._chain))

    @cached_property
    def character_table(self) -> CharacterTable:
        """The exact table of the irreducible characters, columns in the order of :attr:`conjugacy_classes`.

        Raises:
            GroupTooLargeError: the order passes 64 bit.
            EnumerationLimitError: more than 5,000 classes.

        Example:
            >>> import peterweyl as pw
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> M11 = PermutationGroup(pw.group("M11").permutations[[1, 2]])
            >>> M11.character_table.degrees
            (1, 10, 10, 10, 11, 16, 16, 44, 45, 55)
        """
        from .characters.table import CharacterTable

        return CharacterTable(_core.large_character_table(self._chain, self.conjugacy_classes._core), self)

    def elements(self, limit: int = 1_000_000) -> NDArray[np.uint16]:
        """(order, degree) uint16: all elements, breadth-first over the generators from the identity.

        Raises:
            EnumerationLimitError: more than ``limit`` elements.
        """
        return self._enumeration(limit).images()

    def __iter__(self) -> Iterator[NDArray[np.uint16]]:
        """The elements one after another; see :meth:`elements` for the limit."""
        return iter(self.elements())

    def to_group(self, limit: int = MAXIMAL_ORDER) -> Group:
        """The group with its multiplication table.

        Args:
            limit: the largest order that is enumerated.

        Raises:
            EnumerationLimitError: more than ``limit`` elements.

        Example:
            >>> from peterweyl.permutation_groups import PermutationGroup
            >>> PermutationGroup([[1, 2, 3, 0], [1, 0, 2, 3]]).to_group().identify().name
            'S4'
        """
        return from_permutations([*self.generators], limit=_integer(limit, "limit", 1))

    def _enumeration(self, limit: int) -> _core.ElementEnumeration:
        """The elements in the core; the compiled enumeration has more than this class shows."""
        return _core.ElementEnumeration(self.degree, [*self.generators], _integer(limit, "limit", 1))


def _rebuild(generators: NDArray[np.uint16], degree: int) -> PermutationGroup:
    return PermutationGroup(generators, degree=degree)
