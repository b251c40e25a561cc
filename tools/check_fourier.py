"""Compare Fourier transforms with the sum that defines them, for every group of an order and for larger ones.

Run it as ``python tools/check_fourier.py [ORDER | FIRST-LAST | SPEC]...``; without arguments it takes all 1,048 groups
of order up to 100 and the groups of the benchmark. It prints a line for each order or SPEC and exits with 1 if anything
is wrong: irreps that are no orthogonal basis of representations, a transform, inverse, adjoint, convolution or
correlation that differs from the plain sum by more than 1e-13 (1e-5 in single precision) of the largest number, for any
norm, axis, batch or stride, or a transform of a product of cyclic groups that is not that of numpy.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import peterweyl as pw

SPECS: Final = (
    "C512",
    "D256",
    "He5",
    "2^(1+8)+",
    "SmallGroup(128,928)",
    "Q8 x C15",
    "GL(2,3)",
    "S4 x S4",
    "C2 wr S4",
    "PSL(2,7)",
    "PSL(2,11)",
    "A6",
    "S5",
    "S6",
    "C30 x C30",
    "D59",
    "D113",
    "D251",
    "D509",
    "C61 : C3",
    "C29 : C28",
    "Q8 x C125",
    "S7",
    "M11",
)
TOLERANCE: Final = {"complex128": 1e-13, "complex64": 1e-5}
LARGEST_DENSE: Final = 1100

Array = NDArray[Any]


class Checks:
    """The largest relative deviation of each kind of check, and what went wrong."""

    def __init__(self) -> None:
        self.groups = 0
        self.comparisons = 0
        self.worst: dict[str, float] = {"complex128": 0.0, "complex64": 0.0}
        self.failures: list[str] = []

    def compare(self, what: str, dtype: str, found: Any, expected: Any, slack: float = 1.0) -> None:
        """Count one comparison of arrays."""
        self.comparisons += 1
        scale = float(np.max(np.abs(expected), initial=0.0))
        error = float(np.max(np.abs(found - expected), initial=0.0)) / (scale or 1.0)
        self.worst[dtype] = max(self.worst[dtype], error)
        if not error <= TOLERANCE[dtype] * slack:
            self.failures.append(f"{what}, {dtype}: relative error {error:.1e}")


def direct_matrix(group: pw.Group) -> Array:
    """Row g is the spectrum of the function that is 1 at g, by the definition."""
    return np.concatenate(
        [rho.matrices().conj().transpose(0, 2, 1).reshape(group.order, -1) for rho in group.irreps], axis=1
    )


def layouts(n: int, random: np.random.Generator) -> Iterator[tuple[str, Array, int]]:
    """Functions in memory of every kind, and the axis of the group."""

    def functions(*shape: int) -> Array:
        return random.normal(size=shape) + 1j * random.normal(size=shape)

    yield "one function", functions(n), -1
    yield "one real function", functions(n).real, 0
    yield "no function", functions(0, n), -1
    yield "3 functions", functions(3, n), -1
    yield "19 functions", functions(19, n), 1
    yield "19 real functions", np.ascontiguousarray(functions(19, n).real), -1
    yield "first axis", functions(n, 5), 0
    yield "middle axis", functions(2, n, 9), 1
    yield "every third number, backwards", functions(4, 3 * n, 2)[::2, ::-3, :], -2
    yield "Fortran order", np.asfortranarray(functions(7, n, 3)), 1
    yield "broadcast", np.broadcast_to(functions(n), (9, n)), -1


def check_transforms(group: pw.Group, checks: Checks, name: str) -> None:
    """Every layout, norm and precision against the definition."""
    n = group.order
    random = np.random.default_rng(n)
    definition = direct_matrix(group)
    degrees = np.repeat(group.irreps.degrees, np.square(group.irreps.degrees)).astype(float)
    scales = {
        "backward": np.ones(n),
        "ortho": np.sqrt(degrees / n),
        "forward": np.full(n, 1 / n),
    }
    unitary = definition * scales["ortho"]
    checks.compare(f"{name} irreps: orthogonality", "complex128", unitary @ unitary.conj().T, np.eye(n), 10)
    for rho in group.irreps:
        matrices = rho.matrices()
        for s in group.generators:
            product = matrices @ matrices[s]
            checks.compare(f"{name} irreps: products", "complex128", matrices[group.table[:, s]], product, 10)
    for dtype in TOLERANCE:
        F = group.fourier(dtype)
        real_dtype = "float64" if dtype == "complex128" else "float32"
        for layout, values, axis in layouts(n, random):
            x = values.astype(dtype if values.dtype.kind == "c" else real_dtype, order="K")
            if layout == "broadcast":
                x = np.broadcast_to(x[0], x.shape)
            rows = np.moveaxis(x, axis, -1)
            for norm, scale in scales.items():
                label = f"{name} {layout}, {norm}"
                matrix = definition * scale

                spectrum = F.forward(x, axis=axis, norm=norm)
                # The inverse is the adjoint with the Plancherel weights, as the ortho transform is unitary.
                inverse = (unitary * (scales["ortho"] / scale)).conj().T
                for what, found, linear in [
                    ("forward", spectrum, matrix),
                    ("adjoint", F.adjoint(x, axis=axis, norm=norm), matrix.conj().T),
                    ("inverse", F.inverse(x, axis=axis, norm=norm), inverse),
                ]:
                    checks.compare(f"{label}: {what}", dtype, np.moveaxis(found, axis, -1), rows @ linear)
                out = np.zeros(x.shape, dtype)
                F.forward(x, axis=axis, norm=norm, out=out, workers=2)
                if not np.array_equal(out, spectrum):
                    checks.failures.append(f"{label}, {dtype}: other bits with two workers")
        check_products(group, checks, name, dtype, random)


def check_products(
    group: pw.Group, checks: Checks, name: str, dtype: str, random: np.random.Generator
) -> None:
    """Convolutions, correlations and Plancherel's theorem."""
    n = group.order
    F = group.fourier(dtype)
    x, y = random.normal(size=(2, 9, n)) + 1j * random.normal(size=(2, 9, n))
    quotients, table = group.table[group.inverses], group.table
    operations: list[tuple[str, Callable[..., Array], Callable[[Array, Array], Array]]] = [
        ("convolution", F.convolve, lambda a, b: np.einsum("...k,...kg->...g", a, b[..., quotients])),
        ("correlation", F.correlate, lambda a, b: np.einsum("...k,...kg->...g", a.conj(), b[..., table])),
    ]
    for what, operation, plain in operations:
        for left, right in [(x, y), (x[0], y[0]), (x, y[0]), (x.real, y.real), (x[0].real, y[0].real)]:
            checks.compare(f"{name} {what}", dtype, operation(left, right), plain(left, right), 2)
    energy = np.sum(np.abs(x) ** 2, axis=1)
    checks.compare(f"{name} Plancherel", dtype, F.power_spectrum(x).sum(axis=1), energy)


