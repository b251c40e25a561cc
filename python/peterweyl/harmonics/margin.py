"""How large the normalised margin of a network that learns a group can be, and how large that of given weights is.

The network is ``f(a, b) = sum_i (u_i(a) + v_i(b))**2 w_i`` with values in R^n, its margin the smallest
``f(a, b)[ab] - f(a, b)[c]`` over all a, b and all c other than ab, divided by the cube of
``(sum_i |(u_i, v_i, w_i)|**3)**(1/3)``, the L_{2,3} norm.

For every finite group the largest value is that of a small linear programme over irreps and classes::

    gamma*(G) = max over p >= 0, sum p = 1, of  min over C != {e} of  sum_R p_R beta_R (d_R - Re chi_R(C)),
    beta_R = 2 / (3 sqrt 3) c_R |G|**-1.5 d_R**-1.5,   c_R = 1 for real types, 1/sqrt 2 for complex and quaternionic

over the non-trivial irreps up to conjugation. Morwani et al. (ICLR 2024) prove the case of real irreps under a
condition on signs; the upper bound for the general case is the dual programme with Cauchy–Schwarz over irreps, the
lower bound an explicit network that is an orbit of the group.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError
from ..groups import Group
from ..groups import group as group_from_spec
from ..weights import as_array
from .composition_input import factors_of

__all__ = [
    "MarginMeasure",
    "MaximalMargin",
    "ParityMargin",
    "maximal_margin",
    "measure_margin",
    "measure_parity_margin",
    "parity_margin",
]

Array = NDArray[Any]

# An irrep that is worth less than the value by this is not used: the programme is solved to 1e-9.
_UNUSED = 1e-7
# Inputs of a parity network are enumerated.
_PARITY_BITS = 24
# Pairs (a, b) whose outputs are held at once.
_OUTPUTS_AT_ONCE = 1 << 22


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class MaximalMargin:
    """The largest normalised L_{2,3} margin that a quadratic network can have on a group.

    Attributes:
        value: gamma*.
        shares: of ``sum_i |(u_i, v_i, w_i)|**3`` for each non-trivial irrep up to conjugation, by label; the optimum
            may have several.
        unused: labels of the irreps that no optimum uses: the dual prices them below the value.
        closed_form: ``2 / (3 sqrt(3 n)) / sum_R d_R**2.5 / c_R`` over all non-trivial irreps.
        closed_form_holds: whether the sum of signs is negative for every class, so that it equals ``value``.
        binding_classes: positions of the classes at which the margin is attained.
    """

    value: float
    shares: Mapping[str, float]
    unused: tuple[str, ...]
    closed_form: float
    closed_form_holds: bool
    binding_classes: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as JSON can hold it."""
        return {
            "value": self.value,
            "shares": dict(self.shares),
            "unused": list(self.unused),
            "closed_form": self.closed_form,
            "closed_form_holds": self.closed_form_holds,
            "binding_classes": list(self.binding_classes),
        }


@dataclass(frozen=True, eq=False)
class MarginMeasure:
    """The margin of given weights beside the largest possible one.

    Attributes:
        margin: the smallest difference between the right output and any other, negative where one is wrong.
        norm: L_{2,3}.
        normalised: ``margin / norm**3``.
        ratio: ``normalised / gamma*``: 1 for a max-margin network.
        maximal: the largest possible, with its shares.
        shares: of ``sum_i |(u_i, v_i, w_i)|**3`` by the irrep that holds most of neuron i.
        neuron_purity: (m,) the share of the combined energy of u_i, v_i and w_i, without their means, in that irrep.
        neuron_irrep: (m,) its position among ``maximal.shares``; -1 for dead neurons.
        live_neurons: neurons with more than 1e-6 of the energy of the strongest.
        phase_residual: for cyclic groups the energy-weighted mean of ``|theta_u + theta_v - theta_w|``, wrapped;
            ``None`` for other groups.
    """

    margin: float
    norm: float
    normalised: float
    ratio: float
    maximal: MaximalMargin
    shares: Mapping[str, float]
    neuron_purity: Array
    neuron_irrep: Array
    live_neurons: int
    phase_residual: float | None

    def to_dict(self) -> dict[str, Any]:
        """Everything but the arrays as JSON can hold it."""
        return {
            "margin": self.margin,
            "norm": self.norm,
            "normalised": self.normalised,
            "ratio": self.ratio,
            "maximal": self.maximal.to_dict(),
            "shares": dict(self.shares),
            "neuron_purity_median": float(np.median(self.neuron_purity[self.neuron_irrep >= 0]))
            if self.live_neurons
            else None,
            "live_neurons": self.live_neurons,
            "phase_residual": self.phase_residual,
        }


