"""What a group is: its number in the library of small groups, and a name."""

from __future__ import annotations

from functools import cached_property

from . import _core
from .limits import MAXIMAL_STRUCTURAL_ORDER

__all__ = ["Identification"]


class Identification:
    """What a group is; :meth:`Group.identify` makes it.

    Attributes:
        small_group_id: the pair (order, number) of GAP's library of small groups where it is known, else ``None``.
    """

    def __init__(self, core: _core.Group) -> None:
        self._core = core
        self.small_group_id: tuple[int, int] | None = _core.identify_small_group(core)

    @cached_property
    def _recognised(self) -> tuple[str, bool]:
        return self._core.identify()

    @cached_property
    def name(self) -> str:
        """A spec such as ``"S4"`` or ``"C2 x C6"`` where a named family or product is isomorphic to the group.

        Elsewhere what is proven of the structure, to order 5,040: ``"(C4 x C2) : C2"`` is a split extension,
        ``"C2 . A5"`` one that is not known to split; such a name need not determine the group, its number does.
        Beyond that ``"group of order 20000"``.
        """
        name, certain = self._recognised
        if certain or self._core.order > MAXIMAL_STRUCTURAL_ORDER:
            return name
        return self._core.structural_name()

    @cached_property
    def certain(self) -> bool:
        """Whether the isomorphism type is proven, by the number or by a name that is a spec."""
        return self.small_group_id is not None or self._recognised[1]

    def __str__(self) -> str:
        """The name, and whether it is a proven one."""
        return self.name if self.certain else f"{self.name} (not identified further)"

    def __repr__(self) -> str:
        return f"Identification(name={self.name!r}, small_group_id={self.small_group_id}, certain={self.certain})"

    def __eq__(self, other: object) -> bool:
        """Equal names, numbers and certainty."""
        if not isinstance(other, Identification):
            return NotImplemented
        return (self.name, self.small_group_id, self.certain) == (
            other.name,
            other.small_group_id,
            other.certain,
        )

    def __hash__(self) -> int:
        return hash((self.name, self.small_group_id, self.certain))
