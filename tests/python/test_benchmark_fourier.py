"""``peterweyl bench fft``: every table and its goals, groups without a spec, peers that are not there, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peterweyl.benchmark.fourier_groups import SPECS, Goal, goal_of, make_group
from peterweyl.benchmark.fourier_peers import PEERS, peer_work
from peterweyl.benchmark.peers import installed_module
from peterweyl.cli import main


def test_tables_of_a_small_run(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["S4", "D7", "C12", "--batch", "1", "--batch", "8", "--seconds", "0.001", "--json"]
    assert main(["bench", "fft", *arguments]) == 0
    transforms, convolutions, plans = json.loads(capsys.readouterr().out)["tables"]
    assert [row["task"] for row in transforms["rows"]][:3] == [
        "S4 (order 24), real, batch 1",
        "S4 (order 24), real, batch 8",
        "D7 (order 14), complex, batch 1",
    ]
    assert all(row["seconds"] > 0 and row["peers"]["dense"] > 0 for row in transforms["rows"])
    assert len(convolutions["rows"]) == 6
    assert all(row["goal"] > 0 for row in convolutions["rows"])
    assert [row["task"] for row in plans["rows"]][:3] == [
        "S4: plan of a fresh group",
        "S4: irreps of a fresh group",
        "S4: plan from a file",
    ]
    said = "\n".join(transforms["remarks"])
    for name, (module, _) in PEERS.items():
        installed = installed_module(module, name) is not None
        assert installed != (f"{name} is not installed" in said)
        assert installed or peer_work(name, "S4", 24) is None


def test_a_plan_without_enough_memory_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "fft", "A7", "--batch", "1", "--seconds", "0.001", "--no-peers"]) == 0
    said = capsys.readouterr().out
    assert "refused before anything is allocated: fourier plan" in said
    assert "order 2520 it takes" in said
    assert "is not installed" not in said


def test_goals_follow_the_peers_of_the_run() -> None:
    assert Goal(seconds=2.0).limit({}) == 2.0
    assert Goal(fft=1.5).limit({"scipy.fft": 2.0, "dense": 1.0}) == 3.0
    assert Goal(dense=5).limit({"dense": 10.0}) == 2.0
    assert Goal(fft=1.0).limit({"dense": 1.0}) is None
    assert goal_of("S5", 1).seconds == 2e-6
    assert goal_of("no group", 1).limit({"scipy.fft": 1.0}) is None


def test_the_group_without_a_spec() -> None:
    group = make_group("5^(1+2) : C8")
    assert (group.order, group.is_solvable, max(group.irreps.degrees)) == (1000, True, 20)
    assert "5^(1+2) : C8" in SPECS


def test_drawing_the_ratios(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    path = tmp_path / "ratios.svg"
    assert main(["bench", "fft", "S3", "--batch", "1", "--seconds", "0.001", "--plot", str(path)]) == 0
    assert path.stat().st_size > 1000
    capsys.readouterr()
