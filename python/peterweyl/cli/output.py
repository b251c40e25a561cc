"""What all commands print alike: JSON documents, headings, exit codes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import ArgumentError

HOLDS = 0
DOES_NOT_HOLD = 1
UNUSABLE = 2

#: Version of the JSON that commands print; it grows when a field changes its meaning or goes away.
SCHEMA_VERSION = 1


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``, the same for every command."""
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of text")


def print_json(command: str, content: dict[str, Any]) -> None:
    """Print one JSON document: schema and program version first, then the content."""
    document = {"schema_version": SCHEMA_VERSION, "peterweyl": __version__, "command": command, **content}
    print(json.dumps(document, indent=2, allow_nan=False))


def write_text(path: str, text: str, option: str) -> None:
    """Write a file that an option names; an error that says so where that fails."""
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ArgumentError(f"{option}: cannot write {path}: {error.strerror or error}") from error


def save_figure(path: str, figure: Any) -> None:
    """Save a drawing in the format that the extension names; an error that says so where that fails."""
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise ArgumentError(f"--plot: cannot write {path}: {error}") from error


def print_heading(text: str) -> None:
    """Print a heading with a rule below it."""
    print(f"{text}\n{'─' * len(text)}")


def count(number: int, noun: str) -> str:
    """A number with its noun: ``1 tensor``, ``2 tensors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{'es' if noun.endswith('s') else 's'}"
