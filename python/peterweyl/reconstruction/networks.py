"""Composition networks: weights that answer c = a*b, brought to three factors over the elements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import ArgumentError
from ..weights.arrays import as_array

__all__ = ["ACTIVATIONS", "CompositionNetwork", "mlp", "transformer"]

#: Logits for pairs: called with two integer arrays (k,), the operands, it gives (k, n).
Logits = Callable[[NDArray[np.int64], NDArray[np.int64]], ArrayLike]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class CompositionNetwork:
    """A network with one hidden layer that takes two elements to scores of their product.

    ``scores(a, b)[c] = sum_m activation(left[a, m] + right[b, m]) * out[c, m] + out_bias[c]``.

    Attributes:
        left: (n, hidden) from the first operand into the hidden layer, biases included.
        right: (n, hidden) from the second operand.
        out: (n, hidden) from the hidden layer to the results.
        activation: ``"relu"``, ``"quadratic"``, ``"abs"``, ``"gelu"``, ``"silu"``, ``"tanh"``, ``"sigmoid"`` or
            ``"identity"``; ``None`` if it is not known, or if the network is not of this form.
        out_bias: (n,) or ``None``.
        logits: where the network is not of this form: a function that takes operands (k,), (k,) to logits (k, n).
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]
    out: NDArray[np.float32]
    activation: str | None = None
    out_bias: NDArray[np.float32] | None = None
    logits: Logits | None = None

    @property
    def order(self) -> int:
        """The number of elements, n."""
        return len(self.left)


def mlp(
    embedding_left: ArrayLike,
    embedding_right: ArrayLike,
    weights_in: ArrayLike,
    weights_out: ArrayLike,
    *,
    bias_in: ArrayLike | None = None,
    bias_out: ArrayLike | None = None,
    activation: str | None = "relu",
) -> CompositionNetwork:
    """Make the factors of ``activation([E_a[a], E_b[b]] @ W_in + b_in) @ W_out + b_out``.

    Args:
        embedding_left: (n, d), the embedding of the first operand.
        embedding_right: (n, d'), that of the second; the same array where both share one.
        weights_in: (d + d', hidden) for embeddings side by side, or (d, hidden) for the sum of both.
        weights_out: (hidden, n).
        bias_in: (hidden,) or nothing.
        bias_out: (n,) or nothing.
        activation: its name; ``None`` if it is not known.

    Returns:
        The network, for :func:`peterweyl.reconstruct` as ``factors``.

    Raises:
        ArgumentError: shapes that do not fit each other.

    Example:
        >>> import numpy as np
        >>> from peterweyl.reconstruction import mlp
        >>> E = np.eye(3)
        >>> mlp(E, E, np.ones((6, 8)), np.ones((8, 3))).left.shape
        (3, 8)
    """
    left, right = _matrix(embedding_left, "embedding_left"), _matrix(embedding_right, "embedding_right")
    inner, outer = _matrix(weights_in, "weights_in"), _matrix(weights_out, "weights_out")
    n, width = left.shape
    if right.shape[0] != n:
        raise ArgumentError(
            f"embedding_right: expected {n} elements as in embedding_left, got {right.shape[0]}"
        )
    if inner.shape[0] == width + right.shape[1]:
        first, second = inner[:width], inner[width:]
    elif inner.shape[0] == width == right.shape[1]:
        first = second = inner
    else:
        raise ArgumentError(
            f"weights_in: expected {width + right.shape[1]} rows, or {width} for the sum of the embeddings, "
            f"got shape {inner.shape}"
        )
    hidden = inner.shape[1]
    if outer.shape != (hidden, n):
        raise ArgumentError(f"weights_out: expected shape ({hidden}, {n}), got {outer.shape}")
    entering = left @ first
    if bias_in is not None:
        entering = entering + _vector(bias_in, hidden, "bias_in")
    return CompositionNetwork(
        left=_single(entering),
        right=_single(right @ second),
        out=_single(outer.T),
        activation=activation,
        out_bias=None if bias_out is None else _single(_vector(bias_out, n, "bias_out")),
    )


