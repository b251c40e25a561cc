"""``peterweyl tensors FILE``: what a file of weights holds, and which axes could run over the elements of a group."""

from __future__ import annotations

import argparse
import math
from typing import Any

from ..catalogue import MAXIMAL_ORDER, number_of_groups
from ..errors import Error
from ..weights import TensorInfo, tensor_infos
from .output import HOLDS, add_json_option, count, print_heading, print_json
from .selection import optional_group

# Lengths below this are too short to be told from ranks, heads and pairs.
_SMALLEST = 3


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "tensors", help="list the tensors of a file of weights and the axes that could be a group"
    )
    parser.add_argument("file", metavar="FILE", help="npy, npz, safetensors, pt, h5, mat, msgpack, csv, ...")
    parser.add_argument("--group", metavar="SPEC", help="mark the axes that fit this group")
    add_json_option(parser)
    parser.set_defaults(run=run, table=None)


def run(options: argparse.Namespace) -> int:
    """Print name, shape and type of every tensor; nothing is read but the headers where the format allows it."""
    infos = tensor_infos(options.file)
    group = optional_group(options)
    order = None if group is None else group.order
    shared = _shared_lengths(infos)
    if options.json:
        entries = [
            {
                "name": info.name,
                "shape": list(info.shape),
                "dtype": info.stored_dtype,
                "bytes": info.nbytes,
                "axes": _axes(info, shared, order),
            }
            for info in infos
        ]
        print_json("tensors", {"file": str(options.file), "tensors": entries})
        return HOLDS
    print_heading(f"{options.file}: {count(len(infos), 'tensor')}")
    width = max(len(info.name) for info in infos)
    for info in infos:
        shape = " × ".join(map(str, info.shape)) or "scalar"
        remarks = "; ".join(_words(axis) for axis in _axes(info, shared, order))
        print(f"  {info.name:<{width}}   {shape:<20} {info.stored_dtype:<10} {remarks}".rstrip())
    if group is None:
        print("\naxes: the order that a group along each would have, and how many groups there are;")
        print("give --group to see what fits one; verify --groups order ranks them all")
    return HOLDS


def _shared_lengths(infos: tuple[TensorInfo, ...]) -> dict[int, int]:
    """In how many tensors each length occurs."""
    found: dict[int, int] = {}
    for info in infos:
        for length in set(info.shape):
            found[length] = found.get(length, 0) + 1
    return found


def _axes(info: TensorInfo, shared: dict[int, int], order: int | None) -> list[dict[str, Any]]:
    """The axes of a tensor that could run over the elements of a group, and how."""
    found: list[dict[str, Any]] = []
    for axis, length in enumerate(info.shape):
        for size, how in _readings(length):
            if size < _SMALLEST or (order is not None and size != order):
                continue
            # Without a group in mind pairs and omitted elements would make candidates of every length.
            likely = how == "elements" or shared.get(size, 0) > 0
            if order is None and not likely:
                continue
            found.append({"axis": axis, "order": size, "how": how, "groups": _groups(size)})
    return found


def _readings(length: int) -> list[tuple[int, str]]:
    """An axis can hold the elements, all pairs of them, or all but the identity, or some tokens more."""
    readings = [(length, "elements")]
    root = math.isqrt(length)
    if root * root == length and root > 1:
        readings.append((root, "pairs of elements"))
    readings += [(length + 1, "all but the identity"), (length - 1, "elements and one row more")]
    return readings


def _groups(order: int) -> int | None:
    try:
        return number_of_groups(order) if order <= MAXIMAL_ORDER else None
    except Error:
        return None


def _words(axis: dict[str, Any]) -> str:
    groups = axis["groups"]
    number = "" if groups is None else f" ({count(groups, 'group')})"
    return f"axis {axis['axis']}: {axis['how']} of order {axis['order']}{number}"
