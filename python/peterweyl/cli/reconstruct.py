"""``peterweyl reconstruct FILE``: which multiplication table is in these weights?"""

from __future__ import annotations

import argparse
from typing import Any

from numpy.typing import NDArray

from ..errors import ArgumentError
from ..reconstruction import Reconstruction, reconstruct
from ..weights.arrays import combine_pairs
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_json
from .selection import add_tensor_options, selected_tensors, single_tensor


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("reconstruct", help="which multiplication table is in these weights?")
    add_tensor_options(parser)
    parser.add_argument(
        "--block-sizes",
        metavar="D,D,...",
        help="the tensor is one flat matrix whose rows are blocks of d*d entries, such as 1,1,2; "
        "without it every tensor is a block (n, d, d)",
    )
    parser.add_argument(
        "--identity-omitted", action="store_true", help="the first element is left out and its blocks are 1"
    )
    parser.add_argument("--show-table", action="store_true", help="print the table as well")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Reconstruct and print the result; 0 when the table is certified."""
    result = _reconstruct(options)
    if options.json:
        print_json("reconstruct", {"file": str(options.file), **result.to_dict()})
    else:
        print(f"{options.file}\n")
        print(result.report())
        if options.show_table and result.table is not None:
            width = len(str(len(result.table) - 1))
            print("\ntable")
            for row in result.table:
                print("  " + " ".join(f"{entry:>{width}}" for entry in row))
    return HOLDS if result.certified else DOES_NOT_HOLD


def _reconstruct(options: argparse.Namespace) -> Reconstruction:
    if options.block_sizes is None:
        blocks = [_joined(array, options) for array in selected_tensors(options).values()]
        return reconstruct(blocks=blocks, identity_omitted=options.identity_omitted)
    try:
        sizes = [int(size) for size in options.block_sizes.split(",")]
    except ValueError:
        raise ArgumentError(
            f"--block-sizes: expected integers such as 1,1,2, got {options.block_sizes!r}"
        ) from None
    _, matrix = single_tensor(options)
    return reconstruct(
        blocks=_joined(matrix, options),
        block_sizes=sizes,
        axis=options.axis,
        identity_omitted=options.identity_omitted,
    )


def _joined(array: NDArray[Any], options: argparse.Namespace) -> NDArray[Any]:
    """Real and imaginary parts put together where the options say so."""
    return array if options.pairs is None else combine_pairs(array, options.pairs)
