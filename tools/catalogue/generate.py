"""Compute all groups of order <= 511 (without 256 and 384), number them as GAP does, write catalogue_data.cpp.

Usage:
    python tools/catalogue/generate.py --numbers number_of_groups.txt [--output cpp/groups/catalogue_data.cpp]

The groups come from the library's own enumerator. GAP (with its SmallGrp library) is asked once for the number of
each, by identify.g; ``--numbers`` is a text file of lines ``order count`` for the orders 1 ... 511, for the two
orders that are not computed. The run fails when a computed count differs from that file or a number is missing or
comes twice.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ORDERS = [n for n in range(1, 512) if n not in (256, 384)]
HERE = Path(__file__).parent


@dataclass
class Computed:
    """One group: its text for GAP and what is stored of it."""

    order: int
    gap: str
    code: bytes
    fingerprint: int
    permutations: list[list[int]] | None = None


def presentation_for_gap(primes: list[int], words: list[int]) -> str:
    """The non-trivial relations of a power-conjugate presentation, words as exponent lists."""
    strides = [int(np.prod(primes[i + 1 :], dtype=int)) for i in range(len(primes))]
    relations = []
    word = iter(words)
    for j in range(len(primes)):
        for i in range(j + 1):
            rank = next(word)
            if rank != (0 if i == j else strides[j]):
                exponents = [rank // s % p for s, p in zip(strides, primes, strict=True)]
                relations.append(f"[{i + 1},{j + 1},{exponents}]")
    return f"[{primes},[{','.join(relations)}]]"


def closure(table: np.ndarray, generators: tuple[int, ...], identity: int) -> frozenset[int]:
    """The subgroup that elements generate."""
    reached = {identity}
    queue = [identity]
    for x in queue:
        for g in generators:
            y = int(table[x, g])
            if y not in reached:
                reached.add(y)
                queue.append(y)
    return frozenset(reached)


def core_of(table: np.ndarray, inverses: np.ndarray, subgroup: frozenset[int]) -> frozenset[int]:
    """The elements that lie in every conjugate of a subgroup."""
    member = np.zeros(len(table), dtype=bool)
    member[list(subgroup)] = True
    elements = np.arange(len(table))
    return frozenset(x for x in subgroup if member[table[table[inverses, x], elements]].all())


def small_permutations(table: np.ndarray, generators: list[int], identity: int) -> list[list[int]]:
    """A faithful permutation representation on the cosets of one or two subgroups, of small degree."""
    n = len(table)
    inverses = np.argmin(table != identity, axis=1)
    found: dict[frozenset[int], frozenset[int]] = {}
    best: dict[frozenset[int], frozenset[int]] = {}  # core -> largest subgroup with it
    for pair in itertools.combinations(range(n), 2) if n <= 120 else _some_pairs(n):
        subgroup = closure(table, pair, identity)
        if len(subgroup) < n and subgroup not in found:
            core = found[subgroup] = core_of(table, inverses, subgroup)
            if core not in best or len(subgroup) > len(best[core]):
                best[core] = subgroup
    choices = [
        (n // len(a) + (0 if a is b else n // len(b)), i, j)
        for (i, (ka, a)), (j, (kb, b)) in itertools.combinations_with_replacement(enumerate(best.items()), 2)
        if len(ka & kb) == 1
    ]
    _, i, j = min(choices)
    subgroups = list(best.values())
    images: list[list[int]] = [[] for _ in generators]
    for subgroup in dict.fromkeys([subgroups[i], subgroups[j]]):
        offset = len(images[0])
        coset = np.full(n, -1)
        representatives = []
        for x in range(n):
            if coset[x] < 0:
                coset[table[list(subgroup), x]] = len(representatives)
                representatives.append(x)
        for row, g in zip(images, generators, strict=True):
            row.extend(int(coset[table[x, g]]) + offset for x in representatives)
    return images


def _some_pairs(n: int) -> Iterator[tuple[int, int]]:
    random = np.random.default_rng(0)
    for _ in range(1500):
        a, b = random.integers(n, size=2)
        yield int(a), int(b)


def compute(order: int) -> list[Computed]:
    """All groups of one order."""
    from peterweyl import _core

    groups = [
        Computed(order, presentation_for_gap(primes, words), code, fingerprint)
        for primes, words, code, fingerprint in _core.solvable_presentations(order)
    ]
    for group in _core.nonsolvable_groups(order):
        rows = small_permutations(np.asarray(group.table), list(group.generators), group.identity)
        text = f'["permutations",{[[x + 1 for x in row] for row in rows]}]'
        groups.append(Computed(order, text, b"", _core.fingerprint(group), rows))
    return groups


def ask_gap(groups: list[Computed]) -> list[tuple[int, int]]:
    """GAP's identifier of each group."""
    with tempfile.TemporaryDirectory() as folder:
        source, answer = Path(folder, "presentations.g"), Path(folder, "numbers.txt")
        source.write_text("PRESENTATIONS:=[\n" + ",\n".join(g.gap for g in groups) + "];\n")
        settings = f'INPUT:="{source}"; OUTPUT:="{answer}";'
        command = ["gap", "-q", "-b", "--nointeract", "-c", settings, str(HERE / "identify.g")]
        subprocess.run(command, check=True, capture_output=True)
        return [tuple(map(int, line.split())) for line in answer.read_text().splitlines()]  # type: ignore[misc]


