"""Every example in the README, in docs/ and in the docstrings is run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import peterweyl

ROOT = Path(__file__).parents[2]
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
modules = sorted(
    info.name
    for info in pkgutil.walk_packages(peterweyl.__path__, "peterweyl.")
    if not info.name.endswith("__main__")
)


@pytest.mark.parametrize("page", pages, ids=lambda page: page.name)
def test_examples_of_a_page(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False, optionflags=OPTIONS)
    assert result.failed == 0


@pytest.mark.parametrize("name", ["peterweyl", *modules])
def test_examples_of_a_module(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=OPTIONS)
    assert result.failed == 0


def test_there_are_examples() -> None:
    parser = doctest.DocTestParser()
    assert len(parser.get_examples((ROOT / "README.md").read_text(encoding="utf-8"))) >= 3
