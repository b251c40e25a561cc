"""Tables out of composition networks: the scores of their weights, rounded, closed to a group and read back."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..errors import ArgumentError, GroupTooLargeError
from ..weights.arrays import as_array
from .layouts import networks_of
from .networks import CompositionNetwork, Logits
from .reasons import LARGEST_LOG10_CHANCE
from .result import Candidate, ReadOut, Reconstruction, as_quotient, distinct_groups

__all__ = ["from_factors", "from_logits"]

# Rows of scores that are rounded before the search gives up.
_ROWS = 64
# Orders up to which all rows may be computed to repair them by each other: cheap scores, and others.
_REPAIR_NATIVE, _REPAIR = 1024, 128
# Activations that were only guessed are searched up to this order. Beyond it the search ends when the best of the first
# rows is hardly above rows of the same network with its hidden units shuffled: tables were found from 6 % on.
_LARGEST_GUESS = 256
_FIRST_ROWS, _SHUFFLED_ROWS, _HOPELESS = 12, 4, 1.025
# All pairs are read back when that costs at most this many multiplications; the second figure, when every pair seen
# so far agrees. Else as many rows as the search looks at, unless the caller asks for all.
_CHEAP, _AFFORDABLE = 2e9, 2e10
_SAMPLED_ROWS = 8
# Logits come from Python, a row of n questions each: all of them up to this order.
_LARGEST_LOGITS_ORDER = 256
_LARGEST_LATIN_ORDER = 128
_LARGEST_ORDER = 8192
# Where shapes do not tell the elements from the hidden units, the second reading is tried up to this order.
_LARGEST_READING = 2048
# A second group leaves the question open when its chance has this share of the exponent and its scores this share of
# the agreement.
_RIVAL_CHANCE, _RIVAL_AGREEMENT = 0.7, 0.9
# Columns nearer than this are taken as equal even when a table of all columns was found.
_EQUAL_COLUMNS = 0.02
# The scores of columns that coincide are equal, so no more than half of the largest ones can be right.
_TOLD_APART = 0.6
# Two groups can share a good half of their tables. Below the second agreement of the rounded rows, more than this share
# of rows or columns far below the mean is no noise.
_HARDLY, _MOSTLY, _FEW = 0.7, 0.9, 0.1


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class _Source:
    """Scores with a name; ``cost`` of a row in multiplications, 0 where Python gives them."""

    name: str
    scores: _core.ScoreSource
    cost: float
    guessed: bool = False
    shuffled: Callable[[], _core.ScoreSource] | None = None


def from_factors(
    factors: Any,
    *,
    axis: int | Sequence[int] | None,
    order: int | None,
    activation: str | Callable[[Any], Any] | None,
    logits: Any,
    exhaustive: bool,
    seed: int,
) -> Reconstruction:
    """Find the table in the factors of a network; the arguments are those of :func:`peterweyl.reconstruct`."""
    networks = [factors] if isinstance(factors, CompositionNetwork) else networks_of(factors, axis, order)
    best: Reconstruction | None = None
    for network in networks:
        if best is not None and network.order > _LARGEST_READING:
            n, hidden = network.left.shape
            left_out = f"{n} elements and {hidden} hidden units were not looked at: give order="
            return replace(best, detail="; ".join(filter(None, (best.detail, left_out))))
        result = _from_network(network, activation, logits, exhaustive, seed)
        if result.table is not None and result.reason != "noise":
            return result
        # Of readings that tell nothing, the first.
        if best is None or (result.reason == "quotient" and best.reason != "quotient"):
            best = result
    assert best is not None
    return best


def from_logits(logits: Any, order: int | None, exhaustive: bool, seed: int) -> Reconstruction:
    """Find the table in logits alone."""
    return _solve([_logits_source(logits, order)], "logits", exhaustive, seed)


def _from_network(
    network: CompositionNetwork,
    activation: str | Callable[[Any], Any] | None,
    logits: Any,
    exhaustive: bool,
    seed: int,
) -> Reconstruction:
    n, hidden = network.left.shape
    cost = float(n) * n * hidden
    weights = (network.left, network.right, network.out)

    def source(name: str, guessed: bool = False) -> _Source:
        def scores(out: NDArray[np.float32]) -> _core.ScoreSource:
            if name == "trilinear":
                return _core.ScoreSource.trilinear(network.left, network.right, out)
            return _core.ScoreSource.network(network.left, network.right, out, network.out_bias, name)

        def shuffled() -> _core.ScoreSource:
            return scores(network.out[:, np.random.default_rng(seed).permutation(hidden)])

        return _Source(name, scores(network.out), cost, guessed, shuffled)

    sources = [source("trilinear")]
    function = logits if logits is not None else network.logits
    named = activation if activation is not None else network.activation
    if function is not None:
        sources.append(_logits_source(function, n))
    if callable(named):
        sources.append(_activation_source(network, named))
    elif named is not None:
        sources.append(source(named))
    elif function is None:
        sources += [source(name, guessed=True) for name in ("relu", "quadratic")]
    constant = [k for k, x in zip(("W_a", "W_b", "W_U"), weights, strict=True) if _is_constant(x)]
    if constant and n > 1:
        return Reconstruction(
            source="factors",
            reason="no_information",
            detail=f"no information: {' and '.join(constant)} is the same for all elements",
            columns=n,
            seed=seed,
        )
    result = _solve(sources, "factors", exhaustive, seed)
    if result.certified:
        return result
    return _quotient(network, result, seed) or result


def _is_constant(array: NDArray[np.float32]) -> bool:
    spread = float(np.abs(array - array.mean(axis=0, dtype=np.float64)).max(initial=0.0))
    return spread <= 1e-6 * float(np.abs(array).max(initial=0.0))


def _activation_source(network: CompositionNetwork, activation: Callable[[Any], Any]) -> _Source:
    bias = 0.0 if network.out_bias is None else network.out_bias

    def row(a: int) -> Any:
        return np.asarray(activation(network.left[a] + network.right)) @ network.out.T + bias

    name = getattr(activation, "__name__", "activation")
    return _Source(name, _core.ScoreSource.function(network.order, row), 0.0)


def _logits_source(logits: Any, order: int | None) -> _Source:
    """Logits (n, n, n) as [a, b, c], or a function of operands (k,), (k,) that gives (k, n)."""
    if callable(logits):
        if order is None:
            raise ArgumentError(
                "order: expected the number of elements together with a function as logits, got None"
            )
        function: Logits = logits
        second = np.arange(order, dtype=np.int64)

        def ask(a: int) -> Any:
            answer = np.asarray(as_array(function(np.full(order, a, dtype=np.int64), second), "logits"))
            if answer.ndim != 2 or answer.shape[0] != order or answer.shape[1] < order:
                raise ArgumentError(
                    f"logits: expected shape ({order}, {order}) from the function, got {answer.shape}"
                )
            return _scaled(answer[:, :order])

        return _Source("logits", _core.ScoreSource.function(order, ask), 0.0)
    array = np.asarray(as_array(logits, "logits"))
    if array.ndim == 2 and array.shape[0] == array.shape[1] ** 2:
        array = array.reshape(array.shape[1], array.shape[1], array.shape[1])
    if array.ndim != 3 or len(set(array.shape)) != 1 or (order is not None and len(array) != order):
        wanted = "(n, n, n)" if order is None else f"({order}, {order}, {order})"
        raise ArgumentError(f"logits: expected shape {wanted} or a function, got {array.shape}")
    return _Source("logits", _core.ScoreSource.function(len(array), lambda a: _scaled(array[a])), 0.0)


def _scaled(scores: NDArray[Any]) -> NDArray[Any]:
    """Real scores about zero, within the range of single precision."""
    real = np.real(scores).astype(np.float64)
    real = real - real.mean(axis=1, keepdims=True)
    largest = float(np.abs(real).max(initial=0.0))
    return np.asarray(real if 1e-20 < largest < 1e30 or largest == 0 else real / largest)


def _solve(sources: Sequence[_Source], kind: str, exhaustive: bool, seed: int) -> Reconstruction:
    """The table by the first source that tells one, checked by all of them."""
    n = sources[0].scores.order
    if n > _LARGEST_ORDER:
        raise GroupTooLargeError(
            f"{kind}: expected at most {_LARGEST_ORDER} elements, got {n}: a row of scores takes {4 * n * n:,} bytes",
            n,
            _LARGEST_ORDER,
        )
    found: list[dict[str, Any]] = []
    rows = 0
    for source in sources:
        if n > _LARGEST_GUESS and source.guessed:
            continue
        native = source.cost and source.cost * n <= 10 * _AFFORDABLE
        answer = _first_rows(source, seed)
        if answer is None:
            answer = source.scores.search(seed, _ROWS, _REPAIR_NATIVE if native else _REPAIR)
        if not found or (answer["candidates"] and _rank(answer["candidates"][0]) < _rank(found[0])):
            found, rows, by = answer["candidates"], answer["rows"], source
        if found and found[0]["log10_chance"] <= LARGEST_LOG10_CHANCE:
            break
    if not found:
        return _no_group(sources[-1] if len(sources) == 2 else sources[0], kind, n, seed)
    best = found[0]
    candidates = distinct_groups(
        [
            Candidate(
                table=_frozen(raw["table"]),
                reason="fits" if index == 0 else "fits_less",
                log10_chance=raw["log10_chance"],
                fit=1.0 - raw["agreement"],
            )
            for index, raw in enumerate(found)
        ]
    )
    read_out = _read_out(sources, by, best, rows, exhaustive, seed)
    chance = best["log10_chance"]
    if read_out.complete:
        chance = min(chance, _read_out_chance(n, read_out.agreeing))
    rival = any(
        raw["log10_chance"] <= min(_RIVAL_CHANCE * best["log10_chance"], LARGEST_LOG10_CHANCE)
        and raw["agreement"] >= _RIVAL_AGREEMENT * best["agreement"]
        and not candidates[0].group.is_isomorphic(Candidate(raw["table"]).group)
        for raw in found[1:]
    )
    certified = False
    if n == 1:
        reason = "no_information"
    elif chance > LARGEST_LOG10_CHANCE:
        reason = "noise"
    elif (rival or _is_uneven(best)) and read_out.agreeing < read_out.pairs:
        reason = "ambiguous"
    else:
        certified = read_out.complete and read_out.agreeing == read_out.pairs
        reason = "certified" if certified else "uncertified"
    radius = max(0.0, read_out.smallest_margin) / 2
    residual = max(0.0, -read_out.smallest_margin) / 2
    fit = 1.0 - read_out.agreement
    first = replace(
        candidates[0], certified=certified, residual=residual, radius=radius, fit=fit, log10_chance=chance
    )
    table = first.table
    square, defect = (None, None) if reason != "noise" else _latin_square(by)
    return Reconstruction(
        source=kind,
        reason=reason,
        detail=_detail(reason, read_out),
        columns=n,
        certified=certified,
        table=table,
        identity=int(best["identity"]),
        left_right="abelian" if np.array_equal(table, table.T) else "known",
        residual=residual,
        radius=radius,
        fit=fit,
        log10_chance=chance,
        candidates=(first, *candidates[1:]),
        read_out=read_out,
        nearest_latin_square=square,
        light_defect=defect,
        seed=seed,
    )


def _first_rows(source: _Source, seed: int) -> dict[str, Any] | None:
    """The answer by a few rows of a large network, if they find a table or show no trace of one; else ``None``."""
    n = source.scores.order
    if n <= _LARGEST_GUESS or source.shuffled is None:
        return None
    answer: dict[str, Any] = source.scores.search(seed, _FIRST_ROWS, 0)
    if answer["candidates"]:
        return answer if answer["candidates"][0]["log10_chance"] <= LARGEST_LOG10_CHANCE else None
    chance = source.shuffled().search(seed, _SHUFFLED_ROWS, 0)["row_scores"]
    return answer if max(answer["row_scores"]) < _HOPELESS * float(np.median(chance)) else None


def _is_uneven(raw: dict[str, Any]) -> bool:
    """Whether so much contradicts the table, or whole rows do, that another group may share the part that agrees."""
    agreement = raw["rounded_agreement"]
    return bool(agreement < _HARDLY or (agreement < _MOSTLY and raw["uneven"] > _FEW))


def _rank(raw: dict[str, Any]) -> tuple[float, float]:
    significant = raw["log10_chance"] <= LARGEST_LOG10_CHANCE
    return (-raw["rounded_agreement"] if significant else 0.0, raw["log10_chance"])


def _frozen(table: NDArray[np.int64]) -> NDArray[np.int64]:
    table.setflags(write=False)
    return table


def _read_out(
    sources: Sequence[_Source], by: _Source, best: dict[str, Any], rows: int, exhaustive: bool, seed: int
) -> ReadOut:
    """The first source whose largest scores are the table everywhere; if there is none, the best."""
    n = by.scores.order
    kept: ReadOut | None = None
    for source in [by, *(s for s in sources if s is not by)]:
        if kept is not None and source.guessed and source.cost * n > _AFFORDABLE and not exhaustive:
            continue
        agreeing = source is not by or best["agreement"] == 1.0
        if source.cost:
            limit = math.inf if exhaustive else _AFFORDABLE if agreeing else _CHEAP
            complete = source.cost * n <= limit
        else:
            complete = exhaustive or n <= _LARGEST_LOGITS_ORDER
        count = min(n, _SAMPLED_ROWS)
        raw = source.scores.read_out(best["table"], count, seed + 1)
        if (
            count < n
            and complete
            and (raw["agreeing"] == raw["pairs"] or source.cost * n <= _CHEAP or exhaustive)
        ):
            raw = source.scores.read_out(best["table"], n, seed + 1)
        found = ReadOut(
            source=source.name,
            rows=rows,
            exact_rows=best["exact_rows"],
            identity_votes=best["identity_votes"],
            identity_voters=best["identity_voters"],
            **raw,
        )
        if found.agreeing == found.pairs and found.complete:
            return found
        if kept is None or found.agreement > kept.agreement:
            kept = found
    assert kept is not None
    return kept


def _read_out_chance(n: int, agreeing: int) -> float:
    """log10 of a bound on the chance that pairs with random results agree so often with some labelled group table."""
    if n == 1:
        return 0.0
    pairs = n * n
    share, chance = agreeing / pairs, 1.0 / n
    if share <= chance:
        return 0.0
    entropy = share * math.log(share / chance)
    if share < 1:
        entropy += (1 - share) * math.log((1 - share) / (1 - chance))
    return float(min(0.0, (_core.log_labelled_tables(n) - pairs * entropy) / math.log(10.0)))


def _detail(reason: str, out: ReadOut) -> str:
    if reason == "certified":
        form = {"trilinear": "the trilinear form of the weights", "logits": "the logits given"}.get(
            out.source, f"the network with the activation {out.source}"
        )
        return f"every one of the {out.pairs:,} pairs has its product as the largest score of {form}"
    if reason == "ambiguous":
        return "too many pairs contradict the table: a group that shares the others may fit as well"
    if reason != "uncertified":
        return ""
    if out.agreeing == out.pairs:
        return (
            f"all of the {out.pairs:,} pairs looked at have their product as the largest score; exhaustive=True looks "
            f"at all of them"
        )
    others = out.pairs - out.agreeing
    return f"{others:,} of {out.pairs:,} pairs have another result as the largest score ({out.source})"


def _latin_square(source: _Source) -> tuple[NDArray[np.int64] | None, float | None]:
    if source.scores.order > _LARGEST_LATIN_ORDER:
        return None, None
    square, defect = source.scores.latin_square()
    return square, float(defect)


def _no_group(source: _Source, kind: str, n: int, seed: int) -> Reconstruction:
    square, defect = _latin_square(source)
    detail = ""
    if defect is not None:
        detail = f"the nearest Latin square found fails {100 * defect:.1f} % of Light's associativity test"
    return Reconstruction(
        source=kind,
        reason="no_group_found",
        detail=detail,
        columns=n,
        nearest_latin_square=square,
        light_defect=defect,
        seed=seed,
    )


def _quotient(network: CompositionNetwork, full: Reconstruction, seed: int) -> Reconstruction | None:
    """The table of the cosets, where columns coincide and the cosets tell more than the columns."""
    n = network.order
    out = full.read_out
    if not 1 < n <= 2048 or (out is not None and out.agreement > _TOLD_APART):
        return None
    squared = np.zeros((n, n))
    for array in (network.left, network.right, network.out):
        centred = (array - array.mean(axis=0)).astype(np.float64)
        centred /= np.sqrt(np.mean(np.sum(centred**2, axis=1)))
        gram = centred @ centred.T
        norms = np.diag(gram)
        squared += np.maximum(norms[:, np.newaxis] + norms - 2 * gram, 0.0) / 3
    classes, inner = _core.coincident_columns(squared)
    if not classes or len(classes) == n:
        return None
    out = full.read_out
    if (
        inner > _EQUAL_COLUMNS
        and out is not None
        and out.exact_rows * 2 >= out.rows
        and full.reason != "noise"
    ):
        return None
    left, right, out_factor = (
        np.stack([x[members].mean(axis=0) for members in classes]).astype(np.float32)
        for x in (network.left, network.right, network.out)
    )
    cosets = tuple(tuple(int(x) for x in members) for members in classes)
    if len(classes) == 1:
        return None
    source = _Source("trilinear", _core.ScoreSource.trilinear(left, right, out_factor), 1.0)
    quotient = _solve([source], "factors", False, seed)
    if quotient.table is None or quotient.log10_chance > LARGEST_LOG10_CHANCE:
        return None
    return as_quotient(
        quotient, n, cosets, f"the columns of each coset coincide within {inner:.1g} of their size"
    )