def transformer(
    *,
    W_E: ArrayLike,
    W_Q: ArrayLike,
    W_K: ArrayLike,
    W_V: ArrayLike,
    W_O: ArrayLike,
    W_in: ArrayLike,
    W_out: ArrayLike,
    W_U: ArrayLike,
    W_pos: ArrayLike | None = None,
    b_in: ArrayLike | None = None,
    b_out: ArrayLike | None = None,
    b_U: ArrayLike | None = None,
    activation: str = "relu",
    order: int | None = None,
) -> CompositionNetwork:
    """Make the effective factors of a transformer of one layer that reads "a b =" and answers at "=".

    The factors are those of the mean attention: what a token adds to the hidden layer of the last position, by way of
    each head with the softmax of its mean attention logits. Shapes and names are those of TransformerLens; there is
    no layer norm.

    Args:
        W_E: (tokens, d): elements first, then "=".
        W_Q: (heads, d, d_head).
        W_K: (heads, d, d_head).
        W_V: (heads, d, d_head).
        W_O: (heads, d_head, d).
        W_in: (d, hidden).
        W_out: (hidden, d).
        W_U: (d, n) or (d, tokens).
        W_pos: (3, d) or longer, or nothing.
        b_in: (hidden,) or nothing.
        b_out: (d,) or nothing.
        b_U: one number for each column of W_U, or nothing.
        activation: of the hidden layer, one of the names of :class:`CompositionNetwork`.
        order: the number of elements; by default one less than the tokens.

    Returns:
        The network, for :func:`peterweyl.reconstruct` as ``factors``; its ``logits`` are those of the transformer.

    Raises:
        ArgumentError: shapes that do not fit each other.
    """
    embed = _matrix(W_E, "W_E")
    tokens, width = embed.shape
    n = tokens - 1 if order is None else order
    if not 1 <= n < tokens:
        raise ArgumentError(f"order: expected 1 ... {tokens - 1} for {tokens} tokens, got {n}")
    query, key, value = (_heads(x, width, name) for x, name in ((W_Q, "W_Q"), (W_K, "W_K"), (W_V, "W_V")))
    result = np.asarray(as_array(W_O, "W_O"), dtype=np.float64)
    if result.shape != (len(value), value.shape[2], width):
        raise ArgumentError(f"W_O: expected shape {(len(value), value.shape[2], width)}, got {result.shape}")
    inner, outer = _matrix(W_in, "W_in"), _matrix(W_out, "W_out")
    unembed = _matrix(W_U, "W_U")
    if unembed.shape[0] != width or unembed.shape[1] < n:
        raise ArgumentError(f"W_U: expected shape ({width}, {n}) or more columns, got {unembed.shape}")
    if inner.shape[0] != width or outer.shape != (inner.shape[1], width):
        raise ArgumentError(
            f"W_in, W_out: expected ({width}, hidden) and (hidden, {width}), got {inner.shape}, {outer.shape}"
        )
    positions = np.zeros((3, width)) if W_pos is None else _matrix(W_pos, "W_pos")[:3]
    if positions.shape != (3, width):
        raise ArgumentError(f"W_pos: expected shape (3, {width}) or longer, got {positions.shape}")
    unembed = unembed[:, :n]
    hidden_bias = np.zeros(inner.shape[1]) if b_in is None else _vector(b_in, inner.shape[1], "b_in")
    out_bias = np.zeros(width) if b_out is None else _vector(b_out, width, "b_out")
    last_bias = np.zeros(n) if b_U is None else np.asarray(as_array(b_U, "b_U"), dtype=np.float64)[:n]

    streams = [
        embed[:n] + positions[0],
        embed[:n] + positions[1],
        (embed[tokens - 1] + positions[2])[np.newaxis],
    ]
    scale = 1.0 / np.sqrt(query.shape[2])
    asked = np.einsum("d,hdk->hk", streams[2][0], query) * scale
    # logits[s]: (heads, tokens at position s); values[s]: what they add to the stream of the last position.
    logits = [np.einsum("hk,td,hdk->ht", asked, stream, key) for stream in streams]
    values = [np.einsum("td,hdk,hke->hte", stream, value, result) for stream in streams]
    mean = np.stack([x.mean(axis=1) for x in logits], axis=1)
    attention = np.exp(mean - mean.max(axis=1, keepdims=True))
    attention /= attention.sum(axis=1, keepdims=True)
    effective = [np.einsum("h,hte->te", attention[:, s], values[s]) for s in range(3)]

    act = ACTIVATIONS.get(activation)
    if act is None:
        raise ArgumentError(f"activation: expected one of {', '.join(ACTIVATIONS)}, got {activation!r}")

    def answer(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
        weights = np.stack([logits[0][:, a], logits[1][:, b], np.repeat(logits[2], len(a), axis=1)], axis=2)
        weights = np.exp(weights - weights.max(axis=2, keepdims=True))
        weights /= weights.sum(axis=2, keepdims=True)
        stream = (
            streams[2]
            + np.einsum("hk,hke->ke", weights[:, :, 0], values[0][:, a])
            + np.einsum("hk,hke->ke", weights[:, :, 1], values[1][:, b])
            + np.einsum("hk,he->ke", weights[:, :, 2], values[2][:, 0])
        )
        hidden = act(stream @ inner + hidden_bias)
        return np.asarray((stream + hidden @ outer + out_bias) @ unembed + last_bias)

    constant = (streams[2] + effective[2]) @ inner + hidden_bias
    return CompositionNetwork(
        left=_single(effective[0] @ inner + constant),
        right=_single(effective[1] @ inner),
        out=_single((outer @ unembed).T),
        activation=None,
        logits=answer,
    )


def _gelu(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 * x * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (x + 0.044715 * x**3))))


