"""Many checkpoints: ``sweep`` verifies each of them, on any executor, and streams the results to a file of JSON lines.

A run that was stopped goes on where it was: files that the results hold already are not done again. A file that cannot
be used is recorded with its error and stops nothing.
"""

from __future__ import annotations

import glob
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, TextIO

from ._version import __version__
from .errors import ArgumentError, Error
from .groups import Group, from_table
from .groups import group as group_from_spec
from .harmonics import verify
from .weights import as_array, load_weights

__all__ = ["SweepRecord", "SweepResult", "sweep"]

#: Version of a line of the results; it grows when a field changes its meaning or goes away.
SCHEMA_VERSION = 1
# Tasks handed to an executor at once: enough to keep it busy, few enough to stop soon.
_IN_FLIGHT = 64


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class SweepRecord:
    """What became of one file.

    Attributes:
        path: of the file, as it was given.
        tensor: the tensor or expression that was verified.
        verdict: the word of the verdict, or ``None`` where the file could not be used.
        error: why it could not be used, or ``None``.
        seconds: that it took.
        measures: the numbers of the verification that training curves are drawn of; empty after an error.
        details: the whole ``Verification.to_dict()`` where ``sweep`` was asked for it, else ``None``.
    """

    path: str
    tensor: str
    verdict: str | None
    error: str | None
    seconds: float
    measures: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """One line of the results."""
        return {"schema_version": SCHEMA_VERSION, "peterweyl": __version__, **vars(self)}


@dataclass(frozen=True)
class SweepResult(Sequence[SweepRecord]):
    """The records of a sweep in the order of the paths.

    Attributes:
        records_by_path: the records.
        resumed: how many of them were taken from the results of an earlier run.
        seconds: wall time of this run.
    """

    records_by_path: Mapping[str, SweepRecord]
    resumed: int
    seconds: float

    @property
    def failures(self) -> tuple[SweepRecord, ...]:
        """Files that could not be used."""
        return tuple(record for record in self if record.error is not None)

    def column(self, measure: str) -> list[Any]:
        """One measure of every file that could be used, such as ``"purity_nontrivial"``."""
        return [record.measures[measure] for record in self if record.error is None]

    def records(self) -> list[dict[str, Any]]:
        """Flat dictionaries, one a file: rows for a data frame."""
        return [
            {"path": r.path, "verdict": r.verdict, "error": r.error, "seconds": r.seconds, **r.measures}
            for r in self
        ]

    def __getitem__(self, index: Any) -> Any:
        """A record by its position, or some."""
        return tuple(self.records_by_path.values())[index]

    def __iter__(self) -> Iterator[SweepRecord]:
        """The records."""
        return iter(self.records_by_path.values())

    def __len__(self) -> int:
        """The number of files."""
        return len(self.records_by_path)


@lru_cache(maxsize=8)
def _group_of(spec: str | None, table: bytes, order: int) -> Group:
    """A group once a process: its irreps cost more than most files."""
    if spec is not None:
        return group_from_spec(spec)
    import numpy as np

    return from_table(np.frombuffer(table, dtype=np.int64).reshape(order, order))


def _verified(
    path: str,
    spec: str | None,
    table: bytes,
    order: int,
    tensor: str | int | None,
    options: Mapping[str, Any],
    details: bool,
) -> SweepRecord:
    """The task of one file: everything that it needs is in its arguments, so that any process can do it."""
    started = time.perf_counter()
    name = "" if tensor is None else str(tensor)
    try:
        weights = load_weights(path)
        if options.get("blocks"):
            keys = list(weights) if tensor is None else [key for key in weights if _fits(key, name)]
            chosen: Any = [as_array(weights[key], key) for key in keys]
            name = name or ", ".join(keys)
        else:
            if tensor is None and len(weights) != 1:
                raise ArgumentError(
                    f"tensor: expected the name of one, the file holds {len(weights)}: {', '.join(list(weights)[:20])}"
                )
            name = name or next(iter(weights))
            chosen = as_array(load_weights(weights, 0 if tensor is None else tensor), name)
        v = verify(chosen, _group_of(spec, table, order), **options)
    except (Error, OSError) as error:
        return SweepRecord(
            path, name, None, f"{type(error).__name__}: {error}", time.perf_counter() - started
        )
    whole = v.to_dict() if details else None
    invariance = v.invariance
    measures = {
        "purity": _finite(v.purity.weighted),
        "purity_nontrivial": _finite(v.purity_nontrivial.weighted),
        "chance_nontrivial": _finite(v.chance_nontrivial),
        "excess": _finite(v.excess),
        "p_value": _finite(v.p_value),
        "rank": v.rank,
        "live_rows": v.live_rows,
        "dead_rows": v.dead_rows,
        "invariance_left": None if invariance is None else invariance.left,
        "invariance_right": None if invariance is None else invariance.right,
        "shares": {c.label: c.share for c in v.components},
        "coverage": {c.label: c.coverage for c in v.components},
    }
    return SweepRecord(path, name, str(v.verdict), None, time.perf_counter() - started, measures, whole)


