"""The words of ``method=``."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

from ..errors import ArgumentError

__all__ = ["Method", "checked_method", "known_method"]

#: How a plan computes: chosen by estimate or by measuring, one dense product, along a chain of subgroups, or by the
#: double cosets of an abelian subgroup.
Method = Literal["auto", "measure", "dense", "chain", "two-sided"]

_METHODS: Final[tuple[Method, ...]] = get_args(Method)


def known_method(word: Any) -> Method:
    """The method that a file names, or ``"auto"`` where it names none."""
    return next((method for method in _METHODS if method == word), "auto")


def checked_method(word: Any) -> Method:
    """The method that an argument names."""
    if word not in _METHODS:
        words = ", ".join(f'"{method}"' for method in _METHODS[:-1])
        raise ArgumentError(f'method: expected {words} or "{_METHODS[-1]}", got {word!r}')
    return known_method(word)