@dataclass(frozen=True)
class _Characters:
    """Non-trivial irreps up to conjugation: real parts of the characters on the classes that are not the identity."""

    labels: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    degrees: Array
    factors: Array
    real_parts: Array


def _labels(degrees: Array, indicators: Array) -> tuple[str, ...]:
    """The labels of the irreps: the rows of a character table are in their order."""
    numbers: Counter[str] = Counter()
    labels: list[str] = []
    for degree, indicator in zip(degrees, indicators, strict=True):
        family = str(int(degree)) + {1: "r", 0: "c", -1: "q"}[int(indicator)]
        numbers[family] += 1
        labels.append(f"{family}#{numbers[family]}" if labels else "trivial")
    return tuple(labels)


def _characters(group: Group) -> _Characters:
    exact = getattr(group, "character_table", None)
    if exact is not None:
        values = np.asarray(exact.values)
        degrees = np.asarray(exact.degrees, dtype=float)
        indicators = np.asarray(exact.indicators)
        same = np.abs(values[:, None, :] - values[None, :, :].conj()).max(axis=2) < 1e-9
        conjugates = same.argmax(axis=1)
        labels = _labels(degrees, indicators)
    else:
        irreps = group.irreps
        values = np.array([rho.character for rho in irreps])
        degrees = np.array([rho.degree for rho in irreps], dtype=float)
        indicators = np.array([rho.indicator for rho in irreps])
        conjugates = np.array([rho.conjugate_index for rho in irreps])
        labels = tuple(rho.label for rho in irreps)
    chosen = [k for k in range(1, len(degrees)) if k <= conjugates[k]]
    members = tuple((k,) if conjugates[k] == k else (k, int(conjugates[k])) for k in chosen)
    return _Characters(
        labels=tuple("+".join(labels[k] for k in pair) for pair in members),
        members=members,
        degrees=degrees[chosen],
        factors=np.where(indicators[chosen] == 1, 1.0, math.sqrt(0.5)),
        real_parts=values[chosen, 1:].real,
    )


def maximal_margin(group: Group | str) -> MaximalMargin:
    """The largest normalised L_{2,3} margin of a quadratic network on a group, for every finite group.

    Args:
        group: a group or a spec, of order 2 or more.

    Returns:
        The value, how a network that attains it divides its norm among the irreps, and which it does not use.

    Raises:
        ArgumentError: the trivial group has no margin.

    Complexity:
        The characters, then a linear programme with one variable an irrep and one constraint a class.

    Example:
        >>> from peterweyl.harmonics import maximal_margin
        >>> best = maximal_margin("A5")
        >>> f"{best.value:.6e}", best.closed_form_holds, best.unused
        ('4.315709e-04', False, ('5r#1',))
    """
    tested = group_from_spec(group) if isinstance(group, str) else group
    n = tested.order
    if n < 2:
        raise ArgumentError("group: expected a group of order 2 or more, the trivial one has no margin")
    characters = _characters(tested)
    d, c = characters.degrees, characters.factors
    beta = 2 / (3 * math.sqrt(3)) * c * n**-1.5 * d**-1.5
    payoff = beta[:, None] * (d[:, None] - characters.real_parts)
    value, shares, prices = _core.solve_matrix_game(payoff)
    # All non-trivial irreps count in the closed form: a pair of conjugates twice.
    counts = np.array([len(pair) for pair in characters.members])
    closed = 2 / (3 * math.sqrt(3 * n)) / float(np.sum(counts * d**2.5 / c))
    signs = (counts * d**1.5 / c) @ characters.real_parts
    guarantees = shares @ payoff
    binding = np.flatnonzero(guarantees <= value * (1 + 1e-9)) + 1
    return MaximalMargin(
        value=float(value),
        shares=MappingProxyType(dict(zip(characters.labels, map(float, shares), strict=True))),
        unused=tuple(
            label
            for label, worth in zip(characters.labels, payoff @ prices, strict=True)
            if worth < value * (1 - _UNUSED)
        ),
        closed_form=closed,
        closed_form_holds=bool((signs < 0).all()),
        binding_classes=tuple(int(k) for k in binding),
    )


