"""The exceptions of peterweyl: one tree, each also a subclass of the builtin a caller would catch."""

from __future__ import annotations

from typing import Any

__all__ = [
    "ArgumentError",
    "EnumerationLimitError",
    "Error",
    "GroupSpecError",
    "GroupTooLargeError",
    "InterruptedComputation",
    "MissingDependencyError",
    "NotAGroupError",
    "NotARepresentationError",
    "NumericalError",
    "UnsafeCheckpointError",
    "WeightsFormatError",
]


def __dir__() -> list[str]:
    return __all__


class Error(Exception):
    """Base class of every error that peterweyl raises on purpose."""


class ArgumentError(Error, ValueError):
    """An argument has the wrong value, shape or type; the message names it, what was expected and what came."""


class NotAGroupError(Error, ValueError):
    """A table is not the multiplication table of a group.

    Attributes:
        witness: the entries that show it: ``(row, column)`` for an entry out of range or repeated in
            its row or column, ``(a, b, c)`` with ``(a*b)*c != a*(b*c)`` when associativity fails, ``()`` otherwise.
    """

    def __init__(self, message: str, witness: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.witness = witness


class GroupSpecError(Error, ValueError):
    """A group spec such as ``"S5 x C2"`` cannot be read.

    Attributes:
        spec: the text that was given.
        suggestions: the nearest known specs.
    """

    def __init__(self, message: str, spec: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.spec = spec
        self.suggestions = suggestions


class GroupTooLargeError(Error, OverflowError):
    """A group is too large for what was asked; nothing was allocated.

    Attributes:
        order: the order of the group, or a lower bound where it is not known.
        limit: the largest order that is accepted here.
    """

    def __init__(self, message: str, order: int = 0, limit: int = 0) -> None:
        super().__init__(message)
        self.order = order
        self.limit = limit


class EnumerationLimitError(Error, RuntimeError):
    """An enumeration reached its limit before it closed.

    Attributes:
        reached: how many elements or cosets had been defined.
        limit: the limit.
    """

    def __init__(self, message: str, reached: int = 0, limit: int = 0) -> None:
        super().__init__(message)
        self.reached = reached
        self.limit = limit


class NotARepresentationError(Error, ValueError):
    """Matrices do not satisfy the relations of the group.

    Attributes:
        defect: the largest deviation found.
    """

    def __init__(self, message: str, defect: float = 0.0) -> None:
        super().__init__(message)
        self.defect = defect


class NumericalError(Error, ArithmeticError):
    """A numerical step did not reach the accuracy that it must assert before returning."""


class InterruptedComputation(Error, RuntimeError):
    """A long computation was told to stop by its progress callback."""


class WeightsFormatError(Error, ValueError):
    """A file of weights cannot be read.

    Attributes:
        path: the file, as text, or ``""``.
        format: the format it was taken for, or ``""``.
    """

    def __init__(self, message: str, path: Any = "", format: str = "") -> None:
        super().__init__(message)
        self.path = str(path)
        self.format = format


class UnsafeCheckpointError(WeightsFormatError):
    """A checkpoint asks for code to be run; it was refused and nothing was executed.

    Attributes:
        reference: the name the file asked for, such as ``"os.system"``.
    """

    def __init__(self, message: str, path: Any = "", format: str = "", reference: str = "") -> None:
        super().__init__(message, path, format)
        self.reference = reference


class MissingDependencyError(Error, ImportError):
    """An optional dependency is needed; the message says which extra installs it."""
