"""Groups as GAP writes them: read without GAP, written so that GAP reads them.

Only the forms listed at :func:`from_gap` are understood; nothing is ever executed.
"""

from __future__ import annotations

from typing import NoReturn

import numpy as np

from .catalogue import small_group
from .errors import ArgumentError
from .groups import Group, direct_product, from_permutations, group

__all__ = ["from_gap", "to_gap"]

_MAXIMAL_LENGTH = 10_000_000
_MAXIMAL_DEPTH = 50
_MAXIMAL_POINT = 65_535

#: GAP's constructors of one number, and our specs for them.
_FAMILIES = {
    "SymmetricGroup": "S{}",
    "AlternatingGroup": "A{}",
    "CyclicGroup": "C{}",
    "MathieuGroup": "M{}",
    "QuaternionGroup": "Q{}",
}
_LINEAR = {"GL", "SL", "PGL", "PSL"}


def __dir__() -> list[str]:
    return __all__


def to_gap(group: Group) -> str:
    """Write a group as GAP text.

    Args:
        group: a group; one that was not made of permutations is written by its regular representation.

    Returns:
        ``Group([(1,2), (1,2,3)])``: permutations in cycle notation, points from 1 on.

    Raises:
        ArgumentError: not a group.
        GroupTooLargeError: no permutations, and too many elements to write the regular ones.

    Complexity:
        O(generators * degree), where the degree is n in the regular representation.

    Example:
        >>> import peterweyl as pw
        >>> pw.to_gap(pw.group("S4"))
        'Group([(1,2), (1,2,3,4)])'
    """
    if not isinstance(group, Group):
        raise ArgumentError(f"group: expected a Group, got {type(group).__name__}")
    generators = group.generators
    if group._core.degree:
        images = [group.permutation(g).tolist() for g in generators]
    else:
        _ = group.element_orders  # refuses what is too large to list
        elements = np.arange(group.order)
        images = [group.multiply(elements, g).tolist() for g in generators]
    return f"Group([{', '.join(map(_cycle_notation, images))}])"


def _cycle_notation(images: list[int]) -> str:
    cycles = _cycles([image + 1 for image in images])
    return "".join(f"({','.join(map(str, cycle))})" for cycle in cycles if len(cycle) > 1) or "()"


def _cycles(images: list[int]) -> list[list[int]]:
    """The cycles, fixed points included, of images of 1 ... degree."""
    seen = [False] * (len(images) + 1)
    cycles = []
    for start in range(1, len(images) + 1):
        cycle = []
        point = start
        while not seen[point]:
            seen[point] = True
            cycle.append(point)
            point = images[point - 1]
        if cycle:
            cycles.append(cycle)
    return cycles


def from_gap(text: str) -> Group:
    """Read a group from GAP text.

    Args:
        text: one of ``Group((1,2,3),(1,2))`` or ``Group([ ... ])`` with permutations in cycle notation or as
            ``PermList([2,3,1])``; ``SmallGroup(24,12)``; ``SymmetricGroup(4)``, ``AlternatingGroup``,
            ``CyclicGroup``, ``DihedralGroup`` (by its order, as in GAP), ``QuaternionGroup``, ``MathieuGroup``,
            ``ElementaryAbelianGroup``, ``AbelianGroup([2,4])``; ``GL(2,3)``, ``SL``, ``PGL``, ``PSL``;
            ``DirectProduct(...)`` of these. White space is free and a final ``;`` may stand.

    Returns:
        The group; permutations act on 0 ... degree-1, the points of GAP less one.

    Raises:
        ArgumentError: anything else; the message gives the position.

    Complexity:
        Linear in the text, then that of the construction.

    Example:
        >>> import peterweyl as pw
        >>> pw.from_gap("Group([ (1,2,3)(4,5), (1,2) ]);").order
        12
    """
    if not isinstance(text, str):
        raise ArgumentError(f"text: expected GAP text such as 'Group((1,2,3))', got {type(text).__name__}")
    if len(text) > _MAXIMAL_LENGTH:
        raise ArgumentError(f"text: expected at most {_MAXIMAL_LENGTH} characters, got {len(text)}")
    return _Reader(text).read()


