"""JSON out of a file that is not trusted: bounded before it is parsed, keys unique."""

from __future__ import annotations

import json
from typing import Any

from .faults import Malformed, quote

# Values in one document: every value but the first follows one of these signs.
MAX_VALUES = 1_500_000


def parse_json(data: memoryview, what: str) -> dict[str, Any]:
    """Parse a JSON object.

    Args:
        data: its text in UTF-8.
        what: the document, for the message.
    """
    try:
        text = str(data, "utf-8")
        if sum(map(text.count, ",:[{")) > MAX_VALUES:
            raise Malformed(f"{what} has more than {MAX_VALUES:,} values")
        value = json.loads(text, object_pairs_hook=_unique)
    except RecursionError as error:
        raise Malformed(f"{what} is nested too deeply") from error
    except ValueError as error:
        raise Malformed(f"{what} is not valid JSON: {error}") from error
    if not isinstance(value, dict):
        raise Malformed(f"{what} must be a JSON object, got {quote(value)}")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Malformed(f"the key {quote(repeated)} occurs twice in one JSON object")
    return result
