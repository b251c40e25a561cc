"""The elements of a group: products, inverses, powers, orders, words and permutations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import ArgumentError

if TYPE_CHECKING:
    from ._core import Group as CoreGroup

__all__ = ["GroupElements"]


class GroupElements:
    """What a :class:`~peterweyl.Group` knows about its elements ``0 ... n-1``."""

    _core: CoreGroup

    def multiply(self, left: ArrayLike, right: ArrayLike) -> NDArray[np.uint32]:
        """Products of elements, with or without a multiplication table.

        Args:
            left: elements, of any shape.
            right: elements, of a shape that broadcasts with that of ``left``.

        Returns:
            uint32, the products ``left * right`` in the broadcast shape.

        Raises:
            ArgumentError: not integers in 0 ... n-1, or shapes that do not fit.

        Complexity:
            O(1) a product with a table, O(base length) or O(degree) for permutations without one.

        Example:
            >>> import peterweyl as pw
            >>> M22 = pw.group("M22")
            >>> int(M22.multiply(M22.inverses[5], 5))
            0
        """
        a, b = np.asarray(left), np.asarray(right)
        for name, array in (("left", a), ("right", b)):
            if array.dtype.kind not in "iu" and array.size:
                raise ArgumentError(
                    f"{name}: expected integers in 0 ... {self._core.order - 1}, got {array.dtype}"
                )
        try:
            a, b = np.broadcast_arrays(a, b)
        except ValueError:
            raise ArgumentError(
                f"right: expected a shape that broadcasts with {np.shape(left)}, got {np.shape(right)}"
            ) from None
        return self._core.multiply(np.ravel(a).astype(np.int64), np.ravel(b).astype(np.int64)).reshape(
            a.shape
        )

    def permutation(self, element: int) -> NDArray[np.uint16]:
        """The image array of an element of a group made of permutations.

        Raises:
            ArgumentError: the group was not made of permutations, or ``element`` is none of it.

        Example:
            >>> import peterweyl as pw
            >>> [int(image) for image in pw.group("S4").permutation(23)]
            [3, 2, 1, 0]
        """
        self._check_permutations()
        return self._core.permutation(int(element))

    def element(self, permutation: ArrayLike) -> int:
        """The element with an image array; the inverse of :meth:`permutation`.

        Raises:
            ArgumentError: the group was not made of permutations, or the permutation is no element of it.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("A4").element([1, 0, 3, 2])
            3
        """
        self._check_permutations()
        array = np.asarray(permutation)
        if array.ndim != 1 or array.dtype.kind not in "iu":
            raise ArgumentError(
                f"permutation: expected a one-dimensional array of integers, got shape {array.shape}, "
                f"dtype {array.dtype}"
            )
        found = self._core.find(array.astype(np.int64))
        if found is None:
            raise ArgumentError(f"permutation: {array.tolist()} is not an element of {self!r}")
        return found

    def _check_permutations(self) -> None:
        if self._core.degree == 0:
            raise ArgumentError(f"group: expected one made of permutations, got {self!r}")

    def word(self, element: int) -> tuple[int, ...]:
        """An element as a shortest product of :attr:`generators`.

        Args:
            element: an element.

        Returns:
            Indices into ``generators``; their product from left to right is the element.

        Raises:
            GroupTooLargeError: beyond order 4,000,000.

        Complexity:
            O(n * generators) once, then the length of the word.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("C12").word(3)
            (0, 0, 0)
        """
        return tuple(self._core.word(int(element)))

    def evaluate(self, word: Sequence[int]) -> int:
        """The product of generators that a word names; the inverse of :meth:`word`.

        Args:
            word: indices into ``generators``, multiplied from left to right.

        Returns:
            The element.

        Raises:
            ArgumentError: an index is out of range.

        Example:
            >>> import peterweyl as pw
            >>> S4 = pw.group("S4")
            >>> S4.evaluate(S4.word(17))
            17
        """
        generators = self._core.generators
        element = self._core.identity
        for position, letter in enumerate(word):
            if not 0 <= letter < len(generators):
                raise ArgumentError(
                    f"word[{position}]: expected an index in 0 ... {len(generators) - 1}, got {letter}"
                )
            element = int(self._core.multiply(np.array([element]), np.array([generators[letter]]))[0])
        return element

    @cached_property
    def inverses(self) -> NDArray[np.uint32]:
        """(n,) uint32, read-only: the inverse of each element."""
        return self._core.inverses

    @cached_property
    def element_orders(self) -> NDArray[np.uint32]:
        """(n,) uint32, read-only: the order of each element."""
        return self._core.element_orders

    @property
    def permutations(self) -> NDArray[np.uint16] | None:
        """(n, degree) uint16: the image array of each element, for a group made of permutations; else ``None``."""
        return self._core.permutations

    def power(self, element: int, exponent: int) -> int:
        """The power of an element, for any integer exponent."""
        return self._core.power(element, exponent)
