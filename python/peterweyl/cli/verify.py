"""``peterweyl verify FILE --group SPEC``: do these weights consist of harmonics of a group?"""

from __future__ import annotations

import argparse

from ..harmonics import verify
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_json
from .selection import add_group_options, add_tensor_options, selected_group, selected_tensors, single_tensor


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="do these weights consist of harmonics of this group?")
    add_tensor_options(parser)
    add_group_options(parser)
    parser.add_argument(
        "--blocks",
        action="store_true",
        help="the tensors are blocks (n, d, d), tested for W(g) = M rho(g); all of the file unless --tensor names some",
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify and print the report; 0 when the weights are harmonic or approximately so."""
    tested = selected_group(options)
    if options.blocks:
        tensors = selected_tensors(options)
        name = ", ".join(tensors)
        verification = verify(list(tensors.values()), tested, blocks=True, pairs=options.pairs)
    else:
        name, array = single_tensor(options)
        verification = verify(array, tested, axis=options.axis, pairs=options.pairs)
    if options.json:
        print_json("verify", {"file": str(options.file), "tensor": name, **verification.to_dict()})
    else:
        print(f"{options.file}: {name}\n")
        print(verification.report())
    return HOLDS if verification.holds else DOES_NOT_HOLD
