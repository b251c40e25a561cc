"""The peers that this machine has: found, asked for their versions and run, never required."""

from __future__ import annotations

import importlib
import importlib.metadata
import shutil
import subprocess
from types import ModuleType

__all__ = ["gap_milliseconds", "gap_version", "installed_module"]


def installed_module(name: str, distribution: str | None = None) -> tuple[ModuleType, str] | None:
    """A peer that is a Python module, with its version, or ``None`` where it is not installed or cannot be imported."""
    try:
        return importlib.import_module(name), importlib.metadata.version(distribution or name)
    except (ImportError, importlib.metadata.PackageNotFoundError):
        return None


def _gap(script: str, seconds: float) -> list[str] | None:
    program = shutil.which("gap")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-q", "-b", "-o", "4g"],
            input=script + "\nQUIT;\n",
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.split()


def gap_version() -> str | None:
    """The version of the GAP on the path, or ``None``."""
    words = _gap("Print(GAPInfo.Version);", 60.0)
    return words[0] if words else None


def gap_milliseconds(
    preparation: str, work: str, *, repetitions: int = 5, seconds: float = 120.0
) -> float | None:
    """The median wall time of a piece of GAP code, in milliseconds.

    Args:
        preparation: GAP statements run before each repetition, untimed, so that every repetition has fresh objects.
        work: GAP statements that are timed.
        repetitions: how many times.
        seconds: the whole run is given up after this long.

    Returns:
        Milliseconds, or ``None`` where GAP is not installed, failed or took too long.
    """
    script = (
        "times := [];;\n"
        f"for round in [1 .. {repetitions}] do {preparation} started := NanosecondsSinceEpoch(); {work} "
        "Add(times, NanosecondsSinceEpoch() - started); od;;\n"
        'Sort(times);; Print("\\nnanoseconds ", times[QuoInt(Length(times) + 1, 2)], "\\n");'
    )
    words = _gap(script, seconds)
    if not words or "nanoseconds" not in words:
        return None
    return int(words[words.index("nanoseconds") + 1]) / 1e6
