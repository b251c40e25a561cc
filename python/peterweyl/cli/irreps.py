"""``peterweyl irreps``: the irreducible representations of a group, on its generators or on any element."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError
from ..groups import group
from .output import HOLDS, add_json_option, print_heading, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("irreps", help="irreducible unitary representations of a group")
    parser.add_argument("group", metavar="SPEC", help="a group, such as S5 or 'C4 x S3'")
    parser.add_argument("--irrep", type=int, metavar="K", help="print the matrices of this one")
    parser.add_argument(
        "--element",
        type=int,
        action="append",
        metavar="G",
        help="of these elements (default: the generators)",
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the list, or the matrices of one."""
    described = group(options.group)
    irreps = described.irreps
    content: dict[str, Any] = {
        "spec": options.group,
        "order": described.order,
        "method": irreps.method,
        "residuals": irreps.residuals,
        "irreps": [
            {
                "label": rho.label,
                "degree": rho.degree,
                "type": rho.type,
                "character": [[z.real, z.imag] for z in rho.character.tolist()],
            }
            for rho in irreps
        ],
    }
    if options.irrep is not None:
        if not 0 <= options.irrep < len(irreps):
            raise ArgumentError(f"--irrep: expected 0 ... {len(irreps) - 1}, got {options.irrep}")
        matrices = irreps[options.irrep].matrices()
        chosen = list(described.generators) if options.element is None else options.element
        for g in chosen:
            if not 0 <= g < described.order:
                raise ArgumentError(f"--element: expected 0 ... {described.order - 1}, got {g}")
        content["matrices"] = {
            str(g): [[[z.real, z.imag] for z in row] for row in matrices[g].tolist()] for g in chosen
        }
    if options.json:
        print_json("irreps", content)
    else:
        _print(content, options.irrep)
    return HOLDS


def _print(content: dict[str, Any], irrep: int | None) -> None:
    print_heading(f"Irreps of {content['spec']}, order {content['order']}")
    print(content["method"])
    print("residuals: " + ", ".join(f"{name} {value:.1e}" for name, value in content["residuals"].items()))
    print("\n    k  label      degree  type")
    for k, entry in enumerate(content["irreps"]):
        print(f"  {k:>3}  {entry['label']:<9}  {entry['degree']:>6}  {entry['type']}")
    for g, matrix in content.get("matrices", {}).items():
        print(f"\n{content['irreps'][irrep or 0]['label']}, element {g}")
        pairs = np.asarray(matrix)
        values: NDArray[Any] = pairs[..., 0] + 1j * pairs[..., 1]
        shown = values.real if not values.imag.any() else values
        print(np.array2string(shown, precision=6, suppress_small=True))
