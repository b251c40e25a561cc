"""The exact character table of a finite group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError
from . import presentation
from .class_function import ClassFunction
from .cyclotomic import Cyclotomic
from .exact_values import ExactValues

if TYPE_CHECKING:
    from sympy.polys.matrices import DomainMatrix

    from ..groups import ConjugacyClasses, Group
    from ..permutation_groups import PermutationClasses, PermutationGroup
    from ..subgroups import Subgroup

__all__ = ["CharacterTable", "character_table", "symmetric_group_character_table"]


class CharacterTable(Sequence[ClassFunction]):
    """The irreducible characters of a group on its conjugacy classes: exact, verified, immutable.

    ``table[i]`` is the i-th irreducible character, in the order of ``group.irreps``; columns are the classes in the
    order of ``group.conjugacy_classes``. Make one with ``group.character_table``.

    Every table passes these checks before it leaves the core: degrees divide the order of the group and their squares
    add up to it, rows are orthonormal modulo a 31-bit prime that no method uses, values agree with all power maps,
    and the indicators count the roots of the identity.

    Example:
        >>> import peterweyl as pw
        >>> T = pw.group("S3").character_table
        >>> print(T)
        S3, order 6: 3 classes
        <BLANKLINE>
        class         1  2  3
        element order 1  2  3
        size          1  3  2
        2-power       1  1  3
        3-power       1  2  1
        <BLANKLINE>
        χ₁ +          1  1  1
        χ₂ +          1 -1  1
        χ₃ +          2  0 -1
        >>> T.degrees, T[2] * T[2] == T[0] + T[1] + T[2]
        ((1, 1, 2), True)
    """

    def __init__(
        self,
        core: _core.CharacterTable,
        group: Group | PermutationGroup | None = None,
        name: str = "",
    ) -> None:
        self._core = core
        self._group = group
        self._name = name

    @property
    def group(self) -> Group | PermutationGroup | None:
        """The group it was made from; ``None`` where the table was made from the name of the group alone."""
        return self._group

    @property
    def name(self) -> str:
        """The spec of the group, or ``""``."""
        return self._name

    @property
    def method(self) -> str:
        """How it was made, for people to read."""
        return self._core.method

    @property
    def order(self) -> int:
        """The order of the group."""
        return self._core.group_order

    def __len__(self) -> int:
        """The number of irreducible characters, which is the number of classes."""
        return len(self._core)

    @cached_property
    def classes(self) -> ConjugacyClasses | PermutationClasses | None:
        """The classes of the group, as ``group.conjugacy_classes``; ``None`` without a group."""
        return None if self._group is None else self._group.conjugacy_classes

    @cached_property
    def class_sizes(self) -> tuple[int, ...]:
        """The number of elements of each class."""
        return tuple(self._core.class_sizes)

    @cached_property
    def class_orders(self) -> tuple[int, ...]:
        """The order of the elements of each class."""
        return tuple(self._core.class_orders)

    @cached_property
    def centralizer_orders(self) -> tuple[int, ...]:
        """The order of the centraliser of an element of each class."""
        return tuple(self.order // size for size in self.class_sizes)

    def power_map(self, exponent: int) -> tuple[int, ...]:
        """The class of the ``exponent``-th powers of each class, for any integer."""
        return tuple(self._core.power_map(int(exponent) % self._core.exponent))

    @cached_property
    def inverse_classes(self) -> tuple[int, ...]:
        """The class of the inverses of each class."""
        return self.power_map(-1)

    @cached_property
    def real_classes(self) -> tuple[int, ...]:
        """The classes that hold the inverses of their elements; there are as many real characters."""
        return tuple(c for c, inverse in enumerate(self.inverse_classes) if c == inverse)

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """The degree of each irreducible character."""
        return tuple(self._core.degrees)

    @cached_property
    def indicators(self) -> tuple[int, ...]:
        """The Frobenius–Schur indicator of each: 1 real, 0 complex, -1 quaternionic."""
        return tuple(self._core.indicators)

    @cached_property
    def values(self) -> NDArray[np.complex128]:
        """(k, k) complex128, read-only: ``values[i, j]`` is character i at class j."""
        values: NDArray[np.complex128] = self._core.values()
        values.setflags(write=False)
        return values

    @property
    def exact(self) -> ExactValues:
        """The exact values: ``exact[i, j]`` is a :class:`Cyclotomic`."""
        return ExactValues(self._core)

    @overload
    def __getitem__(self, index: int) -> ClassFunction: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ClassFunction, ...]: ...
    def __getitem__(self, index: int | slice) -> ClassFunction | tuple[ClassFunction, ...]:
        """One irreducible character, or a tuple of some."""
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        return ClassFunction(self, self.exact[index])

    @cached_property
    def irreducibles(self) -> tuple[ClassFunction, ...]:
        """All irreducible characters."""
        return tuple(self[i] for i in range(len(self)))

    def class_function(self, values: Sequence[Any]) -> ClassFunction:
        """The class function with these values, one a class.

        Raises:
            ArgumentError: not one integer, fraction or cyclotomic number for each class.
        """
        return ClassFunction(self, [Cyclotomic(value) for value in values])

    @property
    def regular_character(self) -> ClassFunction:
        """The character of the regular representation: the order of the group at the identity, zero elsewhere."""
        return self.class_function([self.order] + [0] * (len(self) - 1))

    @property
    def linear_characters(self) -> tuple[ClassFunction, ...]:
        """The characters of degree 1: a group under multiplication, dual to the group made abelian."""
        return self[: self.degrees.count(1)] if self.degrees else ()

    @property
    def real_characters(self) -> tuple[ClassFunction, ...]:
        """The irreducible characters with real values."""
        return tuple(self[i] for i, indicator in enumerate(self.indicators) if indicator != 0)

    @property
    def rational_characters(self) -> tuple[ClassFunction, ...]:
        """The irreducible characters with rational values."""
        return tuple(chi for chi in self.irreducibles if chi.is_rational())

    def permutation_character(self) -> ClassFunction:
        """The character of the action on points: how many points the elements of each class fix.

        Raises:
            ArgumentError: the group was not made of permutations.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("S4").character_table.permutation_character().decomposition()
            {0: 1, 3: 1}
        """
        rows = presentation.representatives(self)
        if rows is None:
            raise ArgumentError(
                "permutation character: expected a group made of permutations, got another one"
            )
        return self.class_function([int((row == np.arange(len(row))).sum()) for row in rows])

    def fusion(self, subgroup: Subgroup | PermutationGroup) -> tuple[int, ...]:
        """The class of the group that each class of a subgroup lies in.

        Args:
            subgroup: a subgroup of the group of this table; of a ``PermutationGroup`` any other one whose generators
                lie in it. Classes are those of ``subgroup_table(subgroup)``.

        Raises:
            ArgumentError: not a subgroup of the group of this table.
        """
        from ..permutation_groups import PermutationGroup

        inside = self.subgroup_table(subgroup).group
        representatives = inside.conjugacy_classes.representatives  # type: ignore[union-attr]
        if isinstance(subgroup, PermutationGroup):
            classes: Any = self.classes
            return tuple(classes.identify(x) for x in representatives)
        return tuple(subgroup.group.class_of(int(subgroup.elements[x])) for x in representatives)

    def subgroup_table(self, subgroup: Subgroup | PermutationGroup) -> CharacterTable:
        """The table of a subgroup, of ``subgroup.as_group()`` or of the ``PermutationGroup``, made once for each.

        Raises:
            ArgumentError: not a subgroup of the group of this table.
        """
        found = self._subgroup_tables.get(subgroup)
        if found is None:
            from ..permutation_groups import PermutationGroup

            if isinstance(subgroup, PermutationGroup):
                self._check_subgroup(
                    isinstance(self._group, PermutationGroup)
                    and subgroup.degree == self._group.degree
                    and all(g in self._group for g in subgroup.generators)
                )
                found = subgroup.character_table
            else:
                self._check_subgroup(subgroup.group is self._group)
                found = subgroup.as_group().character_table
            self._subgroup_tables[subgroup] = found
        return found

    @cached_property
    def _subgroup_tables(self) -> dict[Subgroup | PermutationGroup, CharacterTable]:
        return {}

    def _check_subgroup(self, holds: bool) -> None:
        if not holds:
            raise ArgumentError(
                "subgroup: expected a subgroup of the group of the table, got one of another group"
            )

    def induced(self, function: ClassFunction, subgroup: Subgroup | PermutationGroup) -> ClassFunction:
        """The class function induced from one of a subgroup.

        Args:
            function: on the classes of ``subgroup_table(subgroup)``.
            subgroup: a subgroup of the group of this table.

        Example:
            >>> import peterweyl as pw
            >>> G = pw.group("S4")
            >>> T, H = G.character_table, G.subgroup([G.generators[1]])
            >>> psi = T.subgroup_table(H)[1]
            >>> chi = T.induced(psi, H)
            >>> chi.degree, chi.inner_product(T[3]) == psi.inner_product(T[3].restricted(H))
            (6, True)
        """
        inside = self.subgroup_table(subgroup)
        inside._same(function.table)
        values = [Cyclotomic(0)] * len(self)
        for d, c in enumerate(self.fusion(subgroup)):
            values[c] += function[d] * (self.centralizer_orders[c] // inside.centralizer_orders[d])
        return ClassFunction(self, values)

    @cached_property
    def normal_subgroups(self) -> tuple[tuple[int, ...], ...]:
        """All normal subgroups as sets of classes, by order: the intersections of kernels of characters.

        Raises:
            EnumerationLimitError: more than 100,000 of them.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("S4").character_table.normal_subgroups
            ((0,), (0, 1), (0, 1, 3), (0, 1, 2, 3, 4))
        """
        return tuple(map(tuple, self._core.normal_subgroups()))

    def quotient(self, classes: Sequence[int]) -> tuple[CharacterTable, tuple[int, ...]]:
        """The table of a factor group.

        Args:
            classes: those of a normal subgroup N, as :attr:`normal_subgroups` and :meth:`ClassFunction.kernel` list
                them.

        Returns:
            The table of G/N, verified like any other, and the class of G/N for each class of G.

        Raises:
            ArgumentError: the classes are not those of a normal subgroup.

        Example:
            >>> import peterweyl as pw
            >>> T = pw.group("SL(2,3)").character_table
            >>> T.quotient((0, 1))[0].degrees
            (1, 1, 1, 3)
        """
        core, projection = self._core.quotient(list(classes))
        return CharacterTable(core), tuple(projection)

    def to_gap(self) -> str:
        """The table as a GAP expression: a record that ``ConvertToCharacterTable`` reads.

        Example:
            >>> import peterweyl as pw
            >>> print(pw.group("C2").character_table.to_gap())
            rec(UnderlyingCharacteristic:=0,Size:=2,SizesCentralizers:=[2,2],OrdersClassRepresentatives:=[1,2],
            ComputedPowerMaps:=[,[1,1]],Irr:=[[1,1],[1,-1]],Identifier:="C2")
        """
        return presentation.gap_record(self)

    def to_sympy(self) -> DomainMatrix:
        """The values as a SymPy ``DomainMatrix`` over ``QQ<zeta>``; over ``ZZ`` where all are integers.

        Example:
            >>> import peterweyl as pw
            >>> int(pw.group("S3").character_table.to_sympy().det())
            6
        """
        return presentation.sympy_matrix(self)

    def to_dict(self) -> dict[str, Any]:
        """Everything, as lists, numbers and text ready for JSON; values in GAP's notation."""
        return presentation.dictionary(self)

    def __str__(self) -> str:
        """The table as text, with readable irrational entries."""
        return presentation.text(self)

    def __repr__(self) -> str:
        """One line."""
        return (
            f"<character table of {self._name or f'a group of order {self.order}'}: {len(self)} characters>"
        )

    def _repr_html_(self) -> str:
        return presentation.html(self)

    def _repr_latex_(self) -> str:
        return presentation.latex(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its group: the table is made again."""
        if self._group is not None:
            return _table_of, (self._group,)
        if self._name:
            return symmetric_group_character_table, (int(self._name[1:]),)
        raise TypeError("cannot pickle a character table without its group")

    def _primes(self) -> list[int]:
        """The prime divisors of the order of the group."""
        rest, found, p = math.lcm(*self.class_orders), [], 2
        while rest > 1:
            if p * p > rest:
                p = rest
            if rest % p == 0:
                found.append(p)
                while rest % p == 0:
                    rest //= p
            p += 1
        return found

    def _same(self, other: CharacterTable) -> None:
        if other is not self and other._core is not self._core:
            raise ArgumentError(
                "class functions: expected two of one group, got functions of different tables"
            )


def character_table(group: Group) -> CharacterTable:
    """The table of a group; ``group.character_table`` is the same, made once and kept."""
    return CharacterTable(_core.character_table(group._core), group, group.name)


def _table_of(group: Group | PermutationGroup) -> CharacterTable:
    return group.character_table


def symmetric_group_character_table(n: int) -> CharacterTable:
    """The table of the symmetric group S_n, from partitions alone: no group is made.

    Args:
        n: 1 ... 20; the order of S_21 does not fit into 64 bit.

    Returns:
        The table, columns in the order of the classes of ``pw.group("S<n>")``.

    Raises:
        ArgumentError: n is out of range.

    Complexity:
        O(p(n)^2 sqrt(n)) for p(n) partitions, and O(p(n)^3) for the verification: S_20 takes a fifth of a second.

    Example:
        >>> from peterweyl.characters import symmetric_group_character_table
        >>> T = symmetric_group_character_table(12)
        >>> len(T), T.order, max(T.degrees)
        (77, 479001600, 7700)
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 20:
        raise ArgumentError(f"n: expected an integer in 1 ... 20, got {n!r}")
    return CharacterTable(_core.symmetric_character_table(n), None, f"S{n}")
