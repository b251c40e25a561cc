"""The state of the restricted pickle machine: a stack, marks, a memo, and bounds on all of them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from .faults import Malformed, quote

# A checkpoint of ten thousand tensors takes about 600,000 steps and 60,000 containers.
MAX_STEPS = 1_000_000
MAX_CONTAINERS = 300_000
MAX_TEXT = 64 * 2**20
MAX_NAME = 1_000

STOP = ord(".")


@dataclass(frozen=True, slots=True)
class Function:
    """A name that a pickle may call.

    Attributes:
        name: the dotted name in the file.
        call: what is run instead: a function of this package that takes values of this machine.
    """

    name: str
    call: Callable[..., object]


@runtime_checkable
class Buildable(Protocol):
    """A value that takes a state after it was made, as ``__setstate__`` would."""

    def build(self, state: object) -> None:
        """Take the state."""


# Gives the value of a dotted name, or raises Refused.
Resolver = Callable[[str, str], object]

# Gives the value of a persistent id, such as a storage of a torch checkpoint.
PersistentLoader = Callable[[object], object]


class PickleMachine:
    """Runs one pickle; the meaning of its opcodes is given to it."""

    def __init__(self, data: memoryview, resolve: Resolver, load_persistent: PersistentLoader) -> None:
        self.data = data
        self.position = 0
        self.resolve = resolve
        self.load_persistent = load_persistent
        self.stack: list[Any] = []
        self.marked: list[list[Any]] = []
        self.memo: dict[int, Any] = {}
        self.containers = 0
        self.text = 0

    def run(self, handlers: Mapping[int, Handler]) -> object:
        """Take steps to the end of the pickle, and give the value it leaves."""
        data = self.data
        for _ in range(MAX_STEPS):
            code = data[self.position]
            self.position += 1
            if code == STOP:
                return self.stack.pop()
            handler = handlers.get(code)
            if handler is None:
                raise Malformed(f"the pickle has the unknown or unsupported opcode {bytes([code])!r}")
            handler(self)
        raise Malformed(f"the pickle takes more than {MAX_STEPS:,} steps")

    def take(self, length: int) -> memoryview:
        """The next bytes, which must be there."""
        if length > len(self.data) - self.position:
            raise Malformed(
                f"the pickle asks for {length:,} bytes where {len(self.data) - self.position:,} are left"
            )
        start = self.position
        self.position += length
        return self.data[start : self.position]

    def number(self, layout: struct.Struct) -> Any:
        """The next number."""
        (value,) = layout.unpack_from(self.data, self.position)
        self.position += layout.size
        return value

    def line(self) -> str:
        """The next line of text, which is a name."""
        # Bounded by the slice: a name that does not end is found to be damaged.
        raw = bytes(self.data[self.position : self.position + MAX_NAME])
        name, newline, _ = raw.partition(b"\n")
        if not newline:
            raise Malformed("a name in the pickle does not end")
        self.position += len(name) + 1
        return name.decode("utf-8", "replace")

    def container(self, value: Any) -> None:
        """Push a container, or what a call gave."""
        self.count_container()
        self.stack.append(value)

    def count_container(self) -> None:
        """Count one more container or mark: each takes much more memory than its opcode."""
        self.containers += 1
        if self.containers > MAX_CONTAINERS:
            raise Malformed(f"the pickle makes more than {MAX_CONTAINERS:,} containers")

    def since_mark(self) -> list[Any]:
        """What was pushed since the last mark."""
        items, self.stack = self.stack, self.marked.pop()
        return items

    def top(self, kind: type) -> Any:
        """The value on top of the stack, which must be of a type."""
        value = self.stack[-1]
        if type(value) is not kind:
            raise Malformed(f"the pickle adds to {quote(value)} where a {kind.__name__} was expected")
        return value


# Carries out one opcode.
Handler = Callable[[PickleMachine], None]
