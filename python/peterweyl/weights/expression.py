"""Small expressions of tensors: ``"W_x @ W[:256]"``, ``"embed.W_E.T[:, :113]"``, ``"re + 1j * im"``.

Nothing is evaluated but what the grammar below has; sizes are checked before anything is computed::

    sum      = product (("+" | "-") product)*
    product  = factor (("@" | "*") factor)*
    factor   = "-" factor | atom (".T" | "[" index ("," index)* "]")*
    atom     = "(" sum ")" | number | number "j" | function "(" sum ")" | name | quoted pattern
    function = "real" | "imag" | "conj" | "abs"
    index    = integer | [integer] ":" [integer] [":" integer] | "..."

A name is the longest name of a tensor that the text goes on with, whatever characters it has; in quotes it may be a
pattern as in ``select``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import prod
from typing import Any, Final

import numpy as np

from ..errors import ArgumentError
from .dtypes import Array
from .faults import quote
from .selection import not_found, select

__all__ = ["evaluate", "looks_like_expression"]

_NUMBER = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(j)?")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_WORD = re.compile(r"[A-Za-z_][\w./:-]*")
_SLICE = re.compile(r"\s*(-?\d+)?\s*(?:(:)\s*(-?\d+)?\s*(?:(:)\s*(-?\d+)?)?)?\s*")
_SIGNS = re.compile(r"[@+()\[\]'\"]|\.T\b|\*\s|\s-\s")
_FUNCTIONS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "real": np.real,
    "imag": np.imag,
    "conj": np.conj,
    "abs": np.abs,
}
_MAX_LENGTH = 10_000
_MAX_DEPTH = 50


def looks_like_expression(text: str) -> bool:
    """Whether a text that names no tensor has signs that only expressions have."""
    return bool(_SIGNS.search(text))


def evaluate(weights: Mapping[str, Any], text: str, memory_limit: int) -> Array:
    """The value of an expression.

    Args:
        weights: the tensors by name; each is read when the expression needs it.
        text: the expression.
        memory_limit: bytes that one intermediate value may have.

    Returns:
        A new array.

    Raises:
        ArgumentError: the text is no expression, or shapes do not fit.
        TensorNotFoundError: a name is none.

    Example:
        >>> import numpy as np
        >>> from peterweyl.weights.expression import evaluate
        >>> evaluate({"x": np.eye(2), "y.w": np.arange(8.0).reshape(4, 2)}, "x @ y.w[:2].T", 1000)
        array([[0., 2.],
               [1., 3.]])
    """
    if len(text) > _MAX_LENGTH:
        raise ArgumentError(
            f"tensor: expected an expression of at most {_MAX_LENGTH} characters, got {len(text)}"
        )
    parser = _Parser(weights, text, memory_limit)
    value = parser.sum(0)
    parser.skip()
    if parser.position != len(text):
        raise parser.error("expected the end or an operator")
    return np.array(value)


class _Parser:
    """Recursive descent; values are computed as they are read."""

    def __init__(self, weights: Mapping[str, Any], text: str, memory_limit: int) -> None:
        self.weights = weights
        self.text = text
        self.memory_limit = memory_limit
        self.position = 0
        self.names = sorted(weights, key=len, reverse=True)

    def error(self, problem: str) -> ArgumentError:
        rest = self.text[self.position :]
        return ArgumentError(
            f"tensor={quote(self.text)}: {problem}, got {quote(rest) if rest else 'the end'}"
        )

    def skip(self) -> None:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1

    def take(self, sign: str) -> bool:
        """Go past a sign where it comes next."""
        self.skip()
        if self.text.startswith(sign, self.position):
            self.position += len(sign)
            return True
        return False

    def sum(self, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise self.error(f"expected at most {_MAX_DEPTH} brackets inside each other")
        value = self.product(depth)
        while True:
            if self.take("+"):
                value = self.combined(value, self.product(depth), np.add, "+")
            elif self.take("-"):
                value = self.combined(value, self.product(depth), np.subtract, "-")
            else:
                return value

    def product(self, depth: int) -> Any:
        value = self.factor(depth)
        while True:
            if self.take("@"):
                value = self.combined(value, self.factor(depth), np.matmul, "@")
            elif self.take("*"):
                value = self.combined(value, self.factor(depth), np.multiply, "*")
            else:
                return value

    def combined(self, left: Any, right: Any, operation: Callable[[Any, Any], Any], sign: str) -> Any:
        a, b = np.shape(left), np.shape(right)
        try:
            if sign == "@":
                if not a or not b or a[-1] != (b[-2] if len(b) > 1 else b[0]):
                    raise ValueError
                batch = np.broadcast_shapes(a[:-2], b[:-2])
                shape = (*batch, *a[-2:-1], *(b[-1:] if len(b) > 1 else ()))
            else:
                shape = np.broadcast_shapes(a, b)
        except ValueError:
            raise ArgumentError(f"tensor={quote(self.text)}: the shapes {a} {sign} {b} do not fit") from None
        needed = 16 * prod(shape)
        if needed > self.memory_limit:
            raise ArgumentError(
                f"tensor={quote(self.text)}: a result of shape {shape} needs {needed:,} bytes, "
                f"more than memory_limit={self.memory_limit:,}"
            )
        return operation(_computable(left), _computable(right))

    def factor(self, depth: int) -> Any:
        if depth > _MAX_DEPTH:
            raise self.error(f"expected at most {_MAX_DEPTH} signs in a row")
        if self.take("-"):
            return -_computable(self.factor(depth + 1))
        value = self.atom(depth)
        while True:
            if re.compile(r"\.T\b").match(self.text, self.position):
                self.position += 2
                value = np.transpose(value)
            elif self.text.startswith("[", self.position):
                self.position += 1
                value = self.indexed(value)
            else:
                return value

    def indexed(self, value: Any) -> Any:
        indices: list[Any] = []
        while True:
            if self.take("..."):
                indices.append(Ellipsis)
            else:
                indices.append(self.index())
            if self.take("]"):
                break
            if not self.take(","):
                raise self.error("expected , or ]")
        try:
            return np.asarray(value)[tuple(indices)]
        except (IndexError, ValueError) as error:
            raise ArgumentError(
                f"tensor={quote(self.text)}: an index does not fit the shape {np.shape(value)}: {error}"
            ) from None

    def index(self) -> int | slice:
        match = _SLICE.match(self.text, self.position)
        if match is None or not match.group().strip() or max(map(len, match.group().split(":"))) > 18:
            raise self.error("expected an integer or a slice such as :256")
        start, colon, stop, _, step = match.groups()
        self.position = match.end()
        if colon is None:
            return int(start)
        return slice(*(None if part is None else int(part) for part in (start, stop, step)))

    def atom(self, depth: int) -> Any:
        self.skip()
        if self.take("("):
            return self.closed(depth)
        name = next((n for n in self.names if n and self.begins(n)), None)
        if name is not None:
            self.position += len(name)
            return self.weights[name]
        quoted = _QUOTED.match(self.text, self.position)
        if quoted is not None:
            pattern = quoted[1] if quoted[1] is not None else quoted[2]
            value = self.weights[select(self.weights, pattern)]
            self.position = quoted.end()
            return value
        number = _NUMBER.match(self.text, self.position)
        if number is not None:
            self.position = number.end()
            text = number.group()
            return complex(text) if number[2] else float(text)
        word = _WORD.match(self.text, self.position)
        if word is None:
            raise self.error("expected the name of a tensor")
        if word.group() in _FUNCTIONS and self.text[word.end() : word.end() + 1] == "(":
            self.position = word.end() + 1
            return _FUNCTIONS[word.group()](_computable(self.closed(depth)))
        raise not_found(word.group().removesuffix(".T"), self.weights)

    def begins(self, name: str) -> bool:
        """Whether the text goes on with a name, and not with a longer word."""
        end = self.position + len(name)
        if not self.text.startswith(name, self.position):
            return False
        return not (re.match(r"\w", self.text[end : end + 1]) and re.match(r"\w", name[-1]))

    def closed(self, depth: int) -> Any:
        value = self.sum(depth + 1)
        if not self.take(")"):
            raise self.error("expected )")
        return value


def _computable(value: Any) -> Any:
    """Half precision and integers as float64, so that sums neither overflow nor lose digits."""
    array = np.asarray(value)
    if array.dtype.kind in "biu" or array.dtype.itemsize < 4:
        return array.astype(np.float64)
    return value
