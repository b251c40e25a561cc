"""``peterweyl sweep FILES --group SPEC``: every checkpoint of a training run against one group."""

from __future__ import annotations

import argparse
from contextlib import nullcontext

from .. import plot
from ..sweeping import executor_named, sweep
from .output import DOES_NOT_HOLD, HOLDS, UNUSABLE, add_json_option, count, print_json, save_figure
from .selection import add_group_options, add_layout_options, layout_options, selected_group


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("sweep", help="verify many files, resumable, in parallel")
    parser.add_argument("paths", nargs="+", metavar="FILE", help="files, folders or globs")
    parser.add_argument(
        "--tensor", metavar="NAME", help="name, glob, index or expression; not needed where files hold one"
    )
    add_layout_options(parser)
    add_group_options(parser)
    parser.add_argument(
        "--results", metavar="FILE", help="JSON lines, appended to; a stopped run goes on there"
    )
    parser.add_argument("--restart", action="store_true", help="begin the results anew")
    parser.add_argument("--details", action="store_true", help="keep the whole report of every file")
    parser.add_argument(
        "--executor", choices=("none", "threads", "processes"), default="none", help="how to run in parallel"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="of the executor; all cores by default")
    parser.add_argument("--plot", metavar="FILE", help="draw the measures over the files (needs matplotlib)")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Sweep; 0 when all files are harmonic, 1 when some are not, 2 when some could not be used."""
    executor = executor_named(options.executor, options.workers)
    with nullcontext() if executor is None else executor:
        result = sweep(
            options.paths,
            selected_group(options),
            tensor=options.tensor,
            executor=executor,
            results=options.results,
            resume=not options.restart,
            details=options.details,
            progress=not options.json,
            **layout_options(options),
        )
    if options.plot is not None:
        measures = ("purity_nontrivial", "chance_nontrivial", "excess", "shares")
        save_figure(options.plot, plot.training_curves(result, measures).figure)
    if options.json:
        records = [record.to_dict() for record in result]
        print_json("sweep", {"files": len(result), "failures": len(result.failures), "records": records})
    else:
        width = max(len(record.path) for record in result)
        for record in result:
            if record.error is not None:
                print(f"{record.path:<{width}}  {record.error}")
                continue
            purity, chance = record.measures["purity_nontrivial"], record.measures["chance_nontrivial"]
            numbers = (
                "–" if purity is None or chance is None else f"purity {purity:.4f} (chance {chance:.4f})"
            )
            print(f"{record.path:<{width}}  {record.verdict:<22}  {numbers}")
        rate = (len(result) - result.resumed) / max(result.seconds, 1e-9)
        taken = f", {result.resumed} of them from an earlier run" if result.resumed else ""
        print(f"{count(len(result), 'file')}{taken}, {rate:.0f} a second")
    if result.failures:
        return UNUSABLE
    good = {"harmonic", "approximately harmonic"}
    return HOLDS if all(record.verdict in good for record in result) else DOES_NOT_HOLD
