"""The multiplication table of a group out of weights, with a certificate or the reason why there is none.

:func:`reconstruct` takes what there is of a network: blocks of weights, one irreducible representation each in the
ideal case; the factors of a network that multiplies; one matrix; logits; or a function that can be asked. What each of
them determines is a theorem, and the answer follows it: a group known only up to its opposite, up to a quotient, or up
to a list of groups is reported as that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..errors import ArgumentError
from .networks import CompositionNetwork, mlp, transformer
from .reasons import CANDIDATE_REASONS, LARGEST_LOG10_CHANCE, REASONS
from .result import BlockReport, Candidate, KernelReport, ReadOut, Reconstruction
from .scoring import Score, score_table

__all__ = [
    "CANDIDATE_REASONS",
    "LARGEST_LOG10_CHANCE",
    "REASONS",
    "BlockReport",
    "Candidate",
    "CompositionNetwork",
    "KernelReport",
    "ReadOut",
    "Reconstruction",
    "Score",
    "mlp",
    "reconstruct",
    "score_table",
    "transformer",
]


def __dir__() -> list[str]:
    return __all__


def reconstruct(
    *,
    blocks: Any = None,
    factors: Any = None,
    matrix: Any = None,
    operands: Any = None,
    function: Callable[[Any], Any] | None = None,
    logits: Any = None,
    block_sizes: Sequence[int] | str | None = None,
    axis: int | Sequence[int] | None = None,
    identity_omitted: bool = False,
    activation: str | Callable[[Any], Any] | None = None,
    order: int | None = None,
    exhaustive: bool = False,
    seed: int = 1,
) -> Reconstruction:
    """Find the multiplication table of a group in weights.

    Exactly one of ``blocks``, ``factors``, ``matrix``, ``operands`` and ``function`` is given, or ``logits`` alone.

    *Blocks* ``W(g) = A rho(g)^H B`` determine the group up to its opposite, or a quotient where no irrep that occurs is
    faithful. Unknown and found: the scale and the two-sided mixing of each block, the identity column, which irrep a
    block holds, and whether single blocks are conjugated or transposed against the others.

    *Factors* of a network ``sum_m act(u_m(a) + v_m(b)) w_m(c)`` determine the table with its labels and the identity:
    the search uses the trilinear form of the weights, which needs no activation, and checks the table against the
    largest scores of the form, of the network, or of ``logits``.

    *A matrix* determines the permutations of its columns that keep it, and the groups whose translations are among
    them. The matrices of both operands determine more: left translations keep the one, right translations the other.

    Args:
        blocks: a sequence (or a mapping, by its order) of arrays, one for each block: ``(n, d, d)`` real or complex,
            ``(n, d, d, 2)`` with real and imaginary parts, or ``(n,)`` for degree 1. Or one flat matrix together with
            ``block_sizes``: the rows of a block are its entries (p, q) row-major, the columns are the elements.
        factors: three matrices (W_a, W_b, W_U) of shapes (hidden, n) or (n, hidden), or a :class:`CompositionNetwork`,
            such as :func:`peterweyl.reconstruction.mlp` and :func:`peterweyl.reconstruction.transformer` make.
        matrix: one matrix, elements on the columns (``axis=-1``), known up to a mixing of its rows; or a sequence of
            isotypic spaces, each with a mixing of its own.
        operands: two matrices (W_a, W_b) of one network, what its two operands are multiplied by, each known up to a
            mixing of its rows.
        function: a power-spectral model ``x -> [W_i(x) W_i(x)^H]`` with ``W_i(x) = sum_g x_g W_i(g)``: it is called
            with complex (k, n) and gives an array (k, d, d) or a sequence of them; ``order`` is needed.
        logits: with ``factors``, or alone: (n, n, n) numbers ``[a, b, c]``, or a function of operands (k,), (k,) that
            gives (k, n).
        block_sizes: the degrees of the blocks of a flat matrix, or ``"find"``: then the rows of a block are found too
            where they lie in any order among those of others.
        axis: the axis over the elements: of flat blocks and of a matrix by default the last, of blocks the first, of
            factors found from the shapes; three numbers for factors that lie differently.
        identity_omitted: whether the blocks of the identity are left out; it is then put before the others.
        activation: of the network that the factors belong to: a name (``"relu"``, ``"quadratic"``, ``"gelu"``, ...) or
            a function of arrays. Without it ReLU and the square are tried where the trilinear form leaves doubt.
        order: the number of elements, where the shapes do not tell.
        exhaustive: check all pairs of a network however long it takes (beyond about n = 400 a part is checked).
        seed: of the search, which looks at columns in random order. The same seed gives the same answer.

    Returns:
        A :class:`Reconstruction`. "No group" and "not certain" are answers, told by its ``reason``.

    Raises:
        ArgumentError: an argument has the wrong shape, or entries that are no finite numbers.

    Complexity:
        Blocks: about n**2 * sum(d**2) multiplications for each of a few columns, at most a few dozen (three times all
        of them up to 64 columns), and one assignment of n columns each, O(n**3) at worst. Memory
        O(n**2 + n * sum(d**2)).
        Factors: n**2 * hidden multiplications and one assignment for each of a few rows, and n**3 * hidden for the
        check of all pairs. Matrix: O(n**3), and O(n**2) for each symmetry.

    Example:
        >>> import numpy as np
        >>> import peterweyl as pw
        >>> G = pw.group("D4")
        >>> rng = np.random.default_rng(0)
        >>> blocks = []
        >>> for rho in G.irreps:  # unknown mixing on both sides
        ...     A, B = rng.normal(size=(2, rho.degree, rho.degree))
        ...     blocks.append(A @ rho.matrices().conj().transpose(0, 2, 1) @ B)
        >>> r = pw.reconstruct(blocks=blocks)
        >>> r.identification.name, r.certified
        ('D4', True)
        >>> from peterweyl import examples
        >>> net = pw.load_weights(examples.path("composition_s4"))
        >>> r = pw.reconstruct(factors=(net["U"], net["V"], net["W"]))
        >>> r.identification.name, r.certified, r.identity
        ('S4', True, 0)
    """
    if not isinstance(seed, (int, np.integer)) or isinstance(seed, bool) or not 0 <= int(seed) < 2**64:
        raise ArgumentError(f"seed: expected an integer in 0 ... 2**64 - 1, got {seed!r}")
    seed = int(seed)
    if order is not None and (not isinstance(order, (int, np.integer)) or order < 1):
        raise ArgumentError(f"order: expected a positive integer, got {order!r}")
    given = [
        name
        for name, value in (
            ("blocks", blocks),
            ("factors", factors),
            ("matrix", matrix),
            ("operands", operands),
            ("function", function),
        )
        if value is not None
    ]
    if len(given) > 1 or (not given and logits is None):
        raise ArgumentError(
            f"blocks, factors, matrix, operands, function: expected one of them, or logits, got "
            f"{' and '.join(given) or 'none'}"
        )
    if factors is not None:
        from .factors import from_factors

        return from_factors(
            factors,
            axis=axis,
            order=order,
            activation=activation,
            logits=logits,
            exhaustive=exhaustive,
            seed=seed,
        )
    if axis is not None and not isinstance(axis, (int, np.integer)):
        raise ArgumentError(f"axis: expected one integer, got {axis!r}")
    if blocks is not None:
        from .blocks import from_blocks

        return from_blocks(blocks, block_sizes, None if axis is None else int(axis), identity_omitted, seed)
    if matrix is not None:
        from .matrix import from_matrix

        return from_matrix(matrix, -1 if axis is None else int(axis), seed)
    if operands is not None:
        from .operands import from_operands

        return from_operands(operands, -1 if axis is None else int(axis), seed)
    if function is not None:
        from .function import from_function

        return from_function(function, order, seed)
    from .factors import from_logits

    return from_logits(logits, order, exhaustive, seed)
