"""What a reconstruction found: the table, the certificate, the candidates, the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..groups import Group, Identification, from_table
from .reasons import CANDIDATE_REASONS, LARGEST_LOG10_CHANCE, REASONS

if TYPE_CHECKING:
    from .scoring import Score

__all__ = ["BlockReport", "Candidate", "KernelReport", "ReadOut", "Reconstruction"]

#: Version of the dictionary that :meth:`Reconstruction.to_dict` gives.
SCHEMA_VERSION = 1

_NOT_A_NUMBER = float("nan")


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class Candidate:
    """A group that fits the weights, more or less.

    Attributes:
        table: (n, n) int64, the table in the labels of the columns (of the cosets for a quotient).
        reason: one of the words of :data:`CANDIDATE_REASONS`: why it is listed.
        certified: as for the reconstruction itself; only the first candidate can be.
        residual: distance of the weights from this table, in the units of the radius.
        radius: the residual below which the table is unique.
        fit: root mean square deviation relative to the weights; NaN where it was not computed.
        log10_chance: bound on the probability, as a power of ten, that random weights come as close.
        tables: how many tables on these columns this group has that fit alike, 0 where they were not counted.
    """

    table: NDArray[np.int64]
    reason: str = "fits"
    certified: bool = False
    residual: float = _NOT_A_NUMBER
    radius: float = _NOT_A_NUMBER
    fit: float = _NOT_A_NUMBER
    log10_chance: float = 0.0
    tables: int = 0

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
            "reason": self.reason,
            "explanation": CANDIDATE_REASONS[self.reason],
            "table": self.table.tolist(),
            "certified": self.certified,
            "residual": _finite(self.residual),
            "radius": _finite(self.radius),
            "fit": _finite(self.fit),
            "log10_chance": _finite(self.log10_chance),
            "tables": self.tables,
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
        rows: of a flat matrix: the numbers of the rows that hold the entries, (degree, degree); else ``None``.
    """

    degree: int
    state: str
    irrep: int | None
    deviation: float | None
    turned: bool
    real: bool
    rows: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True)
class ReadOut:
    """How the table stands beside the largest score of each pair (a, b).

    Scores are measured in root mean squares of the scores about their mean over the results.

    Attributes:
        source: ``"trilinear"`` (the form sum_m u_m(a) v_m(b) w_m(c) of the centred weights), the name of an
            activation (the network with it), or ``"logits"`` (those that were given).
        pairs: the pairs that were looked at, n**2 when ``complete``.
        agreeing: those of them whose largest score is the product.
        smallest_margin: the smallest difference between the score of the product and the largest other one.
        mean_margin: the mean difference.
        complete: whether all pairs were looked at.
        rows: the rows of scores that the search rounded to permutations.
        exact_rows: those of them that are rows of the table.
        identity_votes: of ``identity_voters`` rows, those that name the identity of the table.
        identity_voters: the rows that are translations of the group, rightly placed or not.
    """

    source: str
    pairs: int
    agreeing: int
    smallest_margin: float
    mean_margin: float
    complete: bool
    rows: int
    exact_rows: int
    identity_votes: int
    identity_voters: int

    @property
    def agreement(self) -> float:
        """The share of the pairs looked at whose largest score is the product."""
        return self.agreeing / self.pairs if self.pairs else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **{name: _plain(value) for name, value in self.__dict__.items()},
            "agreement": self.agreement,
        }


