"""The options that say which numbers of a file are meant, the same for every command that reads weights."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..groups import Group, from_table, group
from ..weights import load_weights


def add_tensor_options(parser: argparse.ArgumentParser) -> None:
    """Add the file and the options that pick tensors and axes."""
    parser.add_argument("file", metavar="FILE", help="npy, npz, safetensors, pt, h5, mat, msgpack, csv, ...")
    parser.add_argument(
        "--tensor",
        action="append",
        metavar="NAME",
        help="name, glob or index of a tensor; may be repeated; not needed when the file holds just one",
    )
    parser.add_argument(
        "--axis", type=_axis, default=-1, metavar="K", help="the axis over group elements (default -1)"
    )
    parser.add_argument(
        "--pairs", type=int, metavar="K", help="an axis of length 2 that holds (real, imaginary)"
    )


def _axis(text: str) -> int | str:
    """A number of an axis, or its name among ``--axes``."""
    return int(text) if text.lstrip("-").isdigit() else text


def integer_list(text: str, option: str) -> list[int]:
    """Integers separated by commas."""
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise ArgumentError(f"{option}: expected integers such as 1,1,2, got {text!r}") from None


def add_group_options(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    """Add the two ways to say which group is meant; a command may add more."""
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--group", metavar="SPEC", help="a group, such as S5 or 'C4 x S3'")
    choice.add_argument("--table", metavar="FILE", help="a multiplication table (n, n) in a file of weights")
    return choice


def selected_group(options: argparse.Namespace) -> Group:
    """The group that the options name."""
    if options.table is None:
        return group(options.group)
    table = load_weights(options.table, 0)
    rounded = np.rint(table).astype(np.int64) if table.dtype.kind == "f" else table
    if not np.array_equal(rounded, table):
        raise ArgumentError(f"--table: expected integers, got {table.dtype} numbers that are not whole")
    return from_table(rounded)


def selected_tensors(options: argparse.Namespace) -> dict[str, NDArray[Any]]:
    """The tensors that the options name; all of them when none is named."""
    weights = load_weights(options.file)
    if options.tensor is None:
        return {name: weights[name] for name in weights}
    chosen: dict[str, NDArray[Any]] = {}
    for pattern in options.tensor:
        key: str | int = int(pattern) if pattern.lstrip("-").isdigit() and pattern not in weights else pattern
        chosen[str(pattern)] = load_weights(options.file, key)
    return chosen


def single_tensor(options: argparse.Namespace) -> tuple[str, NDArray[Any]]:
    """The one tensor that the options name, with its name."""
    tensors = selected_tensors(options)
    if len(tensors) != 1:
        listing = ", ".join(f"{name} {array.shape}" for name, array in tensors.items())
        raise ArgumentError(
            f"--tensor: expected one tensor, got {len(tensors)}: {listing}; choose with --tensor NAME"
        )
    return next(iter(tensors.items()))
