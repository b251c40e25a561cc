"""MATLAB's ``.mat`` files of version 7.3: HDF5 with the axes reversed, and complex numbers as pairs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from .hdf5 import Dialect, Hdf5Content, is_hdf5
from .limits import Limits
from .mapping import Tensor
from .source_file import WeightsFile

TEXT_MAGIC = b"MATLAB 7.3"
CLASS_ATTRIBUTE = "MATLAB_class"
OTHER_CLASSES = (b"char", b"cell", b"function_handle")

# Groups where MATLAB keeps what cells and objects refer to.
HIDDEN_GROUPS = ("#refs#", "#subsystem#")


class MatlabHdf5Reader:
    """Reads ``.mat`` files of version 7.3 through h5py; fields of structs are joined by dots.

    Text, cells, objects and sparse matrices are left out.
    """

    name = "matlab-7.3"
    title = "a MATLAB 7.3 file (.mat)"
    extensions: tuple[str, ...] = ()

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file is HDF5 and says, by its text or its name, that MATLAB wrote it."""
        return is_hdf5(file.data) and (file.starts_with(TEXT_MAGIC) or file.extension == ".mat")

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The matrices of numbers; none is read here."""
        dialect = Dialect(".", reversed_axes=True, skip=_is_no_matrix, is_logical=_is_logical)
        yield from Hdf5Content(os.path.abspath(file.path), dialect).tensors()


def _class_of(item: Any) -> bytes:
    value = item.attrs.get(CLASS_ATTRIBUTE, b"")
    return value.encode() if isinstance(value, str) else bytes(value)


def _is_no_matrix(name: str, item: Any) -> bool:
    empty_or_sparse = "MATLAB_empty" in item.attrs or "MATLAB_sparse" in item.attrs
    return name in HIDDEN_GROUPS or empty_or_sparse or _class_of(item) in OTHER_CLASSES


def _is_logical(dataset: Any) -> bool:
    return _class_of(dataset) == b"logical"