@dataclass(frozen=True)
class KernelReport:
    """The symmetries of a matrix.

    Attributes:
        kernel: ``"projection"`` (on the row space: what is known up to any mixing of the rows) or ``"gram"`` (the
            matrix W^H W: what is known up to unitary mixing).
        rank: numerical rank of the matrix.
        symmetries: how many permutations of the columns keep the kernel; ``None`` where they were not all listed.
        regular_subgroups: how many regular groups of permutations are among them; ``None`` likewise.
        left_invariant: the largest change of a kernel entry by a translation of the table, relative to the largest
            entry.
    """

    kernel: str
    rank: int
    symmetries: int | None
    regular_subgroups: int | None
    left_invariant: float | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {name: _plain(value) for name, value in self.__dict__.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Reconstruction:
    """The answer of :func:`reconstruct`.

    Attributes:
        source: ``"blocks"``, ``"factors"``, ``"logits"``, ``"matrix"``, ``"operands"`` or ``"function"``.
        reason: one of the words of :data:`REASONS`.
        detail: a sentence on this case, or empty.
        certified: whether the table is proven; then no other table has an exact model within ``radius`` of the data,
            and the chance bound is below one in a million.
        table: (n, n) int64 in the labels of the columns, ``table[a, b]`` the product of a and b, or ``None``.
        identity: the column that is the identity: known from factors, and from blocks where its blocks are positive
            multiples of the identity matrix; else ``None``, and ``table`` has column 0 as identity: any column can
            serve.
        left_right: ``"abelian"``; ``"known"`` from factors and operands; or ``"unknown"``: blocks or a matrix alone do
            not tell a group from its opposite, and the table is read as ``W(g) = M rho(g)^H``. ``None`` without a
            table.
        residual: distance of the data from the exact model. Blocks: largest deviation of a whitened block, Frobenius
            norm. Factors: half of what the largest other score has ahead of a product, in root mean squares of the
            scores; 0 when every product has the largest. Matrix: largest deviation of a kernel entry from the mean
            over the group, relative to the largest entry; operands: that of the matrix with the smaller margin.
        radius: uniqueness radius in the same unit: every exact model within it has this table.
        fit: root mean square deviation relative to the weights.
        log10_chance: bound on the probability, as a power of ten, that random weights come as close to some group.
        quotient_table: (q, q) int64, the table of the cosets, when the reason is ``"quotient"``; ``None`` where a
            matrix does not tell it.
        cosets: the columns of each coset, likewise; else empty.
        candidates: the groups that were considered, best first, one for each isomorphism class.
        blocks: a report for each block.
        read_out: from factors and logits: how the table stands beside the largest scores.
        kernel: from a matrix: its symmetries.
        gram_defect: largest entry of ``|W^H W - n 1|`` (degrees as weights), the L of Theorem 17 of *Harmonics of
            Learning*; ``None`` beyond 256 columns.
        admissible_defect: the unitarity defect up to which that theorem proves the published read-out rule, 0 where
            it does not apply.
        nearest_latin_square: from factors and logits without a group: a Latin square that takes large scores.
        light_defect: the share of triples (x, s, y), s a few columns, at which it is not associative.
        seed: the seed that was used.
        columns: the number of columns, n.
    """

    source: str
    reason: str
    columns: int
    detail: str = ""
    certified: bool = False
    table: NDArray[np.int64] | None = None
    identity: int | None = None
    left_right: str | None = None
    residual: float = _NOT_A_NUMBER
    radius: float = _NOT_A_NUMBER
    fit: float = _NOT_A_NUMBER
    log10_chance: float = 0.0
    quotient_table: NDArray[np.int64] | None = None
    cosets: tuple[tuple[int, ...], ...] = ()
    candidates: tuple[Candidate, ...] = ()
    blocks: tuple[BlockReport, ...] = ()
    read_out: ReadOut | None = None
    kernel: KernelReport | None = None
    gram_defect: float | None = None
    admissible_defect: float = 0.0
    nearest_latin_square: NDArray[np.int64] | None = None
    light_defect: float | None = None
    seed: int = 1

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

    def score(self, truth: Group | str | Any) -> Score:
        """Compare with a known group: see :func:`score_table`.

        Args:
            truth: the group, its spec, or its table in the labels of the columns.

        Returns:
            A :class:`Score`; without a table, that of no entry being right.
        """
        from .scoring import no_score, score_table

        return no_score(truth) if self.table is None else score_table(self.table, truth)

    def to_dict(self) -> dict[str, Any]:
        """Plain data that ``json.dumps`` takes; ``schema_version`` says which fields there are."""
        name = self.identification
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": "reconstruction",
            "source": self.source,
            "reason": self.reason,
            "explanation": REASONS[self.reason],
            "detail": self.detail,
            "certified": self.certified,
            "columns": self.columns,
            "group": None if name is None else _named(name),
            "table": _listed(self.table),
            "identity": self.identity,
            "left_right": self.left_right,
            "residual": _finite(self.residual),
            "radius": _finite(self.radius),
            "margin": _finite(self.margin),
            "fit": _finite(self.fit),
            "log10_chance": _finite(self.log10_chance),
            "largest_log10_chance": LARGEST_LOG10_CHANCE,
            "gram_defect": None if self.gram_defect is None else _finite(self.gram_defect),
            "admissible_defect": self.admissible_defect,
            "quotient_table": _listed(self.quotient_table),
            "cosets": [list(coset) for coset in self.cosets],
            "candidates": [candidate.to_dict() for candidate in self.candidates],
            "blocks": [dict(block.__dict__) for block in self.blocks],
            "read_out": None if self.read_out is None else self.read_out.to_dict(),
            "kernel": None if self.kernel is None else self.kernel.to_dict(),
            "nearest_latin_square": _listed(self.nearest_latin_square),
            "light_defect": self.light_defect,
            "seed": self.seed,
        }

    def report(self) -> str:
        """The answer as text, a page at most."""
        from .text import report

        return report(self)

    def to_html(self) -> str:
        """The answer as one HTML document without scripts or outside resources."""
        from .html import document

        return document(self)

    def plot(self, ax: Any = None) -> Any:
        """Draw the Cayley table as coloured squares; see :func:`plot_table`.

        Args:
            ax: axes of matplotlib to draw on; by default a new figure.

        Returns:
            The axes.

        Raises:
            ArgumentError: there is no table.
            MissingDependencyError: matplotlib is not installed.
        """
        from .plot import plot_reconstruction

        return plot_reconstruction(self, ax)

    def __str__(self) -> str:
        """The report."""
        return self.report()

    def __repr__(self) -> str:
        """One line."""
        name = self.identification
        found = "no table" if name is None else name.name
        return f"<Reconstruction: {found}, {self.reason}>"


