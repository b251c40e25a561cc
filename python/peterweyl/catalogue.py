"""The catalogue of small groups: every group of order at most 511, except the orders 256 and 384.

The groups were computed by the library's own enumerator and are numbered as in GAP's library of small groups:
``small_group(24, 12)`` is S4. Elements of a solvable group are the normal words ``g1**e1 * ... * gk**ek`` of its
power-conjugate presentation, the last exponent running fastest; those of the other groups are breadth-first over
generating permutations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from . import _core
from .errors import ArgumentError
from .groups import Group

__all__ = ["SmallGroups", "groups_of_order", "number_of_groups", "small_group"]

#: The largest order the catalogue knows about.
MAXIMAL_ORDER = 511


def __dir__() -> list[str]:
    return __all__


def _positive(value: int, argument: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ArgumentError(f"{argument}: expected a positive integer, got {value!r}")
    return value


def number_of_groups(order: int) -> int:
    """The number of groups of an order, up to isomorphism.

    Args:
        order: 1 ... 511.

    Returns:
        How many there are; for 256 and 384 a fact from the literature, for the others what was computed.

    Raises:
        ArgumentError: the order is out of range.

    Complexity:
        O(1).

    Example:
        >>> import peterweyl as pw
        >>> pw.number_of_groups(64)
        267
    """
    return int(_core.number_of_groups(_positive(order, "order")))


def small_group(order: int, number: int) -> Group:
    """A group of the catalogue.

    Args:
        order: 1 ... 511, but not 256 or 384.
        number: 1 ... ``number_of_groups(order)``, as in GAP's ``SmallGroup(order, number)``.

    Returns:
        The group, named ``"SmallGroup(order,number)"``, identity at 0.

    Raises:
        ArgumentError: the order is not covered, or there is no group of that number.

    Complexity:
        O(order**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> pw.small_group(24, 12).identify().name
        'S4'
    """
    return Group(_core.small_group(_positive(order, "order"), _positive(number, "number")))


class SmallGroups(Sequence[Group]):
    """All groups of one order, in the order of their numbers; each is built when it is asked for.

    ``groups[k - 1]`` is ``small_group(order, k)``.
    """

    def __init__(self, order: int) -> None:
        self._order = order
        self._count = number_of_groups(order)
        if not _core.catalogue_covers(order):
            raise ArgumentError(f"order: the {self._count} groups of order {order} are not in the catalogue")

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Group: ...
    @overload
    def __getitem__(self, index: slice) -> list[Group]: ...
    def __getitem__(self, index: int | slice) -> Group | list[Group]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        position = index + self._count if index < 0 else index
        if not 0 <= position < self._count:
            raise IndexError(f"there are {self._count} groups of order {self._order}, got index {index}")
        return small_group(self._order, position + 1)

    def __iter__(self) -> Iterator[Group]:
        return (small_group(self._order, k) for k in range(1, self._count + 1))

    def __repr__(self) -> str:
        return f"<the {self._count} groups of order {self._order}>"


def groups_of_order(order: int, *, recompute: bool = False) -> Sequence[Group]:
    """All groups of an order, one of each isomorphism type.

    Args:
        order: 1 ... 511; without ``recompute`` not 256 or 384.
        recompute: enumerate them again instead of looking them up. The result is in the enumerator's own order,
            not by number, and nothing is read from the catalogue.

    Returns:
        The groups, by number; a sequence that builds each group when it is asked for.

    Raises:
        ArgumentError: the order is not covered.

    Complexity:
        A look-up is O(1) and O(order**2) for each group. A recomputation takes from milliseconds to a few
        seconds, and stops on Ctrl-C.

    Example:
        >>> import peterweyl as pw
        >>> [G.identify().name for G in pw.groups_of_order(8)]
        ['C8', 'C2 x C4', 'D4', 'Q8', 'C2^3']
        >>> len(pw.groups_of_order(48, recompute=True))
        52
    """
    _positive(order, "order")
    if recompute:
        return [Group(group) for group in _core.enumerate_groups(order)]
    return SmallGroups(order)
