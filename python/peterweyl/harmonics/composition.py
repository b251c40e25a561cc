"""Networks that compose two group elements: which irreps carry the answer, from the weights or from activations.

The network is ``logits(a, b) = act(W_a[:, a] + W_b[:, b] + bias) @ W_U + bias_U``, trained to put the largest logit at
c = ab. The measures are those of *A Toy Model of Universality* (Chughtai, Chan, Nanda, ICML 2023), with projections
that are exact for every finite group: functions of a, of b and of ab are averaged over the other variable and split by
the Fourier transform, never by a basis that could be rank deficient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError
from ..groups import Group
from ..groups import group as group_from_spec
from ..weights import as_array
from .activations import activation_named
from .composition_input import factors_of
from .composition_report import CompositionComponent, CompositionReport
from .verifying import verify

__all__ = ["verify_composition"]

Array = NDArray[Any]

#: A component with a larger logit similarity is a key component.
KEY_SIMILARITY = 0.005
# Pairs (a, b) whose outputs are computed in one product.
_PAIRS_AT_ONCE = 4096


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class _Network:
    """The hidden layer and the outputs, a slice of them at a time: all pairs (a, b) of one a."""

    order: int
    neurons: int
    hidden_of: Callable[[int], Array] | None
    logits_of: Callable[[int], Array] | None
    unembedding: Array | None  # (neurons, n)
    bias: Array | float

    def slices(self) -> Iterator[tuple[int, Array | None, Array | None]]:
        """For each a the hidden layer (n, neurons) and the logits (n, n) of all b; products of several a at once."""
        n = self.order
        step = max(1, _PAIRS_AT_ONCE // n)
        for begin in range(0, n, step):
            chunk = range(begin, min(n, begin + step))
            hidden = None
            if self.hidden_of is not None:
                hidden = np.concatenate([self.hidden_of(a) for a in chunk])
            products = None
            if self.logits_of is None and hidden is not None and self.unembedding is not None:
                products = hidden @ self.unembedding + self.bias
            for a in chunk:
                rows = slice((a - begin) * n, (a - begin + 1) * n)
                given = None if self.logits_of is None else self.logits_of(a)
                logits = given if products is None else products[rows]
                yield a, None if hidden is None else hidden[rows], logits


def verify_composition(
    left: Any = None,
    right: Any = None,
    out: Any = None,
    group: Group | str | None = None,
    *,
    activation: str | Callable[[Array], Array] = "relu",
    bias: Any = None,
    out_bias: Any = None,
    hidden: Any = None,
    logits: Any = None,
    train: Any = None,
    axes: tuple[int, ...] | None = None,
) -> CompositionReport:
    """Measure how a network composes two elements of a group.

    Args:
        left: W_a, (m, n) or (n, m): what neuron m receives from the first element. For embeddings the product with
            the layer that reads them, such as ``W_x @ W[:256]``.
        right: W_b, what it receives from the second.
        out: W_U, (m, n) or (n, m): what it gives to the logit of each element.
        group: the group or a spec; its table says which output is right.
        activation: a name of :data:`~peterweyl.harmonics.ACTIVATIONS`, or a function.
        bias: (m,), added before the activation.
        out_bias: (n,), added to the logits.
        hidden: (n*n, m) or (n, n, m): activations for all pairs, instead of what left and right give.
        logits: (n*n, n) or (n, n, n): outputs for all pairs, instead of what ``hidden`` and ``out`` give.
        train: (k, 2) pairs or (n, n) booleans: the training pairs, for the excluded loss.
        axes: the axis of the group in each of the matrices that are given, where shapes leave doubt.

    Returns:
        Logit similarities, key irreps, shares of the hidden layer, and the losses with and without them.

    Raises:
        ArgumentError: shapes that do not fit, or nothing to measure.

    Complexity:
        O(n**2 m) for the shares, O(n**3 m) for logits and losses; memory O(n m + n**2).

    Example:
        >>> import peterweyl as pw
        >>> from peterweyl import examples
        >>> from peterweyl.harmonics import verify_composition
        >>> weights = pw.load_weights(examples.path("composition_s4"))
        >>> found = verify_composition(weights["U"], weights["V"], weights["W"], "S4", activation="square")
        >>> found.accuracy, found.logit_share > 0.9, found.excluded_loss > found.loss
        (1.0, True, True)
    """
    if group is None:
        raise ArgumentError("group: expected a group or a spec such as 'S5', got None")
    tested = group_from_spec(group) if isinstance(group, str) else group
    given = [(x, name) for x, name in ((left, "left"), (right, "right"), (out, "out")) if x is not None]
    factors = dict(
        zip(
            [name for _, name in given],
            factors_of([x for x, _ in given], tested, axes, [name for _, name in given]),
            strict=True,
        )
    )
    network = _network(tested, factors, activation, bias, out_bias, hidden, logits)
    labels, irreps, degrees = _real_components(tested)
    table = tested.table.astype(np.int64)
    sums = _accumulated(network, table)
    similarity = _logit_similarities(tested, sums, irreps)
    keys = [k > 0 and bool(similarity[k] > KEY_SIMILARITY) for k in range(len(labels))]
    shares = _hidden_shares(tested, sums)
    restricted, excluded = _losses(network, table, tested, sums, keys, irreps, _training(train, tested.order))
    components = tuple(
        CompositionComponent(
            label=labels[k],
            degree=degrees[k],
            logit_similarity=float(similarity[k]),
            key=keys[k],
            hidden_a=float(shares[0, k]),
            hidden_b=float(shares[1, k]),
            hidden_ab=float(shares[2, k]),
        )
        for k in range(len(labels))
    )
    pairs = tested.order**2
    return CompositionReport(
        group_name=tested.name or f"a group of order {tested.order}",
        order=tested.order,
        left=verify(factors["left"], tested) if "left" in factors else None,
        right=verify(factors["right"], tested) if "right" in factors else None,
        out=verify(factors["out"], tested) if "out" in factors else None,
        components=components,
        logit_share=float((similarity[1:] ** 2).sum()),
        hidden_share=float(np.where(keys, shares, 0 * shares).sum()),
        hidden_share_ab=float(np.where(keys, shares[2], 0 * shares[2]).sum()),
        accuracy=sums.correct / pairs,
        loss=sums.loss / pairs,
        restricted_loss=restricted,
        excluded_loss=excluded,
        neurons=network.neurons,
    )


def _pairs_first(value: Any, name: str, order: int) -> Array:
    array = as_array(value, name)
    if array.ndim == 2 and len(array) == order**2:
        array = array.reshape(order, order, -1)
    if array.ndim != 3 or array.shape[:2] != (order, order) or array.dtype.kind == "c":
        raise ArgumentError(
            f"{name}: expected real numbers for all pairs, ({order * order}, k) or ({order}, {order}, k), "
            f"got shape {array.shape}"
        )
    return array


def _network(
    group: Group,
    factors: Mapping[str, Array],
    activation: str | Callable[[Array], Array],
    bias: Any,
    out_bias: Any,
    hidden: Any,
    logits: Any,
) -> _Network:
    n = group.order
    hidden_of: Callable[[int], Array] | None = None
    neurons = 0
    if hidden is not None:
        activations = _pairs_first(hidden, "hidden", n)
        neurons = activations.shape[2]

        def hidden_of(a: int) -> Array:
            return np.asarray(activations[a], dtype=np.float64)

    elif "left" in factors and "right" in factors:
        function = activation_named(activation).function
        first, second = factors["left"].T, factors["right"].T
        neurons = first.shape[1]
        if bias is not None:
            shift = as_array(bias, "bias")
            if shift.shape != (neurons,):
                raise ArgumentError(f"bias: expected shape ({neurons},), got {shift.shape}")
            first = first + shift

        def hidden_of(a: int) -> Array:
            return np.asarray(function(first[a] + second))

    logits_of: Callable[[int], Array] | None = None
    if logits is not None:
        outputs = _pairs_first(logits, "logits", n)
        if outputs.shape[2] != n:
            raise ArgumentError(f"logits: expected {n} outputs for each pair, got shape {outputs.shape}")

        def logits_of(a: int) -> Array:
            return np.asarray(outputs[a], dtype=np.float64)

    if hidden_of is None and logits_of is None:
        raise ArgumentError(
            "left: expected left and right, or hidden, or logits: there is nothing to measure"
        )
    unembedding = factors.get("out")
    if unembedding is not None and hidden_of is not None and len(unembedding) != neurons:
        raise ArgumentError(f"out: expected {neurons} neurons, got {len(unembedding)}")
    added: Array | float = 0.0
    if out_bias is not None:
        added = as_array(out_bias, "out_bias")
        if added.shape != (n,):
            raise ArgumentError(f"out_bias: expected shape ({n},), got {added.shape}")
    return _Network(n, neurons, hidden_of, logits_of, unembedding, added)


def _training(train: Any, order: int) -> Array:
    if train is None:
        return np.ones((order, order), dtype=bool)
    array = np.asarray(train)
    if array.shape == (order, order) and array.dtype.kind == "b":
        mask = array
    elif array.ndim == 2 and array.shape[1] == 2 and array.dtype.kind in "iu":
        if array.size and not (array.min() >= 0 and array.max() < order):
            raise ArgumentError(f"train: expected pairs of elements below {order}")
        mask = np.zeros((order, order), dtype=bool)
        mask[array[:, 0], array[:, 1]] = True
    else:
        raise ArgumentError(
            f"train: expected pairs (k, 2) or booleans ({order}, {order}), got shape {array.shape}, dtype {array.dtype}"
        )
    if not mask.any():
        raise ArgumentError("train: expected at least one pair, got none")
    return mask


def _real_components(group: Group) -> tuple[list[str], list[tuple[int, ...]], list[int]]:
    """Labels, irreps and degrees of the components of real functions, in the order of the core."""
    irreps = group.irreps
    pairs: list[tuple[int, ...]] = [
        (rho.index,) if rho.conjugate_index == rho.index else (rho.index, rho.conjugate_index)
        for rho in irreps
        if rho.index <= rho.conjugate_index
    ]
    labels = ["+".join(irreps[k].label for k in pair) for pair in pairs]
    return labels, pairs, [irreps[pair[0]].degree for pair in pairs]


@dataclass
class _Sums:
    """What one pass over all pairs collects: averages of the hidden layer and of the logits, and the loss."""

    of_a: Array  # (n, m): the mean over b
    of_b: Array
    of_ab: Array  # the mean over all a, b with this product
    energy: float  # of the hidden layer, columns centred
    logits_of_ab: Array | None  # (n, n)
    logit_energy: float  # centred over c
    loss: float
    correct: float


def _accumulated(network: _Network, table: Array) -> _Sums:
    n, m = network.order, network.neurons
    of_a, of_b, of_ab = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, m))
    logits_of_ab: Array | None = None
    squares, logit_energy, loss, correct = 0.0, 0.0, 0.0, 0.0
    for a, hidden, logits in network.slices():
        if hidden is not None:
            of_a[a] = hidden.mean(axis=0)
            of_b += hidden / n
            # The row a of a table is a permutation: each product once.
            of_ab[table[a]] += hidden / n
            squares += float(np.einsum("ij,ij->", hidden, hidden))
        if logits is not None:
            if logits_of_ab is None:
                logits_of_ab = np.zeros((n, n))
            logits_of_ab[table[a]] += logits / n
            centred = logits - logits.mean(axis=1, keepdims=True)
            logit_energy += float(np.einsum("ij,ij->", centred, centred))
            loss += float(_cross_entropy(logits, table[a]).sum())
            correct += float((logits.argmax(axis=1) == table[a]).sum())
        else:
            loss = correct = math.nan
    mean = of_a.mean(axis=0)
    energy = max(squares - n * n * float(mean @ mean), 0.0)
    return _Sums(of_a - mean, of_b - mean, of_ab - mean, energy, logits_of_ab, logit_energy, loss, correct)


def _cross_entropy(logits: Array, right: Array) -> Array:
    largest = logits.max(axis=1, keepdims=True)
    normaliser = np.log(np.exp(logits - largest).sum(axis=1)) + largest[:, 0]
    return np.asarray(normaliser - np.take_along_axis(logits, right[:, None], axis=1)[:, 0])


def _logit_similarities(group: Group, sums: _Sums, irreps: list[tuple[int, ...]]) -> Array:
    """cos(logits - mean_c, chi(a b c^-1)) for the real character of each component."""
    if sums.logits_of_ab is None:
        return np.full(len(irreps), np.nan)
    n = group.order
    # Sum over the pairs (z, c) with z c^-1 = x, then over classes.
    quotient = group.table[:, group.inverses].astype(np.int64)
    by_element = np.bincount(quotient.ravel(), weights=sums.logits_of_ab.ravel(), minlength=n)
    of_element = group.conjugacy_classes.of_element
    by_class = np.bincount(of_element, weights=by_element, minlength=len(group.conjugacy_classes))
    result = np.zeros(len(irreps))
    norm = math.sqrt(sums.logit_energy)
    if not norm > 0:
        return result
    for k, pair in enumerate(irreps[1:], start=1):
        character = np.sum([group.irreps[i].character for i in pair], axis=0).real
        # |chi|^2 over all a, b, c is n^3 for every irreducible constituent.
        result[k] = n * float(character @ by_class) / (norm * math.sqrt(len(pair) * float(n) ** 3))
    return result


def _hidden_shares(group: Group, sums: _Sums) -> Array:
    """(3, components): shares of the centred hidden layer in rho(a), rho(b), rho(ab)."""
    count = len(_real_components(group)[0])
    if not sums.energy > 0 or not sums.of_a.size:
        return np.full((3, count), np.nan)
    stacked = np.concatenate([sums.of_a.T, sums.of_b.T, sums.of_ab.T])
    scale = float(np.abs(stacked).max()) or 1.0
    rows = np.ascontiguousarray(stacked / scale)
    found = _core.row_harmonics(rows, group._core, group.irreps._core, 0.0, 0.0, 0.0, with_spans=False)
    energies = found["energies"].reshape(3, -1, count).sum(axis=1)
    return np.asarray(energies * (scale**2 * group.order / sums.energy))


def _losses(
    network: _Network,
    table: Array,
    group: Group,
    sums: _Sums,
    keys: list[bool],
    irreps: list[tuple[int, ...]],
    train: Array,
) -> tuple[float, float]:
    """Cross-entropies with nothing but rho(ab) of the key components, and without just that."""
    if network.unembedding is None or not sums.of_ab.size or sums.logits_of_ab is None:
        return math.nan, math.nan
    n = group.order
    kernel = np.zeros(n)
    of_element = group.conjugacy_classes.of_element
    for key, pair in zip(keys, irreps, strict=True):
        for irrep in pair if key else ():
            rho = group.irreps[irrep]
            kernel += (rho.degree / n * rho.character[of_element]).real
    # P[g, h] = (d/n) chi(h^-1 g)
    projector = kernel[group.table[group.inverses].T]
    through_key = projector @ sums.of_ab @ network.unembedding
    restricted = float(_cross_entropy(through_key + network.bias, np.arange(n)).mean())
    total = 0.0
    for a, _, logits in network.slices():
        if logits is None or not train[a].any():
            continue
        without = logits - through_key[table[a]]
        total += float(_cross_entropy(without, table[a])[train[a]].sum())
    return restricted, total / float(train.sum())
