"""Tensors in nested containers, as pickles and msgpack files hold them: found, and named by the path to each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .faults import Malformed, quote
from .limits import MAX_DEPTH, checked_name
from .mapping import SINGLE_NAME, Tensor

# Values looked at while tensors are searched; a file can refer to one container again and again.
MAX_VISITED = 2_000_000
MAX_NESTED = 300_000


class NestedTensor(ABC):
    """A tensor found in nested containers, which learns its name there."""

    @abstractmethod
    def tensor(self, name: str) -> Tensor:
        """The tensor under a name; raises Malformed where its bytes are not there."""


@dataclass(slots=True)
class Record:
    """An object of a class that is only a bag of attributes; its class is never looked for.

    Attributes:
        class_name: the name in the file.
        attributes: what the file says it holds.
    """

    class_name: str
    attributes: dict[Any, Any] = field(default_factory=dict)

    def build(self, state: object) -> None:
        """Take the attributes."""
        if type(state) is not dict:
            raise Malformed(
                f"an object of {self.class_name} has {quote(state)} where its attributes were expected"
            )
        self.attributes = state


# What flatten goes into; anything else holds no tensors.
NESTED = (NestedTensor, dict, list, tuple, Record)


def flatten(value: object, name: str = "") -> Iterator[tuple[str, NestedTensor]]:
    """Name the tensors in nested containers by the path to each, joined by dots.

    Args:
        value: what a file holds: dictionaries, lists, tuples and records.
        name: the name of the value itself.

    Raises:
        Malformed: containers are nested too deeply, refer to themselves, or share parts beyond all measure.
    """
    pending: list[tuple[str, object, int]] = [(name, value, 0)]
    visited = nested = 0
    while pending:
        path, item, depth = pending.pop()
        if isinstance(item, NestedTensor):
            yield path or SINGLE_NAME, item
            continue
        if isinstance(item, Record):
            item = item.attributes
        if not isinstance(item, (dict, list, tuple)):
            continue
        visited += len(item)
        if visited > MAX_VISITED:
            raise Malformed("its containers refer to each other again and again")
        entries = item.items() if isinstance(item, dict) else enumerate(item)
        children = [entry for entry in entries if isinstance(entry[1], NESTED)]
        nested += len(children)
        if nested > MAX_NESTED:
            raise Malformed("its containers refer to each other again and again")
        if children and depth == MAX_DEPTH:
            raise Malformed(f"its containers are nested more than {MAX_DEPTH} deep")
        for key, child in reversed(children):
            pending.append((checked_name(f"{path}.{key}" if path else str(key)), child, depth + 1))


def tensors_of(value: object) -> list[Tensor]:
    """All tensors in nested containers; an error that says what is there where none is."""
    tensors = [leaf.tensor(name) for name, leaf in flatten(value)]
    if tensors:
        return tensors
    if isinstance(value, dict) and not value:
        raise Malformed("it holds an empty state dict: no tensors")
    if isinstance(value, dict):
        keys = ", ".join(quote(key) for key in list(value)[:10])
        raise Malformed(f"it holds no tensors: expected a state dict, got a dictionary with the keys {keys}")
    raise Malformed(f"it holds no tensors: expected a state dict, got {quote(value)}")
