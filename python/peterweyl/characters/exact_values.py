"""The exact values of a character table, made one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import overload

from .. import _core
from .cyclotomic import Cyclotomic

__all__ = ["ExactValues"]


class ExactValues:
    """The exact values of a table as a two-dimensional, read-only view: ``exact[i, j]`` is made when asked for.

    Example:
        >>> import peterweyl as pw
        >>> exact = pw.group("A5").character_table.exact
        >>> exact.shape, str(exact[1, 3]), [int(x) for x in exact[4]]
        ((5, 5), '(1+√5)/2', [5, 1, -1, 0, 0])
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.CharacterTable) -> None:
        self._core = core

    @property
    def shape(self) -> tuple[int, int]:
        """(k, k)."""
        return (len(self._core), len(self._core))

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._core)

    @overload
    def __getitem__(self, index: tuple[int, int]) -> Cyclotomic: ...
    @overload
    def __getitem__(self, index: int) -> tuple[Cyclotomic, ...]: ...
    def __getitem__(self, index: int | tuple[int, int]) -> Cyclotomic | tuple[Cyclotomic, ...]:
        """One value, or one row as a tuple; negative indices count from the end."""
        if isinstance(index, tuple):
            row, column = index
            return Cyclotomic._make(self._core.exact(self._checked(row), self._checked(column)))
        return tuple(map(Cyclotomic._make, self._core.exact_row(self._checked(index))))

    def __iter__(self) -> Iterator[tuple[Cyclotomic, ...]]:
        """Row by row."""
        return (self[i] for i in range(len(self)))

    def _checked(self, index: int) -> int:
        count = len(self._core)
        if not -count <= index < count:
            raise IndexError(f"index: expected an integer in {-count} ... {count - 1}, got {index}")
        return int(index) % count

    def __repr__(self) -> str:
        """The shape."""
        return f"<exact values, {len(self)} x {len(self)}>"
