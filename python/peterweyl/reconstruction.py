"""The multiplication table of a group out of weights, with a certificate or the reason why there is none.

``reconstruct(blocks=...)`` takes blocks of weights, one irreducible representation each in the ideal case:
``W_i(g) = A_i rho_i(g)^H B_i`` with unknown invertible ``A_i`` and ``B_i``. What blocks determine is the ternary
product ``(a, r, b) -> a r^-1 b`` of the columns, hence the group up to isomorphism and, once one column is called the
identity, its table. They do not tell a group from its opposite (the table from its transpose), and without faithful
blocks they tell only a quotient.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _core
from .errors import ArgumentError
from .groups import Group, Identification, from_table
from .weights.arrays import as_array

__all__ = ["REASONS", "BlockReport", "Candidate", "Reconstruction", "reconstruct"]

#: Every word that :attr:`Reconstruction.reason` can be, and what it says.
REASONS = {
    "certified": "the table is proven: no other one is possible within the radius, and it is no accident",
    "uncertified": "a table was found that is no accident, but the blocks are too far from exact for a proof",
    "ambiguous": "several groups fit the blocks; the candidates list them",
    "noise": "a table was found, but random weights would fit one as well",
    "quotient": "columns coincide: the blocks tell only a quotient of the group",
    "no_group_found": "no multiplication table of a group is near the blocks",
    "no_information": "no block could be used",
}

#: Version of the dictionary that :meth:`Reconstruction.to_dict` gives.
SCHEMA_VERSION = 1

#: A table is certified only if random weights come as close with a probability of at most 10 to this power.
LARGEST_LOG10_CHANCE = -6.0

_STATES = {"zero": "all zeros, set aside", "rank_deficient": "singular, set aside"}


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class Candidate:
    """A group that fits the blocks, more or less.

    Attributes:
        table: (n, n) int64, the table in the labels of the columns (of the cosets for a quotient).
        certified: as for the reconstruction itself; only the first candidate can be.
        residual: the largest deviation of a block from the nearest exact one, Frobenius norm.
        radius: the residual below which the table is unique.
        fit: root mean square deviation relative to the blocks; about 0.7 and more means nothing in common.
        log10_chance: bound on the probability, as a power of ten, that random blocks come as close.
    """

    table: NDArray[np.int64]
    certified: bool
    residual: float
    radius: float
    fit: float
    log10_chance: float

    @cached_property
    def group(self) -> Group:
        """The group of the table."""
        return from_table(self.table)

    @property
    def identification(self) -> Identification:
        """What the group is."""
        return self.group.identify()

    def to_dict(self) -> dict[str, Any]:
        """Plain data: the table as nested lists and the figures."""
        return {
            "name": self.identification.name,
            "name_certain": self.identification.certain,
            "table": self.table.tolist(),
            "certified": self.certified,
            "residual": self.residual,
            "radius": self.radius,
            "fit": self.fit,
            "log10_chance": self.log10_chance,
        }


@dataclass(frozen=True)
class BlockReport:
    """What became of one block.

    Attributes:
        degree: its matrices are degree x degree.
        state: ``"live"``, ``"zero"`` or ``"rank_deficient"``; blocks that are not live are set aside.
        irrep: blocks with the same number hold the same irreducible representation of the group; ``None`` when the
            block fits none.
        deviation: the largest deviation from the nearest exact block, Frobenius norm; ``None`` if it was set aside.
        turned: whether it is read as the conjugate transpose of the first block of degree above 1.
        real: whether all imaginary parts are zero.
    """

    degree: int
    state: str
    irrep: int | None
    deviation: float | None
    turned: bool
    real: bool


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """The answer of :func:`reconstruct`.

    Attributes:
        reason: one of the words of :data:`REASONS`.
        certified: whether the table is proven; then no other table has exact blocks within ``radius`` of the data,
            and the chance bound is below one in a million.
        table: (n, n) int64 in the labels of the columns, ``table[a, b]`` the product of a and b, or ``None``.
        identity: the column that is the identity, known where its blocks are positive multiples of the identity
            matrix; else ``None``, and ``table`` has column 0 as identity: any column can serve.
        residual: the largest deviation of a whitened block from the exact model, Frobenius norm.
        radius: uniqueness radius (a lower bound of it beyond 64 columns).
        fit: root mean square deviation relative to the blocks.
        log10_chance: bound on the probability, as a power of ten, that random blocks come as close to some group.
        left_right: ``"abelian"``, or ``"unknown"``: blocks alone do not tell a group from its opposite, and the table
            is read as ``W(g) = M rho(g)^H``. ``None`` without a table.
        quotient_table: (q, q) int64, the table of the cosets, when the reason is ``"quotient"``.
        cosets: the columns of each coset, likewise; else empty.
        candidates: the groups that were considered, best first, one for each isomorphism class.
        blocks: a report for each block.
        gram_defect: largest entry of ``|W^H W - n 1|`` (degrees as weights), the L of Theorem 17 of *Harmonics of
            Learning*; ``None`` beyond 256 columns.
        admissible_defect: the unitarity defect up to which that theorem proves the published read-out rule, 0 where
            it does not apply.
        seed: the seed that was used.
        columns: the number of columns, n.
    """

    reason: str
    certified: bool
    table: NDArray[np.int64] | None
    identity: int | None
    residual: float
    radius: float
    fit: float
    log10_chance: float
    left_right: str | None
    quotient_table: NDArray[np.int64] | None
    cosets: tuple[tuple[int, ...], ...]
    candidates: tuple[Candidate, ...]
    blocks: tuple[BlockReport, ...]
    gram_defect: float | None
    admissible_defect: float
    seed: int
    columns: int

    @property
    def margin(self) -> float:
        """``radius - residual``: positive where the table is unique."""
        return self.radius - self.residual

    @cached_property
    def group(self) -> Group | None:
        """The group of the table, elements labelled by the columns."""
        return None if self.table is None else from_table(self.table)

    @property
    def identification(self) -> Identification | None:
        """What the group of the table is, or ``None`` without a table."""
        return None if self.group is None else self.group.identify()

    def to_dict(self) -> dict[str, Any]:
        """Plain data that ``json.dumps`` takes; ``schema_version`` says which fields there are."""
        name = self.identification
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": "reconstruction",
            "reason": self.reason,
            "explanation": REASONS[self.reason],
            "certified": self.certified,
            "columns": self.columns,
            "group": None if name is None else {"name": name.name, "certain": name.certain},
            "table": None if self.table is None else self.table.tolist(),
            "identity": self.identity,
            "left_right": self.left_right,
            "residual": self.residual,
            "radius": self.radius,
            "margin": self.margin,
            "fit": self.fit,
            "log10_chance": self.log10_chance,
            "largest_log10_chance": LARGEST_LOG10_CHANCE,
            "gram_defect": self.gram_defect,
            "admissible_defect": self.admissible_defect,
            "quotient_table": None if self.quotient_table is None else self.quotient_table.tolist(),
            "cosets": [list(coset) for coset in self.cosets],
            "candidates": [candidate.to_dict() for candidate in self.candidates],
            "blocks": [
                {
                    "degree": block.degree,
                    "state": block.state,
                    "irrep": block.irrep,
                    "deviation": block.deviation,
                    "turned": block.turned,
                    "real": block.real,
                }
                for block in self.blocks
            ],
            "seed": self.seed,
        }

    def report(self) -> str:
        """The answer as text, a page at most."""
        live = [block for block in self.blocks if block.state == "live"]
        lines = [f"Reconstruction from {len(self.blocks)} blocks of {self.columns} columns: {self.reason}"]
        lines += textwrap.wrap(REASONS[self.reason], 88, initial_indent="  ", subsequent_indent="  ")
        lines.append("")
        lines += [f"  {label:<11} {text}" for label, text in self._facts(live)]
        lines += [
            "",
            "  block  degree  irrep  deviation",
            *(_block_line(*item) for item in enumerate(self.blocks)),
        ]
        others = self.candidates if self.table is None else self.candidates[1:]
        if others and self.reason != "quotient":
            lines += ["", "  other candidates"]
            lines += [f"    {other.identification.name:<14} fit {other.fit:.3g}" for other in others]
        return "\n".join(lines)

    def _facts(self, live: list[BlockReport]) -> list[tuple[str, str]]:
        facts = []
        name = self.identification
        if name is not None:
            facts.append(("group", f"{name}, order {self.columns}"))
        if self.quotient_table is not None:
            size = len(self.cosets[0])
            quotient = self.candidates[0].identification
            facts.append(
                ("quotient", f"{quotient}, order {len(self.cosets)}: cosets of {size} columns coincide")
            )
        if self.candidates:
            sign = "<" if self.residual < self.radius else ">="
            facts.append(("residual", f"{self.residual:.3g} {sign} radius {self.radius:.3g} (Frobenius)"))
            facts.append(("fit", f"{self.fit:.3g} root mean square, relative"))
            facts.append(("by chance", f"{_power_of_ten(self.log10_chance)} at most (limit 1e-06)"))
        if self.table is not None:
            column = "unknown: column 0 stands for it" if self.identity is None else f"column {self.identity}"
            facts.append(("identity", column))
            unknown = "unknown from blocks: the table is the one of W(g) = M rho(g)^H"
            facts.append(("left/right", unknown if self.left_right == "unknown" else "the same: abelian"))
        misfits = [i for i, block in enumerate(self.blocks) if block.state == "live" and block.irrep is None]
        if self.candidates and misfits:
            facts.append(
                ("misfits", f"blocks {', '.join(map(str, misfits))} of {len(live)} live ones fit no irrep")
            )
        return facts

    def __str__(self) -> str:
        """The report."""
        return self.report()

    def __repr__(self) -> str:
        """One line."""
        name = self.identification
        found = "no table" if name is None else name.name
        return f"<Reconstruction: {found}, {self.reason}>"


def _power_of_ten(exponent: float) -> str:
    return f"10^{exponent:.0f}" if exponent < -15 else f"{10.0**exponent:.1g}"


def _block_line(index: int, block: BlockReport) -> str:
    if block.state != "live":
        return f"  {index:>5}  {block.degree:>6}  {_STATES[block.state]}"
    irrep = "-" if block.irrep is None else f"#{block.irrep}"
    deviation = "-" if block.deviation is None else f"{block.deviation:.3g}"
    turned = "  read as its conjugate transpose" if block.turned else ""
    return f"  {index:>5}  {block.degree:>6}  {irrep:>5}  {deviation:>9}{turned}"


def reconstruct(
    *,
    blocks: Any = None,
    factors: Any = None,
    matrix: Any = None,
    block_sizes: Sequence[int] | None = None,
    axis: int | None = None,
    identity_omitted: bool = False,
    seed: int = 1,
) -> Reconstruction:
    """Find the multiplication table of a group in blocks of weights.

    Unknown and found: the group, the scale and the two-sided mixing of each block, the identity column, which irrep a
    block holds, and whether single blocks are conjugated or transposed against the others. Repeated irreps, missing
    irreps and blocks that learned nothing are reported.

    Args:
        blocks: a sequence (or a mapping, by its order) of arrays, one for each block: ``(n, d, d)`` real or complex,
            ``(n, d, d, 2)`` with real and imaginary parts, or ``(n,)`` for degree 1. Or one flat matrix together with
            ``block_sizes``: the rows of a block are its entries (p, q) row-major, the columns are the elements.
        factors: not supported in this version.
        matrix: not supported in this version; a flat matrix goes to ``blocks`` with ``block_sizes``.
        block_sizes: the degrees of the blocks of a flat matrix, such as ``[1, 1, 2]``.
        axis: the axis that runs over the elements: 0 by default, the last one for a flat matrix.
        identity_omitted: the identity is not stored: element 0, with ``W(e) = 1``, is put before the others.
        seed: of the search, which looks at columns in random order. The same seed gives the same answer.

    Returns:
        A :class:`Reconstruction`. "No group" and "not certain" are answers, told by its ``reason``.

    Raises:
        ArgumentError: an argument has the wrong shape, or entries that are no finite numbers.

    Complexity:
        About n**2 * sum(d**2) multiplications for each of a few columns, at most a few dozen (three times all of them
        up to 64 columns), and one assignment of n columns each, O(n**3) at worst. Memory O(n**2 + n * sum(d**2)).

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
    """
    for name, value in (("factors", factors), ("matrix", matrix)):
        if value is not None:
            raise ArgumentError(
                f"{name}: expected nothing: this version reconstructs from blocks only; give blocks=[...], or "
                f"blocks= one flat matrix with block_sizes="
            )
    if blocks is None:
        raise ArgumentError("blocks: expected a sequence of arrays (n, d, d), got None")
    arrays = _arrays(blocks, block_sizes, axis)
    if identity_omitted:
        arrays = [
            np.concatenate([np.eye(a.shape[1], dtype=np.complex128)[np.newaxis], a], axis=0) for a in arrays
        ]
    if not isinstance(seed, (int, np.integer)) or isinstance(seed, bool) or not 0 <= int(seed) < 2**64:
        raise ArgumentError(f"seed: expected an integer in 0 ... 2**64 - 1, got {seed!r}")
    return _from_core(_core.reconstruct_blocks(arrays, int(seed)), arrays, int(seed))


def _from_core(raw: dict[str, Any], arrays: list[NDArray[np.complex128]], seed: int) -> Reconstruction:
    figures = raw["certificate"]
    quotient = raw["reason"] == "quotient"
    table: NDArray[np.int64] | None = raw["table"]
    columns = arrays[0].shape[0]
    if table is not None:
        table.setflags(write=False)
    candidates = tuple(
        Candidate(
            table=candidate["table"],
            certified=index == 0 and bool(figures["certified"]) and not quotient,
            residual=candidate["residual"],
            radius=candidate["radius"],
            fit=candidate["fit"],
            log10_chance=candidate["log10_chance"],
        )
        for index, candidate in enumerate(raw["candidates"])
    )
    reports = tuple(
        BlockReport(
            degree=block["degree"],
            state=block["state"],
            irrep=block["irrep"] if block["irrep"] >= 0 else None,
            deviation=block["largest_deviation"] if block["state"] == "live" and table is not None else None,
            turned=block["flipped"],
            real=block["real"],
        )
        for block in raw["blocks"]
    )
    left_right = None
    if table is not None:
        left_right = "abelian" if np.array_equal(table, table.T) else "unknown"
    return Reconstruction(
        reason=raw["reason"],
        certified=bool(figures["certified"]) and not quotient,
        table=None if quotient else table,
        identity=raw["identity"],
        residual=figures["residual"],
        radius=figures["radius"],
        fit=figures["fit"],
        log10_chance=figures["log10_chance"],
        left_right=left_right,
        quotient_table=table if quotient else None,
        cosets=tuple(tuple(coset) for coset in raw["cosets"]),
        candidates=candidates,
        blocks=reports,
        gram_defect=raw["gram_defect"],
        admissible_defect=raw["admissible_defect"],
        seed=seed,
        columns=columns,
    )


def _arrays(blocks: Any, block_sizes: Sequence[int] | None, axis: int | None) -> list[NDArray[np.complex128]]:
    """The blocks as complex arrays (n, d, d), all of one n."""
    if block_sizes is not None:
        return _split_flat(blocks, block_sizes, -1 if axis is None else axis)
    if isinstance(blocks, Mapping):
        named = [(f"blocks[{key!r}]", value) for key, value in blocks.items()]
    elif isinstance(blocks, Sequence) and not isinstance(blocks, (str, bytes)):
        named = [(f"blocks[{index}]", value) for index, value in enumerate(blocks)]
    elif getattr(blocks, "ndim", None) == 2:
        raise ArgumentError(
            f"block_sizes: expected the degrees of the blocks of a flat matrix, got None with blocks of shape "
            f"{tuple(blocks.shape)}"
        )
    elif getattr(blocks, "ndim", None) in (3, 4):
        named = [("blocks", blocks)]
    else:
        raise ArgumentError(
            f"blocks: expected a sequence of arrays (n, d, d), or a flat matrix with block_sizes, got "
            f"{type(blocks).__name__}"
        )
    if not named:
        raise ArgumentError("blocks: expected at least one array (n, d, d), got an empty sequence")
    arrays = [_tensor(value, name, 0 if axis is None else axis) for name, value in named]
    for (name, _), array in zip(named, arrays, strict=True):
        if array.shape[0] != arrays[0].shape[0]:
            raise ArgumentError(
                f"{name}: expected {arrays[0].shape[0]} elements as in {named[0][0]}, got {array.shape[0]}"
            )
    return arrays


def _tensor(value: ArrayLike, name: str, axis: int) -> NDArray[np.complex128]:
    array = np.asarray(as_array(value, name))
    shape = array.shape
    if array.ndim == 1:
        array = array.reshape(-1, 1, 1)
    if array.ndim not in (3, 4) or (array.ndim == 4 and shape[3] != 2):
        raise ArgumentError(f"{name}: expected shape (n, d, d), (n, d, d, 2) or (n,), got {shape}")
    if array.ndim == 4:
        if np.iscomplexobj(array):
            raise ArgumentError(f"{name}: expected real numbers in shape (n, d, d, 2), got complex ones")
        array = array[..., 0] + 1j * array[..., 1].astype(np.complex128)
    if not -3 <= axis < 3:
        raise ArgumentError(f"axis: expected 0, 1 or 2 for arrays (n, d, d), got {axis}")
    array = np.moveaxis(array, axis, 0)
    if array.shape[1] != array.shape[2] or 0 in array.shape:
        raise ArgumentError(
            f"{name}: expected square matrices, shape (n, d, d) with the elements on axis {axis}, got {shape}"
        )
    return np.ascontiguousarray(array, dtype=np.complex128)


def _split_flat(blocks: Any, block_sizes: Sequence[int], axis: int) -> list[NDArray[np.complex128]]:
    array = np.asarray(as_array(blocks, "blocks"))
    sizes = [int(size) for size in block_sizes]
    if not sizes or min(sizes) < 1:
        raise ArgumentError(f"block_sizes: expected positive degrees, got {list(block_sizes)!r}")
    if array.ndim == 3 and array.shape[2] == 2 and not np.iscomplexobj(array):
        array = array[..., 0] + 1j * array[..., 1].astype(np.complex128)
    if array.ndim != 2:
        raise ArgumentError(f"blocks: expected one flat matrix with block_sizes, got shape {array.shape}")
    if not -2 <= axis < 2:
        raise ArgumentError(f"axis: expected 0 or 1 for a flat matrix, got {axis}")
    array = np.moveaxis(array, axis, 1)
    rows = sum(size * size for size in sizes)
    if array.shape[0] != rows or array.shape[1] == 0:
        raise ArgumentError(
            f"blocks: expected {rows} rows for block_sizes {sizes} (the sum of their squares), got "
            f"{array.shape[0]} with {array.shape[1]} elements on axis {axis}"
        )
    ends = np.cumsum([size * size for size in sizes])
    return [
        np.ascontiguousarray(array[end - size * size : end].T.reshape(-1, size, size), dtype=np.complex128)
        for size, end in zip(sizes, ends, strict=True)
    ]
