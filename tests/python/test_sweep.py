"""sweep(): records in order, any executor, resuming, bad files that stop nothing."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve checkpoints of a row space that becomes harmonic, a broken file and one of the wrong shape."""
    random = np.random.default_rng(0)
    G = pw.group("S4")
    pure = np.array(
        [
            (G.irreps[1 + k % 4].matrices() @ random.normal(size=G.irreps[1 + k % 4].degree))[:, 0].real
            for k in range(20)
        ]
    )
    files = tmp_path / "checkpoints"
    files.mkdir()
    for step in range(12):
        noise = random.normal(size=pure.shape)
        np.savez(files / f"step{step:02}.npz", W=(step * pure + (11 - step) * noise) / 11)
    (files / "step98.npz").write_bytes(b"broken")
    np.savez(files / "step99.npz", W=np.ones((3, 5)))
    return files


def checked(result: pw.SweepResult) -> pw.SweepResult:
    assert len(result) == 14
    assert [Path(record.path).name for record in result][:2] == ["step00.npz", "step01.npz"]
    assert len(result.failures) == 2
    purities = result.column("purity_nontrivial")
    assert purities[-1] == pytest.approx(1)
    assert purities[6:] == sorted(purities[6:])
    assert result[11].verdict == "harmonic"
    assert "WeightsFormatError" in (result[12].error or "")
    assert "expected length 24" in (result[13].error or "")
    assert len(result.records()) == 14
    return result


def test_in_this_thread_and_in_others(folder: Path) -> None:
    direct = checked(pw.sweep(folder, "S4"))
    with ThreadPoolExecutor(2) as executor:
        threads = checked(pw.sweep(str(folder / "*.npz"), pw.group("S4"), executor=executor))
    assert threads.column("shares") == direct.column("shares")
    assert (
        pw.sweep([folder / "step11.npz"], "S4", tensor="W", details=True)[0].details["verdict"] == "harmonic"
    )


def test_in_processes_and_with_a_table(folder: Path) -> None:
    import multiprocessing

    group = pw.from_table(np.array(pw.group("S4").table))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        checked(pw.sweep(folder, group, executor=executor))


def test_with_dask(folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        checked(pw.sweep(folder, "S4", executor=client.get_executor()))


class ForeignFuture:
    """A future of another library: only what its executor gives."""

    def __init__(self, value: Any) -> None:
        self.value, self.asked = value, 0

    def done(self) -> bool:
        self.asked += 1
        return self.asked > 2

    def result(self) -> Any:
        if isinstance(self.value, Exception):
            raise self.value
        return self.value

    def cancel(self) -> bool:
        return False


class ForeignExecutor(Executor):
    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if args[0].endswith("step03.npz"):
            return ForeignFuture(RuntimeError("the worker died"))  # type: ignore[return-value]
        return ForeignFuture(fn(*args, **kwargs))  # type: ignore[return-value]


def test_with_an_executor_of_another_kind(folder: Path) -> None:
    result = pw.sweep(folder, "S4", executor=ForeignExecutor())
    assert len(result) == 14
    assert result[3].error == "RuntimeError: the worker died"
    assert len(result.failures) == 3


def test_a_stopped_run_goes_on(folder: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"

    class StopError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert total == 14
        if done == 5:
            raise StopError

    with pytest.raises(StopError):
        pw.sweep(folder, "S4", results=results, progress=stop)
    lines = results.read_text().splitlines()
    assert len(lines) == 6
    assert json.loads(lines[0])["kind"] == "sweep"
    # Killed in the middle of a line.
    results.write_text("\n".join(lines) + '\n{"path": "cut o')
    again = checked(pw.sweep(folder, "S4", results=results))
    assert again.resumed == 5
    entries = [json.loads(line) for line in results.read_text().splitlines()]
    assert len(entries) == 15
    assert len({entry["path"] for entry in entries[1:]}) == 14
    whole = checked(pw.sweep(folder, "S4", results=results))
    assert whole.resumed == 14
    fresh = checked(pw.sweep(folder, "S4", results=results, resume=False))
    assert fresh.resumed == 0
    with pytest.raises(pw.ArgumentError, match="with other options"):
        pw.sweep(folder, "C2 x A4", results=results)
    results.write_text("something else\n")
    with pytest.raises(pw.ArgumentError, match="line 1 of"):
        pw.sweep(folder, "S4", results=results)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(pw.ArgumentError, match="expected files"):
        pw.sweep(tmp_path, "S3")
    with pytest.raises(pw.ArgumentError, match="expected files"):
        pw.sweep([], "S3")
    assert "no such file" in (pw.sweep([tmp_path / "x.npy"], "S3")[0].error or "").lower()


def test_the_command_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.jsonl"
    assert main(["sweep", str(folder), "--group", "S4", "--results", str(results)]) == 2
    assert "14 files, " in capsys.readouterr().out
    assert main(["sweep", str(folder), "--group", "S4", "--results", str(results), "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert (document["files"], document["failures"]) == (14, 2)
    last = str(folder / "step11.npz")
    assert main(["sweep", last, "--group", "S4", "--executor", "threads", "--workers", "1"]) == 0
    assert main(["sweep", str(folder / "step0[01].npz"), "--group", "S4"]) == 1


def test_blocks(tmp_path: Path) -> None:
    blocks = {f"W{k}": rho.matrices() for k, rho in enumerate(pw.group("S3").irreps)}
    np.savez(tmp_path / "blocks.npz", **blocks, other=np.ones(3))
    (record,) = pw.sweep(tmp_path, "S3", tensor="W*", blocks=True)
    assert (record.verdict, record.tensor) == ("harmonic", "W*")
