"""What the opcodes of a pickle do in the restricted machine; whatever is not listed here is refused."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from .faults import Malformed, Refused, clip, quote
from .pickle_machine import MAX_NAME, MAX_TEXT, Buildable, Function, Handler, PickleMachine

HIGHEST_PROTOCOL = 5

MAX_INTEGER_BYTES = 1_024
MAX_KEY_TUPLE = 8
SMALL_BYTES = 4_096


def refuse(module: str, name: str) -> Refused:
    """The finding for a name that is not allowed."""
    reference = clip(f"{module}.{name}", 120)
    return Refused(
        f"it refers to {reference}, and loading it would run that code; nothing was executed. If the file holds a "
        "whole model or other objects, save only the tensors in the program that made it: "
        'torch.save(model.state_dict(), "weights.pt")',
        reference,
    )


def _check_key(key: object) -> None:
    """Keys are hashed: only plain ones, since the hash of a nested tuple takes time exponential in its depth."""
    parts = key if type(key) is tuple and len(key) <= MAX_KEY_TUPLE else (key,)
    for part in parts:
        plain = (
            part is None
            or type(part) in (str, bool, float)
            or (type(part) is int and part.bit_length() <= 64)
        )
        if not plain:
            raise Malformed(f"the pickle uses {quote(part)} as a key")


def _skip(size: int) -> Handler:
    def handler(machine: PickleMachine) -> None:
        machine.take(size)

    return handler


def _protocol(machine: PickleMachine) -> None:
    version = machine.take(1)[0]
    if version > HIGHEST_PROTOCOL:
        raise Malformed(f"pickle protocol {version} is not known")


def _constant(value: object) -> Handler:
    return lambda machine: machine.stack.append(value)


def _number(layout: str) -> Handler:
    compiled = struct.Struct(layout)
    unpack, size = compiled.unpack_from, compiled.size

    def handler(machine: PickleMachine) -> None:
        machine.stack += unpack(machine.data, machine.position)
        machine.position += size

    return handler


def _sized(layout: str, convert: Callable[[PickleMachine, memoryview], object]) -> Handler:
    """A value that is stored as a length and so many bytes."""
    compiled = struct.Struct(layout)

    def handler(machine: PickleMachine) -> None:
        length = machine.number(compiled)
        if length < 0:
            raise Malformed(f"the pickle has a value of length {length}")
        machine.stack.append(convert(machine, machine.take(length)))

    return handler


def _as_text(encoding: str) -> Callable[[PickleMachine, memoryview], object]:
    def convert(machine: PickleMachine, raw: memoryview) -> str:
        machine.text += len(raw)
        if machine.text > MAX_TEXT:
            raise Malformed(f"the pickle has more than {MAX_TEXT:,} bytes of text")
        try:
            return str(raw, encoding, "surrogatepass" if encoding == "utf-8" else "strict")
        except UnicodeDecodeError as error:
            raise Malformed("text in the pickle is not valid UTF-8") from error

    return convert


def _as_integer(machine: PickleMachine, raw: memoryview) -> int:
    if len(raw) > MAX_INTEGER_BYTES:
        raise Malformed(f"the pickle has an integer of {len(raw):,} bytes")
    return int.from_bytes(raw, "little", signed=True)


def _as_bytes(machine: PickleMachine, raw: memoryview) -> bytes | memoryview:
    # A view of a large value saves its copy; of a small one it would be larger than the value.
    return raw if len(raw) > SMALL_BYTES else bytes(raw)


def _tuple_of(length: int) -> Handler:
    def handler(machine: PickleMachine) -> None:
        if len(machine.stack) < length:
            raise IndexError
        items = tuple(machine.stack[-length:])
        del machine.stack[-length:]
        machine.container(items)

    return handler


def _mark(machine: PickleMachine) -> None:
    machine.marked.append(machine.stack)
    machine.stack = []
    machine.count_container()


def _pop(machine: PickleMachine) -> None:
    if machine.stack:
        machine.stack.pop()
    else:
        machine.since_mark()


def _pop_mark(machine: PickleMachine) -> None:
    machine.since_mark()


def _append(machine: PickleMachine) -> None:
    item = machine.stack.pop()
    machine.top(list).append(item)


def _appends(machine: PickleMachine) -> None:
    items = machine.since_mark()
    machine.top(list).extend(items)


def _set_item(machine: PickleMachine) -> None:
    value, key = machine.stack.pop(), machine.stack.pop()
    _check_key(key)
    machine.top(dict)[key] = value


def _pairs(items: list[Any]) -> dict[Any, Any]:
    if len(items) % 2:
        raise Malformed("the pickle has a key without a value")
    for key in items[::2]:
        _check_key(key)
    return dict(zip(items[::2], items[1::2], strict=True))


def _set_items(machine: PickleMachine) -> None:
    pairs = _pairs(machine.since_mark())
    machine.top(dict).update(pairs)


def _plain_set(machine: PickleMachine) -> set[Any]:
    items = machine.since_mark()
    for item in items:
        _check_key(item)
    return set(items)


def _add_items(machine: PickleMachine) -> None:
    items = _plain_set(machine)
    machine.top(set).update(items)


def _put(layout: str) -> Handler:
    compiled = struct.Struct(layout)

    def handler(machine: PickleMachine) -> None:
        machine.memo[machine.number(compiled)] = machine.stack[-1]

    return handler


def _memoize(machine: PickleMachine) -> None:
    machine.memo[len(machine.memo)] = machine.stack[-1]


def _get(layout: str) -> Handler:
    compiled = struct.Struct(layout)

    def handler(machine: PickleMachine) -> None:
        index = machine.number(compiled)
        if index not in machine.memo:
            raise Malformed(f"the pickle recalls value {index}, which it never kept")
        machine.stack.append(machine.memo[index])

    return handler


def _global(machine: PickleMachine) -> None:
    module = machine.line()
    machine.stack.append(machine.resolve(module, machine.line()))


def _stack_global(machine: PickleMachine) -> None:
    name, module = machine.stack.pop(), machine.stack.pop()
    if not isinstance(name, str) or not isinstance(module, str):
        raise Malformed("the pickle refers to a name that is not text")
    machine.stack.append(machine.resolve(module[:MAX_NAME], name[:MAX_NAME]))


def _extension(machine: PickleMachine) -> None:
    raise refuse("copyreg", "_extension_registry")


def _call(machine: PickleMachine) -> None:
    """REDUCE and NEWOBJ: both call what the table gave, with a tuple of arguments."""
    arguments, function = machine.stack.pop(), machine.stack.pop()
    if type(arguments) is not tuple:
        raise Malformed("the pickle calls a function without a tuple of arguments")
    if not isinstance(function, Function):
        raise Malformed(f"the pickle calls {quote(function)}, which is no function")
    try:
        value = function.call(*arguments)
    except TypeError as error:
        raise Malformed(f"the pickle calls {function.name} with arguments that it does not take") from error
    machine.container(value)


def _new_with_keywords(machine: PickleMachine) -> None:
    keywords = machine.stack.pop()
    if type(keywords) is not dict or keywords:
        raise Malformed("the pickle makes an object with keyword arguments")
    _call(machine)


def _build(machine: PickleMachine) -> None:
    state = machine.stack.pop()
    target = machine.stack[-1]
    if isinstance(target, Buildable):
        target.build(state)
    elif (
        type(target) is not dict
    ):  # attributes of an ordered dictionary, such as a state dict's _metadata, are dropped
        raise Malformed(f"the pickle sets the state of {quote(target)}")


def _persistent(machine: PickleMachine) -> None:
    machine.stack.append(machine.load_persistent(machine.stack.pop()))


HANDLERS: dict[int, Handler] = {
    0x80: _protocol,
    0x95: _skip(8),  # FRAME: how many bytes to read ahead; the bytes are here already
    ord("N"): _constant(None),
    0x88: _constant(True),
    0x89: _constant(False),
    ord("J"): _number("<i"),
    ord("K"): _number("<B"),
    ord("M"): _number("<H"),
    ord("G"): _number(">d"),
    0x8A: _sized("<B", _as_integer),
    0x8B: _sized("<i", _as_integer),
    ord("X"): _sized("<I", _as_text("utf-8")),
    0x8C: _sized("<B", _as_text("utf-8")),
    0x8D: _sized("<Q", _as_text("utf-8")),
    ord("U"): _sized("<B", _as_text("latin-1")),
    ord("T"): _sized("<i", _as_text("latin-1")),
    ord("C"): _sized("<B", _as_bytes),
    ord("B"): _sized("<I", _as_bytes),
    0x8E: _sized("<Q", _as_bytes),
    0x96: _sized("<Q", _as_bytes),
    ord("("): _mark,
    ord("0"): _pop,
    ord("1"): _pop_mark,
    ord("2"): lambda machine: machine.stack.append(machine.stack[-1]),
    ord(")"): lambda machine: machine.container(()),
    0x85: _tuple_of(1),
    0x86: _tuple_of(2),
    0x87: _tuple_of(3),
    ord("t"): lambda machine: machine.container(tuple(machine.since_mark())),
    ord("]"): lambda machine: machine.container([]),
    ord("l"): lambda machine: machine.container(machine.since_mark()),
    ord("a"): _append,
    ord("e"): _appends,
    ord("}"): lambda machine: machine.container({}),
    ord("d"): lambda machine: machine.container(_pairs(machine.since_mark())),
    ord("s"): _set_item,
    ord("u"): _set_items,
    0x8F: lambda machine: machine.container(set()),
    0x90: _add_items,
    0x91: lambda machine: machine.container(frozenset(_plain_set(machine))),
    ord("q"): _put("<B"),
    ord("r"): _put("<I"),
    0x94: _memoize,
    ord("h"): _get("<B"),
    ord("j"): _get("<I"),
    ord("c"): _global,
    0x93: _stack_global,
    0x82: _extension,
    0x83: _extension,
    0x84: _extension,
    ord("R"): _call,
    0x81: _call,
    0x92: _new_with_keywords,
    ord("b"): _build,
    ord("Q"): _persistent,
}
