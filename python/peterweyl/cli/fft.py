"""``peterweyl fft``: transform functions on a group, or describe and check the plan."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ArgumentError
from ..groups import group
from ..weights import load_weights
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_heading, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "fft", help="the Fourier transform on a group: its plan, or of a file's functions"
    )
    parser.add_argument("group", metavar="SPEC", help="a group, such as S5 or 'C4 x S3'")
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="functions on the group; none: describe the plan"
    )
    parser.add_argument("--tensor", metavar="NAME", help="which array of the file")
    parser.add_argument(
        "--axis", type=int, default=-1, metavar="K", help="the axis of the group (default -1)"
    )
    parser.add_argument("--inverse", action="store_true", help="from spectra to functions")
    parser.add_argument("--norm", choices=["backward", "ortho", "forward"], default="backward")
    parser.add_argument("--output", metavar="FILE", help="an .npy file for the result")
    parser.add_argument("--dtype", choices=["complex128", "complex64"], default="complex128")
    parser.add_argument("--verify", action="store_true", help="measure the plan against the definition")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Describe, verify or transform."""
    plan = group(options.group).fourier(options.dtype)
    content: dict[str, Any] = {
        "spec": options.group,
        "order": plan.group.order,
        "dtype": plan.dtype.name,
        "plan": plan.describe().splitlines(),
    }
    holds = True
    if options.verify:
        content["residuals"] = plan.verify()
        limit = 1e-12 if plan.dtype == np.complex128 else 1e-4
        holds = max(content["residuals"].values()) < limit
    if options.file is not None:
        content.update(_transform(plan, options))
    elif options.output is not None:
        raise ArgumentError("--output: expected a FILE of functions to transform")
    if options.json:
        print_json("fft", content)
    else:
        _print(content)
    return HOLDS if holds else DOES_NOT_HOLD


def _transform(plan: Any, options: argparse.Namespace) -> dict[str, Any]:
    key: str | int = 0 if options.tensor is None else options.tensor
    x = load_weights(options.file, key)
    transform = plan.inverse if options.inverse else plan.forward
    result = transform(x, axis=options.axis, norm=options.norm)
    if options.output is not None:
        with Path(options.output).open("wb") as file:
            np.save(file, result)
        return {"shape": list(result.shape), "output": options.output}
    if options.inverse:
        return {"shape": list(result.shape)}
    rows = np.moveaxis(x, options.axis, -1).reshape(-1, plan.group.order)
    energies = plan.power_spectrum(rows).sum(axis=0)
    shares = energies / max(float(energies.sum()), 1e-300)
    return {
        "shape": list(result.shape),
        "energy": [
            {"irrep": rho.label, "share": float(share)}
            for rho, share in zip(plan.group.irreps, shares, strict=True)
        ],
    }


def _print(content: dict[str, Any]) -> None:
    print_heading(f"Fourier transform on {content['spec']}, order {content['order']}, {content['dtype']}")
    for line in content["plan"]:
        print(line)
    for name, value in content.get("residuals", {}).items():
        print(f"  {name:<12} {value:.1e}")
    if "output" in content:
        print(f"wrote {content['output']}, shape {tuple(content['shape'])}")
    elif "energy" in content:
        print("\nirrep      share of the energy")
        for entry in content["energy"]:
            print(f"  {entry['irrep']:<8} {entry['share']:.4f}")