def check_numpy(group: pw.Group, checks: Checks, name: str) -> None:
    """The product of cyclic groups of these invariants has the transform of numpy."""
    shape = [int(k) for k in group.abelian_invariants] or [1]
    plan = pw.group(" x ".join(f"C{k}" for k in shape)).fourier()
    random = np.random.default_rng(0)
    x = random.normal(size=(9, group.order)) + 1j * random.normal(size=(9, group.order))
    axes = tuple(range(1, len(shape) + 1))
    for norm in ("backward", "ortho", "forward"):
        for ours, theirs in ((plan.forward, np.fft.fftn), (plan.inverse, np.fft.ifftn)):
            expected = theirs(x.reshape(9, *shape), axes=axes, norm=norm).reshape(9, -1)
            checks.compare(f"{name}: numpy.fft, {norm}", "complex128", ours(x, norm=norm), expected)


def check(group: pw.Group, name: str, checks: Checks) -> None:
    """All checks of one group; those with a matrix of n^2 numbers only where it is small."""
    checks.groups += 1
    if group.order <= LARGEST_DENSE:
        check_transforms(group, checks, name)
        if group.is_abelian:
            check_numpy(group, checks, name)
        return
    for dtype in TOLERANCE:
        for what, residual in group.fourier(dtype).verify().items():
            checks.compare(f"{name}: {what}", dtype, np.array([residual + 1]), np.ones(1))


def tasks(arguments: list[str]) -> Iterator[tuple[str, Iterator[tuple[str, pw.Group]]]]:
    """A title, and names and groups."""
    for argument in arguments or ["1-100", *SPECS]:
        first, _, last = argument.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            yield argument, iter([(argument, pw.group(argument))])
            continue
        for order in range(int(first), int(last or first) + 1):
            count = pw.number_of_groups(order)
            yield (
                f"order {order}",
                ((f"SmallGroup({order},{k})", pw.small_group(order, k)) for k in range(1, count + 1)),
            )


def main(arguments: list[str]) -> int:
    """Print a line for each order and each larger group."""
    groups = comparisons = failures = 0
    started = time.perf_counter()
    for title, members in tasks(arguments):
        checks = Checks()
        for name, group in members:
            check(group, name, checks)
        double, single = checks.worst["complex128"], checks.worst["complex64"]
        print(
            f"{title}: {checks.groups} groups, {checks.comparisons} comparisons, worst {double:.1e} and {single:.1e} "
            f"(single), {len(checks.failures)} failures",
            flush=True,
        )
        for failure in checks.failures[:10]:
            print(f"  {failure}")
        groups, comparisons = groups + checks.groups, comparisons + checks.comparisons
        failures += len(checks.failures)
    seconds = time.perf_counter() - started
    print(f"{groups} groups, {comparisons} comparisons, {failures} failures, {seconds:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