def _smallest_margin(u: Array, v: Array, w: Array, table: Array) -> float:
    """The smallest f(a, b)[ab] - f(a, b)[c], c != ab; u, v, w are (m, n). O(n^3 m), a slice of a at a time."""
    n = len(table)
    squares_u, squares_v = (u**2).T @ w, (v**2).T @ w
    smallest = math.inf
    step = max(1, _OUTPUTS_AT_ONCE // (n * max(n, len(u))))
    for first in range(0, n, step):
        a = slice(first, first + step)
        products = (2 * u[:, a].T[:, None, :] * v.T[None, :, :]).reshape(-1, len(u))
        outputs = (products @ w).reshape(-1, n, n)
        outputs += squares_u[a][:, None, :] + squares_v[None, :, :]
        right = table[a].astype(np.int64)[..., None]
        values = np.take_along_axis(outputs, right, axis=2)[..., 0]
        np.put_along_axis(outputs, right, -math.inf, axis=2)
        smallest = min(smallest, float((values - outputs.max(axis=2)).min()))
    return smallest


def measure_margin(
    u: Any, v: Any, w: Any, group: Group | str, *, axes: tuple[int, int, int] | None = None
) -> MarginMeasure:
    """Measure the normalised margin of a quadratic network ``f(a, b) = sum_i (u_i(a) + v_i(b))**2 w_i``.

    Args:
        u: (m, n) real, the weights of the first factor; any layout with ``axes``.
        v: (m, n) real, those of the second.
        w: (m, n) or (n, m) real, those of the outputs.
        group: the group, or a spec; its table says which output is right.
        axes: the axis of the group in each of the three; told by the shapes where they leave no doubt.

    Returns:
        The margin beside the largest possible one, and how the norm is divided among the irreps.

    Raises:
        ArgumentError: shapes that do not fit together.

    Complexity:
        O(n**3 m).

    Example:
        >>> import peterweyl as pw
        >>> from peterweyl import examples
        >>> from peterweyl.harmonics import measure_margin
        >>> weights = pw.load_weights(examples.path("composition_s4"))
        >>> found = measure_margin(weights["U"], weights["V"], weights["W"], "S4")
        >>> 0.85 < found.ratio < 1
        True
    """
    tested = group_from_spec(group) if isinstance(group, str) else group
    first, second, out = factors_of((u, v, w), tested, axes, ("u", "v", "w"))
    maximal = maximal_margin(tested)
    margin = _smallest_margin(first, second, out, tested.table)
    sizes = np.sqrt((first**2).sum(axis=1) + (second**2).sum(axis=1) + (out**2).sum(axis=1))
    cube = float((sizes**3).sum())
    normalised = margin / cube if cube > 0 else 0.0
    shares, purity, best, live = _neuron_irreps(first, second, out, tested, sizes, maximal)
    return MarginMeasure(
        margin=margin,
        norm=cube ** (1 / 3),
        normalised=normalised,
        ratio=normalised / maximal.value,
        maximal=maximal,
        shares=shares,
        neuron_purity=purity,
        neuron_irrep=best,
        live_neurons=int(live.sum()),
        phase_residual=_phase_residual(first, second, out, tested, live),
    )


def _neuron_irreps(
    u: Array, v: Array, w: Array, group: Group, sizes: Array, maximal: MaximalMargin
) -> tuple[Mapping[str, float], Array, Array, Array]:
    m = len(u)
    stacked = np.ascontiguousarray(np.concatenate([u, v, w]), dtype=np.float64)
    scale = float(np.abs(stacked).max(initial=0.0)) or 1.0
    found = _core.row_harmonics(
        stacked / scale, group._core, group.irreps._core, 0.0, 0.0, 0.0, with_spans=False
    )
    energies = found["energies"].reshape(3, m, -1).sum(axis=0)[:, 1:]
    totals = energies.sum(axis=1)
    live = totals > 1e-6 * totals.max(initial=0.0)
    best = np.where(live, energies.argmax(axis=1), -1)
    purity = np.divide(energies.max(axis=1), totals, out=np.zeros(m), where=totals > 0)
    cubes = sizes**3
    whole = float(cubes.sum()) or 1.0
    shares = {label: float(cubes[best == k].sum()) / whole for k, label in enumerate(maximal.shares)}
    return MappingProxyType(shares), purity, best, live


def _phase_residual(u: Array, v: Array, w: Array, group: Group, live: Array) -> float | None:
    """How far the phases of each neuron at its strongest frequency miss theta_u + theta_v = theta_w."""
    n = group.order
    if not group.name.startswith("C") or not group.name[1:].isdigit() or n < 3 or not live.any():
        return None
    spectra = [np.fft.rfft(x[live], axis=1)[:, 1:] for x in (u, v, w)]
    energy = sum(np.abs(x) ** 2 for x in spectra)
    k = np.asarray(energy).argmax(axis=1)[:, None]
    phases = [np.angle(np.take_along_axis(x, k, axis=1)[:, 0]) for x in spectra]
    residual = np.abs(np.angle(np.exp(1j * (phases[0] + phases[1] - phases[2]))))
    strength = np.take_along_axis(np.asarray(energy), k, axis=1)[:, 0]
    return float(residual @ strength / strength.sum())


def parity_margin(k: int) -> float:
    """The largest normalised L_{2,k+1} margin of a network with activation x**k on a parity of k bits.

    It does not depend on the number of bits that are no part of the parity (Morwani et al., ICLR 2024, theorem 8):
    ``k! sqrt(2 / (k + 1)**(k + 1))``.

    Args:
        k: the number of bits, 2 or more.

    Example:
        >>> from peterweyl.harmonics import parity_margin
        >>> [f"{parity_margin(k):.8f}" for k in (2, 3, 4)]
        ['0.54433105', '0.53033009', '0.60715731']
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 2:
        raise ArgumentError(f"k: expected an integer of 2 or more, got {k!r}")
    return math.factorial(k) * math.sqrt(2 * (k + 1.0) ** -(k + 1))


@dataclass(frozen=True)
class ParityMargin:
    """The margin of given weights on a sparse parity.

    Attributes:
        margin: the smallest difference between the right and the wrong output over all inputs.
        normalised: ``margin / norm**(k+1)`` with the L_{2,k+1} norm.
        ratio: ``normalised / parity_margin(k)``: 1 for a max-margin network.
        support_energy: the share of the energy of the first layer on the bits of the parity.
    """

    margin: float
    normalised: float
    ratio: float
    support_energy: float


def measure_parity_margin(u: Any, w: Any, bits: Sequence[int]) -> ParityMargin:
    """Measure the margin of ``f(x) = sum_i (u_i . x)**k w_i`` on the parity of k of n bits, x in {-1, 1}^n.

    Args:
        u: (m, n) real, the first layer.
        w: (m, 2) real; output 0 stands for an even, output 1 for an odd number of bits that are -1.
        bits: the k positions of the parity.

    Returns:
        The margin beside the largest possible one.

    Raises:
        ArgumentError: shapes that do not fit, more than 24 bits, or positions that are none.

    Complexity:
        O(2**n m n).

    Example:
        >>> import numpy as np
        >>> from peterweyl.harmonics import measure_parity_margin
        >>> signs = np.array([[1.0, 1, 0], [1, -1, 0]])
        >>> w = np.array([[1.0, -1], [-1, 1]]) / np.sqrt(2)
        >>> f"{measure_parity_margin(signs, w, [0, 1]).ratio:.6f}"
        '1.000000'
    """
    first, out = as_array(u, "u"), as_array(w, "w")
    if first.ndim != 2 or out.shape != (len(first), 2) or first.dtype.kind == "c" or out.dtype.kind == "c":
        raise ArgumentError(
            f"w: expected real u (m, n) and w (m, 2), got shapes {first.shape} and {out.shape}"
        )
    n, k = first.shape[1], len(bits)
    if n > _PARITY_BITS:
        raise ArgumentError(f"u: expected at most {_PARITY_BITS} bits, all inputs are tried; got {n}")
    if k < 2 or len(set(bits)) != k or not all(0 <= b < n for b in bits):
        raise ArgumentError(f"bits: expected two or more different positions below {n}, got {list(bits)}")
    smallest = math.inf
    for start in range(0, 2**n, 1 << 14):
        index = np.arange(start, min(2**n, start + (1 << 14)))
        x = 1.0 - 2.0 * ((index[:, None] >> np.arange(n)) & 1)
        outputs = (x @ first.T) ** k @ out
        parity = x[:, list(bits)].prod(axis=1)
        smallest = min(smallest, float((parity * (outputs[:, 0] - outputs[:, 1])).min()))
    sizes = np.sqrt((first**2).sum(axis=1) + (out**2).sum(axis=1))
    power = float((sizes ** (k + 1)).sum())
    energy = float((first**2).sum())
    normalised = smallest / power if power > 0 else 0.0
    return ParityMargin(
        margin=smallest,
        normalised=normalised,
        ratio=normalised / parity_margin(k),
        support_energy=float((first[:, list(bits)] ** 2).sum()) / energy if energy > 0 else 0.0,
    )
