"""Tables out of blocks W_i(g) = A_i rho_i(g)^H B_i: the arguments brought to arrays, the core's answer as a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _core
from ..errors import ArgumentError
from ..weights.arrays import as_array
from .block_sizes import find_blocks
from .reasons import LARGEST_LOG10_CHANCE
from .result import BlockReport, Candidate, Reconstruction

__all__ = ["from_blocks"]


def __dir__() -> list[str]:
    return __all__


def from_blocks(
    blocks: Any,
    block_sizes: Sequence[int] | str | None,
    axis: int | None,
    identity_omitted: bool,
    seed: int,
) -> Reconstruction:
    """Find the table in blocks; the arguments are those of :func:`peterweyl.reconstruct`."""
    if block_sizes is None:
        arrays = _arrays(blocks, axis)
        places, choices = None, 0.0
    else:
        found, choices = _split_flat(blocks, block_sizes, -1 if axis is None else axis)
        arrays = [array for array, _ in found]
        places = [rows for _, rows in found]
    if identity_omitted:
        arrays = [
            np.concatenate([np.eye(a.shape[1], dtype=np.complex128)[np.newaxis], a], axis=0) for a in arrays
        ]
    result = _from_core(_core.reconstruct_blocks(arrays, seed), arrays, places, seed)
    return _among(result, choices) if choices > 0 else result


def _among(result: Reconstruction, log10_choices: float) -> Reconstruction:
    """The result for blocks that were chosen among so many, any of which might have fitted by chance."""
    chance = min(0.0, result.log10_chance + log10_choices)
    by_chance = chance > LARGEST_LOG10_CHANCE
    decided = result.reason in ("certified", "uncertified", "ambiguous")
    certified = result.certified and not by_chance
    candidates = tuple(
        replace(
            c, certified=c.certified and not by_chance, log10_chance=min(0.0, c.log10_chance + log10_choices)
        )
        for c in result.candidates
    )
    return replace(
        result,
        reason="noise" if decided and by_chance else result.reason,
        certified=certified,
        log10_chance=chance,
        candidates=candidates,
    )


def _from_core(
    raw: dict[str, Any],
    arrays: list[NDArray[np.complex128]],
    places: list[NDArray[np.intp]] | None,
    seed: int,
) -> Reconstruction:
    figures = raw["certificate"]
    quotient = raw["reason"] == "quotient"
    table: NDArray[np.int64] | None = raw["table"]
    columns = arrays[0].shape[0]
    if table is not None:
        table.setflags(write=False)
    candidates = tuple(
        Candidate(
            table=candidate["table"],
            reason=_candidate_reason(index, candidate),
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
            rows=None if places is None else tuple(tuple(int(k) for k in row) for row in places[index]),
        )
        for index, block in enumerate(raw["blocks"])
    )
    left_right = None
    if table is not None:
        left_right = "abelian" if np.array_equal(table, table.T) else "unknown"
    return Reconstruction(
        source="blocks",
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


def _candidate_reason(index: int, candidate: dict[str, Any]) -> str:
    if index == 0:
        return "fits"
    return "other_reading" if candidate["log10_chance"] == 0 and candidate["fit"] == 0 else "fits_less"


def _arrays(blocks: Any, axis: int | None) -> list[NDArray[np.complex128]]:
    """The blocks as complex arrays (n, d, d), all of one n."""
    if isinstance(blocks, Mapping):
        named = [(f"blocks[{key!r}]", value) for key, value in blocks.items()]
    elif isinstance(blocks, Sequence) and not isinstance(blocks, (str, bytes)):
        named = [(f"blocks[{index}]", value) for index, value in enumerate(blocks)]
    elif getattr(blocks, "ndim", None) == 2:
        raise ArgumentError(
            f"block_sizes: expected the degrees of the blocks of a flat matrix, or 'find', got None with blocks of "
            f"shape {tuple(blocks.shape)}"
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


def _split_flat(
    blocks: Any, block_sizes: Sequence[int] | str, axis: int
) -> tuple[list[tuple[NDArray[np.complex128], NDArray[np.intp]]], float]:
    """The blocks of a flat matrix, each with the numbers (d, d) of its rows; log10 of the ways to choose them."""
    array = np.asarray(as_array(blocks, "blocks"))
    if array.ndim == 3 and array.shape[2] == 2 and not np.iscomplexobj(array):
        array = array[..., 0] + 1j * array[..., 1].astype(np.complex128)
    if array.ndim != 2:
        raise ArgumentError(f"blocks: expected one flat matrix with block_sizes, got shape {array.shape}")
    if not -2 <= axis < 2:
        raise ArgumentError(f"axis: expected 0 or 1 for a flat matrix, got {axis}")
    array = np.moveaxis(array, axis, 1)
    if isinstance(block_sizes, str):
        if block_sizes != "find":
            raise ArgumentError(f"block_sizes: expected degrees or 'find', got {block_sizes!r}")
        places, choices = find_blocks(array)
    else:
        sizes = list(block_sizes)
        if not all(isinstance(size, (int, np.integer)) and size > 0 for size in sizes) or not sizes:
            raise ArgumentError(f"block_sizes: expected positive degrees, got {sizes!r}")
        places, choices = _runs_of([int(size) for size in sizes], array, axis), 0.0
    found = [
        (np.ascontiguousarray(array[rows].transpose(2, 0, 1), dtype=np.complex128), rows) for rows in places
    ]
    return found, choices


def _runs_of(sizes: list[int], array: NDArray[Any], axis: int) -> list[NDArray[np.intp]]:
    """The rows of blocks of given degrees, one after another."""
    rows = sum(size * size for size in sizes)
    if array.shape[0] != rows or array.shape[1] == 0:
        raise ArgumentError(
            f"blocks: expected {rows} rows for block_sizes {sizes} (the sum of their squares), got "
            f"{array.shape[0]} with {array.shape[1]} elements on axis {axis}"
        )
    ends = np.cumsum([size * size for size in sizes])
    return [
        np.arange(end - size * size, end).reshape(size, size) for size, end in zip(sizes, ends, strict=True)
    ]
