"""Compare classes, structure, automorphisms and numbers of groups with files of GAP facts.

Run it as ``python tools/check_facts.py FILE...``.

A file holds ``{"groups": [{"id": [order, number], "gens": [images, ...], "classes": ..., "centre": ..., ...}]}``.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import peterweyl as pw

FLAGS = ("nilpotent", "solvable", "supersolvable", "perfect", "simple")


def measured(group: pw.Group) -> dict[str, Any]:
    """What the library says of a group, in the words of the files."""
    classes = group.conjugacy_classes
    profile = Counter(zip(classes.orders.tolist(), classes.sizes.tolist(), strict=True))
    return {
        "classes": sorted([*key, count] for key, count in profile.items()),
        "exponent": group.exponent,
        "centre": group.center.order,
        "derived": group.derived_subgroup.order,
        "abinv": list(group.abelian_invariants),
        "aut": group.automorphism_count,
        **{flag: getattr(group, f"is_{flag}") for flag in FLAGS},
    }


def main(files: list[str]) -> int:
    """Print how many groups agree, and every disagreement."""
    rng = np.random.default_rng(0)
    total = wrong = identified = 0
    start = time.perf_counter()
    for file in files:
        for fact in json.loads(Path(file).read_text(encoding="utf-8"))["groups"]:
            group = pw.from_permutations(fact["gens"]) if fact["gens"] else pw.group("C1")
            found = measured(group)
            expected = {key: fact[key] for key in found}
            label = rng.permutation(group.order)
            table = np.empty((group.order, group.order), dtype=np.int64)
            table[np.ix_(label, label)] = label[group.table]
            number = pw.from_table(table).identify().small_group_id
            total += 1
            identified += number == tuple(fact["id"])
            agrees = found == expected and number in (tuple(fact["id"]), None)
            if not agrees:
                wrong += 1
                print(
                    fact["id"],
                    {key: (found[key], expected[key]) for key in found if found[key] != expected[key]},
                    number,
                )
    print(
        f"{total} groups, {wrong} disagreements, {identified} identified, {time.perf_counter() - start:.1f} s"
    )
    return 0 if wrong == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