def _fits(key: str, pattern: str) -> bool:
    from .weights import matching

    return bool(matching({key: None}, pattern))


def _finite(value: float) -> float | None:
    return float(value) if value == value and abs(value) != float("inf") else None


def _expanded(paths: Any) -> list[str]:
    """Files of a folder, of a glob, or a path as it is, or several of these; each file once, in order."""
    several = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: list[str] = []
    for path in several:
        text = os.fspath(path)
        if os.path.isdir(text):
            found += sorted(str(entry) for entry in Path(text).iterdir() if entry.is_file())
        elif set(text) & set("*?[") and not os.path.exists(text):
            found += sorted(entry for entry in glob.glob(text, recursive=True) if os.path.isfile(entry))
        else:
            found.append(text)
    if not found:
        raise ArgumentError(f"paths: expected files, there is none in {paths!r}")
    return list(dict.fromkeys(found))


def _earlier(results: str, asked: Mapping[str, Any]) -> dict[str, SweepRecord]:
    """The records of an earlier run; a last line that was cut off is dropped, from the file as well."""
    if not os.path.exists(results):
        return {}
    found: dict[str, SweepRecord] = {}
    with open(results, "rb") as file:
        data = file.read()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) != len(data):
        with open(results, "r+b") as file:
            file.truncate(len(whole))
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            entry = json.loads(line)
            if entry.get("kind") == "sweep":
                if entry["asked"] != asked:
                    raise ArgumentError(
                        f"results: {results} is of a sweep with other options: {entry['asked']}; "
                        "give another file, or resume=False"
                    )
                continue
            fields = {name: entry[name] for name in ("path", "tensor", "verdict", "error", "seconds")}
            record = SweepRecord(**fields, measures=entry["measures"], details=entry["details"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, ArgumentError):
                raise
            raise ArgumentError(f"results: line {number} of {results} is none of a sweep") from error
        found[record.path] = record
    return found


def sweep(
    paths: Any,
    group: Group | str,
    *,
    tensor: str | int | None = None,
    executor: Executor | None = None,
    results: str | os.PathLike[str] | None = None,
    resume: bool = True,
    details: bool = False,
    progress: bool | Callable[[int, int], None] = False,
    **options: Any,
) -> SweepResult:
    """Verify many files of weights against one group.

    Args:
        paths: a folder, a glob or a file, or several of these.
        group: the group or a spec.
        tensor: which tensor of each file, or an expression of tensors, as for ``load_weights``; not needed where
            files hold one.
        executor: any ``concurrent.futures.Executor``: threads, processes, or that of ``dask.distributed``
            (``Client.get_executor()``); None for this thread. One task a file.
        results: a file of JSON lines; every record is appended as soon as it is there.
        resume: whether to take over the records that ``results`` holds already; otherwise it is begun anew.
        details: whether records hold the whole report of each file.
        progress: True for a line on the terminal, or a function of (done, total).
        **options: of ``verify``, such as ``axis=0``.

    Returns:
        The records, in the order of the paths. Files that cannot be used are records with an ``error``.

    Raises:
        ArgumentError: no files, or results of a sweep with other options.

    Example:
        >>> import peterweyl as pw
        >>> from peterweyl import examples
        >>> networks = [examples.path("composition_s4_untrained"), examples.path("composition_s4")]
        >>> [record.verdict for record in pw.sweep(networks, "S4", tensor="U")]
        ['not harmonic', 'harmonic']
    """
    started = time.perf_counter()
    files = _expanded(paths)
    tested = group_from_spec(group) if isinstance(group, str) else group
    named = bool(tested.name)
    table = b"" if named else tested.table.astype("int64").tobytes()
    asked = {
        "group": tested.name or f"table of order {tested.order}",
        "tensor": tensor,
        "options": {name: str(value) for name, value in sorted(options.items())},
    }
    done: dict[str, SweepRecord] = {}
    stream: TextIO | None = None
    if results is not None:
        name = os.fspath(results)
        done = _earlier(name, asked) if resume else {}
        fresh = not resume or not os.path.exists(name) or os.path.getsize(name) == 0
        stream = open(name, "w" if fresh else "a", encoding="utf-8")  # noqa: SIM115
        if fresh:
            header = {
                "schema_version": SCHEMA_VERSION,
                "peterweyl": __version__,
                "kind": "sweep",
                "asked": asked,
            }
            stream.write(json.dumps(header) + "\n")
            stream.flush()
    wanted = [path for path in files if path not in done]
    found = {path: done[path] for path in files if path in done}
    resumed = len(found)
    report = _progress(progress, len(files))
    task = partial(
        _verified,
        spec=tested.name if named else None,
        table=table,
        order=tested.order,
        tensor=tensor,
        options=options,
        details=details,
    )
    try:
        report(len(found))
        for record in _run(task, wanted, executor):
            found[record.path] = record
            if stream is not None:
                stream.write(json.dumps(record.to_dict(), allow_nan=False) + "\n")
                stream.flush()
            report(len(found))
    finally:
        if stream is not None:
            stream.close()
    return SweepResult({path: found[path] for path in files}, resumed, time.perf_counter() - started)


def _run(
    task: Callable[[str], SweepRecord], paths: Iterable[str], executor: Executor | None
) -> Iterator[SweepRecord]:
    """Records as they are done, with a bounded number of tasks in flight."""
    if executor is None:
        yield from map(task, paths)
        return
    pending: dict[Future[SweepRecord], str] = {}
    queue = iter(paths)
    try:
        while True:
            for path in queue:
                pending[executor.submit(task, path)] = path
                if len(pending) >= _IN_FLIGHT:
                    break
            if not pending:
                return
            finished = _first_done(pending)
            for future in finished:
                path = pending.pop(future)
                try:
                    yield future.result()
                except Exception as error:  # a worker that died took this file with it, and no other
                    yield SweepRecord(path, "", None, f"{type(error).__name__}: {error}", 0.0)
    finally:
        for future in pending:
            future.cancel()


def _first_done(pending: Mapping[Future[SweepRecord], str]) -> list[Future[SweepRecord]]:
    """The futures that are done, waiting for the first; executors of others bring futures of their own kind."""
    if all(isinstance(future, Future) for future in pending):
        return list(wait(pending, return_when=FIRST_COMPLETED).done)
    while True:
        finished = [future for future in pending if future.done()]
        if finished:
            return finished
        time.sleep(0.005)


def _progress(progress: bool | Callable[[int, int], None], total: int) -> Callable[[int], None]:
    if callable(progress):
        return lambda done: progress(done, total)
    if not progress or not sys.stderr.isatty():
        return lambda done: None
    started = time.perf_counter()
    last = [0.0]

    def show(done: int) -> None:
        now = time.perf_counter()
        if now - last[0] < 0.1 and done < total:
            return
        last[0] = now
        filled = round(30 * done / total)
        rate = done / max(now - started, 1e-9)
        bar = "█" * filled + "·" * (30 - filled)
        end = "\n" if done == total else ""
        print(f"\r{bar} {done}/{total}  {rate:.0f}/s ", end=end, file=sys.stderr, flush=True)

    return show


def executor_named(kind: Literal["none", "threads", "processes"], workers: int | None) -> Executor | None:
    """The executor that a word of the command line means."""
    if kind == "threads":
        return ThreadPoolExecutor(workers)
    if kind == "processes":
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # A forked child would inherit locks that threads of the parent hold.
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    return None
