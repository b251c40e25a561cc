"""HDF5 files: Keras' ``.h5``, ``.weights.h5`` and ``.keras``, and any other whose datasets are arrays of numbers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from .._optional import optional_import
from .dtypes import Array
from .faults import Malformed, clip, quote
from .inflation import check_inflation
from .limits import MAX_DEPTH, Limits, checked_name, checked_shape
from .mapping import Tensor, TensorInfo
from .source_file import ViewStream, WeightsFile

MAGIC = b"\x89HDF\r\n\x1a\n"

# A file may begin with a block of the user's own, of a power of two bytes.
USER_BLOCKS = (0, *(512 << power for power in range(12)))

# Groups and datasets; the library takes tens of microseconds for each.
MAX_OBJECTS = 16_384

# How complex numbers are written as pairs.
COMPLEX_FIELDS = (("r", "i"), ("real", "imag"), ("re", "im"))


def is_hdf5(data: memoryview) -> bool:
    """Whether HDF5's magic is at one of the places where it may be."""
    return any(data[start : start + len(MAGIC)] == MAGIC for start in USER_BLOCKS)


class Hdf5Reader:
    """Reads HDF5; names are paths of datasets, without the first slash."""

    name = "hdf5"
    title = "an HDF5 file (.h5)"
    extensions = (".h5", ".hdf5")

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file has HDF5's magic."""
        return is_hdf5(file.data)

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The datasets of numbers; none is read here."""
        # The path is fixed now: tensors may be asked for after the working directory has changed.
        yield from Hdf5Content(os.path.abspath(file.path), Dialect()).tensors()


class KerasArchiveReader:
    """Reads ``.keras`` archives; of their members only the weights are looked at, no layer is ever built."""

    name = "keras"
    title = "a Keras archive (.keras)"
    extensions = (".keras",)
    member = "model.weights.h5"

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file is a zip archive with Keras' member for the weights."""
        return file.zip_directory is not None and self.member in file.zip_directory.members

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The datasets of numbers in the member for the weights."""
        if file.zip_directory is None or self.member not in file.zip_directory.members:
            raise Malformed(f"expected a zip archive with a member {self.member}")
        yield from Hdf5Content(file.zip_directory.members[self.member].read(limits), Dialect()).tensors()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program uses HDF5.

    Attributes:
        separator: joins the parts of a name.
        reversed_axes: whether arrays are stored with their axes in reverse order.
        skip: tells which groups and datasets hold no weights.
        is_logical: tells which datasets of integers hold truth values.
    """

    separator: str = "/"
    reversed_axes: bool = False
    skip: Callable[[str, Any], bool] = lambda name, item: False
    is_logical: Callable[[Any], bool] = lambda dataset: False


@dataclass(frozen=True, slots=True)
class Hdf5Content:
    """The datasets in a file or in a block of memory; it is opened for each reading and closed again.

    Attributes:
        source: the path, or the bytes.
        dialect: how names and axes are meant.
    """

    source: str | memoryview
    dialect: Dialect

    def tensors(self) -> Iterator[Tensor]:
        """The datasets of numbers, in the file's order; links to other files are not followed."""
        with self._opened() as file, _findings():
            found = list(self._walk(file))
        yield from found

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        h5py = optional_import("h5py", "hdf5", "read HDF5, Keras and MATLAB 7.3 files")
        with _findings():
            file = h5py.File(self.source if isinstance(self.source, str) else ViewStream(self.source), "r")
        with file:
            yield file

    def _walk(self, root: Any) -> Iterator[Tensor]:
        """Without recursion, each group once: hard links can form cycles."""
        h5py = optional_import("h5py", "hdf5", "read HDF5 files")
        pending: list[tuple[tuple[str, ...], Any]] = [((), root)]
        seen = {h5py.h5o.get_info(root.id).addr}
        objects = 0
        while pending:
            path, group = pending.pop()
            if len(path) == MAX_DEPTH:
                raise Malformed(f"its groups are nested more than {MAX_DEPTH} deep")
            subgroups = []
            for key in group:
                objects += 1
                if objects > MAX_OBJECTS:
                    raise Malformed(f"it has more than {MAX_OBJECTS:,} groups and datasets")
                if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                    continue
                item = group[key]
                if self.dialect.skip(key, item):
                    continue
                if isinstance(item, h5py.Dataset):
                    yield from self._tensor((*path, key), item)
                elif isinstance(item, h5py.Group):
                    address = h5py.h5o.get_info(item.id).addr
                    if address not in seen:
                        seen.add(address)
                        subgroups.append(((*path, key), item))
            pending.extend(reversed(subgroups))

    def _tensor(self, path: tuple[str, ...], dataset: Any) -> Iterator[Tensor]:
        name = checked_name(self.dialect.separator.join(path))
        number = _number_type(dataset.dtype)
        if number is None or dataset.shape is None:
            return
        if dataset.external or dataset.is_virtual:
            raise Malformed(f"dataset {quote(name)} keeps its numbers in other files, which are not opened")
        shape = checked_shape([int(length) for length in dataset.shape], f"dataset {quote(name)}: its shape")
        nbytes = prod(shape) * number.itemsize
        check_inflation(
            f"dataset {quote(name)}", dataset.id.get_storage_size(), nbytes, Limits(max(nbytes, 1))
        )
        if self.dialect.reversed_axes:
            shape = shape[::-1]
        if self.dialect.is_logical(dataset):
            number = np.dtype(np.bool_)
        info = TensorInfo(name, shape, number.newbyteorder("=").name, number)
        location = "/".join(path)
        yield Tensor(info, lambda: self._load(location, info), nbytes)

    def _load(self, location: str, info: TensorInfo) -> Array:
        with self._opened() as file, _findings():
            raw = np.asarray(file[location][()])
        if raw.dtype.names:
            raw = _joined_pairs(raw)
        array = raw.T if self.dialect.reversed_axes else raw
        if array.shape != info.shape:
            raise Malformed(f"dataset {quote(info.name)} has changed while the file was in use")
        return array.astype(info.dtype, copy=False)


def _number_type(dtype: np.dtype[Any]) -> np.dtype[Any] | None:
    """The type of the numbers of a dataset; None where it holds none."""
    if dtype.names in COMPLEX_FIELDS and dtype.fields is not None:
        real, imaginary = (dtype.fields[name][0] for name in dtype.names)
        return np.result_type(real, np.complex64) if real == imaginary and real.kind in "fiu" else None
    return dtype if dtype.kind in "biufc" and dtype.names is None else None


def _joined_pairs(raw: Array) -> Array:
    real, imaginary = (raw[name] for name in raw.dtype.names or ())
    joined = np.empty(raw.shape, np.result_type(real, np.complex64))
    joined.real, joined.imag = real, imaginary
    return joined


@contextmanager
def _findings() -> Iterator[None]:
    """Whatever the library finds wrong with a file becomes a finding of this package."""
    try:
        yield
    except (
        OSError,
        RuntimeError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
    ) as error:
        raise Malformed(clip(str(error), 300)) from error
