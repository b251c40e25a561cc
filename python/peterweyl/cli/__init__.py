"""The command line: ``peterweyl demo | info | characters | irreps | groups | identify | fft | tensors | verify | ...``.

The verbs are those of Python. Exit codes: 0 = holds, 1 = does not hold or was not certified, 2 = unusable input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .. import __version__
from ..errors import Error
from . import bench, characters, demo, fft, groups, info, irreps, reconstruct, sweep, tensors, verify
from .output import HOLDS, UNUSABLE

__all__ = ["main"]

_COMMANDS = (demo, info, groups, characters, irreps, fft, tensors, verify, sweep, reconstruct, bench)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="peterweyl",
        description="Which symmetry has a network learned? Harmonics of finite groups in trained weights.",
        epilog="Exit codes: 0 = holds, 1 = does not hold or was not certified, 2 = unusable input.",
    )
    parser.add_argument("--version", action="version", version=f"peterweyl {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after ``peterweyl``; those of the process when ``None``.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except Error as error:
        print(f"peterweyl {options.command}: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print(f"peterweyl {options.command}: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong, but nothing more can be said either.
        sys.stderr.close()
        return HOLDS
    return code
