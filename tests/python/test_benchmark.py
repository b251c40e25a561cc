"""The instruments of ``peterweyl bench``: tables say what was measured, every topic can be asked for."""

import importlib
import json

import pytest

from peterweyl.benchmark import TOPICS, Row, Table, measure
from peterweyl.benchmark.table import duration
from peterweyl.cli import main


def test_a_ratio_is_to_the_fastest_peer() -> None:
    assert Row("task", 2e-3, peers={"slow": 8e-3, "fast": 4e-3}).ratio == pytest.approx(2.0)
    assert Row("task", 2e-3).ratio is None
    assert Row("failed", None, peers={"fast": 1.0}).ratio is None


def test_a_table_says_which_goals_were_reached() -> None:
    table = Table("Title", [Row("reached", 1e-3, 2e-3, {"GAP": 0.1}), Row("missed", 3e-6, 2e-6)], ["remark"])
    title, _rule, header, reached, missed, remark = str(table).splitlines()
    assert (title, remark) == ("Title", "remark")
    assert header.split() == ["task", "ours", "goal", "GAP", "peer", "÷", "ours"]
    assert reached.split() == ["reached", "1", "ms", "2", "ms", "✓", "100", "ms", "100"]
    assert missed.split() == ["missed", "3", "µs", "2", "µs", "✗"]
    assert json.loads(json.dumps(table.to_dict()))["rows"][0]["ratio_to_fastest_peer"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (2.0, "2 s"), (1.5e-3, "1.5 ms"), (2.25e-6, "2.25 µs"), (3e-9, "3 ns")]
)
def test_durations_read_well(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_every_repetition_gets_a_fresh_argument() -> None:
    made: list[int] = []
    seen: list[int] = []
    timing = measure(
        seen.append, fresh=lambda: made.append(len(made)) or len(made), seconds=0.0, at_least=4, at_most=9
    )
    assert timing.repetitions == len(made) == len(seen) == len(set(seen)) == 4
    assert 0 <= timing.best <= timing.median


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_describes_itself(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert importlib.import_module(f"peterweyl.benchmark.{TOPICS[topic]}").DESCRIPTION
    with pytest.raises(SystemExit) as stopped:
        main(["bench", topic, "--help"])
    assert stopped.value.code == 0
    assert "--json" in capsys.readouterr().out
