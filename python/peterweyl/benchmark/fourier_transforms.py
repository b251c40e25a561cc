"""``peterweyl bench fft``: transforms of any group beside the dense product, a plain FFT and the peers."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .._optional import optional_import
from ..errors import GroupTooLargeError
from ..fourier import FourierPlan
from ..fourier import plan as make_plan
from .fourier_groups import IRREP_GOALS, PLAN_GOALS, SPECS, goal_of, make_group
from .fourier_peers import PEERS, peer_work
from .peers import installed_module
from .table import Row, Table
from .timing import measure

DESCRIPTION = "Fourier transforms: forward, inverse, convolution, batches, plans, irreps"

_LARGEST_DENSE: Final = 1100
_LARGEST_BATCH: Final = 1 << 24  # numbers of a batch


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
    parser.add_argument("--seconds", type=float, default=0.2, help="for each measurement (default: 0.2)")
    parser.add_argument("--plot", metavar="FILE", help="draw the ratios (needs matplotlib)")


def _is_symmetric(spec: str) -> bool:
    return spec.startswith("S") and spec[1:].isdigit()


def _dense_matrix(plan: FourierPlan, real: bool) -> NDArray[Any] | None:
    """Row g holds the spectrum of the function that is 1 at g; ``None`` for large groups."""
    if plan.order > _LARGEST_DENSE:
        return None
    matrix = plan.forward(np.eye(plan.order, dtype=plan.real_dtype))
    return matrix.real.copy() if real else matrix


def _functions(n: int, batch: int, dtype: np.dtype[Any], real: bool) -> NDArray[Any]:
    random = np.random.default_rng(0)
    x: NDArray[Any] = random.normal(size=(batch, n))
    if not real:
        x = x + 1j * random.normal(size=(batch, n))
    single = dtype == np.complex64
    x = x.astype(("float32" if single else "float64") if real else dtype)
    return x[0] if batch == 1 else x


class _Measured:
    """One group: its plan, and the rows of the three tables."""

    def __init__(self, spec: str, options: argparse.Namespace) -> None:
        self.spec, self.options = spec, options
        self.group = make_group(spec)
        self.plan = self.group.fourier(options.dtype)
        self.symmetric = _is_symmetric(spec)
        self.real = options.real or self.symmetric
        self.dense = None if options.no_peers else _dense_matrix(self.plan, self.symmetric)
        self.scipy = None if options.no_peers else installed_module("scipy.fft", "scipy")
        self.batches = [b for b in options.batch or [1, 8, 64, 256] if b * self.group.order <= _LARGEST_BATCH]
        self.ratios: dict[int, float] = {}  # of each batch to scipy.fft
        self.failures: list[str] = []

    def _seconds(self, work: Callable[[], Any], batch: int) -> float:
        """For one function of a batch."""
        return measure(work, seconds=self.options.seconds, at_most=2000).best / batch

    def _task(self, batch: int) -> str:
        kind = "real" if self.real else "complex"
        return f"{self.spec} (order {self.group.order}), {kind}, batch {batch}"

    def transforms(self) -> list[Row]:
        """Forward, beside the peers; the inverse and single precision in the remarks."""
        rows = []
        for batch in self.batches:
            plan = self.plan
            x = _functions(plan.order, batch, plan.dtype, self.real)
            spectrum = plan.forward(x)
            forward = self._seconds(partial(plan.forward, x), batch)
            inverse = self._seconds(partial(plan.inverse, spectrum), batch)
            alike = (
                self._seconds(partial(plan.forward, x.astype(plan.dtype)), batch) if self.real else forward
            )
            remarks = [f"inverse {inverse / alike:.2f} x"]
            if plan.dtype == np.complex128 and batch >= 8:
                single = self.group.fourier("complex64")
                y = x.astype("float32" if self.real else "complex64")
                quicker = forward / self._seconds(partial(single.forward, y), batch)
                remarks.append(f"single {quicker:.2f} x quicker")
            peers = self._peers(x, batch)
            if "scipy.fft" in peers:
                self.ratios[batch] = forward / peers["scipy.fft"]
                remarks.append(f"R = {self.ratios[batch]:.2f}")
            if "dense" in peers:
                remarks.append(f"{peers['dense'] / forward:.1f} x dense")
            limit = goal_of(self.spec, batch).limit(peers) if plan.dtype == np.complex128 else None
            rows.append(Row(self._task(batch), forward, limit, peers, ", ".join(remarks)))
        return rows

    def _peers(self, x: NDArray[Any], batch: int) -> dict[str, float]:
        peers = {}
        if self.scipy is not None:
            fft, complex_x = self.scipy[0].fft, x.astype(self.plan.dtype)
            peers["scipy.fft"] = self._seconds(partial(fft, complex_x), batch)
        if self.dense is not None:
            peers["dense"] = self._seconds(partial(np.matmul, x, self.dense), batch)
        for name in () if self.options.no_peers or batch > 1 else PEERS:
            try:
                work = peer_work(name, self.spec, self.group.order)
                if work is not None:
                    peers[name] = measure(work, seconds=self.options.seconds).best
            except Exception as error:  # a peer's failure is a remark, whatever it is
                self.failures.append(f"{name} failed on {self.spec}: {type(error).__name__}: {error}")
        return peers

    def convolutions(self) -> list[Row]:
        """Beside two forward transforms and an inverse one, with a fifth more as the goal."""
        rows = []
        plan = self.plan
        for batch in self.batches:
            x = _functions(plan.order, batch, plan.dtype, self.real)
            y, spectrum = x[..., ::-1].copy(), plan.forward(x)
            parts = 2 * self._seconds(partial(plan.forward, x), batch)
            parts += self._seconds(partial(plan.inverse, spectrum), batch)
            ours = self._seconds(partial(plan.convolve, x, y), batch)
            one = y if batch == 1 else y[0]
            shared = self._seconds(partial(plan.convolve, x, one), batch)
            correlation = self._seconds(partial(plan.correlate, x, y), batch)
            remark = f"{ours / parts:.2f} x its transforms, with one filter {shared / parts:.2f} x"
            remark += f", correlation {correlation / parts:.2f} x"
            rows.append(Row(f"{self._task(batch)}: convolution", ours, 1.2 * parts, {}, remark))
        return rows

    def plans(self) -> list[Row]:
        """Of a fresh group each time: irreps and plan; saving and loading."""
        spec, dtype = self.spec, self.options.dtype
        order = self.group.order

        def fresh() -> Any:
            made = make_group(spec)
            _ = made.generators
            return made

        limit = PLAN_GOALS.get(
            spec, 2e-3 if order <= 64 else 50e-3 if order <= 1024 and self.group.is_solvable else None
        )
        planned = measure(lambda g: g.fourier(dtype), fresh=fresh, seconds=0.5, at_least=1, at_most=20)
        size = f"{self.plan.nbytes / 1024:.0f} KiB; {self.plan.describe().splitlines()[0]}"
        rows = [Row(f"{spec}: plan of a fresh group", planned.best, limit, {}, size)]
        if order <= _LARGEST_DENSE:
            irreps = measure(lambda g: g.irreps, fresh=fresh, seconds=0.5, at_most=20)
            rows.append(Row(f"{spec}: irreps of a fresh group", irreps.best, IRREP_GOALS.get(spec)))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "plan.npz"
            self.plan.save(path)
            loaded = measure(lambda: FourierPlan.load(path, self.group), seconds=0.3, at_most=20)
            remark = f"{path.stat().st_size / 1024:.0f} KiB"
        rows.append(Row(f"{spec}: plan from a file", loaded.best, 5e-3, {}, remark))
        return rows


def _refusal(measured: _Measured) -> str:
    """What a plan says that may take half of its memory."""
    dtype = measured.options.dtype
    try:
        make_plan(measured.group, dtype, "chain", make_plan(measured.group, dtype, "chain").nbytes // 2)
    except GroupTooLargeError as error:
        return f"refused before anything is allocated: {error}"
    return f"{measured.spec}: not refused with half of its memory"


def _draw(path: str, measured: list[_Measured]) -> None:
    """The ratios to scipy.fft of each group, one line a batch."""
    pyplot = optional_import("matplotlib.pyplot", "plot", "draw the ratios")
    ax = pyplot.subplots(figsize=(8, 4))[1]
    specs = [one.spec for one in measured]
    for batch in sorted({b for one in measured for b in one.ratios}):
        ax.plot(specs, [one.ratios.get(batch, np.nan) for one in measured], "o-", label=f"batch {batch}")
    ax.axhline(1.0, color="grey", linewidth=0.8)
    ax.set_yscale("log")
    ax.set_ylabel("time ÷ scipy.fft of the same length")
    ax.tick_params(axis="x", rotation=60)
    if ax.get_legend_handles_labels()[0]:
        ax.legend()
    from ..cli.output import save_figure

    ax.figure.tight_layout()
    save_figure(path, ax.figure)


def run(options: argparse.Namespace) -> list[Table]:
    """Measure the groups asked for."""
    if options.plot is not None:
        optional_import("matplotlib.pyplot", "plot", "draw the ratios")
    measured = [_Measured(spec, options) for spec in options.specs]
    transforms = [row for one in measured for row in one.transforms()]
    convolutions = [row for one in measured for row in one.convolutions()]
    plans = [row for one in measured for row in one.plans()]
    remarks = [
        "times for one function of the batch, the call from Python included; R is our time divided by that of "
        "scipy.fft of the same length and batch"
    ]
    if not options.no_peers and "OPENBLAS_NUM_THREADS" not in os.environ:
        remarks.append("dense: numpy's product may use several cores; OPENBLAS_NUM_THREADS=1 keeps it to one")
    for name, (module, what) in PEERS.items():
        if options.no_peers or installed_module(module, name) is not None:
            continue
        remarks.append(f"{name} is not installed ({what})")
    remarks += [failure for one in measured for failure in one.failures]
    if options.plot is not None:
        _draw(options.plot, measured)
    refusals = [_refusal(one) for one in measured[-1:]]
    return [
        Table(f"Fourier transforms, {options.dtype}", transforms, remarks),
        Table("Convolutions, for one function; the goal is a fifth above the transforms", convolutions),
        Table("Plans and irreps", plans, refusals),
    ]
