"""A file of weights, opened for reading: its bytes as one read-only view, mapped rather than read where it is large."""

from __future__ import annotations

import io
import mmap
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import WeightsFormatError
from .zip_directory import ZipDirectory, looks_like_zip

# Smaller files are read at once: a mapping of a file that is cut short meanwhile would end the process.
MAPPING_THRESHOLD = 2**20


class WeightsFileNotFoundError(WeightsFormatError, FileNotFoundError):
    """There is no file of weights at the path that was given; also a ``FileNotFoundError``."""


@dataclass(frozen=True)
class WeightsFile:
    """The bytes of one file.

    Attributes:
        path: the path as the caller gave it, for messages.
        data: all bytes, read-only.
    """

    path: str
    data: memoryview

    @property
    def extension(self) -> str:
        """The last extension, in lower case, with its dot."""
        return Path(self.path).suffix.lower()

    def starts_with(self, *magics: bytes) -> bool:
        """Whether the file begins with one of some byte strings."""
        return any(self.data[: len(magic)] == magic for magic in magics)

    @cached_property
    def zip_directory(self) -> ZipDirectory | None:
        """The members of a zip archive, parsed once; None for any other file."""
        return ZipDirectory.parse(self.data) if looks_like_zip(self.data) else None


class ViewStream(io.RawIOBase):
    """Bytes in memory as a seekable stream, without a copy of them all."""

    def __init__(self, data: memoryview) -> None:
        super().__init__()
        self._data = data
        self._position = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought in."""
        return True

    def tell(self) -> int:
        """Where the next bytes are read."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place, as for any stream."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: len(self._data)}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer, as for any stream."""
        part = self._data[self._position : self._position + len(buffer)]
        memoryview(buffer).cast("B")[: len(part)] = part
        self._position += len(part)
        return len(part)


def open_file(path: str | os.PathLike[str]) -> WeightsFile:
    """Open a regular file (or a symbolic link to one) and show its bytes.

    Args:
        path: the file.

    Returns:
        The file; nothing stays open but the mapping that backs the view.

    Raises:
        WeightsFileNotFoundError: there is no such file.
        WeightsFormatError: it is no regular file, is empty, or cannot be read.
    """
    shown = os.fspath(path)
    try:
        # O_NONBLOCK: a named pipe must be refused, not waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise WeightsFileNotFoundError(f"{shown}: there is no such file", shown) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise WeightsFormatError(f"{shown}: the file cannot be opened: {reason}", shown) from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise WeightsFormatError(f"{shown}: expected a file of weights, got a folder", shown)
        if not stat.S_ISREG(status.st_mode):
            raise WeightsFormatError(f"{shown}: expected a regular file, got a device, pipe or socket", shown)
        if status.st_size == 0:
            raise WeightsFormatError(f"{shown}: the file is empty (0 bytes)", shown)
        if status.st_size <= MAPPING_THRESHOLD:
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                data = memoryview(stream.read(MAPPING_THRESHOLD))
        else:
            data = memoryview(mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise WeightsFormatError(f"{shown}: the file cannot be read: {error.strerror}", shown) from error
    finally:
        os.close(descriptor)
    return WeightsFile(shown, data)


def neighbour(path: str, name: str) -> str:
    """The path of a file that ``path`` refers to by name: in the same folder or below it, by its name alone.

    Args:
        path: the file that holds the reference.
        name: the relative name in it.

    Returns:
        The path of the neighbour, not resolved: a file that is itself a symbolic link is fine.

    Raises:
        ValueError: the name is absolute or would leave the folder.
    """
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
        raise ValueError(name)
    return str(Path(path).parent.joinpath(*parts))
