"""``peterweyl verify FILE --group SPEC``: do these weights consist of harmonics of a group?"""

from __future__ import annotations

import argparse
from typing import Any

from .. import plot
from ..errors import ArgumentError
from ..harmonics import (
    ACTIVATIONS,
    GroupRanking,
    Verification,
    measure_margin,
    verify,
    verify_composition,
)
from ..weights import load_weights
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_json, save_figure, write_text
from .selection import (
    add_file_options,
    add_group_options,
    add_layout_options,
    layout_options,
    selected_group,
    selected_tensors,
    single_tensor,
)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="do these weights consist of harmonics of this group?")
    add_file_options(parser)
    choice = add_group_options(parser)
    choice.add_argument(
        "--groups",
        metavar="SPEC,SPEC,...",
        help="rank several groups on the same columns; 'order' means every group of the order of the axis",
    )
    add_layout_options(parser)
    parser.add_argument(
        "--factors",
        nargs=3,
        metavar=("LEFT", "RIGHT", "OUT"),
        help="a network that composes two elements: the tensors or expressions that read each of them and that give "
        "the logits; prints key irreps, shares of the hidden layer, losses, and the margin of a quadratic network",
    )
    parser.add_argument(
        "--activation",
        choices=sorted(ACTIVATIONS),
        default="relu",
        help="of that network (default relu)",
    )
    parser.add_argument(
        "--fail-under",
        type=float,
        metavar="X",
        help="exit with 1 unless the verdict holds and the energy-weighted purity without the mean is at least X",
    )
    parser.add_argument("--html", metavar="FILE", help="write the report with drawings to a page as well")
    parser.add_argument("--plot", metavar="FILE", help="draw the measures (needs matplotlib)")
    parser.add_argument("--markdown", action="store_true", help="print Markdown instead of text")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify and print the report; 0 when the weights are harmonic or approximately so."""
    if options.factors is not None:
        return _run_factors(options)
    name, result = _verified(options)
    if options.html is not None:
        write_text(options.html, result.to_html(), "--html")
    if options.plot is not None:
        figure = plot.ranking(result).figure if isinstance(result, GroupRanking) else plot.overview(result)
        save_figure(options.plot, figure)
    if options.json:
        print_json("verify", {"file": str(options.file), "tensor": name, **result.to_dict()})
    elif options.markdown:
        print(result.to_markdown(), end="")
    else:
        print(f"{options.file}: {name}\n")
        print(result.report())
    best = result.best.verification if isinstance(result, GroupRanking) else result
    enough = options.fail_under is None or best.purity_nontrivial.weighted >= options.fail_under
    return HOLDS if result.holds and enough else DOES_NOT_HOLD


def _run_factors(options: argparse.Namespace) -> int:
    """A network of three factors; 0 when all of them are harmonic or approximately so."""
    if options.groups is not None:
        raise ArgumentError("--factors: expected one group, --groups ranks single tensors")
    for option in ("plot", "markdown"):
        if getattr(options, option):
            raise ArgumentError(f"--{option}: expected text, --json or --html with --factors")
    tested = selected_group(options)
    left, right, out = (load_weights(options.file, name) for name in options.factors)
    report = verify_composition(left, right, out, tested, activation=options.activation)
    margin = measure_margin(left, right, out, tested) if options.activation == "square" else None
    if options.html is not None:
        write_text(options.html, report.to_html(), "--html")
    if options.json:
        content = {"file": str(options.file), "tensors": options.factors, **report.to_dict()}
        print_json("verify", {**content, "margin": None if margin is None else margin.to_dict()})
    else:
        print(f"{options.file}: {', '.join(options.factors)}\n")
        print(report.report())
        if margin is not None:
            print(
                f"\n  normalised margin {margin.normalised:.3e}, {100 * margin.ratio:.1f} % of the largest possible "
                f"{margin.maximal.value:.3e}"
            )
    parts = [v for v in (report.left, report.right, report.out) if v is not None]
    enough = options.fail_under is None or all(
        v.purity_nontrivial.weighted >= options.fail_under for v in parts
    )
    return HOLDS if enough and all(v.holds for v in parts) else DOES_NOT_HOLD


def _verified(options: argparse.Namespace) -> tuple[str, Verification | GroupRanking]:
    if options.fail_under is not None and not 0 <= options.fail_under <= 1:
        raise ArgumentError(f"--fail-under: expected a purity between 0 and 1, got {options.fail_under}")
    weights: Any
    if options.blocks:
        tensors = selected_tensors(options)
        name, weights = ", ".join(tensors), list(tensors.values())
    else:
        name, weights = single_tensor(options)
    layout = layout_options(options)
    if options.groups is None:
        return name, verify(weights, selected_group(options), **layout)
    groups = options.groups if options.groups == "order" else options.groups.split(",")
    return name, verify(weights, groups=groups, **layout)
