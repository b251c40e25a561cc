"""What a pickle of weights may name, beside torch's own names: NumPy's arrays and plain containers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .dtypes import ByteOrder, StoredType, named_dtype, stored_type
from .faults import Malformed, clip, quote
from .limits import checked_shape
from .mapping import Tensor, buffer_tensor
from .nested import NestedTensor, Record
from .pickle_machine import Function
from .pickle_opcodes import refuse


@dataclass(slots=True)
class PickledDtype:
    """A NumPy type; its byte order comes with its state."""

    code: str
    order: ByteOrder = "<"

    def build(self, state: object) -> None:
        """Take the state, of which only the byte order is of use for plain numbers."""
        if type(state) is not tuple or len(state) < 2 or state[1] not in ("<", ">", "|"):
            raise Malformed("a NumPy type in the pickle has a state that is not understood")
        self.order = ">" if state[1] == ">" else "<"

    def stored(self) -> StoredType:
        """The stored type, refused unless it is one of numbers."""
        return stored_type(named_dtype(self.code).newbyteorder(self.order))


@dataclass(slots=True)
class PickledArray(NestedTensor):
    """A NumPy array or scalar, whose bytes lie in the pickle."""

    shape: tuple[int, ...] = (0,)
    dtype: PickledDtype = field(default_factory=lambda: PickledDtype("f8"))
    fortran_order: bool = False
    data: memoryview = field(default_factory=lambda: memoryview(b""))

    def build(self, state: object) -> None:
        """Take the state of an array: version, shape, type, order, bytes."""
        if type(state) is not tuple or len(state) != 5:
            raise Malformed("a NumPy array in the pickle has a state that is not understood")
        _, shape, dtype, fortran_order, data = state
        self._fill(shape, dtype, bool(fortran_order), data)

    def _fill(self, shape: object, dtype: object, fortran_order: bool, data: object) -> None:
        if type(dtype) is PickledDtype and dtype.code.startswith("O"):
            raise refuse("numpy", "object_")
        if (
            type(shape) is not tuple
            or type(dtype) is not PickledDtype
            or not isinstance(data, (bytes, memoryview))
        ):
            raise Malformed("a NumPy array in the pickle has no shape, type or bytes")
        self.shape, self.dtype, self.fortran_order = checked_shape(shape), dtype, fortran_order
        self.data = memoryview(data)

    @classmethod
    def filled(cls, shape: object, dtype: object, fortran_order: bool, data: object) -> PickledArray:
        """An array of given content."""
        array = cls()
        array._fill(shape, dtype, fortran_order, data)
        return array

    def tensor(self, name: str) -> Tensor:
        """The tensor, over the bytes in the pickle."""
        stored = self.dtype.stored()
        return buffer_tensor(name, self.data, stored, self.shape, "F" if self.fortran_order else "C")


def _dtype(code: object, *_: object) -> PickledDtype:
    if not isinstance(code, str) or len(code) > 32:
        raise Malformed(f"a NumPy type in the pickle is {quote(code)}")
    return PickledDtype(code)


def _reconstruct(kind: object, shape: object, code: object) -> PickledArray:
    return PickledArray()


def _from_buffer(data: object, dtype: object, shape: object, order: object = "C", *_: object) -> PickledArray:
    return PickledArray.filled(shape, dtype, order == "F", data)


def _scalar(dtype: object, data: object = b"") -> PickledArray:
    return PickledArray.filled((), dtype, False, data)


def _dictionary(items: object = ()) -> dict[Any, Any]:
    """An ordered dictionary; Python 2 gave its items as a list of pairs."""
    if type(items) is dict:
        return items
    result: dict[Any, Any] = {}
    for pair in items if isinstance(items, (list, tuple)) else ():
        if not isinstance(pair, (list, tuple)) or len(pair) != 2 or not isinstance(pair[0], (str, int)):
            raise Malformed("an ordered dictionary in the pickle is made of something else than pairs")
        result[pair[0]] = pair[1]
    return result


def _default_dictionary(factory: object = None, items: object = ()) -> dict[Any, Any]:
    return _dictionary(items)


def _dropped(*_: object) -> None:
    """A set or a complex number: it holds no tensor."""


def _encode(text: object, encoding: object = "utf-8") -> bytes:
    """How protocol 2 writes bytes."""
    if not isinstance(text, str) or encoding not in ("latin1", "latin-1", "utf-8"):
        raise Malformed("bytes in the pickle are not text in Latin-1")
    try:
        return text.encode(str(encoding))
    except UnicodeEncodeError as error:
        raise Malformed("bytes in the pickle are not text in Latin-1") from error


def _bytes(content: object = b"") -> object:
    return content if isinstance(content, (bytes, memoryview)) else b""


def _items(items: object = ()) -> object:
    return items if isinstance(items, (list, tuple, dict)) else []


def record_class(class_name: str) -> Function:
    """A class whose objects are taken as records."""
    return Function(class_name, lambda: Record(class_name))


_BUILTINS: dict[str, Callable[..., object]] = {
    **dict.fromkeys(("set", "frozenset", "complex"), _dropped),
    **dict.fromkeys(("bytes", "bytearray"), _bytes),
    **dict.fromkeys(("dict", "list", "tuple", "int", "float", "str", "bool"), _items),
}
_NUMPY: dict[str, Callable[..., object]] = {
    "multiarray._reconstruct": _reconstruct,
    "multiarray.scalar": _scalar,
    "numeric._frombuffer": _from_buffer,
}

ALLOWED_NAMES: dict[str, object] = {
    "collections.OrderedDict": Function("collections.OrderedDict", _dictionary),
    "collections.defaultdict": Function("collections.defaultdict", _default_dictionary),
    "collections.Counter": Function("collections.Counter", _dictionary),
    "argparse.Namespace": record_class("argparse.Namespace"),
    "_codecs.encode": Function("_codecs.encode", _encode),
    **{
        f"{module}.{name}": Function(f"{module}.{name}", call)
        for module in ("builtins", "__builtin__")
        for name, call in _BUILTINS.items()
    },
    **{
        f"{core}.{name}": Function(f"{core}.{name}", call)
        for core in ("numpy.core", "numpy._core")
        for name, call in _NUMPY.items()
    },
    "numpy.dtype": Function("numpy.dtype", _dtype),
    "numpy.ndarray": "array class",
}


def resolve_allowed(module: str, name: str) -> object:
    """The value of a name that any pickle of weights may use; anything else is refused."""
    value = ALLOWED_NAMES.get(f"{clip(module, 200)}.{clip(name, 200)}")
    if value is None:
        raise refuse(module, name)
    return value
