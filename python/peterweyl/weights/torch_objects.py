"""What torch's checkpoints name: storages, tensors over them with strides, parameters, TorchScript's objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from .dtypes import STORED_TYPES, Array, ByteOrder, StoredType
from .faults import Malformed, quote
from .limits import checked_naturals, checked_shape
from .mapping import Tensor, TensorInfo
from .nested import NestedTensor
from .pickle_machine import Function
from .pickled_objects import record_class, resolve_allowed


@dataclass(slots=True)
class Storage:
    """A block of numbers that tensors are views of.

    Attributes:
        stored: the type of its numbers; ``uint8`` where the storage has no type.
        byte_order: the order of the bytes of a number.
        size: its bytes.
        read: gives the bytes.
        unpacked: bytes that reading allocates.
        first: where a view of a storage begins in it, in numbers (legacy files only).
    """

    stored: StoredType
    byte_order: ByteOrder
    size: int
    read: Callable[[], memoryview]
    unpacked: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class TorchTensor(NestedTensor):
    """A strided view of a storage.

    Attributes:
        storage: where its numbers are.
        stored: the type of its numbers.
        offset: where it begins, in numbers.
        shape: its shape.
        strides: distance of neighbours along each axis, in numbers.
        conjugate: torch's lazy conjugation: the storage holds the conjugates.
        negative: torch's lazy negation.
    """

    storage: Storage
    stored: StoredType
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    conjugate: bool = False
    negative: bool = False

    def tensor(self, name: str) -> Tensor:
        """The tensor, checked against the bytes of its storage."""
        available = self.storage.size // self.stored.itemsize
        count = prod(self.shape)
        reach = self.storage.first + self.offset
        if count:
            reach += 1 + sum(
                (length - 1) * stride for length, stride in zip(self.shape, self.strides, strict=True)
            )
        if reach > available:
            raise Malformed(
                f"tensor {quote(name)} of shape {self.shape} reaches number {reach:,} of a storage of {available:,}"
            )
        info = TensorInfo(name, self.shape, self.stored.name, self.stored.loaded)
        # An expanded tensor is larger than its storage; whoever works with it will need that much.
        copied = self.stored.decode is not None or self.conjugate or self.negative or count > available
        allocation = self.storage.unpacked + (info.nbytes if copied else 0)
        return Tensor(info, self._load, allocation)

    def _load(self) -> Array:
        first = self.storage.first + self.offset
        array = self.stored.array(self.storage.read(), self.shape, offset=first, strides=self.strides)
        if self.conjugate:
            array = np.asarray(np.conjugate(array))
        return np.asarray(np.negative(array)) if self.negative else array


def _rebuild_tensor(
    storage: object, offset: object, shape: object, strides: object, *more: object
) -> TorchTensor:
    """Versions 1 and 2: (storage, offset, size, stride[, requires_grad, hooks[, metadata]])."""
    stored = storage.stored if isinstance(storage, Storage) else None
    return _strided(storage, stored, offset, shape, strides, more[2] if len(more) > 2 else None)


def _rebuild_tensor_v3(
    storage: object,
    offset: object,
    shape: object,
    strides: object,
    requires_grad: object,
    hooks: object,
    dtype: object,
    metadata: object = None,
) -> TorchTensor:
    """Version 3: the storage has no type, the tensor has."""
    return _strided(storage, dtype, offset, shape, strides, metadata)


def _strided(
    storage: object, stored: object, offset: object, shape: object, strides: object, metadata: object
) -> TorchTensor:
    if not isinstance(storage, Storage) or not isinstance(stored, StoredType):
        raise Malformed("a tensor in the checkpoint has no storage or no type")
    if type(shape) is not tuple or type(strides) is not tuple or len(shape) != len(strides):
        raise Malformed("a tensor in the checkpoint has no shape, or strides of another rank")
    (start,) = checked_naturals((offset,), "a tensor's offset")
    axes = checked_shape(shape, "a tensor's shape")
    # A stride of an axis of length 0 or 1 is never used and may be anything.
    used = [stride if length > 1 else 0 for stride, length in zip(strides, axes, strict=True)]
    steps = checked_naturals(used, "a tensor's strides")
    flags = metadata if type(metadata) is dict else {}
    conjugate, negative = flags.get("conj") is True, flags.get("neg") is True
    if (conjugate and stored.loaded.kind != "c") or (negative and stored.loaded.kind not in "fc"):
        raise Malformed(f"a tensor of type {stored.name} in the checkpoint is to be conjugated or negated")
    ordered = stored.ordered(storage.byte_order)
    return TorchTensor(storage, ordered, start, axes, steps, conjugate, negative)


def _parameter(data: object, *_: object) -> object:
    return data


def _from_type(function: object, kind: object, arguments: object, state: object = None) -> object:
    """A tensor with attributes of its own, or of a subclass that torch itself allows."""
    # Not by itself: a tower of such calls would recurse as deep as the file says.
    if not isinstance(function, Function) or function.call is _from_type or type(arguments) is not tuple:
        raise Malformed("a tensor in the checkpoint is rebuilt by no function that rebuilds tensors")
    return function.call(*arguments)


def _unsupported(kind: str) -> Callable[..., object]:
    def call(*_: object) -> object:
        raise Malformed(
            f"it holds a {kind} tensor, which is not read: save it as a dense one (to_dense(), dequantize())"
        )

    return call


def _size(lengths: object = ()) -> object:
    return tuple(lengths) if isinstance(lengths, (list, tuple)) else ()


def _device(*_: object) -> None:
    """Where a tensor was; it is here now."""


def _first(value: object, *_: object) -> object:
    """TorchScript's typed containers are taken as plain ones."""
    return value


