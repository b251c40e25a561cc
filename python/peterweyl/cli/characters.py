"""``peterweyl characters SPEC``: the exact character table of a group."""

from __future__ import annotations

import argparse

from ..groups import group
from .output import HOLDS, add_json_option, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("characters", help="the exact character table of a group")
    parser.add_argument("group", metavar="SPEC", help="a group, such as A5 or 'C4 x S3'")
    parser.add_argument("--gap", action="store_true", help="print a GAP record instead of text")
    parser.add_argument("--latex", action="store_true", help="print a LaTeX array instead of text")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    table = group(options.group).character_table
    if options.json:
        print_json("characters", table.to_dict())
    elif options.gap:
        print(table.to_gap())
    elif options.latex:
        print(table._repr_latex_())
    else:
        print(table)
        print(f"\nζₙ = exp(2πi/n); + real, o complex, - quaternionic; by: {table.method}")
    return HOLDS
