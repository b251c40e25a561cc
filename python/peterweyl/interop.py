"""To and from other systems: SymPy permutation groups, Cayley graphs as arrays and for NetworkX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._optional import optional_import
from .errors import ArgumentError
from .groups import Group, from_permutations
from .limits import MAXIMAL_ORDER

__all__ = ["CayleyGraph", "cayley_graph", "from_sympy", "to_sympy"]


def __dir__() -> list[str]:
    return __all__


def from_sympy(group: Any, *, limit: int = MAXIMAL_ORDER) -> Group:
    """Make a group from a SymPy permutation group.

    Args:
        group: a ``sympy.combinatorics.PermutationGroup``; its product is first a, then b, like ours.
        limit: the largest order that is enumerated.

    Returns:
        The group, elements breadth-first over the generators of ``group``.

    Raises:
        ArgumentError: not a permutation group.
        EnumerationLimitError: more than ``limit`` elements.

    Complexity:
        O(n * degree) to enumerate, O(n**2) for the table.

    Example:
        >>> import peterweyl as pw
        >>> from sympy.combinatorics.named_groups import AlternatingGroup
        >>> pw.from_sympy(AlternatingGroup(4)).identify().name
        'A4'
    """
    generators = getattr(group, "generators", None)
    if generators is None or not all(hasattr(g, "array_form") for g in generators):
        raise ArgumentError(f"group: expected a SymPy PermutationGroup, got {type(group).__name__}")
    return from_permutations([list(g.array_form) for g in generators], limit=limit)


def to_sympy(group: Group) -> Any:
    """A SymPy permutation group isomorphic to a group.

    Args:
        group: any group; one made of permutations keeps them, another acts on its own elements from the right.

    Returns:
        A ``sympy.combinatorics.PermutationGroup``.

    Example:
        >>> import peterweyl as pw
        >>> pw.to_sympy(pw.group("D5")).order()
        10
    """
    combinatorics = optional_import("sympy.combinatorics", "all", "make a SymPy group")
    images = group.permutations
    rows = (
        [images[g] for g in group.generators]
        if images is not None
        else [group.table[:, g] for g in group.generators]
    )
    if not rows:
        rows = [np.arange(max(1, 0 if images is None else images.shape[1]))]
    return combinatorics.PermutationGroup([combinatorics.Permutation([int(i) for i in row]) for row in rows])


@dataclass(frozen=True, eq=False)
class CayleyGraph:
    """The right Cayley graph of a group: an edge from x to x*g for every element x and every chosen g.

    Attributes:
        sources: (edges,) int64.
        targets: (edges,) int64.
        generators: (edges,) int64, the element g of each edge.
        order: the number of vertices.
    """

    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    generators: NDArray[np.int64]
    order: int

    def to_networkx(self) -> Any:
        """The graph as a ``networkx.MultiDiGraph`` with the edge attribute ``generator``.

        Raises:
            MissingDependencyError: NetworkX is not installed.
        """
        networkx = optional_import("networkx", "graph", "make a NetworkX graph")
        graph = networkx.MultiDiGraph()
        graph.add_nodes_from(range(self.order))
        for source, target, generator in zip(
            self.sources.tolist(), self.targets.tolist(), self.generators.tolist(), strict=True
        ):
            graph.add_edge(source, target, generator=generator)
        return graph


def cayley_graph(group: Group, generators: Sequence[int] | None = None) -> CayleyGraph:
    """The right Cayley graph of a group as arrays of edges.

    Args:
        group: the group.
        generators: elements; those of the group by default.

    Returns:
        The edges x -> x*g, first all x for the first g, then for the next.

    Raises:
        ArgumentError: something is not an element.

    Complexity:
        O(n) for each generator.

    Example:
        >>> import peterweyl as pw
        >>> graph = pw.cayley_graph(pw.group("C4"), [1])
        >>> graph.targets.tolist()
        [1, 2, 3, 0]
    """
    chosen = list(group.generators if generators is None else generators)
    for position, g in enumerate(chosen):
        if isinstance(g, bool) or not isinstance(g, int | np.integer) or not 0 <= g < group.order:
            raise ArgumentError(
                f"generators[{position}]: expected an element in 0 ... {group.order - 1}, got {g!r}"
            )
    labels = np.arange(group.order, dtype=np.int64)
    targets = [group.table[:, g].astype(np.int64) for g in chosen]
    return CayleyGraph(
        sources=np.tile(labels, len(chosen)),
        targets=np.concatenate(targets) if targets else np.empty(0, dtype=np.int64),
        generators=np.repeat(np.array(chosen, dtype=np.int64), group.order),
        order=group.order,
    )