_STORAGES = {
    "Double": "float64",
    "Float": "float32",
    "Half": "float16",
    "BFloat16": "bfloat16",
    "Bool": "bool",
    "Long": "int64",
    "Int": "int32",
    "Short": "int16",
    "Char": "int8",
    "Byte": "uint8",
    "ComplexFloat": "complex64",
    "ComplexDouble": "complex128",
}

_FUNCTIONS: dict[str, Callable[..., object]] = {
    "torch._utils._rebuild_tensor": _rebuild_tensor,
    "torch._utils._rebuild_tensor_v2": _rebuild_tensor,
    "torch._utils._rebuild_tensor_v3": _rebuild_tensor_v3,
    "torch._utils._rebuild_parameter": _parameter,
    "torch._utils._rebuild_parameter_with_state": _parameter,
    "torch._tensor._rebuild_from_type_v2": _from_type,
    "torch._utils._rebuild_sparse_tensor": _unsupported("sparse"),
    "torch._utils._rebuild_qtensor": _unsupported("quantized"),
    "torch._utils._rebuild_nested_tensor": _unsupported("nested"),
    "torch.Size": _size,
    "torch.device": _device,
    "torch.serialization._get_layout": _device,
    **{
        f"torch.jit._pickle.{name}": _first
        for name in (
            "build_intlist",
            "build_tensorlist",
            "build_doublelist",
            "build_boollist",
            "restore_type_tag",
        )
    },
}

TORCH_NAMES: dict[str, object] = {
    **{name: Function(name, call) for name, call in _FUNCTIONS.items()},
    **{f"torch.{name}Storage": STORED_TYPES[word] for name, word in _STORAGES.items()},
    "torch.storage.UntypedStorage": STORED_TYPES["uint8"],
    **{f"torch.{name}": stored for name, stored in STORED_TYPES.items()},
    **{
        f"torch.{name}": None
        for name in ("strided", "contiguous_format", "preserve_format", "per_tensor_affine")
    },
    **dict.fromkeys(
        ("torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer"), "tensor class"
    ),
}

TORCHSCRIPT_PREFIX = "__torch__"


def resolve_torch(module: str, name: str) -> object:
    """The value of a name in a torch checkpoint; anything that is not torch's own, or plain, is refused."""
    reference = f"{module}.{name}"
    if reference in TORCH_NAMES:
        return TORCH_NAMES[reference]
    if module == TORCHSCRIPT_PREFIX or module.startswith(TORCHSCRIPT_PREFIX + "."):
        return record_class(reference)
    return resolve_allowed(module, name)


def storage_key(identifier: object) -> tuple[StoredType, str, int, object]:
    """Check the persistent id of a storage; gives its type, its key in the file, its length in numbers, and its view.

    Args:
        identifier: ``("storage", type, key, location, length[, view])``.
    """
    if type(identifier) is not tuple or len(identifier) not in (5, 6) or identifier[0] != "storage":
        raise Malformed("the checkpoint refers to something outside of it that is no storage")
    _, stored, key, _, length = identifier[:5]
    if not isinstance(stored, StoredType) or not isinstance(key, str):
        raise Malformed("the checkpoint refers to a storage without a type or a key")
    (count,) = checked_naturals((length,), "the length of a storage")
    return stored, key, count, identifier[5] if len(identifier) == 6 else None
