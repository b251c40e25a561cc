"""Finite groups: made from a spec, a table or permutations; their elements, classes and isomorphisms.

Elements are the integers ``0 ... n-1`` and ``table[a, b]`` is the product ``a*b``. The conventions, and the order of
the elements of each family, are in ``docs/conventions.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .conjugacy_classes import ConjugacyClasses
from .errors import ArgumentError
from .group_elements import GroupElements
from .identification import Identification
from .limits import MAXIMAL_LISTED_ORDER, MAXIMAL_NUMBERED_ORDER, MAXIMAL_ORDER
from .structure import GroupStructure

if TYPE_CHECKING:
    from .characters import CharacterTable
    from .fourier import FourierPlan
    from .irreps import Irreps

__all__ = [
    "ConjugacyClasses",
    "Group",
    "Identification",
    "direct_product",
    "from_permutations",
    "from_table",
    "group",
    "known_specs",
]


def __dir__() -> list[str]:
    return __all__


class Group(GroupElements, GroupStructure):
    """A finite group, immutable; make one with :func:`group`, :func:`from_table` or :func:`from_permutations`.

    What is derived from it (classes, irreps, transforms) is computed when first asked for and kept.

    Example:
        >>> import peterweyl as pw
        >>> G = pw.group("S3")
        >>> G.order, G.is_abelian, G.exponent
        (6, False, 6)
        >>> [int(x) for x in G.element_orders]
        [1, 2, 2, 3, 3, 2]
    """

    def __init__(self, core: _core.Group) -> None:
        if not isinstance(core, _core.Group):
            raise ArgumentError(
                f"core: expected a group made by peterweyl.group, from_table or from_permutations, "
                f"got {type(core).__name__}"
            )
        self._core = core

    @property
    def order(self) -> int:
        """The number of elements."""
        return self._core.order

    def __len__(self) -> int:
        """The number of elements."""
        return self._core.order

    @property
    def name(self) -> str:
        """The spec it was made from, or ``""``; :meth:`identify` finds a name for any group."""
        return self._core.name

    @property
    def identity(self) -> int:
        """The identity element: 0 for every group we construct, the caller's label after :func:`from_table`."""
        return self._core.identity

    @cached_property
    def table(self) -> NDArray[np.uint16]:
        """(n, n) uint16, read-only: ``table[a, b]`` is the product ``a*b``. No copy.

        Groups of permutations and the classical families have one only when it is asked for: 2 n**2 bytes, and
        ``GroupTooLargeError`` beyond order 32,768. :meth:`multiply` needs none.
        """
        return self._core.table

    @cached_property
    def exponent(self) -> int:
        """The least common multiple of the orders of the elements."""
        return self._core.exponent

    @cached_property
    def is_abelian(self) -> bool:
        """Whether the group is commutative."""
        return self._core.is_abelian

    @cached_property
    def conjugacy_classes(self) -> ConjugacyClasses:
        """The conjugacy classes, in the documented order."""
        return ConjugacyClasses(*self._core.conjugacy_classes())

    def class_of(self, element: int) -> int:
        """The number of the conjugacy class of an element, in groups of any size.

        Example:
            >>> import peterweyl as pw
            >>> M24 = pw.group("M24")
            >>> M24.class_of(0), len(M24.conjugacy_classes)
            (0, 26)
        """
        return self._core.class_of(int(element))

    def power_map(self, exponent: int) -> NDArray[np.uint32]:
        """The class of the ``exponent``-th powers of each class.

        Args:
            exponent: any integer.

        Returns:
            (k,) uint32: ``power_map(e)[c]`` is the class of ``x**e`` for x in class c.

        Example:
            >>> import peterweyl as pw
            >>> [int(c) for c in pw.group("S3").power_map(2)]
            [0, 0, 2]
        """
        return self._core.power_map(exponent)

    def isomorphism(self, other: Group) -> NDArray[np.uint32] | None:
        """An isomorphism to another group, checked, or ``None`` when there is none.

        Args:
            other: the target.

        Returns:
            (n,) uint32 with ``f[table[a, b]] == other.table[f[a], f[b]]`` for all a, b, or ``None``.

        Complexity:
            Invariants first, then backtracking over the images of a few rare generators, O(n r) an attempt.

        Example:
            >>> import peterweyl as pw
            >>> pw.group("D3").isomorphism(pw.group("S3")) is None
            False
            >>> pw.group("D4").isomorphism(pw.group("Q8")) is None
            True
        """
        return self._core.isomorphism(_as_group(other, "other")._core)

    def is_isomorphic(self, other: Group) -> bool:
        """Whether there is an isomorphism to another group."""
        return self.isomorphism(other) is not None

    def identify(self) -> Identification:
        """Find out which group it is.

        Returns:
            The number in GAP's library of small groups, for every order up to 511 except 256 and 384; and, computed
            when it is asked for, a name: a named family or product that is isomorphic to it, else what is proven of
            its structure.

        Complexity:
            A fingerprint in O(classes * n), then an isomorphism test where several groups share it.

        Example:
            >>> import peterweyl as pw
            >>> found = pw.from_permutations([[1, 2, 3, 0], [1, 0, 2, 3]]).identify()
            >>> found.name, found.small_group_id
            ('S4', (24, 12))
        """
        return self._identification

    @cached_property
    def _identification(self) -> Identification:
        return Identification(self._core)

    @cached_property
    def fingerprint(self) -> int:
        """64 bits that are equal for isomorphic groups; different ones prove that groups are not isomorphic."""
        return _core.fingerprint(self._core)

    @cached_property
    def character_table(self) -> CharacterTable:
        """The exact table of the irreducible characters, rows in the order of :attr:`irreps`."""
        from .characters.table import character_table

        return character_table(self)

    @cached_property
    def irreps(self) -> Irreps:
        """The irreducible unitary representations, in the documented order."""
        from .irreps import irreducible_representations

        return irreducible_representations(self)

    def fourier(self, dtype: str | np.dtype[Any] = "complex128") -> FourierPlan:
        """The Fourier transform of this group as a plan, made once for each precision.

        Args:
            dtype: ``"complex128"`` or ``"complex64"``, the type of the spectrum.
        """
        from .fourier import plan

        key = np.dtype(dtype).name
        plans = self._plans
        if key not in plans:
            plans[key] = plan(self, key)
        return plans[key]

    @cached_property
    def _plans(self) -> dict[str, FourierPlan]:
        return {}

    def __mul__(self, other: Group) -> Group:
        """The direct product, elements row-major."""
        if not isinstance(other, Group):
            return NotImplemented
        return direct_product(self, other)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the spec where there is one, else by permutations or the table."""
        if self.name:
            return (group, (self.name,))
        if self.order > MAXIMAL_ORDER and self._core.degree:
            return (from_permutations, ([self.permutation(g) for g in self.generators],))
        return (from_table, (np.asarray(self.table),))

    def __eq__(self, other: object) -> bool:
        """Equal tables: the same group with the same labels."""
        if not isinstance(other, Group):
            return NotImplemented
        if self._core is other._core:
            return True
        if self.order != other.order:
            return False
        if self.order > MAXIMAL_NUMBERED_ORDER:
            return self.name == other.name
        if self.order <= 1024:
            return np.array_equal(self.table, other.table)
        if self.order > MAXIMAL_LISTED_ORDER:
            # Too large to compare products: equal when made alike.
            return (self.name, self.generators, self._core.degree) == (
                other.name,
                other.generators,
                other._core.degree,
            ) and all(
                np.array_equal(self._core.permutation(g), other._core.permutation(g)) for g in self.generators
            )
        # Right multiplication by generators determines every product.
        elements = np.arange(self.order)
        return self.identity == other.identity and all(
            np.array_equal(self.multiply(elements, g), other.multiply(elements, g)) for g in self.generators
        )

    def __hash__(self) -> int:
        """Consistent with equality: equal tables have equal rows."""
        if self.order > MAXIMAL_NUMBERED_ORDER:
            return hash((self.order, self.name))
        some = np.arange(0, self.order, max(1, self.order // 16))
        return hash((self.order, self.multiply(self.order - 1, some).tobytes()))

    def __repr__(self) -> str:
        """One line: the name and the order."""
        return f"<Group {self.name or 'without a name'}, order {self.order}>"


def _as_group(value: object, argument: str) -> Group:
    """A group as it is, a spec read; anything else is an error that names the argument."""
    if isinstance(value, Group):
        return value
    if isinstance(value, str):
        return group(value)
    raise ArgumentError(f"{argument}: expected a Group or a spec such as 'S5', got {type(value).__name__}")


def group(spec: str) -> Group:
    """Make a group from a spec.

    Args:
        spec: ``"C12"``, ``"D5"`` (order 10), ``"S5"``, ``"A6"``, ``"Q8"``, ``"Dic3"``, ``"C2^3"``, ``"C4 x S3"``,
            ``"C7 : C3"``, ...; :func:`known_specs` lists the forms. White space is free.

    Returns:
        The group, elements in the documented order of its family, identity at 0.

    Raises:
        GroupSpecError: the text is not a spec; the nearest known ones are named.
        ArgumentError: a parameter is out of range.
        GroupTooLargeError: too large to number its elements or, for some families, to write the table; nothing was
            allocated.

    Complexity:
        O(n) or less for cyclic, dihedral, symmetric, alternating, linear and Mathieu groups, direct and wreath
        products; O(n**2), the multiplication table, for the other families.

    Example:
        >>> import peterweyl as pw
        >>> pw.group("C4 x S3")
        <Group C4 x S3, order 24>
    """
    if not isinstance(spec, str):
        raise ArgumentError(f"spec: expected text such as 'S5', got {type(spec).__name__}")
    return Group(_core.group_from_specification(spec))


def known_specs() -> dict[str, str]:
    """The forms of the spec language and what they mean.

    Example:
        >>> import peterweyl as pw
        >>> pw.known_specs()["D<n>"]
        'dihedral, order 2n'
    """
    return dict(_core.known_specifications())


def from_table(table: ArrayLike) -> Group:
    """Make a group from its multiplication table, which is checked.

    Args:
        table: (n, n) integers in 0 ... n-1, ``table[a, b]`` the product ``a*b``. The labels are kept; the
            identity may be any of them.

    Returns:
        The group.

    Raises:
        NotAGroupError: not the table of a group; ``.witness`` holds the entries that show it.
        GroupTooLargeError: n is beyond the limit.

    Complexity:
        O(n**2 log n), by Light's associativity test over a generating set.

    Example:
        >>> import peterweyl as pw
        >>> pw.from_table([[0, 1], [1, 0]]).identify().name
        'C2'
    """
    array = np.asarray(table)
    if array.ndim != 2 or array.dtype.kind not in "iu":
        raise ArgumentError(
            f"table: expected a two-dimensional array of integers (n, n), got shape {array.shape}, dtype {array.dtype}"
        )
    return Group(_core.group_from_table(array))


def from_permutations(generators: Sequence[ArrayLike], *, limit: int = MAXIMAL_NUMBERED_ORDER) -> Group:
    """Make the group that permutations generate.

    Args:
        generators: image arrays of one degree, 0-based: ``[1, 2, 0]`` sends 0 to 1, 1 to 2 and 2 to 0.
        limit: the largest order that is accepted.

    Returns:
        The group, identity at 0; ``a*b`` is first a, then b. Up to 1,000,000 elements they are numbered
        breadth-first over the generators; beyond that along a stabilizer chain, and nothing is listed.

    Raises:
        ArgumentError: not permutations, or of different degrees.
        EnumerationLimitError: more than ``limit`` elements.
        GroupTooLargeError: 2**32 elements or more; :class:`~peterweyl.permutation_groups.PermutationGroup` has no
            such limit.

    Complexity:
        O(n * degree) to enumerate; the table waits until it is asked for.

    Example:
        >>> import peterweyl as pw
        >>> pw.from_permutations([[1, 0, 2], [1, 2, 0]]).order
        6
    """
    arrays = []
    for index, generator in enumerate(generators):
        array = np.asarray(generator)
        if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
            raise ArgumentError(
                f"generators[{index}]: expected a one-dimensional array of integers, "
                f"got shape {array.shape}, dtype {array.dtype}"
            )
        arrays.append(array.astype(np.int64))
    if limit < 1:
        raise ArgumentError(f"limit: expected a positive integer, got {limit}")
    return Group(_core.group_from_permutations(arrays, limit))


def direct_product(*factors: Group | str) -> Group:
    """The direct product of groups.

    Args:
        *factors: groups or specs.

    Returns:
        The group of tuples, row-major: the last factor runs fastest.

    Example:
        >>> import peterweyl as pw
        >>> pw.direct_product("C2", "C3").identify().name
        'C6'
    """
    return Group(_core.direct_product([_as_group(f, f"factors[{i}]")._core for i, f in enumerate(factors)]))