class _Reader:
    """One pass over the text, by recursive descent."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read(self) -> Group:
        found = self._group(0)
        self._accept(";")
        self._skip()
        if self._at < len(self._text):
            self._fail("expected the end")
        return found

    def _group(self, depth: int) -> Group:
        if depth > _MAXIMAL_DEPTH:
            self._fail("nested too deeply")
        start = self._at
        name = self._word()
        self._expect("(")
        if name == "Group":
            made = self._permutation_group()
        elif name == "DirectProduct":
            factors = [self._group(depth + 1)]
            while self._accept(","):
                factors.append(self._group(depth + 1))
            made = direct_product(*factors)
        else:
            made = self._family(name, start)
        self._expect(")")
        return made

    def _family(self, name: str, start: int) -> Group:
        if name == "AbelianGroup":
            orders = self._integers("[", "]")
            return direct_product(*(f"C{n}" for n in orders))
        numbers = [self._integer()]
        while self._accept(","):
            numbers.append(self._integer())
        if name == "SmallGroup" and len(numbers) == 2:
            return small_group(*numbers)
        if name in _FAMILIES and len(numbers) == 1:
            return group(_FAMILIES[name].format(*numbers))
        if name == "DihedralGroup" and len(numbers) == 1 and numbers[0] % 2 == 0:
            return group(f"D{numbers[0] // 2}")
        if name == "ElementaryAbelianGroup" and len(numbers) == 1:
            return self._elementary_abelian(numbers[0])
        if name in _LINEAR and len(numbers) == 2:
            return group(f"{name}({numbers[0]},{numbers[1]})")
        self._at = start
        raise self._error(
            "expected Group, DirectProduct, SmallGroup, AbelianGroup, DihedralGroup, ElementaryAbelianGroup, "
            f"{', '.join(_FAMILIES)}, {', '.join(sorted(_LINEAR))} with the numbers they take"
        )

    def _elementary_abelian(self, order: int) -> Group:
        prime = next((p for p in range(2, min(order, 70_000) + 1) if order % p == 0), order)
        rank = 0
        rest = order
        while rest > 1 and rest % prime == 0:
            rest //= prime
            rank += 1
        if rest != 1:
            self._fail(f"expected the order of an elementary abelian group, got {order},")
        return direct_product(*([f"C{prime}"] * rank))

    def _permutation_group(self) -> Group:
        listed = self._accept("[")
        cycles: list[list[list[int]]] = []
        if not self._next_is("]" if listed else ")"):
            cycles.append(self._permutation())
            while self._accept(","):
                cycles.append(self._permutation())
        if listed:
            self._expect("]")
            # Group([...], ()) names the identity as well.
            if self._accept(","):
                self._permutation()
        degree = max((point for p in cycles for cycle in p for point in cycle), default=1)
        images = []
        for permutation in cycles:
            image = list(range(degree))
            for cycle in permutation:
                for k, point in enumerate(cycle):
                    image[point - 1] = cycle[(k + 1) % len(cycle)] - 1
            images.append(image)
        return from_permutations(images or [[0]])

    def _permutation(self) -> list[list[int]]:
        """The cycles of one permutation, points from 1 on."""
        if self._next_is("P"):
            start = self._at
            if self._word() != "PermList":
                self._at = start
                self._fail("expected a permutation")
            self._expect("(")
            images = self._integers("[", "]")
            self._expect(")")
            if sorted(images) != list(range(1, len(images) + 1)):
                self._fail("expected a list of images in which each point comes once,")
            return _cycles(images)
        cycles = []
        seen: set[int] = set()
        while True:
            cycle = self._integers("(", ")")
            if seen.intersection(cycle) or len(set(cycle)) != len(cycle):
                self._fail("expected disjoint cycles")
            seen.update(cycle)
            if cycle:
                cycles.append(cycle)
            if not self._next_is("("):
                return cycles

    def _integers(self, opening: str, closing: str) -> list[int]:
        self._expect(opening)
        numbers: list[int] = []
        if not self._next_is(closing):
            numbers.append(self._point())
            while self._accept(","):
                numbers.append(self._point())
        self._expect(closing)
        return numbers

    def _point(self) -> int:
        point = self._integer()
        if not 1 <= point <= _MAXIMAL_POINT:
            self._fail(f"expected a number in 1 ... {_MAXIMAL_POINT}, got {point},")
        return point

    def _integer(self) -> int:
        self._skip()
        start = self._at
        while self._at < len(self._text) and self._text[self._at] in "0123456789":
            self._at += 1
        if not 1 <= self._at - start <= 18:
            self._fail("expected a number of at most 18 digits")
        return int(self._text[start : self._at])

    def _word(self) -> str:
        self._skip()
        start = self._at
        while self._at < len(self._text) and self._text[self._at].isalpha():
            self._at += 1
        if self._at == start:
            self._fail("expected the name of a construction such as Group or SmallGroup")
        return self._text[start : self._at]

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _next_is(self, character: str) -> bool:
        self._skip()
        return self._text[self._at : self._at + 1] == character

    def _accept(self, character: str) -> bool:
        if not self._next_is(character):
            return False
        self._at += 1
        return True

    def _expect(self, character: str) -> None:
        if not self._accept(character):
            self._fail(f"expected '{character}'")

    def _fail(self, expectation: str) -> NoReturn:
        raise self._error(expectation)

    def _error(self, expectation: str) -> ArgumentError:
        at = self._text[self._at : self._at + 1]
        got = f"got '{at}'" if at else "the text ends"
        return ArgumentError(f"text: {expectation} at position {self._at}, {got}")
