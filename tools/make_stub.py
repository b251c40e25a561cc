"""Write python/peterweyl/_core.pyi from the compiled core: ``python tools/make_stub.py [--check]``.

pybind11-stubgen reads the signatures; this script turns its draft into what a person would have written.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).parents[1] / "python" / "peterweyl" / "_core.pyi"
HEADER = '''"""The compiled core of peterweyl. Written by tools/make_stub.py; do not edit."""

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

'''
REPLACEMENTS = [
    (r'^""".*?"""\n', ""),  # the module's docstring
    (r':\n +"""\n.*?"""\n', ": ...\n"),  # docstrings live in the façade
    (r"^from __future__.*\n|^import .*\n|^__all__.*\n", ""),
    (r"typing\.Annotated\[numpy\.typing\.ArrayLike, [\w.]+\]", "ArrayLike"),
    (r"typing\.SupportsInt \| typing\.SupportsIndex", "int"),
    (r"typing\.SupportsFloat \| typing\.SupportsIndex", "float"),
    (r"collections\.abc\.Sequence", "Sequence"),
    (r"numpy\.typing\.NDArray", "NDArray"),
    (r"numpy\.", "np."),
    (r"typing\.", ""),
    (r"-> dict:", "-> dict[str, Any]:"),
    (r"-> tuple:", "-> tuple[Any, ...]:"),
    (r"-> list:", "-> list[Any]:"),
    (r":\n +\.\.\.\n", ": ...\n"),
    (r"= [\w.+-]+(?=[,)])", "= ..."),  # default values are the core's business
]


def stub_text() -> str:
    """The stub as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "peterweyl._core", "-o", folder]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        draft = (Path(folder) / "peterweyl" / "_core.pyi").read_text(encoding="utf-8")
    for pattern, replacement in REPLACEMENTS:
        flags = re.MULTILINE | re.DOTALL if '"""' in pattern else re.MULTILINE
        draft = re.sub(pattern, replacement, draft, flags=flags)
    formatted = subprocess.run(
        ["ruff", "format", "-", "--stdin-filename", str(STUB)],
        input=HEADER + draft,
        capture_output=True,
        text=True,
        check=True,
    )
    return formatted.stdout


def main() -> int:
    """Write the stub, or with ``--check`` say whether the committed one is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed stub instead of writing it"
    )
    text = stub_text()
    if not parser.parse_args().check:
        STUB.write_text(text, encoding="utf-8")
        return 0
    fresh = STUB.read_text(encoding="utf-8") == text
    print("the stub is up to date" if fresh else "the stub is out of date: run tools/make_stub.py")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
