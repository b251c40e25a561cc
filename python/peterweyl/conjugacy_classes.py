"""The conjugacy classes of a group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import GroupTooLargeError
from .limits import MAXIMAL_LISTED_ORDER

__all__ = ["ConjugacyClasses"]


@dataclass(frozen=True, eq=False)
class ConjugacyClasses:
    """The conjugacy classes of a group: identity first, then by (element order, size, smallest element).

    Attributes:
        representatives: (k,) uint32, the smallest element of each class; in a group of more than 4,000,000 elements
            some element of it.
        sizes: (k,) uint32.
        orders: (k,) uint32, the order of the elements of each class.
    """

    _of_element: NDArray[np.uint32]
    representatives: NDArray[np.uint32]
    sizes: NDArray[np.uint32]
    orders: NDArray[np.uint32]

    def __len__(self) -> int:
        """The number of classes."""
        return len(self.sizes)

    @property
    def of_element(self) -> NDArray[np.uint32]:
        """(n,) uint32: the class of each element.

        Raises:
            GroupTooLargeError: the group has more than 4,000,000 elements; :meth:`Group.class_of` answers for one.
        """
        if not self._of_element.size:
            order = int(self.sizes.sum(dtype=np.uint64))
            raise GroupTooLargeError(
                f"of_element: the classes of all {order} elements are not listed beyond order {MAXIMAL_LISTED_ORDER}; "
                "Group.class_of(x) finds the class of one",
                order,
                MAXIMAL_LISTED_ORDER,
            )
        return self._of_element

    def elements(self, index: int) -> NDArray[np.intp]:
        """The elements of one class, ascending."""
        return np.flatnonzero(self.of_element == index)
