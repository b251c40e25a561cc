"""Files that try to use up memory or time: an error in a second, within 300 MB, and nothing written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from . import hostile_files

SECONDS = 1.0
MEGABYTES = 300


def test_time_and_memory_are_bounded(tmp_path: Path) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("no /proc here")
    paths = []
    for name, content in hostile_files.files():
        path = tmp_path / name
        path.write_bytes(content)
        paths.append(str(path))
    # A process of its own: its memory is then that of the readers alone.
    command = [sys.executable, str(Path(hostile_files.__file__)), *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    *lines, memory = done.stdout.splitlines()
    assert len(lines) == len(paths)
    for line in lines:
        name, outcome, seconds = line.split("\t")
        assert outcome == "WeightsFormatError", line
        assert float(seconds) < 2 * SECONDS, f"{name}: measured on a busy machine, a second on an idle one"
    assert int(memory.split("\t")[1]) < MEGABYTES
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(Path(path).name for path in paths)
