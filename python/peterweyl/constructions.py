"""Groups by construction: from a presentation, from matrices, as semidirect and wreath products and quotients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .errors import ArgumentError
from .groups import Group, _as_group
from .limits import MAXIMAL_ORDER
from .subgroups import Quotient

__all__ = [
    "CosetTable",
    "MatrixGroup",
    "coset_table",
    "from_matrices",
    "from_presentation",
    "quotient",
    "semidirect_product",
    "wreath_product",
]

#: Coset enumerations hold at most so many cosets at any one time unless told otherwise (and at most 1 GiB).
MAXIMAL_COSETS = 4_000_000

Strategy = Literal["automatic", "hlt", "felsch"]


def __dir__() -> list[str]:
    return __all__


def _check_text(value: object, argument: str) -> str:
    if not isinstance(value, str):
        raise ArgumentError(
            f"{argument}: expected text such as 'a^2, b^3, (a*b)^5', got {type(value).__name__}"
        )
    if not value.isascii():
        raise ArgumentError(f"{argument}: expected ASCII text, got {value[:60]!a}")
    return value


def _check_limit(limit: object) -> int:
    if not isinstance(limit, (int, np.integer)) or isinstance(limit, bool) or not 1 <= limit < 2**63:
        raise ArgumentError(f"limit: expected a positive integer, got {limit!r}")
    return int(limit)


def _integers(value: ArrayLike | Sequence[ArrayLike], argument: str, dimensions: int) -> NDArray[np.int64]:
    """An array of integers with so many axes; anything else is an error that names the argument."""
    try:
        array: NDArray[Any] = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.ndim != dimensions or (array.size and array.dtype.kind not in "iu"):
        raise ArgumentError(
            f"{argument}: expected an array of 64-bit integers with {dimensions} axes, "
            f"got shape {array.shape}, dtype {array.dtype}"
        )
    return array.astype(np.int64)


def from_presentation(text: str, *, limit: int = MAXIMAL_COSETS, strategy: Strategy = "automatic") -> Group:
    """Make a group from generators and relations.

    Args:
        text: relations such as ``"a^2, b^3, (a*b)^5"``, or with a list of generators,
            ``"<a, b | a^2 = b^3 = 1, [a, b]^4, a^b = a^-1>"``. Products with ``*`` or side by side, integer powers,
            commutators ``[u, v] = u^-1 v^-1 u v``, conjugates ``u^v = v^-1 u v``, equations, ``1``. Without a list,
            every letter (with digits behind it) is a generator, in the order of appearance.
        limit: the most cosets that the enumeration may hold at any one time; see :func:`coset_table`.
        strategy: see :func:`coset_table`.

    Returns:
        The group; elements breadth-first over the generators from the identity at 0. ``G.generators`` are the
        generators of the presentation, one by one, even where some turn out trivial or equal.

    Raises:
        ArgumentError: the text cannot be read; the message says where.
        EnumerationLimitError: the limit was reached. The group may be infinite, or need a higher limit on the way.
        GroupTooLargeError: the group is finite, but too large for a multiplication table.

    Complexity:
        About a microsecond for each coset that is defined on the way, then O(n**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> pw.from_presentation("a^2, b^3, (a*b)^5").identify().name
        'A5'
        >>> pw.from_presentation("<i, j | i^4, j^2 = i^2, i^j = i^-1>").identify().name
        'Q8'
    """
    return Group(_core.group_from_presentation(_check_text(text, "text"), _check_limit(limit), strategy))


@dataclass(frozen=True, eq=False)
class CosetTable:
    """The right cosets of a subgroup, permuted by the generators.

    Attributes:
        generators: the names of the generators.
        images: (index, generators) uint32, ``images[c, k]`` is coset c times generator k. Coset 0 is the subgroup,
            the others are breadth-first over the generators.
        defined: how many cosets were defined in the course of the enumeration, superfluous ones included.
        maximal: the most there were at any one time.
    """

    generators: tuple[str, ...]
    images: NDArray[np.uint32]
    defined: int
    maximal: int

    def __len__(self) -> int:
        """The index of the subgroup."""
        return len(self.images)

    @property
    def permutations(self) -> NDArray[np.uint32]:
        """(generators, index): the permutation of the cosets by each generator, as for ``from_permutations``."""
        return np.ascontiguousarray(self.images.T)


def coset_table(
    text: str,
    subgroup: str | Sequence[str] = "",
    *,
    limit: int = MAXIMAL_COSETS,
    strategy: Strategy = "automatic",
) -> CosetTable:
    """Enumerate the cosets of a subgroup of a finitely presented group (Todd and Coxeter).

    Args:
        text: the presentation, as in :func:`from_presentation`.
        subgroup: words that generate the subgroup, separated by commas or as a sequence; none for the trivial one.
        limit: the most cosets that the table may hold at any one time. It takes ``4 * (columns + 6)`` bytes a coset
            (a column for each generator and each inverse), half as much again while it grows, and never more than
            1 GiB.
        strategy: ``"hlt"`` (fast, wasteful), ``"felsch"`` (sparing, slower) or ``"automatic"``: HLT with lookahead, and
            Felsch from where HLT meets the limit.

    Returns:
        The table.

    Raises:
        ArgumentError: a text cannot be read.
        EnumerationLimitError: the limit was reached; ``.reached`` says with how many cosets.

    Example:
        >>> import peterweyl as pw
        >>> table = pw.coset_table("a^2, b^3, (a*b)^5", subgroup="a*b")
        >>> len(table), table.generators
        (12, ('a', 'b'))
        >>> pw.from_permutations(table.permutations).order
        60
    """
    _check_text(text, "text")
    words = (
        subgroup
        if isinstance(subgroup, str)
        else ", ".join(_check_text(word, "subgroup") for word in subgroup)
    )
    return CosetTable(*_core.coset_table(text, words, _check_limit(limit), strategy))


class MatrixGroup(Group):
    """A group of matrices: a :class:`Group` that also knows the matrix of each element; see :func:`from_matrices`."""

    def __init__(self, core: _core.MatrixGroup, field: int | None) -> None:
        super().__init__(core.group)
        self._matrix_core = core
        self._field = field

    @property
    def field(self) -> int | None:
        """The number of elements of the field, or ``None`` for matrices of integers."""
        return self._field

    @cached_property
    def matrices(self) -> NDArray[np.int64]:
        """(n, d, d) int64, read-only: the matrix of each element."""
        return self._matrix_core.matrices

    def element(self, matrix: ArrayLike) -> int:
        """The element with this matrix.

        Args:
            matrix: (d, d) integers; over a field, labels 0 ... q-1.

        Raises:
            ArgumentError: the matrix is not in the group.

        Example:
            >>> import peterweyl as pw
            >>> G = pw.from_matrices([[[0, 1], [-1, 0]]])
            >>> G.element([[-1, 0], [0, -1]])
            2
        """
        array = _integers(matrix, "matrix", 2)
        found = self._matrix_core.find(array) if array.shape == self.matrices.shape[1:] else None
        if found is None:
            raise ArgumentError(f"matrix: expected a matrix of the group, got {array.tolist()}")
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the matrices of the generators."""
        generators = self.matrices[list(self.generators) or [0]].tolist()
        return (partial(from_matrices, field=self._field), (generators,))


def from_matrices(
    matrices: Sequence[ArrayLike] | NDArray[Any],
    modulus: int | None = None,
    *,
    field: int | None = None,
    limit: int = MAXIMAL_ORDER,
) -> MatrixGroup:
    """Make the group that matrices generate.

    Args:
        matrices: square matrices of integers of one size, at least one. Arithmetic is exact.
        modulus: a prime p to read the entries modulo p, over GF(p); ``None`` for matrices over the integers.
        field: a prime power q for matrices over GF(q) with entries 0 ... q-1: the label ``a_0 + a_1 p + ...`` is the
            polynomial ``a_0 + a_1 x + ...`` modulo the smallest primitive polynomial. At most 65536.
        limit: the largest order that is enumerated.

    Returns:
        The group; elements breadth-first over the generators from the identity at 0, ``a*b`` the matrix product.
        ``.matrices`` and ``.element(matrix)`` lead from elements to matrices and back.

    Raises:
        ArgumentError: not square integer matrices of one size, not invertible, or no such field.
        EnumerationLimitError: more than ``limit`` elements, or integer entries that grow past 2**25: infinite.

    Complexity:
        O(n * generators * d**3) to enumerate, O(n**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> pw.from_matrices([[[0, -1], [1, 0]], [[0, 1], [1, 0]]]).identify().name
        'D4'
        >>> pw.from_matrices([[[1, 1], [0, 1]], [[1, 0], [1, 1]]], modulus=3).order
        24
    """
    array = _integers(cast("ArrayLike", matrices), "matrices", 3)
    if array.shape[0] == 0 or array.shape[1] != array.shape[2]:
        raise ArgumentError(f"matrices: expected at least one square matrix, got shape {array.shape}")
    if modulus is not None:
        if field is not None and field != modulus:
            raise ArgumentError(f"field: expected none beside modulus={modulus}, got {field}")
        if (
            not isinstance(modulus, (int, np.integer))
            or not 2 <= modulus <= 65536
            or not _is_prime(int(modulus))
        ):
            raise ArgumentError(
                f"modulus: expected a prime up to 65536 (for GF(q), q a prime power, use field=q), got {modulus!r}"
            )
        field = int(modulus)
        array %= field
    if field is not None and (not isinstance(field, (int, np.integer)) or not 2 <= field <= 65536):
        raise ArgumentError(f"field: expected a prime power up to 65536, got {field!r}")
    field = None if field is None else int(field)
    return MatrixGroup(_core.group_from_matrices(array, field, _check_limit(limit)), field)


def _is_prime(n: int) -> bool:
    return n >= 2 and all(n % p for p in range(2, int(n**0.5) + 1))


def semidirect_product(normal: Group | str, acting: Group | str, action: Sequence[ArrayLike]) -> Group:
    """The semidirect product of two groups, with any action.

    Args:
        normal: the normal factor N, a group or a spec.
        acting: the other factor H.
        action: one array for each of ``H.generators``, in their order: ``action[k][n]`` is ``h*n*h**-1`` for the
            k-th generator h.

    Returns:
        The group of pairs (n, h), row-major, h fastest, with ``(n, h)(n', h') = (n * phi_h(n'), h*h')``.

    Raises:
        ArgumentError: an array is not an automorphism of N, or they do not extend to a homomorphism from H; the
            message names elements that show it.
        GroupTooLargeError: the table would be too large.

    Complexity:
        O(n * generators) for the checks, O(n**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> pw.semidirect_product("C7", "C3", [[2 * i % 7 for i in range(7)]]).identify().name
        'C7 : C3'
    """
    n = _as_group(normal, "normal")
    h = _as_group(acting, "acting")
    arrays = [_integers(images, f"action[{k}]", 1) for k, images in enumerate(action)]
    return Group(_core.semidirect_product(n._core, h._core, arrays))


def wreath_product(base: Group | str, top: Group | str) -> Group:
    """The wreath product ``base wr top``: top permutes the coordinates of a power of base.

    Args:
        base: any group, or a spec.
        top: a group that permutes points: ``S<n>``, ``A<n>``, ``C<n>``, a linear or Mathieu group, or a group from
            :func:`from_permutations`.

    Returns:
        The group of tuples (f(0), ..., f(m-1); b), row-major, b fastest, with
        ``(f; b)(g; c) = (i -> f(i) * g(i^b); b*c)``.

    Raises:
        ArgumentError: top does not permute points.
        GroupTooLargeError: the table would be too large.

    Complexity:
        O(n * generators * points) products, O(n**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> pw.wreath_product("C2", "S4").order
        384
    """
    return Group(_core.wreath_product(_as_group(base, "base")._core, _as_group(top, "top")._core))


def quotient(group: Group | str, normal_generators: Sequence[int]) -> Quotient:
    """The quotient of a group by the normal subgroup that some elements generate.

    Args:
        group: a group or a spec.
        normal_generators: elements that generate a normal subgroup.

    Returns:
        The quotient: ``.group``, and ``.projection``, the image of each element in it.

    Raises:
        ArgumentError: the subgroup is not normal.

    Example:
        >>> import peterweyl as pw
        >>> S4 = pw.group("S4")
        >>> pw.quotient(S4, [7, 16]).group.identify().name
        'S3'
    """
    return _as_group(group, "group").subgroup(normal_generators).quotient()
