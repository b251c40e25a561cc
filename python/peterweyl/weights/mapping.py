"""What a file of weights is once opened: an immutable mapping from names to arrays, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from .dtypes import Array, StoredType
from .faults import Malformed, quote, reporting
from .limits import Limits
from .selection import not_found

# The name of the only tensor of a source that gives it no name: a .npy or .csv file, a bare array.
SINGLE_NAME = "array"


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """What is known of a tensor without reading its numbers.

    Attributes:
        name: its name in the source; names of nested containers are joined by dots.
        shape: its shape.
        stored_dtype: the type of its numbers in the source, such as ``"bfloat16"``.
        dtype: the type of the array that loading it gives.
        nbytes: bytes of that array.

    Example:
        >>> import numpy as np
        >>> from peterweyl.weights import tensor_infos
        >>> tensor_infos({"W": np.zeros((6, 2), dtype="float32")})[0].nbytes
        48
    """

    name: str
    shape: tuple[int, ...]
    stored_dtype: str
    dtype: np.dtype[Any]

    @property
    def nbytes(self) -> int:
        """Bytes of the loaded array."""
        return prod(self.shape) * self.dtype.itemsize


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of a source, not read yet.

    Attributes:
        info: what is known of it.
        load: reads it; may raise Malformed.
        allocation: bytes that loading it allocates.
    """

    info: TensorInfo
    load: Callable[[], Array]
    allocation: int


def buffer_tensor(
    name: str,
    data: memoryview,
    stored: StoredType,
    shape: tuple[int, ...],
    order: Literal["C", "F"] = "C",
) -> Tensor:
    """A tensor whose numbers lie contiguously in bytes of the file, which must hold them exactly."""
    needed = prod(shape) * stored.itemsize
    if len(data) != needed:
        raise Malformed(
            f"tensor {quote(name)} of shape {shape} and type {stored.name} needs {needed:,} bytes, got {len(data):,}"
        )
    info = TensorInfo(name, shape, stored.name, stored.loaded)
    return Tensor(info, lambda: stored.array(data, shape, order=order), stored.allocation(shape))


def array_tensor(name: str, array: Array, stored_name: str | None = None) -> Tensor:
    """A tensor that is in memory already."""
    info = TensorInfo(name, array.shape, stored_name or array.dtype.newbyteorder("=").name, array.dtype)
    return Tensor(info, lambda: array, 0)


def unreadable_tensor(name: str, shape: tuple[int, ...], stored_name: str, reason: str) -> Tensor:
    """A tensor that is listed, but of a kind that is not read; the reason is said when it is asked for."""

    def load() -> Array:
        raise Malformed(f"tensor {quote(name)} {reason}")

    return Tensor(TensorInfo(name, shape, stored_name, np.dtype(np.float64)), load, 0)


class Weights(Mapping[str, Array]):
    """An immutable mapping from names to read-only arrays; a tensor of a file is read when it is asked for.

    Nothing is kept: asking twice reads twice, so that memory holds no more than the arrays in use. Arrays of types that
    NumPy has are views of the mapped file where the format allows; a file must not be cut short while they are in use.

    Attributes:
        path: the file, as text, or ``""`` for live arrays.
        format: the short name of the format, such as ``"safetensors"``, or ``"live"``.
        info: a mapping from names to ``TensorInfo``; reading it reads no tensor.
    """

    __slots__ = ("_format", "_info", "_limits", "_path", "_tensors", "_title")

    def __init__(
        self, tensors: Iterable[Tensor], path: str, format_name: str, title: str, limits: Limits
    ) -> None:
        self._path = path
        self._format = format_name
        self._title = title
        self._limits = limits
        self._tensors: dict[str, Tensor] = {}
        for tensor in tensors:
            if tensor.info.name in self._tensors:
                raise Malformed(f"two tensors have the name {quote(tensor.info.name)}")
            self._tensors[tensor.info.name] = tensor
        if not self._tensors:
            raise Malformed("it holds no tensors")
        self._info = MappingProxyType({name: tensor.info for name, tensor in self._tensors.items()})

    @property
    def path(self) -> str:
        """The file, as text, or ``""`` for live arrays."""
        return self._path

    @property
    def format(self) -> str:
        """The short name of the format."""
        return self._format

    @property
    def info(self) -> Mapping[str, TensorInfo]:
        """What is known of each tensor without reading it."""
        return self._info

    def __getitem__(self, name: str) -> Array:
        """Read one tensor.

        Args:
            name: its exact name.

        Raises:
            TensorNotFoundError: there is no such tensor; the message lists names that are near.
            WeightsFormatError: its bytes are damaged, or it needs more than ``memory_limit``.
        """
        tensor = self._tensors.get(name)
        if tensor is None:
            raise not_found(name, self)
        with reporting(self._path, self._title, self._format):
            if tensor.allocation > self._limits.memory:
                raise Malformed(
                    f"tensor {quote(name)} needs {tensor.allocation:,} bytes of memory, "
                    f"more than memory_limit={self._limits.memory:,}"
                )
            array = tensor.load().view()
        array.flags.writeable = False
        return array

    def tensor(self, name: str) -> Tensor:
        """One tensor, not read yet: for a reader that joins several files."""
        return self._tensors[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tensors

    def __iter__(self) -> Iterator[str]:
        return iter(self._tensors)

    def __len__(self) -> int:
        return len(self._tensors)

    def __repr__(self) -> str:
        source = f" of {self._path!r}" if self._path else ""
        lines = [
            f"  {quote(info.name)}: {'×'.join(map(str, info.shape)) or 'scalar'} {info.stored_dtype}"
            for info in list(self._info.values())[:20]
        ]
        if len(self) > len(lines):
            lines.append(f"  … and {len(self) - len(lines):,} more")
        return "\n".join([f"<Weights{source} ({self._format}), {len(self):,} tensors>", *lines])
