"""In which order do the columns of a weight matrix run through the elements of a group?

An element order is an array ``elements`` with one entry a column: the element that the column belongs to, in the
library's own numbering (``docs/conventions.md``). The orders below are those that people and programs write tables and
one-hot encodings in; ``element_orders`` lists them for a group, and ``verify(..., order=...)`` uses them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError, Error
from ..groups import Group, group

__all__ = ["ElementOrder", "column_scheme", "element_orders", "refines", "resolve_order"]

Elements = NDArray[np.int64]
ElementOrder = str | Sequence[int] | Mapping[str, Any] | NDArray[Any] | None

_NAMED = re.compile(r"(C|D|S|A|Q|Dic)(\d+)")
# SymPy enumerates in Python: beyond this the names of its orders are not offered by themselves.
_SYMPY_LIMIT = 5_040


def __dir__() -> list[str]:
    return __all__


def element_orders(group: Group) -> dict[str, Elements]:
    """The orders of elements that are in use for a group, by name.

    Args:
        group: a group; one made from a spec has the orders of its family.

    Returns:
        For each name the element of every column, (n,) int64. ``"native"``, the order of the library, comes first;
        orders that equal an earlier one are left out.

    Complexity:
        O(n) for each order; SymPy's orders are offered up to order 5,040.

    Example:
        >>> import peterweyl as pw
        >>> from peterweyl.harmonics import element_orders
        >>> {name: elements.tolist() for name, elements in element_orders(pw.group("D3")).items()}["r^k s^j"]
        [0, 3, 1, 4, 2, 5]
    """
    found: dict[str, Elements] = {}
    for name, elements in _known(group):
        if not any(np.array_equal(elements, other) for other in found.values()):
            found[name] = elements
    return found


def resolve_order(tested: Group, order: ElementOrder) -> tuple[str, Elements]:
    """The name and the elements of one order that a caller asked for, which is not ``"auto"``."""
    if order is None:
        return "native", np.arange(tested.order)
    if isinstance(order, str):
        for name, elements in _known(tested):
            if name == order:
                return name, elements
        names = ", ".join(map(repr, ["auto", *dict.fromkeys(name for name, _ in _known(tested))]))
        raise ArgumentError(f"order={order!r}: expected one of {names} or the element of every column")
    if isinstance(order, Mapping):
        if set(order) != {"breadth-first"}:
            raise ArgumentError(
                f"order: expected {{'breadth-first': generators}}, got a mapping with {sorted(map(str, order))}"
            )
        return "breadth-first", _breadth_first(tested, order["breadth-first"])
    elements = np.asarray(order)
    if elements.ndim != 1 or elements.dtype.kind not in "iu" or len(elements) != tested.order:
        raise ArgumentError(
            f"order: expected a name or the element of each of {tested.order} columns, "
            f"got shape {elements.shape}, dtype {elements.dtype}"
        )
    if not np.array_equal(np.sort(elements), np.arange(tested.order)):
        raise ArgumentError("order: expected every element once, some are missing or repeated")
    return "given", elements.astype(np.int64)


def column_scheme(tested: Group, elements: Elements, real: bool) -> NDArray[np.uint16]:
    """The isotypic components as spaces of functions on the columns, in a form that can be compared.

    The components are the eigenspaces of the relations "g^-1 h lies in this conjugacy class" between columns (for real
    rows a class and its inverse are one relation). Entry (i, j) is the number of the relation of columns i and j,
    numbered by where they first appear. Two hypotheses with equal arrays have equal components: no measure of
    energies, purities or ranks in them can tell one from the other, whatever the weights. O(n^2 log n).
    """
    of_element = tested.conjugacy_classes.of_element.astype(np.int64)
    if real:
        of_element = np.minimum(of_element, of_element[tested.inverses])
    inverses = tested.inverses[elements]
    relation = of_element[tested.table[np.ix_(inverses, elements)]]
    _, first, labels = np.unique(relation, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return rank[labels].reshape(relation.shape).astype(np.uint16)


def refines(finer: NDArray[np.uint16], coarser: NDArray[np.uint16]) -> bool:
    """Whether every component of one scheme is a sum of components of another: purity passes on to the coarser one."""
    pairs = np.unique(finer.astype(np.int64) * (int(coarser.max()) + 1) + coarser)
    return len(pairs) == int(finer.max()) + 1


def _known(tested: Group) -> Iterator[tuple[str, Elements]]:
    n = tested.order
    yield "native", np.arange(n)
    family = _NAMED.fullmatch(tested.name)
    kind, parameter = (family[1], int(family[2])) if family else ("", 0)
    if kind == "C":
        yield "exponent", np.arange(n)
        yield from _cyclic(n)
    elif kind == "D":
        yield "r^k, r^k s", np.arange(n)
        yield from _dihedral(parameter)
    elif kind in {"Dic", "Q"}:
        yield from _dicyclic(tested, n // 4)
    permutations = tested.permutations
    if permutations is not None:
        yield "lexicographic", np.lexsort(permutations.T[::-1]).astype(np.int64)
        # GAP compares permutations by their images, too.
        yield "gap", np.lexsort(permutations.T[::-1]).astype(np.int64)
        yield "lexicographic by inverses", np.lexsort(permutations[tested.inverses].T[::-1]).astype(np.int64)
    yield from _sympy(tested, kind, parameter)
    orders = _factor_orders(tested.name)
    if len(orders) > 1 and prod(orders) == n:
        yield "first factor fastest", np.arange(n).reshape(orders).T.reshape(-1)
    yield "breadth-first", _breadth_first(tested, tested.generators)


def _factor_orders(name: str) -> list[int]:
    """The orders of the factors of a direct product; empty where the name is not one of factors that are specs."""
    try:
        return [group(factor).order for factor in name.split(" x ")] if " x " in name else []
    except Error:
        return []


def _short_words_first(tested_orders: Sequence[int]) -> list[tuple[int, ...]]:
    """Exponents of collected words, in the order in which GAP sorts the elements of polycyclic groups."""
    words = itertools.product(*(range(order) for order in tested_orders))

    def letters(word: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        return sum(word), tuple(k for k, exponent in enumerate(word) for _ in range(exponent))

    return sorted(words, key=letters)


def _prime_factors(n: int) -> list[int]:
    factors, p = [], 2
    while n > 1:
        while n % p == 0:
            factors.append(p)
            n //= p
        p += 1
    return factors


def _exponent(word: Sequence[int], orders: Sequence[int]) -> int:
    """The power of the first generator, each next generator being the power of the one before by its order."""
    total, weight = 0, 1
    for digit, order in zip(word, orders, strict=True):
        total, weight = total + digit * weight, weight * order
    return total


def _cyclic(n: int) -> Iterator[tuple[str, Elements]]:
    primes = _prime_factors(n)
    yield "gap", np.array([_exponent(word, primes) for word in _short_words_first(primes)], dtype=np.int64)
    modulus = n + 1
    if modulus > 2 and len(_prime_factors(modulus)) == 1:
        powers = next(
            powers
            for powers in ([pow(root, k, modulus) for k in range(n)] for root in range(1, modulus))
            if len(set(powers)) == n
        )
        # Columns are the residues 1 ... p-1 under multiplication.
        yield "residues", np.argsort(powers).astype(np.int64)
    parts = sorted(p ** primes.count(p) for p in set(primes))
    if len(parts) > 1:
        residues = itertools.product(*(range(part) for part in parts))
        index = {tuple(k % part for part in parts): k for k in range(n)}
        yield "remainders", np.array([index[r] for r in residues], dtype=np.int64)


def _dihedral(n: int) -> Iterator[tuple[str, Elements]]:
    """Orders of r^k s^j; the library numbers r^k as k and r^k s as n + k."""
    k = np.arange(n)
    yield "r^k s^j", np.stack([k, n + k], axis=1).reshape(-1)
    # s r^k = r^-k s
    yield "r^k, s r^k", np.concatenate([k, n + (-k) % n])
    yield "s^j r^k interleaved", np.stack([k, n + (-k) % n], axis=1).reshape(-1)
    primes = _prime_factors(n)
    words = _short_words_first([2, *primes])
    rotations = [(word[0], _exponent(word[1:], primes)) for word in words]
    yield "gap", np.array([n + (-r) % n if s else r for s, r in rotations], dtype=np.int64)


def _dicyclic(tested: Group, n: int) -> Iterator[tuple[str, Elements]]:
    """Orders of x^j a^k; a has order 2n and is the first generator of the library, x the second."""
    a, x = tested.generators
    powers = np.array([tested.power(a, k) for k in range(2 * n)])
    cosets = np.stack([powers, tested.table[powers, x]])
    yield "a^k, a^k x", cosets.reshape(-1).astype(np.int64)
    yield "a^k x^j", cosets.T.reshape(-1).astype(np.int64)
    yield "a^k, x a^k", np.concatenate([powers, tested.table[x, powers]]).astype(np.int64)
    primes = [*_prime_factors(n), 2]
    words = [(word[0], _exponent(word[1:], primes)) for word in _short_words_first([2, *primes])]
    yield "gap", np.array([tested.table[x, powers[k]] if j else powers[k] for j, k in words], dtype=np.int64)


def _breadth_first(tested: Group, generators: Any) -> Elements:
    """Elements as a breadth-first search over right multiplications finds them, from the identity."""
    chosen = [generators] if isinstance(generators, int | np.integer) else list(generators)
    for position, g in enumerate(chosen):
        if isinstance(g, bool) or not isinstance(g, int | np.integer) or not 0 <= g < tested.order:
            raise ArgumentError(
                f"order: generators[{position}]: expected an element in 0 ... {tested.order - 1}, got {g!r}"
            )
    found = [tested.identity]
    seen = {tested.identity}
    steps = [tested.table[:, g].tolist() for g in chosen]
    for element in found:
        for step in steps:
            if step[element] not in seen:
                seen.add(step[element])
                found.append(step[element])
    if len(found) != tested.order:
        raise ArgumentError(
            f"order: expected generators of the whole group of order {tested.order}, "
            f"these generate {len(found)} elements"
        )
    return np.array(found, dtype=np.int64)


def _sympy(tested: Group, kind: str, parameter: int) -> Iterator[tuple[str, Elements]]:
    """The orders of ``elements`` and of ``generate("dimino")`` of SymPy's named groups."""
    if kind not in {"S", "A", "D"} or tested.order > _SYMPY_LIMIT or (kind == "D" and parameter < 3):
        return
    from sympy.combinatorics import named_groups

    makers: Mapping[str, Callable[[int], Any]] = {
        "S": named_groups.SymmetricGroup,
        "A": named_groups.AlternatingGroup,
        "D": named_groups.DihedralGroup,
    }
    made = makers[kind](parameter)
    if kind == "D":
        rotation, reflection = (np.array(g.array_form) for g in made.generators)
        images = [np.arange(parameter)]
        for _ in range(parameter - 1):
            images.append(rotation[images[-1]])
        images += [reflection[image] for image in images]
    else:
        if tested.permutations is None:
            return
        images = list(tested.permutations)
    number = {tuple(int(i) for i in image): k for k, image in enumerate(images)}
    for name, method in (("sympy", "coset"), ("sympy dimino", "dimino")):
        yield (
            name,
            np.array([number[tuple(image)] for image in made.generate(method, af=True)], dtype=np.int64),
        )
