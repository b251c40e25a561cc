"""``peterweyl groups N`` and ``peterweyl identify``: the catalogue of small groups."""

from __future__ import annotations

import argparse

from ..catalogue import groups_of_order, number_of_groups
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, count, print_heading, print_json
from .selection import add_group_options, selected_group


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands."""
    groups = commands.add_parser("groups", help="list the groups of an order")
    groups.add_argument("order", type=int, metavar="N", help="1 ... 511")
    add_json_option(groups)
    groups.set_defaults(run=run_groups)
    identify = commands.add_parser("identify", help="which group is this?")
    add_group_options(identify)
    add_json_option(identify)
    identify.set_defaults(run=run_identify)


def run_groups(options: argparse.Namespace) -> int:
    """List number, name and a few invariants of every group of an order."""
    total = number_of_groups(options.order)
    entries = [
        {
            "number": number,
            "name": group.identify().name,
            "abelian": group.is_abelian,
            "classes": len(group.conjugacy_classes),
            "exponent": group.exponent,
        }
        for number, group in enumerate(groups_of_order(options.order), start=1)
    ]
    if options.json:
        print_json("groups", {"order": options.order, "count": total, "groups": entries})
        return HOLDS
    print_heading(f"{count(total, 'group')} of order {options.order}")
    print("  number   classes   exponent   name")
    for entry in entries:
        abelian = " (abelian)" if entry["abelian"] else ""
        print(
            f"  {entry['number']:>6}   {entry['classes']:>7}   {entry['exponent']:>8}   {entry['name']}{abelian}"
        )
    return HOLDS


def run_identify(options: argparse.Namespace) -> int:
    """Print what a group is; 0 when that is proven."""
    group = selected_group(options)
    found = group.identify()
    if options.json:
        print_json(
            "identify",
            {
                "order": group.order,
                "name": found.name,
                "small_group_id": found.small_group_id,
                "certain": found.certain,
            },
        )
    else:
        print(found)
        if found.small_group_id is not None:
            print(f"SmallGroup({found.small_group_id[0]}, {found.small_group_id[1]})")
    return HOLDS if found.certain else DOES_NOT_HOLD
