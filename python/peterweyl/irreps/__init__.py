"""The irreducible unitary representations of a finite group.

They come in a documented order: the trivial one first, then by degree, then by character along the conjugacy classes
(values rounded to 1e-6; the larger real part first, then the larger imaginary part). For ``C_n`` and direct products
of cyclic groups the order is the one that makes the Fourier transform equal :func:`numpy.fft.fftn`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ..errors import ArgumentError
from .decomposition import Decomposition, decompose
from .real_forms import RealFormKind, real_form

if TYPE_CHECKING:
    from ..groups import Group

__all__ = ["DEFAULT_SEED", "Decomposition", "Irrep", "Irreps", "irreducible_representations"]

#: The seed of the random draws where the caller gives none.
DEFAULT_SEED: Final = 20240115

_TYPES: Final[Mapping[int, Literal["real", "complex", "quaternionic"]]] = MappingProxyType(
    {1: "real", 0: "complex", -1: "quaternionic"}
)


def __dir__() -> list[str]:
    return __all__


class Irrep:
    """One irreducible unitary representation: ``rho(a*b) == rho(a) @ rho(b)``.

    Example:
        >>> import peterweyl as pw
        >>> rho = pw.group("S3").irreps[2]
        >>> rho.degree, rho.type, rho.label
        (2, 'real', '2r#1')
        >>> [round(float(x.real)) for x in rho.character]
        [2, 0, -1]
    """

    __slots__ = ("_core", "_facts", "_label")

    def __init__(self, core: _core.Irreps, index: int, facts: tuple[int, int, int], label: str) -> None:
        self._core = core
        self._facts = (index, *facts)
        self._label = label

    @property
    def index(self) -> int:
        """The position among the irreps of the group."""
        return self._facts[0]

    @property
    def degree(self) -> int:
        """The dimension of the space it acts on."""
        return self._facts[1]

    @property
    def indicator(self) -> int:
        """The Frobenius–Schur indicator: 1 real, 0 complex, -1 quaternionic."""
        return self._facts[2]

    @property
    def conjugate_index(self) -> int:
        """The position of the complex conjugate irrep: its own unless the type is complex."""
        return self._facts[3]

    @property
    def type(self) -> Literal["real", "complex", "quaternionic"]:
        """The word for the Frobenius–Schur indicator."""
        return _TYPES[self.indicator]

    @property
    def label(self) -> str:
        """Degree, first letter of the type and a running number, such as ``"2r#1"``; the first is ``"trivial"``."""
        return self._label

    @property
    def character(self) -> NDArray[np.complex128]:
        """(k,) complex128, read-only: the trace on each conjugacy class, in the order of the classes. No copy."""
        return self._core.character(self.index)

    def matrices(self) -> NDArray[np.complex128]:
        """The matrices of all elements.

        Returns:
            (n, d, d) complex128, read-only, without a copy: ``matrices()[g]`` is the matrix of element g.

        Example:
            >>> import peterweyl as pw
            >>> G = pw.group("A4")
            >>> m = G.irreps[3].matrices()
            >>> m.shape, bool(abs(m[1] @ m[5] - m[G.table[1, 5]]).max() < 1e-12)
            ((12, 3, 3), True)
        """
        return self._core.matrices(self.index)

    def matrix(self, g: int) -> NDArray[np.complex128]:
        """(d, d) complex128, read-only: the matrix of one element."""
        matrices = self.matrices()
        if not 0 <= g < len(matrices):
            raise ArgumentError(f"g: expected an element 0 ... {len(matrices) - 1}, got {g}")
        matrix: NDArray[np.complex128] = matrices[g]
        return matrix

    def real_form(self, kind: RealFormKind | None = None) -> NDArray[Any]:
        """An equivalent form without complex numbers, or with quaternions.

        Args:
            kind: ``"orthogonal"`` (d x d real, type real), ``"quaternionic"`` (d x d complex of the shape
                ``[[A, -conj(B)], [B, conj(A)]]``, the quaternions ``A + j B``; type quaternionic) or ``"realified"``
                (2d x 2d real, every type); by default orthogonal, quaternionic and realified for the types real,
                quaternionic and complex.

        Returns:
            The matrices of all elements: (n, k, k), orthogonal or unitary, read ``real_form()[g]``.

        Raises:
            ArgumentError: the type of the irrep does not have that form.

        Complexity:
            O(n d^3).

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> rho = pw.group("A5").irreps[1]
            >>> m = rho.real_form()
            >>> m.dtype, m.shape, bool(np.allclose(m @ m.transpose(0, 2, 1), np.eye(3)))
            (dtype('float64'), (60, 3, 3), True)
        """
        return real_form(self.matrices(), self.indicator, kind)

    def __repr__(self) -> str:
        """The label, the degree and the type."""
        return f"Irrep({self.label!r}, degree={self.degree}, type={self.type!r})"


class Irreps(Sequence[Irrep]):
    """All irreducible representations of a group, immutable, with the residuals of the checks they passed.

    Example:
        >>> import peterweyl as pw
        >>> R = pw.group("S4").irreps
        >>> R
        Irreps of S4: 1r, 1r, 2r, 3r, 3r
        >>> sum(rho.degree**2 for rho in R), max(R.residuals.values()) < 1e-12
        (24, True)
    """

    __slots__ = ("_all", "_core", "_group")

    def __init__(self, core: _core.Irreps, group: Group) -> None:
        self._core = core
        self._group = group
        facts = list(zip(core.degrees, core.indicators, core.conjugates, strict=True))
        numbers: Counter[str] = Counter()
        made = []
        for index, (degree, indicator, conjugate) in enumerate(facts):
            family = f"{degree}{_TYPES[indicator][0]}"
            numbers[family] += 1
            label = "trivial" if index == 0 else f"{family}#{numbers[family]}"
            made.append(Irrep(core, index, (degree, indicator, conjugate), label))
        self._all = tuple(made)

    @property
    def method(self) -> str:
        """How they were made, for people to read."""
        return self._core.method

    @property
    def residuals(self) -> dict[str, float]:
        """The largest deviations that the checks found: ``homomorphism``, ``unitarity`` and ``schur``.

        ``homomorphism`` is over the products of any two representatives of cosets in the chain of subgroups, which
        imply all others, ``unitarity`` over all elements, ``schur`` over the inner products of the characters.
        """
        return {
            "homomorphism": self._core.homomorphism_residual,
            "unitarity": self._core.unitarity_residual,
            "schur": self._core.schur_residual,
        }

    @property
    def degrees(self) -> tuple[int, ...]:
        """The degree of each."""
        return tuple(rho.degree for rho in self._all)

    def decompose(self, matrices: Sequence[ArrayLike]) -> Decomposition:
        """Write a representation of the group as a sum of these irreps.

        Args:
            matrices: one square matrix for each of ``group.generators``, in their order; unitary or not.

        Returns:
            The multiplicities and the intertwiner.

        Raises:
            ArgumentError: a wrong number or shape of matrices.
            NotARepresentationError: they do not satisfy the relations of the group.
            GroupTooLargeError: the matrices of all elements would take more than 4 GiB.

        Complexity:
            O(n D^3) for the matrices of all elements, O(n D^2 sum d) for the basis.

        Example:
            >>> import numpy as np
            >>> import peterweyl as pw
            >>> G = pw.group("S4")
            >>> permutations = [np.eye(4)[:, G.permutation(g)].T for g in G.generators]
            >>> G.irreps.decompose([m.T for m in permutations]).multiplicities
            (1, 0, 0, 1, 0)
        """
        return decompose(self._group, matrices)

    def __len__(self) -> int:
        """The number of irreps, which is the number of conjugacy classes."""
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> Irrep: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Irrep, ...]: ...
    def __getitem__(self, index: int | slice) -> Irrep | tuple[Irrep, ...]:
        """One irrep, or a tuple of some."""
        return self._all[index]

    def __iter__(self) -> Iterator[Irrep]:
        """The irreps in their order."""
        return iter(self._all)

    def __repr__(self) -> str:
        """The degrees and types, the first sixteen of them."""
        shown = 16
        words = [f"{rho.degree}{rho.type[0]}" for rho in self._all[:shown]]
        if len(self._all) > shown:
            words.append(f"... ({len(self._all)} in all)")
        name = self._group.name or f"a group of order {self._group.order}"
        return f"Irreps of {name}: {', '.join(words)}"


def irreducible_representations(group: Group, seed: int = DEFAULT_SEED) -> Irreps:
    """Make all irreducible unitary representations of a group.

    Args:
        group: any finite group. ``group.irreps`` is the same with the default seed, made once and kept.
        seed: of the random draws; another one gives equivalent matrices, the same characters and the same order.

    Returns:
        The irreps, in the documented order.

    Raises:
        GroupTooLargeError: the matrices would take more than 4 GiB (order 16,384); nothing was allocated.
        NumericalError: a residual stayed above 1e-12.

    Complexity:
        16 n^2 bytes; O(n sum d^3) operations beyond the search of a chain of subgroups. Closed forms for cyclic and
        symmetric groups and direct products.

    Example:
        >>> import peterweyl as pw
        >>> from peterweyl.irreps import irreducible_representations
        >>> irreducible_representations(pw.group("A5"), seed=1)
        Irreps of A5: 1r, 3r, 3r, 4r, 5r
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or not 0 <= int(seed) < 2**63:
        raise ArgumentError(f"seed: expected an integer in 0 ... 2**63 - 1, got {seed!r}")
    core = _core.irreducible_representations(group._core, int(seed))
    return Irreps(core, group)
