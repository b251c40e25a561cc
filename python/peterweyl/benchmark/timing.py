"""One measurement: repeat until it is long enough to be trusted, and report the best and the median."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Timing", "measure"]


@dataclass(frozen=True)
class Timing:
    """Seconds of wall time for one call.

    Attributes:
        best: the fastest repetition: what the code costs when nothing else runs.
        median: the middle one: what a user sees on this machine now.
        repetitions: how many calls were timed.
    """

    best: float
    median: float
    repetitions: int


def measure(
    work: Callable[..., Any],
    *,
    fresh: Callable[[], Any] | None = None,
    seconds: float = 0.3,
    at_least: int = 3,
    at_most: int = 1000,
) -> Timing:
    """Time a function.

    Args:
        work: what is timed; called with the value of ``fresh`` where that is given, else with nothing.
        fresh: makes a new argument before each repetition, untimed, so that nothing cached is measured.
        seconds: stop after this much timed work.
        at_least: repetitions that are made even when they take longer than ``seconds``.
        at_most: repetitions after which it stops in any case.

    Returns:
        The timing. Short calls are looped, so that each repetition lasts 20 microseconds or more, unless ``fresh``
        is given.
    """
    loops = 1
    if fresh is None:
        work()
        started = time.perf_counter()
        work()
        loops = max(1, int(20e-6 / max(time.perf_counter() - started, 1e-9)))
    durations: list[float] = []
    while len(durations) < at_most and (len(durations) < at_least or sum(durations) * loops < seconds):
        arguments = () if fresh is None else (fresh(),)
        started = time.perf_counter()
        for _ in range(loops):
            work(*arguments)
        durations.append((time.perf_counter() - started) / loops)
    return Timing(min(durations), statistics.median(durations), len(durations))
