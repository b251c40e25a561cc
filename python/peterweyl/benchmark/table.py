"""A table of measurements: ours, the goal, the peers of the same run, and the ratio to the fastest of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Row", "Table", "duration"]


@dataclass(frozen=True)
class Row:
    """One task.

    Attributes:
        task: what was measured.
        ours: seconds, or ``None`` where it failed (``note`` says how).
        goal: the limit in seconds that the project set itself, or ``None``.
        peers: seconds for each peer that was installed and could do it.
        note: a remark printed at the end of the line.
    """

    task: str
    ours: float | None
    goal: float | None = None
    peers: dict[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The time of the fastest peer divided by ours: above 1 we are ahead."""
        if not self.peers or not self.ours:
            return None
        return min(self.peers.values()) / self.ours


@dataclass(frozen=True)
class Table:
    """Rows under a title; the columns of peers are those that any row has.

    Attributes:
        title: one line.
        rows: the measurements.
        remarks: lines printed below, such as the versions of the peers.
    """

    title: str
    rows: list[Row]
    remarks: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The table for JSON: all times in seconds."""
        return {
            "title": self.title,
            "rows": [
                {
                    "task": row.task,
                    "seconds": row.ours,
                    "goal": row.goal,
                    "peers": dict(row.peers),
                    "ratio_to_fastest_peer": row.ratio,
                    "note": row.note,
                }
                for row in self.rows
            ],
            "remarks": list(self.remarks),
        }

    def __str__(self) -> str:
        """The table as aligned text."""
        peers = sorted({name for row in self.rows for name in row.peers})
        header = ["task", "ours", "goal", "", *peers, "peer ÷ ours", ""]
        lines = [header]
        for row in self.rows:
            reached = "" if row.goal is None or row.ours is None else "✓" if row.ours <= row.goal else "✗"
            ratio = row.ratio
            lines.append(
                [
                    row.task,
                    duration(row.ours),
                    duration(row.goal),
                    reached,
                    *(duration(row.peers.get(name)) for name in peers),
                    "" if ratio is None else f"{ratio:.2g}" if ratio < 100 else f"{ratio:.0f}",
                    row.note,
                ]
            )
        widths = [max(len(line[k]) for line in lines) for k in range(len(header))]
        text = [self.title, "─" * len(self.title)]
        for line in lines:
            cells = [line[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(line[1:-1], widths[1:-1], strict=True)]
            text.append("  ".join([*cells, line[-1]]).rstrip())
        return "\n".join([*text, *self.remarks])


def duration(seconds: float | None) -> str:
    """A time as people write it: ``12.3 µs``, ``4.56 ms``, ``7.89 s``; empty for ``None``."""
    if seconds is None:
        return ""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
