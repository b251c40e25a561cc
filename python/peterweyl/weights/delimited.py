"""Tables of numbers as text: CSV, TSV, or columns apart by blanks."""

from __future__ import annotations

import csv
import io
from array import array as packed_array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np

from .dtypes import Array
from .faults import Malformed, quote
from .limits import Limits
from .mapping import SINGLE_NAME, Tensor, array_tensor
from .source_file import ViewStream, WeightsFile

DELIMITERS = (",", "\t", ";")
COMMENT = "#"
HEAD = 4_096

# The longest row: its cells take many times its memory.
MAX_LINE = 4 * 2**20


class DelimitedReader:
    """Reads ``.csv``, ``.tsv`` and the like; the only tensor has the name ``"array"`` and two axes."""

    name = "delimited"
    title = "a table of numbers (.csv)"
    extensions = (".csv", ".tsv", ".txt", ".dat")

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the first row begins with a number."""
        head = bytes(file.data[:HEAD])
        if b"\0" in head:
            return False
        for line in head.decode("utf-8-sig", "replace").splitlines():
            if _is_content(line):
                delimiter = _delimiter(line)
                return _number(line.split(delimiter)[0].strip().strip('"')) is not None
        return False

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The table, read at once."""
        # A number takes at least two characters of text, and up to 16 bytes of memory.
        if 8 * len(file.data) > limits.memory:
            raise Malformed(f"{len(file.data):,} bytes of text need more than memory_limit={limits.memory:,}")
        try:
            array = _parse(file.data)
        except UnicodeDecodeError as error:
            raise Malformed(f"expected text in UTF-8: {error}") from error
        yield array_tensor(SINGLE_NAME, array)


def _is_content(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith(COMMENT)


def _delimiter(line: str) -> str | None:
    """The sign between cells, by the first row; None for blanks."""
    return next((sign for sign in DELIMITERS if sign in line), None)


def _number(cell: str) -> float | complex | None:
    """The number in a cell, or None; Python's own underscores in numbers are not numbers here."""
    if "_" in cell:
        return None
    for kind in (float, complex):
        try:
            return kind(cell)
        except ValueError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of cells, with its line in the file for messages."""

    line: int
    cells: list[str]
    first: bool

    def values(self) -> list[float] | list[float | complex]:
        try:
            if not any("_" in cell for cell in self.cells):
                return list(map(float, self.cells))
        except ValueError:
            pass  # a complex number, or a word that the slow way below names
        return [self._value(column, cell.strip()) for column, cell in enumerate(self.cells, start=1)]

    def _value(self, column: int, cell: str) -> float | complex:
        value = _number(cell)
        if value is None:
            hint = "; remove the row if it is a header" if self.first else ""
            raise Malformed(
                f"expected a number in line {self.line}, column {column}, got {quote(cell, 40)}{hint}"
            )
        return value


def _rows(data: memoryview) -> Iterator[_Row]:
    """The rows; blank lines and comments are left out."""
    delimiter: str | None = None
    first = True
    text = io.TextIOWrapper(io.BufferedReader(ViewStream(data)), encoding="utf-8-sig")
    for number, line in enumerate(iter(lambda: text.readline(MAX_LINE), ""), start=1):
        if len(line) == MAX_LINE:
            raise Malformed(f"line {number} has more than {MAX_LINE:,} characters")
        if _is_content(line):
            if first:
                delimiter = _delimiter(line)
            yield _Row(number, line.split() if delimiter is None else _cells(line, delimiter, number), first)
            first = False


def _cells(line: str, delimiter: str, number: int) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True))
    except (csv.Error, StopIteration) as error:
        raise Malformed(f"line {number} has quotes that do not close") from error


def _parse(data: memoryview) -> Array:
    real = packed_array("d")
    imaginary: packed_array[float] | None = None
    width = 0
    for row in _rows(data):
        width = width or len(row.cells)
        if len(row.cells) != width:
            raise Malformed(f"line {row.line} has {len(row.cells)} cells, the rows before have {width}")
        values = row.values()
        if imaginary is None and any(type(value) is complex for value in values):
            imaginary = packed_array("d", bytes(8 * len(real)))
        if imaginary is None:
            real.extend(cast("list[float]", values))
        else:
            real.extend(value.real for value in values)
            imaginary.extend(value.imag for value in values)
    if not width:
        raise Malformed("the table is empty: it has no rows of numbers")
    result = np.empty(len(real), np.float64 if imaginary is None else np.complex128)
    result.real = real
    if imaginary is not None:
        result.imag = imaginary
    return result.reshape(-1, width)
