"""What ``verify`` returns: one immutable object with all measures, their chance levels and the verdict."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .._optional import optional_import
from .._version import __version__
from ..irreps import DEFAULT_SEED
from .almost_invariance import AlmostInvariance
from .purity import Purity
from .verdict import Verdict

__all__ = ["BlockReport", "Component", "Invariance", "OrderFinding", "Verification"]

#: Version of ``to_dict``; it grows when a field changes its meaning or goes away.
SCHEMA_VERSION = 1


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Component:
    """One isotypic component: the functions spanned by the matrix coefficients of an irrep.

    Under real rows a complex irrep and its conjugate are one component, with twice the dimension.

    Attributes:
        label: of the irrep, such as ``"2r#1"``, or of the pair, ``"1c#1+1c#2"``.
        irreps: positions among ``group.irreps``, one or two.
        degree: of the irrep.
        type: ``"real"``, ``"complex"`` or ``"quaternionic"``.
        dimension: of the space of functions, over the field of the rows.
        share: of the energy of all rows.
        chance: the expected share of Gaussian rows, ``dimension / order``.
        p_value: probability of so large a share in as many Gaussian rows of equal strength (Beta law).
        rows: for how many live rows this is the best component.
        rank: numerical dimension of the part of the row space in this component.
        coverage: ``rank / dimension``: 1 means that all harmonics of the component are spanned.
        coverage_left: 1 means invariant under left translations: κ^L = rank / (degree * dim U), U the joint column
            space of the Fourier coefficients. 0 where nothing is spanned.
        coverage_right: the same for right translations, with the joint row space.
        soft_rank: participation ratio of the squared singular values, which needs no threshold.
        condition: smallest counted singular value over the largest.
    """

    label: str
    irreps: tuple[int, ...]
    degree: int
    type: Literal["real", "complex", "quaternionic"]
    dimension: int
    share: float
    chance: float
    p_value: float
    rows: int
    rank: int
    coverage: float
    coverage_left: float
    coverage_right: float
    soft_rank: float
    condition: float


@dataclass(frozen=True)
class Invariance:
    """How far translations move the row space: 0 = not at all, about 1 = like a random space of that dimension.

    Attributes:
        left: largest defect over left translations by generators, ``||[P, L_h]|| / sqrt(2 r (1 - r/n))``.
        right: the same for right translations.
        any_group: whether the row space is one that every group of this order leaves invariant (all functions of mean
            zero, or the constants), so that small defects say nothing about this group.
    """

    left: float
    right: float
    any_group: bool


@dataclass(frozen=True)
class BlockReport:
    """One block W(g) tested for W(g) = M rho(g).

    Attributes:
        index: position among the blocks.
        degree: d, the size of its matrices.
        convention: ``"M rho(g)"`` or ``"M rho(g)^H"``, the same for all blocks: the one that fits better.
        irrep: label of the best rho, or ``None`` where no irrep has this degree.
        component: label of the component that holds the entries of that rho.
        side: ``"left"`` for M rho(g), ``"right"`` for rho(g) M, whichever fits better.
        share: of the energy of the block in that component.
        residual: min over rho and M of ``||W - M rho|| / ||W||`` on that side.
        residual_two_sided: the same with multipliers on both sides.
        unitarity_defect: ``||M^H M / s - 1||_F / sqrt(d)`` with ``s = ||M||_F^2 / d``.
        scale: ``sqrt(s)``, 1 for a unitary M.
        homomorphism_residual: largest ``||V(g) V(h) - V(gh)||_F / sqrt(d)`` after whitening, which uses no irreps; NaN
            where the block cannot be whitened.
        all_pairs: whether that ran over all pairs; over h among the generators otherwise.
        kernel_residual: ``||B - B'|| / ||B||`` for the kernel ``B(g, h) = W(g) W(h)^H`` (``W(g)^H W(h)`` for the right
            side) and its mean B' over translations: 0 for ``M rho(g)`` with any unitary representation, reducible or
            not; it uses no irreps. NaN for zero blocks and beyond 4e9 multiplications.
    """

    index: int
    degree: int
    convention: Literal["M rho(g)", "M rho(g)^H"]
    irrep: str | None
    component: str | None
    side: Literal["left", "right"]
    share: float
    residual: float
    residual_two_sided: float
    unitarity_defect: float
    scale: float
    homomorphism_residual: float
    all_pairs: bool
    kernel_residual: float = math.nan


@dataclass(frozen=True)
class OrderFinding:
    """In which order the columns were taken to run through the elements of the group.

    Attributes:
        name: of the order; ``"native"`` is the library's own, ``"given"`` the caller's.
        searched: whether several orders were tried (``order="auto"``) and this one fitted best.
        certain: for a search: the weights hold under this order and under no other that differs from it.
        equivalent: names of orders that were tried and have the same components on these columns.
        excess: of every order that was tried, by name.
        p_value: of the best, corrected for the number of different orders that were tried; NaN without a search.
    """

    name: str = "native"
    searched: bool = False
    certain: bool = True
    equivalent: tuple[str, ...] = ()
    excess: Mapping[str, float] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    p_value: float = math.nan


@dataclass(frozen=True, eq=False)
class Verification:
    """Do these weights consist of harmonics of this group? Made by :func:`peterweyl.verify`.

    Attributes:
        verdict: one of :class:`~peterweyl.harmonics.Verdict`.
        reasons: why, in sentences.
        thresholds: the limits that made it.
        excess: ``(f - c) / (1 - c)`` with f = ``purity_nontrivial.weighted`` and c = ``chance_nontrivial``: 0 is
            chance, 1 is pure.
        p_value: probability of such purities if the rows were Gaussian (Beta laws, union bound over components,
            Fisher's combination over rows).
        purity: the share of each row's best component.
        purity_nontrivial: the same after removing the mean of each row.
        chance: the expected ``purity.weighted`` of Gaussian rows, exact.
        chance_nontrivial: the expected ``purity_nontrivial.weighted`` of Gaussian rows.
        components: the isotypic components, the trivial one first.
        row_shares: (rows, components) float64, read-only: the share of each component in each row, 0 for zero rows.
        row_p_values: (rows,) float64, read-only: of the non-trivial purity of each row; NaN where it does not count.
        live_rows: rows with at least 1e-6 of the energy of the strongest row. Only these count.
        dead_rows: all others, zero rows among them.
        constant_rows: live rows without energy beyond the trivial component.
        rank: numerical rank of all rows, or ``None`` beyond 2048 rows and elements.
        singular_values: of all rows, descending; read-only.
        invariance: how far translations move the row space; ``None`` where that is everything or nothing.
        blocks: one report a block, empty unless blocks were given.
        almost_invariance: the quantities of a theorem about blocks, ``None`` unless blocks were given.
        group_name: the spec or name of the group.
        order: of the group.
        field: ``"real"`` or ``"complex"`` rows.
        rows: how many rows.
        scale: the largest absolute entry.
        parseval_residual: by how much the energies of the components miss the total, the self-check of the transform.
        element_order: in which order the columns were taken to run through the elements.
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    thresholds: Mapping[str, float]
    excess: float
    p_value: float
    purity: Purity
    purity_nontrivial: Purity
    chance: float
    chance_nontrivial: float
    components: tuple[Component, ...]
    row_shares: NDArray[np.float64]
    row_p_values: NDArray[np.float64]
    live_rows: int
    dead_rows: int
    constant_rows: int
    rank: int | None
    singular_values: NDArray[np.float64]
    invariance: Invariance | None
    blocks: tuple[BlockReport, ...]
    almost_invariance: AlmostInvariance | None
    group_name: str
    order: int
    field: Literal["real", "complex"]
    rows: int
    scale: float
    parseval_residual: float
    element_order: OrderFinding = OrderFinding()

    @property
    def holds(self) -> bool:
        """Whether the weights are harmonic or approximately so."""
        return self.verdict in {Verdict.HARMONIC, Verdict.APPROXIMATELY}

    def component(self, label: str) -> Component:
        """The component with this label, or the one that holds the irrep with this label."""
        for component in self.components:
            if label == component.label or label in component.label.split("+"):
                return component
        known = ", ".join(component.label for component in self.components)
        raise KeyError(f"no component {label!r}; there are {known}")

    @property
    def spans(self) -> str:
        """Which harmonics the rows span, the second verdict: rows may be harmonics and yet span few of them.

        Returns:
            ``"all harmonics, as any rows of full rank do"``, ``"all harmonics but the constants"``, ``"nothing"``,
            ``"not computed"``, or how many of the components are filled and how many are touched.

        Example:
            >>> import peterweyl as pw
            >>> v = pw.verify([[1.0, -1.0, 1.0, -1.0]], "C4")
            >>> print(v.verdict, "-", v.spans)
            harmonic - 1 of 3 components in full
        """
        if self.rank is None:
            return "not computed"
        full = [component for component in self.components if component.rank == component.dimension]
        partial = sum(0 < component.rank < component.dimension for component in self.components)
        if not full and not partial:
            return "nothing"
        if self.rank == self.order:
            return "all harmonics, as any rows of full rank do"
        missing = [component for component in self.components if component not in full]
        if [component.irreps for component in missing] == [(0,)]:
            return "all harmonics but the constants"
        counted = f"{len(full)} of {len(self.components)} components in full"
        return f"{counted}, {partial} in part" if partial else counted

    def to_dict(self, rows: bool = False) -> dict[str, Any]:
        """Everything as numbers, texts, lists and dictionaries that JSON can hold; NaN becomes ``None``.

        Args:
            rows: whether to include the two arrays with one entry or line a row.

        Example:
            >>> import json
            >>> import peterweyl as pw
            >>> v = pw.verify([[1.0, -1.0, 1.0, -1.0]], "C4")
            >>> json.loads(json.dumps(v.to_dict()))["verdict"]
            'harmonic'
        """
        left_out = set() if rows else {"row_shares", "row_p_values"}
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name not in left_out}
        return {
            "schema_version": SCHEMA_VERSION,
            "peterweyl": __version__,
            "versions": {"peterweyl": __version__, "numpy": np.__version__},
            "seed": DEFAULT_SEED,
            "kind": "verification",
            "holds": self.holds,
            "spans": self.spans,
            **{name: _plain(value) for name, value in fields.items()},
        }

    def report(self) -> str:
        """The verdict and all measures as text for people."""
        from ..report.text import report

        return report(self)

    def records(self) -> list[dict[str, Any]]:
        """The components as a list of flat dictionaries, one each: rows for a data frame.

        Example:
            >>> import peterweyl as pw
            >>> pw.verify([[1.0, -1.0, 1.0, -1.0]], "C4").records()[2]["share"]
            1.0
        """
        return [
            {
                "group": self.group_name,
                **{name: _plain(value) for name, value in vars(component).items() if name != "irreps"},
            }
            for component in self.components
        ]

    def to_pandas(self) -> Any:
        """The components as a ``pandas.DataFrame``.

        Raises:
            MissingDependencyError: pandas is not installed.
        """
        return optional_import("pandas", "table", "make a data frame").DataFrame(self.records())

    def to_markdown(self, title: str | None = None) -> str:
        """The report as Markdown."""
        from ..report.markdown import markdown_report

        return markdown_report(self, title)

    def to_html(self, title: str | None = None) -> str:
        """The report as one HTML page with drawings, without scripts or outside files."""
        from ..report.html import html_document

        return html_document(self, title)

    def _repr_html_(self) -> str:
        """What notebooks show."""
        from ..report.html import html_fragment

        return html_fragment(self)

    def __str__(self) -> str:
        """The report."""
        return self.report()

    def __repr__(self) -> str:
        """One line: the verdict and the numbers it hangs on."""
        return (
            f"<Verification: {self.verdict} — {self.rows} {self.field} row{'s' if self.rows != 1 else ''} over "
            f"{self.group_name} (order {self.order}), purity {self.purity_nontrivial.weighted:.3f}, "
            f"chance {self.chance_nontrivial:.3f}>"
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Verdict):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
