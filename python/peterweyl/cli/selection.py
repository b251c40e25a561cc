"""The options that say which numbers of a file are meant, the same for every command that reads weights."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..groups import Group, from_table, group
from ..weights import as_array, load_weights


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """Add the file and the option that picks tensors."""
    parser.add_argument("file", metavar="FILE", help="npy, npz, safetensors, pt, h5, mat, msgpack, csv, ...")
    parser.add_argument(
        "--tensor",
        action="append",
        metavar="NAME",
        help="name, glob or index of a tensor, or an expression such as 'W_x @ W[:256]'; may be repeated; "
        "not needed when the file holds just one",
    )


def add_tensor_options(parser: argparse.ArgumentParser) -> None:
    """Add the file and the options that pick tensors and axes."""
    add_file_options(parser)
    add_axis_options(parser)


def add_axis_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which axes are meant."""
    parser.add_argument(
        "--axis", type=_axis, default=-1, metavar="K", help="the axis over group elements (default -1)"
    )
    parser.add_argument(
        "--pairs", type=int, metavar="K", help="an axis of length 2 that holds (real, imaginary)"
    )


def add_layout_options(parser: argparse.ArgumentParser) -> None:
    """Add everything that says where the elements of the group are in an array."""
    add_axis_options(parser)
    parser.add_argument(
        "--order",
        metavar="NAME",
        help="the order of the elements along the axis: auto, native, gap, sympy, 'r^k s^j', ..., "
        "or the elements themselves, separated by commas",
    )
    parser.add_argument(
        "--axes",
        metavar="NAMES",
        help="names of the axes, such as 'group neuron' or '(a b) d'; the one called group, or named by --axis, "
        "is the group's, and one called pair holds real and imaginary parts",
    )
    parser.add_argument(
        "--rows",
        metavar="A:B",
        help="the positions on the axis of the group that are elements, such as 0:113",
    )
    parser.add_argument(
        "--blocks",
        action="store_true",
        help="the tensors are blocks (n, d, d), tested for W(g) = M rho(g); all of the file unless --tensor names some",
    )
    parser.add_argument(
        "--block-sizes", metavar="D,D,...", help="the tensor is flat blocks: d*d rows for each size d"
    )
    parser.add_argument(
        "--identity-omitted", action="store_true", help="blocks lack the matrix of the identity"
    )


def layout_options(options: argparse.Namespace) -> dict[str, Any]:
    """The arguments of ``verify`` that those options mean."""
    return {
        "axis": options.axis,
        "axes": options.axes,
        "rows": options.rows,
        "pairs": options.pairs,
        "blocks": options.blocks,
        "block_sizes": None
        if options.block_sizes is None
        else integer_list(options.block_sizes, "--block-sizes"),
        "identity_omitted": options.identity_omitted,
        "order": options.order
        if options.order is None or "," not in options.order or not options.order[0].isdigit()
        else integer_list(options.order, "--order"),
    }


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


def optional_group(options: argparse.Namespace) -> Group | None:
    """The group that the options name, or None where they name none."""
    return None if options.group is None and options.table is None else selected_group(options)


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
        return {name: as_array(weights[name], name) for name in weights}
    chosen: dict[str, NDArray[Any]] = {}
    for pattern in options.tensor:
        key: str | int = int(pattern) if pattern.lstrip("-").isdigit() and pattern not in weights else pattern
        # Here the message about a number that is none can name the tensor.
        chosen[str(pattern)] = as_array(load_weights(options.file, key), str(pattern))
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
