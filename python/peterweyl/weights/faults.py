"""What is wrong with a file, said by a reader that does not know its path; turned into public errors in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UnsafeCheckpointError, WeightsFormatError


class Malformed(Exception):
    """A reader's finding: the message says what was expected and what came. Never leaves this package."""


class Refused(Malformed):
    """A reader's finding that a file asks for code to be run.

    Attributes:
        reference: the name the file asked for.
    """

    def __init__(self, message: str, reference: str) -> None:
        super().__init__(message)
        self.reference = reference


@contextmanager
def reporting(path: str, title: str, format_name: str) -> Iterator[None]:
    """Turn findings inside the block into public errors that name the file.

    Args:
        path: the file as the caller gave it.
        title: the format in words, such as ``"a NumPy archive (.npz)"``.
        format_name: the format's short name, kept on the error.
    """
    try:
        yield
    except Refused as fault:
        message = f"{path}: refused as {title}: {fault}"
        raise UnsafeCheckpointError(message, path, format_name, fault.reference) from None
    except Malformed as fault:
        message = f"{path}: cannot be read as {title}: {fault}"
        raise WeightsFormatError(message, path, format_name) from fault.__cause__
    except MemoryError as error:
        message = f"{path}: there is not enough memory to read this file as {title}"
        raise WeightsFormatError(message, path, format_name) from error


def clip(text: str, width: int = 80) -> str:
    """Shorten text that came out of a file, so that a hostile name cannot flood a message."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def quote(value: object, width: int = 80) -> str:
    """Show text or bytes out of a file in quotes, shortened; anything else by the name of its type."""
    if isinstance(value, str):
        return repr(clip(value, width))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return repr(bytes(value[:width]))
    if value is None or isinstance(value, (bool, float)):
        return repr(value)
    if isinstance(value, int):
        return repr(value) if value.bit_length() < 128 else f"an integer of {value.bit_length()} bits"
    return f"a value of type {type(value).__name__}"
