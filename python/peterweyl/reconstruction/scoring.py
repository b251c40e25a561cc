"""How close a table is to that of a known group, by isomorphism; never by trying relabellings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ..errors import ArgumentError, NotAGroupError
from ..groups import Group, from_table, group

__all__ = ["Score", "score_table"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class Score:
    """A table beside a known group.

    Attributes:
        isomorphic: whether the table is that of a group isomorphic to the known one.
        accuracy: share of the entries that agree under the best relabelling that was found; it is the best of all
            when ``exact``.
        exact: whether ``accuracy`` is proven to be the largest possible.
        labelled_accuracy: share of the entries that agree as they are labelled.
        relabelling: (n,) int64: the element of the known group for each label, or ``None``.
    """

    isomorphic: bool
    accuracy: float
    exact: bool
    labelled_accuracy: float
    relabelling: NDArray[np.int64] | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "isomorphic": self.isomorphic,
            "accuracy": self.accuracy,
            "exact": self.exact,
            "labelled_accuracy": self.labelled_accuracy,
            "relabelling": None if self.relabelling is None else self.relabelling.tolist(),
        }


def score_table(table: ArrayLike, truth: Group | str | ArrayLike, *, seed: int = 1) -> Score:
    """Compare a table, right or not, with a known group.

    The table of a group is compared by an isomorphism, found from the images of a few generators. Any other table is
    brought to a group first: the rows that are nearest to permutations are closed to a regular group, whose
    isomorphism with the known group is the relabelling. With fewer than n/2 wrong entries no other relabelling can be
    better, and the score says that it is exact.

    Args:
        table: (n, n) integers in 0 ... n-1.
        truth: the group, its spec, or its table.
        seed: of the search in a table that is not one of a group.

    Returns:
        A :class:`Score`.

    Raises:
        ArgumentError: the table is not square, has entries out of range, or another size than the group.

    Complexity:
        O(n**2 log n) and an isomorphism test, milliseconds at n = 720.

    Example:
        >>> import numpy as np
        >>> import peterweyl as pw
        >>> from peterweyl.reconstruction import score_table
        >>> table = np.array(pw.group("D4").table, dtype=int)
        >>> score_table(table, pw.small_group(8, 3)).isomorphic
        True
        >>> table[1, 1] = 3
        >>> score_table(table, "D4").accuracy
        0.984375
    """
    known = (
        truth if isinstance(truth, Group) else group(truth) if isinstance(truth, str) else from_table(truth)
    )
    array = np.asarray(table)
    n = known.order
    if array.shape != (n, n) or array.dtype.kind not in "iu":
        raise ArgumentError(f"table: expected integers ({n}, {n}), got shape {array.shape}, {array.dtype}")
    array = array.astype(np.int64)
    if array.min() < 0 or array.max() >= n:
        raise ArgumentError(f"table: expected entries in 0 ... {n - 1}, got {array.min()} ... {array.max()}")
    target = np.asarray(known.table)
    labelled = float(np.mean(array == target))
    if labelled == 1.0:
        return Score(True, 1.0, True, 1.0, np.arange(n))
    try:
        nearest: Group | None = from_table(array)
        is_group = True
    except NotAGroupError:
        nearest, is_group = _nearest_group(array, seed), False
    images = None if nearest is None else nearest.isomorphism(known)
    if nearest is None or images is None:
        return Score(False, labelled, False, labelled, np.arange(n))
    if is_group:
        return Score(True, 1.0, True, labelled, np.asarray(images).astype(np.int64))
    agreeing = array == np.asarray(nearest.table)
    accuracy = float(np.mean(agreeing))
    if accuracy < labelled:
        return Score(False, labelled, False, labelled, np.arange(n))
    # Two different tables of groups on the same labels differ in n places at least: the translations that they share
    # are a subgroup of both, so half of the rows differ, each in two places or more. (Were all translations shared,
    # the identities would differ, and every row.)
    exact = 2 * int(np.sum(~agreeing)) < n
    return Score(False, accuracy, exact, labelled, np.asarray(images).astype(np.int64))


def no_score(truth: Any) -> Score:
    """The score of having found no table."""
    del truth
    return Score(False, 0.0, True, 0.0, None)


def _nearest_group(array: NDArray[np.int64], seed: int) -> Group | None:
    """The group whose table the rows of a faulty one generate, the one that agrees with most entries."""
    n = len(array)

    def scores(row: int) -> NDArray[np.float32]:
        result = np.zeros((n, n), np.float32)
        result[np.arange(n), array[row]] = 1.0
        return result

    source = _core.ScoreSource.function(n, scores)
    found = source.search(seed, 64, 128)["candidates"]
    if not found:
        return None
    best = max(found, key=lambda candidate: float(np.mean(candidate["table"] == array)))
    return from_table(best["table"])