def as_quotient(
    found: Reconstruction, columns: int, cosets: tuple[tuple[int, ...], ...], detail: str
) -> Reconstruction:
    """What was found of the cosets, as an answer about all columns: nothing of it is certified."""
    return replace(
        found,
        reason="quotient",
        detail=detail,
        columns=columns,
        certified=False,
        table=None,
        identity=None,
        left_right=None,
        quotient_table=found.table,
        cosets=cosets,
        candidates=tuple(replace(c, certified=False) for c in found.candidates),
    )


def distinct_groups(candidates: Sequence[Candidate], largest: int = 8) -> tuple[Candidate, ...]:
    """The first candidate of each isomorphism class."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if len(kept) == largest:
            break
        if not any(candidate.group.is_isomorphic(other.group) for other in kept):
            kept.append(candidate)
    return tuple(kept)


def _named(name: Identification) -> dict[str, Any]:
    return {
        "name": name.name,
        "small_group_id": None if name.small_group_id is None else list(name.small_group_id),
        "certain": name.certain,
    }


def _listed(array: NDArray[np.int64] | None) -> Any:
    return None if array is None else array.tolist()


def _finite(value: float) -> float | None:
    """JSON knows no NaN and no infinity; a chance of 0 is as low as can be said."""
    if value == float("-inf"):
        return -1e308
    return float(value) if np.isfinite(value) else None


def _plain(value: Any) -> Any:
    return _finite(value) if isinstance(value, float) else value
