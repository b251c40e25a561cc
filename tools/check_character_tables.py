"""Compare character tables with facts by another system: exact tables, and degrees with indicators of many groups.

    python tools/check_character_tables.py FOLDER [--only NAME ...]

FOLDER holds ``tables.json`` (exact tables with class representatives, power maps, indicators and values in GAP's
notation) and ``groups_le100.json``, ``groups_more.json`` (generators and irreps as [degree, indicator, how many]).
Columns are matched by the classes of the representatives, so rows must be equal as sets.
"""

from __future__ import annotations

import argparse
import ast
import collections
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import peterweyl as pw
from peterweyl.permutation_groups import PermutationGroup

LISTED = 10_000


def listed_table(entry: dict[str, Any]) -> tuple[pw.CharacterTable, list[int]]:
    """Our table of the group of an entry, and the class of each of its representatives."""
    group = pw.from_permutations(entry["gens"])
    element = {tuple(images): index for index, images in enumerate(group.permutations.tolist())}
    of_element = group.conjugacy_classes.of_element
    return group.character_table, [int(of_element[element[tuple(images)]]) for images in entry["class_reps"]]


def unlisted_table(entry: dict[str, Any]) -> tuple[pw.CharacterTable, list[int]]:
    """The same without a list of the elements."""
    group = PermutationGroup(entry["gens"], degree=entry["degree"])
    table = group.character_table
    return table, [table.classes.identify(images) for images in entry["class_reps"]]


def compare(entry: dict[str, Any]) -> list[str]:
    """What differs."""
    wrong = difference(entry, *unlisted_table(entry))
    if entry["order"] <= LISTED:
        wrong += difference(entry, *listed_table(entry))
    return wrong


def difference(entry: dict[str, Any], table: pw.CharacterTable, column: list[int]) -> list[str]:
    """What differs between a table and its entry."""
    wrong = []
    if sorted(column) != list(range(len(table))):
        return ["the classes of the representatives are not all classes"]
    for ours, theirs in ((table.class_orders, "class_orders"), (table.class_sizes, "class_sizes")):
        if [ours[c] for c in column] != entry[theirs]:
            wrong.append(theirs)
    for p, images in entry["power_maps"].items():
        power = table.power_map(int(p))
        if [power[c] for c in column] != [column[i] for i in images]:
            wrong.append(f"power map {p}")
    rows = entry["irr_strings"]
    if isinstance(rows, str):
        rows = ast.literal_eval(rows)
    values = {text: parse(text) for row in rows for text in row}
    theirs = collections.Counter(
        (indicator, *(values[text] for text in row)) for indicator, row in zip(entry["fs"], rows, strict=True)
    )
    ours = collections.Counter(
        (table.indicators[i], *(row[c] for c in column)) for i, row in enumerate(table.exact)
    )
    if ours != theirs:
        wrong.append("values or indicators")
    return wrong


def parse(text: str) -> pw.Cyclotomic:
    """A sum of integer multiples of ``E(n)^k``."""
    total = pw.Cyclotomic(0)
    for sign, coefficient, order, exponent in re.findall(
        r"([+-]?)(\d*)\*?(?:E\((\d+)\)(?:\^(\d+))?)?", text.replace(" ", "")
    ):
        if not (coefficient or order):
            continue
        term = pw.Cyclotomic.root_of_unity(int(order), int(exponent or 1)) if order else pw.Cyclotomic(1)
        total += term * int(coefficient or 1) * (-1 if sign == "-" else 1)
    return total


def check_degrees(path: Path) -> int:
    """Compare degrees with indicators of all groups of a file; returns the number of differences."""
    failures = 0
    groups = json.loads(path.read_text(encoding="utf-8"))["groups"]
    started = time.perf_counter()
    for entry in groups:
        generators = entry["gens"] or [[0]]
        table = pw.from_permutations(generators).character_table
        found = collections.Counter(zip(table.degrees, table.indicators, strict=True))
        expected = {(degree, indicator): count for degree, indicator, count in entry["irreps"]}
        if found != expected:
            failures += 1
            print(f"SmallGroup{tuple(entry['id'])}: {dict(found)}, expected {expected}")
    print(f"{path.name}: {len(groups)} groups, {failures} differ, {time.perf_counter() - started:.1f} s")
    return failures


def main() -> int:
    """Check everything in a folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", help="names of tables")
    options = parser.parse_args()
    failures = 0
    tables = json.loads((options.folder / "tables.json").read_text(encoding="utf-8"))["tables"]
    for entry in tables:
        if options.only and entry["name"] not in options.only:
            continue
        started = time.perf_counter()
        wrong = compare(entry)
        failures += bool(wrong)
        if wrong or options.only:
            print(f"{entry['name']}: {wrong or 'equal'}, {time.perf_counter() - started:.2f} s")
    print(f"{len(tables)} tables, {failures} differ")
    if not options.only:
        failures += check_degrees(options.folder / "groups_le100.json")
        failures += check_degrees(options.folder / "groups_more.json")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
