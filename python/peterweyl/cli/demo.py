"""``peterweyl demo``: the main job on the trained networks that come with the package."""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np

from .. import examples
from ..groups import group
from ..harmonics import CompositionReport, Verification, verify, verify_composition
from ..reconstruction import Reconstruction, reconstruct
from ..weights import load_weights
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_heading, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "demo", help="verify and reconstruct the networks that come with the package"
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the main job on every embedded network; 0 when every answer is the one that its training promises."""
    results = []
    all_as_expected = True
    for name in examples.names():
        description = examples.description(name)
        start = time.perf_counter()
        verification, reconstruction = _analyse(name, description)
        composition = _composition(name, description)
        seconds = time.perf_counter() - start
        as_expected = verification.holds == (description["harmonic"] != "no") and (
            reconstruction is None or _is_proved(reconstruction, description["group"])
        )
        all_as_expected = all_as_expected and as_expected
        if options.json:
            results.append(_to_dict(name, description, verification, reconstruction, composition, seconds))
        else:
            _print(description, verification, reconstruction, composition, seconds)
    if options.json:
        print_json("demo", {"networks": results, "as_expected": all_as_expected})
    return HOLDS if all_as_expected else DOES_NOT_HOLD


def _analyse(name: str, description: dict[str, Any]) -> tuple[Verification, Reconstruction | None]:
    weights = load_weights(examples.path(name))
    tested = group(description["group"])
    blocks = [key for key, entry in description["tensors"].items() if entry["role"] == "block"]
    if blocks:
        arrays = [weights[key] for key in blocks]
        return verify(arrays, tested, blocks=True), reconstruct(blocks=arrays)
    # A composition network: the functions of its first factor are what the theorems speak of.
    key = next(key for key, entry in description["tensors"].items() if entry["role"] == "left")
    return verify(weights[key], tested, axis=description["tensors"][key]["group_axis"]), None


def _composition(name: str, description: dict[str, Any]) -> CompositionReport | None:
    """How a network of three factors composes its elements; None for other networks."""
    keys = {entry["role"]: key for key, entry in description["tensors"].items()}
    if not {"left", "right", "out"} <= keys.keys():
        return None
    weights = load_weights(examples.path(name))
    activation = "relu" if "relu" in description["architecture"].lower() else "square"
    left, right, out = (weights[keys[role]] for role in ("left", "right", "out"))
    return verify_composition(left, right, out, description["group"], activation=activation)


def _is_proved(reconstruction: Reconstruction, spec: str) -> bool:
    found = reconstruction.group
    return reconstruction.certified and found is not None and found.is_isomorphic(group(spec))


def _print(
    description: dict[str, Any],
    verification: Verification,
    reconstruction: Reconstruction | None,
    composition: CompositionReport | None,
    seconds: float,
) -> None:
    print_heading(description["title"])
    print(verification.report())
    if reconstruction is not None:
        print()
        print(reconstruction.report())
        if reconstruction.table is not None and len(reconstruction.table) <= 12:
            width = len(str(len(reconstruction.table) - 1))
            for row in np.asarray(reconstruction.table):
                print("    " + " ".join(f"{entry:>{width}}" for entry in row))
    if composition is not None:
        print()
        print(composition.report())
    print(f"\n({1000 * seconds:.0f} ms)\n")


def _to_dict(
    name: str,
    description: dict[str, Any],
    verification: Verification,
    reconstruction: Reconstruction | None,
    composition: CompositionReport | None,
    seconds: float,
) -> dict[str, Any]:
    return {
        "name": name,
        "title": description["title"],
        "group": description["group"],
        "seconds": seconds,
        "verification": verification.to_dict(),
        "reconstruction": None if reconstruction is None else reconstruction.to_dict(),
        "composition": None if composition is None else composition.to_dict(),
    }
