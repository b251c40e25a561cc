"""Speed, measured: what ``peterweyl bench TOPIC`` runs, ours beside every peer that is installed, in one session.

A topic is a module with ``DESCRIPTION``, ``add_arguments(parser)`` and ``run(options) -> list[Table]``; it is imported
when it is asked for. Nothing here is timed by a test.
"""

from __future__ import annotations

from .table import Row, Table
from .timing import Timing, measure

__all__ = ["TOPICS", "Row", "Table", "Timing", "measure"]

#: Topic, as a word of the command line, and the module that holds it.
TOPICS = {
    "groups": "group_engine",
    "characters": "character_tables",
    "fft": "fourier_transforms",
    "reconstruct": "reconstruction_tasks",
    "verify": "verification",
}
