"""Are two networks the same up to the symmetries of their activation?

Neurons may be permuted, and depending on the activation scaled or negated, without changing what the network computes
(see ``Activation``). Both networks are brought to a form without that freedom, their neurons are matched by an optimal
assignment, and what is left over is the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError
from ..weights import as_array
from .activations import Activation, activation_named

__all__ = [
    "NetworkComparison",
    "compare_networks",
    "intertwiner_residual",
    "procrustes_similarity",
]

Array = NDArray[Any]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class NetworkComparison:
    """Two layers of neurons, matched.

    Attributes:
        residual: ``|X - Y| / sqrt((|X|**2 + |Y|**2) / 2)`` after matching: 0 = the same network, sqrt(2) = unrelated.
        similarity: the cosine of the matched neurons, over all of them together.
        matching: (m,) the neuron of the second network for each of the first; -1 where there is none.
        scales: (m,) by what the incoming weights of the matched neuron are multiplied; NaN where there is none.
        neuron_similarity: (m,) the cosine of each matched pair; NaN for dead neurons.
        symmetry: the intertwiners that were divided out.
    """

    residual: float
    similarity: float
    matching: NDArray[np.int64]
    scales: NDArray[np.float64]
    neuron_similarity: NDArray[np.float64]
    symmetry: str

    @property
    def equal(self) -> bool:
        """Whether nothing is left over but rounding: a residual below 1e-5."""
        return self.residual < 1e-5


def _layer(network: Any, name: str) -> tuple[Array, Array]:
    try:
        incoming, outgoing = network
    except (TypeError, ValueError):
        raise ArgumentError(f"{name}: expected the pair (incoming, outgoing) of matrices") from None
    arrays = []
    for value, part in ((incoming, "incoming"), (outgoing, "outgoing")):
        array = as_array(value, f"{name} {part}")
        if array.ndim != 2 or array.dtype.kind == "c":
            raise ArgumentError(
                f"{name} {part}: expected a real matrix (neurons, k), got shape {array.shape}"
            )
        arrays.append(array.astype(np.float64))
    if len(arrays[0]) != len(arrays[1]):
        raise ArgumentError(
            f"{name}: expected a row for each neuron in both, got shapes {arrays[0].shape} and {arrays[1].shape}"
        )
    return arrays[0], arrays[1]


def _balanced(incoming: Array, outgoing: Array, activation: Activation) -> tuple[Array, Array, Array]:
    """Neurons without their free positive scale: incoming and outgoing weights of equal norm; and that scale."""
    scales = np.ones(len(incoming))
    if activation.intertwiners not in ("positive", "scales"):
        return incoming, outgoing, scales
    ins, outs = np.linalg.norm(incoming, axis=1), np.linalg.norm(outgoing, axis=1)
    # Scaling by s multiplies the activation by s^k, which the outgoing weights undo: s |in| = s^-k |out|. The
    # absolute value scales like its argument.
    k = activation.power or 1
    live = (ins > 0) & (outs > 0)
    scales[live] = (outs[live] / ins[live]) ** (1 / (k + 1))
    return incoming * scales[:, None], outgoing / (scales**k)[:, None], scales


def compare_networks(
    first: Any, second: Any, activation: str | Callable[[Array], Array] = "relu"
) -> NetworkComparison:
    """Compare two layers up to the symmetries of their activation.

    Args:
        first: the pair (incoming (m, k), outgoing (m, c)): what each neuron reads, biases among it, and what it gives.
            For a network that composes two elements ``(np.hstack([W_a, W_b]), W_U)``, all with neurons as rows.
        second: the same for the other network; the number of neurons may differ.
        activation: a name of :data:`~peterweyl.harmonics.ACTIVATIONS`, or a function, of which only permutations are
            used. For ``"identity"`` the products of the two matrices are compared.

    Returns:
        The best matching and what it leaves over.

    Raises:
        ArgumentError: shapes that do not fit.

    Complexity:
        O(m**2 (k + c) + m**3).

    Example:
        >>> import numpy as np
        >>> from peterweyl.harmonics import compare_networks
        >>> incoming, outgoing = np.random.default_rng(0).normal(size=(2, 8, 5))
        >>> scaled = (3 * incoming[::-1], outgoing[::-1] / 3)
        >>> compare_networks((incoming, outgoing), scaled, "relu").equal
        True
        >>> compare_networks((incoming, outgoing), scaled, "gelu").equal
        False
    """
    sigma = activation_named(activation)
    x_in, x_out = _layer(first, "first")
    y_in, y_out = _layer(second, "second")
    if x_in.shape[1] != y_in.shape[1] or x_out.shape[1] != y_out.shape[1]:
        raise ArgumentError(
            f"second: expected neurons that read {x_in.shape[1]} and give {x_out.shape[1]} numbers, "
            f"got {y_in.shape[1]} and {y_out.shape[1]}"
        )
    if sigma.intertwiners == "linear":
        return _compared_products(x_in.T @ x_out, y_in.T @ y_out, len(x_in))
    x_in, x_out, x_scales = _balanced(x_in, x_out, sigma)
    y_in, y_out, y_scales = _balanced(y_in, y_out, sigma)
    ins, outs = x_in @ y_in.T, x_out @ y_out.T
    signs = np.ones_like(ins)
    scores = ins + outs
    if sigma.intertwiners in ("signs", "scales"):
        flipped = -ins + float(sigma.image(np.array(-1.0))) * outs
        signs = np.where(flipped > scores, -1.0, 1.0)
        scores = np.maximum(scores, flipped)
    width = max(len(x_in), len(y_in))
    square = np.zeros((width, width), dtype=np.float32)
    largest = float(np.abs(scores).max(initial=0.0)) or 1.0
    square[: len(x_in), : len(y_in)] = scores / largest
    matched = _core.maximal_assignment(square).astype(np.int64)[: len(x_in)]
    paired = matched < len(y_in)
    rows = np.flatnonzero(paired)
    total = float(scores[rows, matched[rows]].sum())
    x_energy = (x_in**2).sum(axis=1) + (x_out**2).sum(axis=1)
    y_energy = (y_in**2).sum(axis=1) + (y_out**2).sum(axis=1)
    both = float(x_energy.sum() + y_energy.sum())
    # The difference itself, and not energies minus twice the scores, which would lose half of the digits.
    alone = np.ones(len(y_in), dtype=bool)
    alone[matched[rows]] = False
    difference = float(x_energy[~paired].sum() + y_energy[alone].sum())
    chosen = signs[rows, matched[rows]]
    difference += float(((x_in[rows] - chosen[:, None] * y_in[matched[rows]]) ** 2).sum())
    images = sigma.image(chosen)
    difference += float(((x_out[rows] - images[:, None] * y_out[matched[rows]]) ** 2).sum())
    scales = np.full(len(x_in), np.nan)
    scales[rows] = chosen * y_scales[matched[rows]] / x_scales[rows]
    cosines = np.full(len(x_in), np.nan)
    norms = np.sqrt(x_energy[rows] * y_energy[matched[rows]])
    live = norms > 0
    cosines[rows[live]] = scores[rows, matched[rows]][live] / norms[live]
    cosine_norm = float(np.sqrt(x_energy.sum() * y_energy.sum()))
    return NetworkComparison(
        residual=float(np.sqrt(difference / (both / 2))) if both > 0 else 0.0,
        similarity=total / cosine_norm if cosine_norm > 0 else 1.0,
        matching=np.where(paired, matched, -1),
        scales=scales,
        neuron_similarity=cosines,
        symmetry=sigma.intertwiners,
    )


def _compared_products(x: Array, y: Array, neurons: int) -> NetworkComparison:
    both = float((x**2).sum() + (y**2).sum())
    norm = float(np.linalg.norm(x) * np.linalg.norm(y))
    return NetworkComparison(
        residual=float(np.linalg.norm(x - y) / np.sqrt(both / 2)) if both > 0 else 0.0,
        similarity=float((x * y).sum()) / norm if norm > 0 else 1.0,
        matching=np.full(neurons, -1, dtype=np.int64),
        scales=np.full(neurons, np.nan),
        neuron_similarity=np.full(neurons, np.nan),
        symmetry="linear",
    )


def intertwiner_residual(
    activation: str | Callable[[Array], Array], matrix: Any, *, samples: int = 2000, seed: int = 0
) -> float:
    """How far a matrix is from an intertwiner: ``min over B of |sigma(A X) - B sigma(X)| / |sigma(A X)|``.

    Args:
        activation: a name or a function.
        matrix: A, (m, m).
        samples: columns of the Gaussian X.
        seed: of X.

    Returns:
        Rounding noise for an intertwiner, 0.1 or more for most other matrices.

    Example:
        >>> from peterweyl.harmonics import intertwiner_residual
        >>> intertwiner_residual("relu", [[0, 2.0], [1, 0]]) < 1e-12
        True
        >>> intertwiner_residual("relu", [[0, -2.0], [1, 0]]) > 0.1
        True
    """
    sigma = activation_named(activation).function
    a = as_array(matrix, "matrix")
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ArgumentError(f"matrix: expected a square matrix, got shape {a.shape}")
    x = np.random.default_rng(seed).normal(size=(len(a), samples))
    target, source = sigma(a @ x), sigma(x)
    fit = np.linalg.lstsq(source.T, target.T, rcond=None)[0]
    return float(np.linalg.norm(target.T - source.T @ fit) / np.linalg.norm(target))


def procrustes_similarity(first: Any, second: Any) -> float:
    """Similarity of two feature matrices up to permutations and positive scales of their channels.

    ``1 - sqrt((|H1|**2 + |H2|**2 - 2 max_P tr(P H1 H2^T)) / (4 C))`` for channels of norm 1 (the Procrustes distance
    for ReLU networks of Godfrey et al. 2022).

    Args:
        first: (C, samples) features.
        second: (C, samples) features on the same samples.

    Returns:
        1 for the same features.

    Example:
        >>> import numpy as np
        >>> from peterweyl.harmonics import procrustes_similarity
        >>> h = np.random.default_rng(0).normal(size=(4, 30))
        >>> round(procrustes_similarity(h, 2 * h[::-1]), 6)
        1.0
    """
    h1, h2 = as_array(first, "first"), as_array(second, "second")
    if h1.ndim != 2 or h1.shape != h2.shape:
        raise ArgumentError(f"second: expected features of shape {h1.shape}, got {h2.shape}")

    def normalised(h: Array) -> Array:
        norms = np.linalg.norm(h, axis=1, keepdims=True)
        return np.asarray(np.divide(h, norms, out=np.zeros_like(h), where=norms > 0))

    h1, h2 = normalised(h1), normalised(h2)
    scores = h1 @ h2.T
    matched = _core.maximal_assignment(scores.astype(np.float32))
    distance = float(((h1 - h2[matched]) ** 2).sum())
    return 1 - float(np.sqrt(distance / (4 * len(h1))))
