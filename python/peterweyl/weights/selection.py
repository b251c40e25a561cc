"""Which tensor a name, a glob, a regular expression or a number means."""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from ..errors import ArgumentError
from .faults import quote

# Comparing names for likeness is slow, so only so many are compared.
COMPARED_NAMES = 2_000
LISTED_NAMES = 20

REGEX_PREFIX = "re:"


class TensorNotFoundError(ArgumentError, KeyError):
    """No tensor has the name, or fits the pattern, that was asked for; also a ``KeyError``."""

    # KeyError would show the message in quotes.
    __str__ = Exception.__str__


def select(weights: Mapping[str, Any], pattern: str | int) -> str:
    """Name the one tensor that a pattern means.

    An exact name always wins, also where it holds characters that are special in a glob.

    Args:
        weights: a mapping with the names as keys, such as ``load_weights`` returns.
        pattern: a name; a glob such as ``"blocks.*.W_in"``, where ``*`` also passes dots; ``"re:"`` and a regular
            expression that must fit the whole name; or the number of the tensor, from 0, negative from the end, also
            as a string of digits where no tensor has that name.

    Returns:
        The name.

    Raises:
        TensorNotFoundError: nothing fits; the message lists near misses and the names there are.
        ArgumentError: several names fit, which the message lists, or the pattern is no pattern.

    Example:
        >>> from peterweyl.weights import select
        >>> select({"embed.W_E": 0, "unembed.W_U": 1}, "*.W_U")
        'unembed.W_U'
    """
    matches = matching(weights, pattern)
    if not matches:
        raise not_found(pattern, weights)
    if len(matches) > 1:
        raise ArgumentError(
            f"tensor={quote(pattern)}: expected a pattern for one tensor, it fits {len(matches):,}: {_listed(matches)}"
        )
    return matches[0]


def matching(weights: Mapping[str, Any], pattern: str | int) -> tuple[str, ...]:
    """Name all tensors that a pattern fits, in their order in the source.

    Args:
        weights: a mapping with the names as keys.
        pattern: as for ``select``.

    Returns:
        The names; empty where nothing fits.

    Raises:
        ArgumentError: the pattern is no name, no pattern and no number.

    Example:
        >>> from peterweyl.weights import matching
        >>> matching({"layer0.w": 0, "layer1.w": 1, "layer1.b": 2}, "*.w")
        ('layer0.w', 'layer1.w')
    """
    if isinstance(pattern, int) and not isinstance(pattern, bool):
        return (
            tuple(weights)[pattern : pattern + 1 or None] if -len(weights) <= pattern < len(weights) else ()
        )
    if not isinstance(pattern, str):
        raise ArgumentError(f"tensor: expected a name, a pattern or an integer, got {quote(pattern)}")
    if pattern in weights:
        return (pattern,)
    if re.fullmatch(r"-?\d{1,9}", pattern, re.ASCII):
        return matching(weights, int(pattern))
    if pattern.startswith(REGEX_PREFIX):
        try:
            fits = re.compile(pattern.removeprefix(REGEX_PREFIX)).fullmatch
        except re.error as error:
            raise ArgumentError(f"tensor={quote(pattern)}: not a regular expression: {error}") from error
        return tuple(name for name in weights if fits(name))
    return tuple(fnmatch.filter(weights, pattern)) if set(pattern) & set("*?[") else ()


def not_found(pattern: str | int, weights: Mapping[str, Any]) -> TensorNotFoundError:
    """The error for a pattern that fits nothing: it shows names that are near, and the names there are."""
    if isinstance(pattern, int):
        return TensorNotFoundError(
            f"tensor={pattern}: expected a number from 0 to {len(weights) - 1}; the tensors are: {_listed(weights)}"
        )
    near = _near(str(pattern), list(islice(weights, COMPARED_NAMES)))
    guess = f"did you mean {' or '.join(map(quote, near))}? " if near else ""
    return TensorNotFoundError(
        f"there is no tensor {quote(pattern)}: {guess}The tensors are: {_listed(weights)}"
    )


def _near(pattern: str, names: list[str]) -> list[str]:
    """Names that look like a pattern: by likeness of the letters, then by holding it."""
    wanted = pattern.casefold().strip("*")
    folded = {name.casefold(): name for name in names}
    close = [
        folded[name]
        for name in difflib.get_close_matches(wanted[:200], [n[:200] for n in folded if len(n) <= 200], 3)
    ]
    holding = [name for name in names if wanted and wanted in name.casefold()]
    return list(dict.fromkeys(close + holding))[:5]


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    shown = ", ".join(quote(name) for name in every[:LISTED_NAMES])
    return f"{shown}, … and {len(every) - LISTED_NAMES:,} more" if len(every) > LISTED_NAMES else shown