def literal(text: str) -> str:
    """A string literal in lines of 100 characters."""
    lines = [text[i : i + 100] for i in range(0, len(text), 100)] or [""]
    return "\n    ".join(f'"{line}"' for line in lines)


def write(groups: list[Computed], ids: list[tuple[int, int]], counts: dict[int, int], output: Path) -> None:
    """Write the C++ source."""
    by_order: dict[int, dict[int, Computed]] = {n: {} for n in ORDERS}
    for group, (order, number) in zip(groups, ids, strict=True):
        assert order == group.order, (order, group)
        assert number not in by_order[order], (order, number)
        by_order[order][number] = group
    texts = []
    permutations = []
    for n in range(512):
        numbered = by_order.get(n)
        if not numbered:
            texts.append("")
            continue
        assert sorted(numbered) == list(range(1, counts[n] + 1)), n
        ordered = [numbered[k] for k in sorted(numbered)]
        data = b"".join(g.code for g in ordered)
        data += b"".join((g.fingerprint >> 32).to_bytes(4, "big") for g in ordered)
        texts.append(base64.b64encode(data).decode())
        for k in sorted(numbered):
            rows = numbered[k].permutations
            if rows is not None:
                images = "".join(ALPHABET[x] for row in rows for x in row)
                permutations.append(f"    {{{n}, {k}, {len(rows[0])}, {literal(images)}}}")
    numbers = ", ".join(str(counts.get(n, 0)) for n in range(512))
    wrapped = "\n    ".join(_wrap(numbers))
    body = ",\n    ".join(literal(text) for text in texts)
    output.write_text(
        "// Generated by tools/catalogue/generate.py; do not edit. Groups computed by the library's enumerator,\n"
        "// numbered by GAP 4.12.1, SmallGrp 1.5.1.\n"
        "// clang-format off\n"
        '#include "groups/catalogue_data.hpp"\n\n'
        "namespace peterweyl::catalogue_data {\n\n"
        f"const std::array<std::uint32_t, kOrders> kNumberOfGroups{{\n    {wrapped}}};\n\n"
        f"const std::array<std::string_view, kOrders> kGroups{{\n    {body}}};\n\n"
        "namespace {\n\n"
        "constexpr PermutationEntry kEntries[]{\n" + ",\n".join(permutations) + "};\n\n}  // namespace\n\n"
        "const std::span<const PermutationEntry> kPermutationGroups{kEntries};\n\n"
        "}  // namespace peterweyl::catalogue_data\n"
    )


def _wrap(text: str) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > 100:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


def main() -> None:
    """Compute, number, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--numbers", type=Path, required=True)
    parser.add_argument(
        "--output", type=Path, default=HERE.parents[1] / "cpp" / "groups" / "catalogue_data.cpp"
    )
    arguments = parser.parse_args()
    pairs = (line.split() for line in arguments.numbers.read_text().splitlines() if line)
    counts = {int(order): int(count) for order, count in pairs}
    groups = []
    for order in ORDERS:
        found = compute(order)
        assert len(found) == counts[order], (order, len(found), counts[order])
        groups += found
    write(groups, ask_gap(groups), counts, arguments.output)


if __name__ == "__main__":
    main()
