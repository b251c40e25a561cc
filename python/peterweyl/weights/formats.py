"""Which reader reads a file: told by the file's content, by its extension only where the content says nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Protocol

from ..errors import WeightsFormatError
from .delimited import DelimitedReader
from .faults import quote, reporting
from .hdf5 import Hdf5Reader, KerasArchiveReader
from .limits import Limits
from .mapping import Tensor, Weights
from .matlab import MatlabReader
from .matlab_hdf5 import MatlabHdf5Reader
from .msgpack import MsgpackReader
from .npy import NpyReader
from .npz import NpzReader
from .onnx import OnnxReader
from .pickled import PickleReader
from .safetensors import SafetensorsReader
from .sharded import ShardedReader
from .source_file import WeightsFile, open_file
from .torch_checkpoint import TorchReader
from .torch_legacy import TorchLegacyReader


class Reader(Protocol):
    """Reads one format; a new format is a class like this and a place in ``READERS``."""

    @property
    def name(self) -> str:
        """A short name, kept as ``Weights.format``."""

    @property
    def title(self) -> str:
        """The format in words, for messages."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """Extensions that say so where the content does not, in lower case with the dot."""

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the content is of this format."""

    def read(self, file: WeightsFile, limits: Limits) -> Iterable[Tensor]:
        """The tensors, each to be read when it is asked for; raises Malformed for anything that is not right."""


def _open_shard(path: str, limits: Limits) -> Weights:
    return open_weights(path, limits, SHARD_READERS)


SHARD_READERS: tuple[Reader, ...] = (SafetensorsReader(), TorchReader(), TorchLegacyReader())

# In the order of asking: sure signs first, text last.
READERS: tuple[Reader, ...] = (
    NpyReader(),
    TorchReader(),
    KerasArchiveReader(),
    NpzReader(),
    MatlabHdf5Reader(),
    Hdf5Reader(),
    MatlabReader(),
    TorchLegacyReader(),
    PickleReader(),
    SafetensorsReader(),
    ShardedReader(_open_shard),
    OnnxReader(),
    MsgpackReader(),
    DelimitedReader(),
)

# Beginnings of files that are often mistaken for weights, for a message that says what came.
KNOWN_OTHERS = {
    b"\x1f\x8b": "a gzip-compressed file: decompress it first",
    b"BZh": "a bzip2-compressed file: decompress it first",
    b"\xfd7zXZ": "an xz-compressed file: decompress it first",
    b"\x28\xb5\x2f\xfd": "a zstd-compressed file: decompress it first",
    b"7z\xbc\xaf": "a 7-zip archive: unpack it first",
    b"GGUF": "a GGUF model, which is not read: export it to safetensors",
    b"version https://git-lfs": "a pointer of Git LFS, not the file itself: run git lfs pull",
}


def open_weights(
    path: str | os.PathLike[str], limits: Limits, readers: tuple[Reader, ...] = READERS
) -> Weights:
    """Open a file of weights; tensors are read when they are asked for.

    Args:
        path: the file.
        limits: the limits of the call.
        readers: the formats to try.

    Raises:
        WeightsFormatError: no reader knows the file, or the one that does finds it damaged.
        UnsafeCheckpointError: it asks for code to be run.
        MissingDependencyError: the format needs a package that is not installed.
    """
    file = open_file(path)
    reader = _choose(file, readers)
    with reporting(file.path, reader.title, reader.name):
        return Weights(reader.read(file, limits), file.path, reader.name, reader.title, limits)


def _choose(file: WeightsFile, readers: tuple[Reader, ...]) -> Reader:
    by_extension = [reader for reader in readers if file.extension in reader.extensions]
    with reporting(file.path, by_extension[0].title if by_extension else "a zip archive", "zip"):
        for reader in readers:
            if reader.recognises(file):
                return reader
    other = next((text for magic, text in KNOWN_OTHERS.items() if file.starts_with(magic)), None)
    if by_extension and other is None:
        return by_extension[0]
    came = other or f"a file that begins {quote(file.data, 16)}"
    if file.zip_directory is not None:
        names = ", ".join(quote(name) for name in list(file.zip_directory.members)[:5])
        came = f"a zip archive with the members {names}"
    known = ", ".join(reader.name for reader in readers)
    raise WeightsFormatError(
        f"{file.path}: expected weights in one of the formats {known}; got {came}", file.path
    )