ACTIVATIONS: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "relu": lambda x: np.maximum(x, 0.0),
    "quadratic": np.square,
    "abs": np.abs,
    "gelu": _gelu,
    "silu": lambda x: np.asarray(x / (1.0 + np.exp(-x))),
    "tanh": np.tanh,
    "sigmoid": lambda x: np.asarray(1.0 / (1.0 + np.exp(-x))),
    "identity": lambda x: x,
}


def _matrix(value: Any, name: str) -> NDArray[np.float64]:
    array = np.asarray(as_array(value, name))
    if array.ndim != 2 or 0 in array.shape or np.iscomplexobj(array):
        raise ArgumentError(f"{name}: expected a real matrix, got shape {array.shape}, {array.dtype}")
    return array.astype(np.float64)


def _vector(value: Any, size: int, name: str) -> NDArray[np.float64]:
    array = np.asarray(as_array(value, name))
    if array.shape != (size,) or np.iscomplexobj(array):
        raise ArgumentError(f"{name}: expected {size} real numbers, got shape {array.shape}, {array.dtype}")
    return array.astype(np.float64)


def _heads(value: Any, width: int, name: str) -> NDArray[np.float64]:
    array = np.asarray(as_array(value, name))
    if array.ndim != 3 or array.shape[1] != width or np.iscomplexobj(array):
        raise ArgumentError(
            f"{name}: expected real numbers (heads, {width}, d_head), got shape {array.shape}"
        )
    return array.astype(np.float64)


def _single(array: NDArray[np.float64]) -> NDArray[np.float32]:
    """Single precision, scaled where it would overflow (the activations that matter are homogeneous)."""
    largest = float(np.abs(array).max(initial=0.0))
    if largest > 1e18:
        raise ArgumentError(f"factors: expected numbers below 1e18 in size, got {largest:.3g}")
    return np.ascontiguousarray(array, dtype=np.float32)
