"""``peterweyl bench fft``: transforms of any group beside the dense product and a plain FFT of the same length."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..fourier import FourierPlan
from ..groups import Group, group
from .peers import installed_module
from .table import Row, Table, duration
from .timing import measure

DESCRIPTION = "Fourier transforms: forward, inverse, convolution, batches, plans"

#: The groups of a run without SPEC.
SPECS: Final = (
    "C512",
    "D256",
    "Q8 x C15",
    "2^(1+8)+",
    "GL(2,3)",
    "S4 x S4",
    "C2 wr S4",
    "A5",
    "PSL(2,7)",
    "PSL(2,11)",
    "S5",
    "S6",
    "S7",
)
#: Goals in seconds for one function, and for one of a batch of 256 (float64 for symmetric groups).
_GOALS: Final[dict[tuple[str, int], float]] = {
    ("A5", 1): 2e-6,
    ("PSL(2,7)", 1): 4e-6,
    ("PSL(2,11)", 1): 10e-6,
    ("S5", 1): 2e-6,
    ("S6", 1): 6e-6,
    ("S7", 1): 35e-6,
    ("S8", 1): 0.3e-3,
    ("S9", 1): 4e-3,
    ("S10", 1): 60e-3,
    ("M11", 1): 0.5e-3,
    ("S5", 256): 0.14e-6,
    ("S6", 256): 1.2e-6,
    ("S7", 256): 14e-6,
    ("S8", 256): 0.22e-3,
    ("S9", 256): 3e-3,
}
_LARGEST_DENSE: Final = 1100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the topic."""
    parser.add_argument(
        "specs", nargs="*", metavar="SPEC", default=list(SPECS), help="groups, such as S6 or A5"
    )
    parser.add_argument(
        "--batch", type=int, action="append", metavar="N", help="batch sizes (default: 1, 8, 64 and 256)"
    )
    parser.add_argument("--dtype", choices=["complex128", "complex64"], default="complex128")
    parser.add_argument("--real", action="store_true", help="real functions (always so for symmetric groups)")
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")


def _dense_matrix(tested: Group) -> NDArray[np.complex128]:
    """Row g holds the spectrum of the function that is 1 at g."""
    n = tested.order
    return np.concatenate(
        [rho.matrices().conj().transpose(0, 2, 1).reshape(n, -1) for rho in tested.irreps], axis=1
    )


def _functions(n: int, batch: int, dtype: np.dtype[Any], real: bool) -> NDArray[Any]:
    random = np.random.default_rng(0)
    x: NDArray[Any] = random.normal(size=(batch, n))
    if not real:
        x = x + 1j * random.normal(size=(batch, n))
    single = dtype == np.complex64
    x = x.astype(("float32" if single else "float64") if real else dtype)
    return x[0] if batch == 1 else x


def _row(plan: FourierPlan, spec: str, batch: int, real: bool, dense: NDArray[Any] | None, fft: Any) -> Row:
    x = _functions(plan.group.order, batch, plan.dtype, real)
    spectrum = plan.forward(x)

    def per_function(work: Callable[[], Any]) -> float:
        return measure(work, seconds=0.4, at_most=2000).best / batch

    peers = {}
    forward = per_function(lambda: plan.forward(x))
    remarks = [f"inverse {duration(per_function(lambda: plan.inverse(spectrum)))}"]
    if fft is not None:
        complex_x = x.astype(plan.dtype)
        peers["scipy.fft"] = per_function(lambda: fft(complex_x))
        remarks.append(f"R = {forward / peers['scipy.fft']:.2f}")
    if dense is not None:
        peers["dense"] = per_function(lambda: x @ dense)
        remarks.append(f"{peers['dense'] / forward:.1f} x dense")
    kind = "real" if real else "complex"
    task = f"{spec} (order {plan.group.order}), {kind}, batch {batch}"
    return Row(task, forward, _GOALS.get((spec, batch)), peers, ", ".join(remarks))


def _rows_of(spec: str, options: argparse.Namespace) -> tuple[list[Row], str]:
    tested = group(spec)
    started = time.perf_counter()
    plan = tested.fourier(options.dtype)
    seconds = time.perf_counter() - started
    symmetric = spec.startswith("S") and spec[1:].isdigit()
    dense = None
    if not options.no_peers and tested.order <= _LARGEST_DENSE:
        dense = _dense_matrix(tested).astype(options.dtype)
        if symmetric:
            dense = dense.real.copy()
    scipy_fft = None if options.no_peers else installed_module("scipy.fft", "scipy")
    fft = None if scipy_fft is None else scipy_fft[0].fft
    real = options.real or symmetric
    rows = [_row(plan, spec, batch, real, dense, fft) for batch in options.batch or [1, 8, 64, 256]]
    return rows, f"{spec}: plan made in {duration(seconds)}; {plan.describe().splitlines()[0]}"


def run(options: argparse.Namespace) -> list[Table]:
    """Measure the groups asked for."""
    rows: list[Row] = []
    remarks: list[str] = []
    for spec in options.specs:
        found, remark = _rows_of(spec, options)
        rows += found
        remarks.append(remark)
    remarks.append(
        "times for one function of the batch, the call from Python included; R is our time divided by that of "
        "scipy.fft of the same length and batch"
    )
    return [Table(f"Fourier transforms, {options.dtype}", rows, remarks)]
