"""Exact numbers of cyclotomic fields: what character values are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from .. import _core
from ..errors import ArgumentError, NumericalError

if TYPE_CHECKING:
    import sympy

__all__ = ["Cyclotomic"]


def _integer(value: object, argument: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ArgumentError(f"{argument}: expected an integer, got {value!r}")
    return int(value.__index__())


@total_ordering
class Cyclotomic:
    """An element of a cyclotomic field, exact and immutable: a sum of roots of unity over an integer.

    Numbers are kept in canonical form (smallest field, integral basis of Zumbroich), so equal numbers look alike;
    integers, fractions and cyclotomic numbers mix freely. Coefficients are 64-bit integers: a result that does not
    fit raises, nothing wraps around.

    Args:
        value: an integer or a fraction.

    Raises:
        ArgumentError: anything else.

    Example:
        >>> import peterweyl as pw
        >>> zeta = pw.Cyclotomic.root_of_unity(5)
        >>> golden = -(zeta**2 + zeta**3)
        >>> print(golden, golden.gap(), golden**2 == golden + 1)
        (1+√5)/2 -E(5)^2-E(5)^3 True
        >>> print(1 / golden)
        (-1+√5)/2
    """

    __slots__ = ("_denominator", "_numerator")

    _numerator: _core.Cyclotomic
    _denominator: int

    def __init__(self, value: int | Fraction | Cyclotomic = 0) -> None:
        made = _convert(value)
        if made is NotImplemented:
            raise ArgumentError(f"value: expected an integer or a fraction, got {value!r}")
        self._numerator = made._numerator
        self._denominator = made._denominator

    @classmethod
    def _make(cls, core: _core.Cyclotomic, denominator: int = 1) -> Cyclotomic:
        number = cls.__new__(cls)
        if denominator != 1:
            if denominator < 0:
                core, denominator = core.negated(), -denominator
            common = math.gcd(denominator, *(c for _, c in core.terms))
            core, denominator = core.divided_by(common), denominator // common
        number._numerator = core
        number._denominator = denominator
        return number

    @classmethod
    def root_of_unity(cls, n: int, exponent: int = 1) -> Cyclotomic:
        """``exp(2πi/n)**exponent``, GAP's ``E(n)^exponent``.

        Raises:
            ArgumentError: n is not in 1 ... 4194304.
        """
        return cls._make(
            _core.Cyclotomic.root_of_unity(
                max(_integer(n, "n"), 0), _integer(exponent, "exponent") % max(n, 1)
            )
        )

    @classmethod
    def from_terms(cls, n: int, terms: Mapping[int, int]) -> Cyclotomic:
        """The sum of ``coefficient * exp(2πi/n)**exponent`` over the items ``exponent: coefficient``.

        Example:
            >>> import peterweyl as pw
            >>> print(pw.Cyclotomic.from_terms(8, {1: 1, 3: -1}))
            √2
        """
        n = _integer(n, "n")
        if n < 1:
            raise ArgumentError(f"n: expected a positive integer, got {n}")
        return cls._make(_core.Cyclotomic.from_terms(n, [(e % n, c) for e, c in terms.items()]))

    @property
    def conductor(self) -> int:
        """The smallest n such that the number lies in the field of the n-th roots of unity."""
        return self._numerator.conductor

    @property
    def denominator(self) -> int:
        """The smallest positive integer that makes it a cyclotomic integer."""
        return self._denominator

    @property
    def terms(self) -> dict[int, int]:
        """Coefficients, by exponent, of the numerator in the integral basis of the field of its conductor."""
        return dict(self._numerator.terms)

    @property
    def is_rational(self) -> bool:
        """Whether it is a rational number."""
        return self._numerator.conductor == 1

    @property
    def is_real(self) -> bool:
        """Whether it is a real number."""
        return self._numerator.equals(self._numerator.galois(-1))

    @property
    def is_integral(self) -> bool:
        """Whether it is an algebraic integer."""
        return self._denominator == 1

    def galois(self, k: int) -> Cyclotomic:
        """The image under the automorphism that takes roots of unity of order ``conductor`` to their k-th powers.

        Raises:
            ArgumentError: k is not prime to the conductor.
        """
        return self._make(self._numerator.galois(_integer(k, "k") % self.conductor), self._denominator)

    def conjugate(self) -> Cyclotomic:
        """The complex conjugate."""
        return self._make(self._numerator.galois(-1), self._denominator)

    def galois_conjugates(self) -> tuple[Cyclotomic, ...]:
        """The different images under all automorphisms, itself first."""
        return tuple(self._make(c, self._denominator) for c in self._numerator.galois_conjugates())

    def trace(self) -> Fraction:
        """The sum of the images under all automorphisms of the field of its conductor."""
        return Fraction(self._numerator.trace(), self._denominator)

    def norm(self) -> Fraction:
        """The product of the images under all automorphisms of the field of its conductor."""
        degree = sum(math.gcd(k, self.conductor) == 1 for k in range(1, self.conductor + 1))
        return Fraction(self._numerator.norm(), self._denominator**degree)

    def __add__(self, other: object) -> Cyclotomic:
        right = _convert(other)
        if right is NotImplemented:
            return NotImplemented
        common = math.lcm(self._denominator, right._denominator)
        left_part = self._numerator.multiply(_core.Cyclotomic(common // self._denominator))
        right_part = right._numerator.multiply(_core.Cyclotomic(common // right._denominator))
        return self._make(left_part.add(right_part), common)

    __radd__ = __add__

    def __neg__(self) -> Cyclotomic:
        return self._make(self._numerator.negated(), self._denominator)

    def __pos__(self) -> Cyclotomic:
        return self

    def __sub__(self, other: object) -> Cyclotomic:
        right = _convert(other)
        return NotImplemented if right is NotImplemented else self + (-right)

    def __rsub__(self, other: object) -> Cyclotomic:
        return -self + other

    def __mul__(self, other: object) -> Cyclotomic:
        right = _convert(other)
        if right is NotImplemented:
            return NotImplemented
        return self._make(self._numerator.multiply(right._numerator), self._denominator * right._denominator)

    __rmul__ = __mul__

    def inverse(self) -> Cyclotomic:
        """One divided by it.

        Raises:
            ZeroDivisionError: it is zero.
        """
        if not self:
            raise ZeroDivisionError("zero has no inverse")
        product = _core.Cyclotomic(1)
        for image in self._numerator.galois_conjugates()[1:]:
            product = product.multiply(image)
        norm = product.multiply(self._numerator)
        return self._make(product.multiply(_core.Cyclotomic(self._denominator)), norm.trace())

    def __truediv__(self, other: object) -> Cyclotomic:
        right = _convert(other)
        return NotImplemented if right is NotImplemented else self * right.inverse()

    def __rtruediv__(self, other: object) -> Cyclotomic:
        return self.inverse() * other

    def __pow__(self, exponent: int) -> Cyclotomic:
        exponent = _integer(exponent, "exponent")
        if exponent < 0:
            return self.inverse() ** (-exponent)
        return self._make(self._numerator.power(exponent), self._denominator**exponent)

    def __bool__(self) -> bool:
        return bool(self._numerator.terms)

    def __eq__(self, other: object) -> bool:
        right = _convert(other)
        if right is NotImplemented:
            return NotImplemented
        return self._denominator == right._denominator and self._numerator.equals(right._numerator)

    def __lt__(self, other: object) -> bool:
        """The order of the real numbers.

        Raises:
            ArgumentError: a number is not real.
        """
        right = _convert(other)
        if right is NotImplemented:
            return NotImplemented
        if not (self.is_real and right.is_real):
            raise ArgumentError("order: expected real numbers, got one that is not real")
        return self != right and complex(self).real < complex(right).real

    def __hash__(self) -> int:
        if self.is_rational:
            return hash(self.to_fraction())
        return hash((self._numerator.hash(), self._denominator))

    def to_fraction(self) -> Fraction:
        """The rational number that it is.

        Raises:
            ArgumentError: it is not rational.
        """
        if not self.is_rational:
            raise ArgumentError(f"number: expected a rational one, got {self}")
        return Fraction(self._numerator.trace(), self._denominator)

    def __int__(self) -> int:
        value = self.to_fraction()
        if value.denominator != 1:
            raise ArgumentError(f"number: expected an integer, got {value}")
        return value.numerator

    def __complex__(self) -> complex:
        return self._numerator.value() / self._denominator

    def __float__(self) -> float:
        if not self.is_real:
            raise ArgumentError(f"number: expected a real one, got {self}")
        return complex(self).real

    def gap(self) -> str:
        """As GAP writes it: ``E(8)-E(8)^3``."""
        text = self._numerator.gap()
        if self._denominator == 1:
            return text
        return f"{text}/{self._denominator}" if self.is_rational else f"({text})/{self._denominator}"

    def latex(self) -> str:
        r"""For LaTeX, without dollar signs: ``\frac{1+\sqrt{5}}{2}``."""
        text = self._numerator.latex()
        return text if self._denominator == 1 else rf"\frac{{{text}}}{{{self._denominator}}}"

    def __str__(self) -> str:
        """For people: ``√2``, ``(1+√5)/2``, ``ζ₇+ζ₇²+ζ₇⁴``, ζₙ standing for exp(2πi/n)."""
        text = self._numerator.text()
        if self._denominator == 1:
            return text
        return f"{text}/{self._denominator}" if self.is_rational else f"({text})/{self._denominator}"

    def __repr__(self) -> str:
        return f"Cyclotomic({self.gap()})"

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def to_sympy(self) -> sympy.Expr:
        """As a SymPy expression in ``exp(2*pi*I/n)``."""
        import sympy

        zeta = sympy.exp(2 * sympy.pi * sympy.I / self.conductor)
        total = sum((c * zeta**e for e, c in self._numerator.terms), start=sympy.Integer(0))
        return total / self._denominator

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.conductor, self._numerator.terms, self._denominator)


def _rebuild(conductor: int, terms: list[tuple[int, int]], denominator: int) -> Cyclotomic:
    return Cyclotomic._make(_core.Cyclotomic.from_terms(conductor, terms), denominator)


def _core_integer(value: int) -> _core.Cyclotomic:
    if not -(2**63) <= value < 2**63:
        raise NumericalError(f"cyclotomic integer: a coefficient passes 64 bit: {value}")
    return _core.Cyclotomic(value)


def _convert(value: object) -> Any:
    if isinstance(value, Cyclotomic):
        return value
    if isinstance(value, Fraction):
        return Cyclotomic._make(_core_integer(value.numerator), value.denominator)
    if hasattr(value, "__index__"):
        return Cyclotomic._make(_core_integer(int(value.__index__())))
    return NotImplemented
