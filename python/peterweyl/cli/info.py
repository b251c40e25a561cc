"""``peterweyl info``: this installation, or a group."""

from __future__ import annotations

import argparse
import platform
import sys
from typing import Any

import numpy as np

from .. import build_info
from ..groups import Group, group, known_specs
from .output import HOLDS, add_json_option, count, print_heading, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("info", help="describe a group, or this installation")
    parser.add_argument(
        "group", nargs="?", metavar="SPEC", help="a group, such as S5 or 'C4 x S3'; none: the installation"
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is known."""
    content = _describe_installation() if options.group is None else _describe_group(group(options.group))
    if options.json:
        print_json("info", content)
    elif options.group is None:
        _print_installation(content)
    else:
        _print_group(content)
    return HOLDS


def _describe_installation() -> dict[str, Any]:
    return {
        "build": build_info(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "platform": platform.platform(),
        "executable": sys.executable,
        "group_specs": known_specs(),
    }


def _print_installation(content: dict[str, Any]) -> None:
    build = content["build"]
    print_heading(f"peterweyl {build['version']}")
    print(f"core      {build['compiler']}, {build['build_type']} build, assertions {build['assertions']}")
    print(f"python    {content['python']}, numpy {content['numpy']}")
    print(f"platform  {content['platform']}")
    print("\nGroup specs:")
    for form, meaning in content["group_specs"].items():
        print(f"  {form:<12}{meaning}")


def _describe_group(described: Group) -> dict[str, Any]:
    classes = described.conjugacy_classes
    identification = described.identify()
    return {
        "spec": described.name,
        "order": described.order,
        "name": identification.name,
        "name_is_certain": identification.certain,
        "small_group_id": identification.small_group_id,
        "abelian": described.is_abelian,
        "nilpotent": described.is_nilpotent,
        "solvable": described.is_solvable,
        "simple": described.is_simple,
        "exponent": described.exponent,
        "center_order": described.center.order,
        "derived_subgroup_order": described.derived_subgroup.order,
        "chief_series": [term.order for term in described.chief_series],
        "automorphisms": described.automorphism_count,
        "generators": list(described.generators),
        "classes": [
            {"order": int(order), "size": int(size), "representative": int(representative)}
            for order, size, representative in zip(
                classes.orders, classes.sizes, classes.representatives, strict=True
            )
        ],
        "irreps": [
            {"label": irrep.label, "degree": irrep.degree, "type": irrep.type} for irrep in described.irreps
        ],
    }


def _print_group(content: dict[str, Any]) -> None:
    print_heading(f"{content['spec']}, a group of order {content['order']}")
    if content["name"] != content["spec"]:
        certainty = "" if content["name_is_certain"] else " (not identified further)"
        print(f"isomorphic to  {content['name']}{certainty}")
    if content["small_group_id"] is not None:
        print("catalogue      SmallGroup({}, {})".format(*content["small_group_id"]))
    adjectives = [word for word in ("abelian", "nilpotent", "solvable", "simple") if content[word]]
    print(f"it is          {', '.join(adjectives) or 'neither solvable nor simple'}")
    print(f"exponent       {content['exponent']}")
    print(f"centre         order {content['center_order']}")
    print(f"derived        order {content['derived_subgroup_order']}")
    print(f"chief series   {' > '.join(map(str, content['chief_series']))}")
    print(f"automorphisms  {content['automorphisms']}")
    print(f"generators     {', '.join(map(str, content['generators'])) or 'none'}")
    print(f"\n{count(len(content['classes']), 'conjugacy class')}")
    print("  element order   size")
    for entry in _shortened(content["classes"]):
        print(f"  {entry['order']:>13}   {entry['size']:>4}" if entry else "  …")
    print(f"\n{count(len(content['irreps']), 'irreducible representation')}")
    print("  degree   type          label")
    for entry in _shortened(content["irreps"]):
        print(f"  {entry['degree']:>6}   {entry['type']:<13} {entry['label']}" if entry else "  …")


def _shortened(entries: list[dict[str, Any]], limit: int = 24) -> list[dict[str, Any] | None]:
    """The first entries; ``None`` stands for those left out."""
    return list(entries) if len(entries) <= limit else [*entries[: limit - 1], None]
