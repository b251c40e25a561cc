"""Class functions on a group: characters and what is made of them, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from .cyclotomic import Cyclotomic

if TYPE_CHECKING:
    from ..permutation_groups import PermutationGroup
    from ..subgroups import Subgroup
    from .table import CharacterTable

__all__ = ["ClassFunction"]


class ClassFunction(Sequence[Cyclotomic]):
    """A function on the conjugacy classes of a group with exact values; characters are such functions.

    Sums, multiples and products are pointwise: the product of two characters is the character of the tensor product.
    ``chi[c]`` is the value at class c. Immutable.

    Example:
        >>> import peterweyl as pw
        >>> T = pw.group("A5").character_table
        >>> chi = T[1]
        >>> (chi * chi).decomposition()
        {0: 1, 1: 1, 4: 1}
        >>> chi.symmetric_power(2).degree, chi.exterior_power(2) == chi
        (6, True)
    """

    def __init__(self, table: CharacterTable, values: Sequence[Cyclotomic]) -> None:
        if len(values) != len(table):
            raise ArgumentError(f"values: expected {len(table)} of them, one a class, got {len(values)}")
        self._table = table
        self._values = tuple(values)

    @property
    def table(self) -> CharacterTable:
        """The character table that the classes belong to."""
        return self._table

    def __len__(self) -> int:
        """The number of classes."""
        return len(self._values)

    def __getitem__(self, index: Any) -> Any:
        """The value at one class, or a tuple of values."""
        return self._values[index]

    def __iter__(self) -> Iterator[Cyclotomic]:
        """The values, class by class."""
        return iter(self._values)

    @cached_property
    def values(self) -> NDArray[np.complex128]:
        """(k,) complex128."""
        return np.array([complex(value) for value in self._values])

    @property
    def degree(self) -> int:
        """The value at the identity.

        Raises:
            ArgumentError: it is not an integer.
        """
        return int(self._values[0])

    # --- algebra ---------------------------------------------------------------------------------------------

    def _operand(self, other: object) -> Any:
        if isinstance(other, ClassFunction):
            self._table._same(other._table)
            return other._values
        if isinstance(other, Cyclotomic | Fraction) or hasattr(other, "__index__"):
            return (Cyclotomic(other),) * len(self)  # type: ignore[arg-type]
        return NotImplemented

    def _made(self, values: Sequence[Cyclotomic]) -> ClassFunction:
        return ClassFunction(self._table, values)

    def __add__(self, other: object) -> ClassFunction:
        right = self._operand(other)
        if right is NotImplemented:
            return NotImplemented
        return self._made([a + b for a, b in zip(self._values, right, strict=True)])

    __radd__ = __add__

    def __neg__(self) -> ClassFunction:
        return self._made([-a for a in self._values])

    def __sub__(self, other: object) -> ClassFunction:
        right = self._operand(other)
        if right is NotImplemented:
            return NotImplemented
        return self._made([a - b for a, b in zip(self._values, right, strict=True)])

    def __mul__(self, other: object) -> ClassFunction:
        right = self._operand(other)
        if right is NotImplemented:
            return NotImplemented
        return self._made([a * b for a, b in zip(self._values, right, strict=True)])

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> ClassFunction:
        return self._made([a**exponent for a in self._values])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ClassFunction):
            return NotImplemented
        return self._table._core is other._table._core and self._values == other._values

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        """The values as people read them."""
        return f"[{', '.join(map(str, self._values))}]"

    def conjugate(self) -> ClassFunction:
        """The complex conjugate."""
        return self._made([a.conjugate() for a in self._values])

    def galois(self, k: int) -> ClassFunction:
        """The image under roots of unity going to their k-th powers; k prime to the orders of the elements.

        Raises:
            ArgumentError: k is not prime to the conductor of a value.
        """
        return self._made([a.galois(k) for a in self._values])

    def galois_conjugates(self) -> tuple[ClassFunction, ...]:
        """The different images under all automorphisms, itself first."""
        import math

        exponent = math.lcm(*(a.conductor for a in self._values))
        found: dict[ClassFunction, None] = {}
        for k in range(1, exponent + 1):
            if math.gcd(k, exponent) == 1:
                found.setdefault(self.galois(k))
        return tuple(found)

    # --- inner products --------------------------------------------------------------------------------------

    def inner_product(self, other: ClassFunction) -> Cyclotomic:
        """The mean over the group of ``self * conjugate(other)``, exact.

        Example:
            >>> import peterweyl as pw
            >>> T = pw.group("S4").character_table
            >>> int(T[3].inner_product(T[3])), int(T.regular_character.inner_product(T[3]))
            (1, 3)
        """
        self._table._same(other._table)
        total: dict[tuple[int, int], int] = {}
        sizes = self._table.class_sizes
        for size, a, b in zip(sizes, self._values, other._values, strict=True):
            product = a * b.conjugate()
            for exponent, coefficient in product.terms.items():
                key = (product.conductor, exponent)
                total[key] = total.get(key, 0) + Fraction(size * coefficient, product.denominator)  # type: ignore[assignment]
        result = Cyclotomic(0)
        for (conductor, exponent), coefficient in total.items():
            weight = Fraction(coefficient) / self._table.order
            result += Cyclotomic(weight) * Cyclotomic.root_of_unity(conductor, exponent)
        return result

    @property
    def norm(self) -> Cyclotomic:
        """The inner product with itself: 1 exactly for irreducible characters and their negatives."""
        return self.inner_product(self)

    def coefficients(self) -> tuple[Cyclotomic, ...]:
        """The coefficients over the irreducible characters: exact for any class function."""
        return tuple(self.inner_product(chi) for chi in self._table.irreducibles)

    def decomposition(self) -> dict[int, int]:
        """The multiplicities of the irreducible constituents by their positions, for a (virtual) character.

        Raises:
            ArgumentError: a coefficient is not an integer, so it is no character.
        """
        found = {}
        for index, coefficient in enumerate(self.coefficients()):
            if not (coefficient.is_rational and coefficient.is_integral):
                raise ArgumentError(
                    f"class function: expected a character or a difference of characters, "
                    f"got coefficient {coefficient} at irreducible {index}"
                )
            if coefficient:
                found[index] = int(coefficient)
        return found

    def is_character(self) -> bool:
        """Whether it is a sum of irreducible characters."""
        return all(c.is_rational and c.is_integral and c >= 0 for c in self.coefficients()) and bool(
            self._values[0]
        )

    def is_irreducible(self) -> bool:
        """Whether it is an irreducible character."""
        return self in self._table.irreducibles

    def is_real(self) -> bool:
        """Whether all values are real."""
        return all(a.is_real for a in self._values)

    def is_rational(self) -> bool:
        """Whether all values are rational."""
        return all(a.is_rational for a in self._values)

    def is_faithful(self) -> bool:
        """Whether its kernel is trivial."""
        return self.kernel() == (0,)

    def restricted(self, subgroup: Subgroup | PermutationGroup) -> ClassFunction:
        """The restriction to a subgroup, on the classes of ``table.subgroup_table(subgroup)``."""
        fusion = self._table.fusion(subgroup)
        return ClassFunction(self._table.subgroup_table(subgroup), [self._values[c] for c in fusion])

    # --- operations of characters ----------------------------------------------------------------------------

    def adams(self, k: int) -> ClassFunction:
        """The k-th Adams operation: its value at g is the value at the k-th power of g."""
        return self._made([self._values[c] for c in self._table.power_map(k)])

    def indicator(self, k: int = 2) -> int:
        """The k-th Frobenius–Schur indicator: the mean of the values at k-th powers.

        Example:
            >>> import peterweyl as pw
            >>> [chi.indicator() for chi in pw.group("Q8").character_table]
            [1, 1, 1, 1, -1]
        """
        return int(self.adams(k).inner_product(self._table[0]))

    def _power(self, n: int, sign: int) -> ClassFunction:
        # Newton: n h_n = sum of (sign)^(k-1) psi_k h_(n-k).
        if n < 0:
            raise ArgumentError(f"n: expected a non-negative integer, got {n}")
        powers = [self.adams(k) for k in range(1, n + 1)]
        found = [self._table[0]]
        for m in range(1, n + 1):
            total = powers[0] * found[m - 1]
            for k in range(2, m + 1):
                total = total + powers[k - 1] * found[m - k] * sign ** (k - 1)
            found.append(total * Fraction(1, m))
        return found[n]

    def symmetric_power(self, n: int) -> ClassFunction:
        """The character of the n-th symmetric power."""
        return self._power(n, 1)

    def exterior_power(self, n: int) -> ClassFunction:
        """The character of the n-th exterior power."""
        return self._power(n, -1)

    def determinant(self) -> ClassFunction:
        """The determinant of a (virtual) character, a linear character: the product of the eigenvalues.

        Raises:
            ArgumentError: multiplicities of eigenvalues are not integers, so it is no character.

        Example:
            >>> import peterweyl as pw
            >>> T = pw.group("S4").character_table
            >>> [T.irreducibles.index(chi.determinant()) for chi in T]
            [0, 1, 1, 1, 0]
        """
        table = self._table
        values = self.values
        if np.abs(np.abs(values) - 1).max() < 1e-9 and self.degree == 1:
            return self  # of norm 1, hence linear
        powers = [table.power_map(t) for t in range(max(table.class_orders))]
        found = []
        for c, order in enumerate(table.class_orders):
            # How often each root of unity of the order of the class is an eigenvalue.
            along = values[[powers[t][c] for t in range(order)]]
            multiplicities = np.fft.fft(along) / order
            rounded = np.rint(multiplicities.real)
            if np.abs(multiplicities - rounded).max() > 1e-3 or np.abs(rounded).max() > 2**40:
                raise ArgumentError(
                    f"class function: expected a character, got multiplicities of eigenvalues at class {c} "
                    "that are not integers below 2^40"
                )
            exponent = sum(s * int(m) for s, m in enumerate(rounded))
            found.append(Cyclotomic.root_of_unity(order, exponent % order))
        return self._made(found)

    def kernel(self) -> tuple[int, ...]:
        """The classes at which a character takes its degree: the kernel of the representation."""
        return tuple(c for c, value in enumerate(self._values) if value == self._values[0])

    def center(self) -> tuple[int, ...]:
        """The classes at which the absolute value is the degree: where the representation is scalar."""
        square = self._values[0] * self._values[0]
        return tuple(c for c, value in enumerate(self._values) if value * value.conjugate() == square)
