"""Plots: that they are drawn without a screen, and that what is drawn are the numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

import peterweyl as pw
from peterweyl import examples, plot
from peterweyl.cli import main


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(pw.MissingDependencyError, match=r"peterweyl\[plot\]"):
        plot.energies(pw.verify(np.eye(6)[:2], "S3"))


@pytest.fixture
def verification() -> pw.Verification:
    pytest.importorskip("matplotlib")
    return pw.verify(pw.load_weights(examples.path("composition_s4"), "U"), "S4")


def test_what_is_drawn_are_the_numbers(verification: pw.Verification, tmp_path: Path) -> None:
    ax = plot.energies(verification)
    heights = [bar.get_height() for bar in ax.patches]
    assert heights == pytest.approx([c.share for c in verification.components])
    ax.figure.savefig(tmp_path / "energies.png")
    assert (tmp_path / "energies.png").stat().st_size > 1000
    assert len(plot.coverage(verification).patches) == 3 * len(verification.components)
    image = plot.row_shares(verification).images[0].get_array()
    assert image.shape == verification.row_shares.shape
    assert float(image.sum()) == pytest.approx(float(verification.row_shares.sum()))
    curve = plot.singular_values(verification).get_lines()[0].get_ydata()
    assert curve[0] == 1
    same = plot.energies(verification, ax=ax)
    assert same is ax


def test_tables_harmonics_rankings_and_curves(verification: pw.Verification, tmp_path: Path) -> None:
    table = plot.cayley_table("S3").images[0].get_array()
    np.testing.assert_array_equal(table, pw.group("S3").table)
    lines = plot.harmonics("Q8", "2q#1").get_lines()
    assert len(lines) >= 8
    assert len(plot.harmonics("C5", 1).get_lines()) == 3
    ranking = pw.verify(np.eye(6)[:3], groups="order")
    assert len(plot.ranking(ranking).patches) == 2
    for step in range(3):
        np.save(tmp_path / f"{step}.npy", np.random.default_rng(step).normal(size=(5, 6)))
    result = pw.sweep(tmp_path, "S3")
    ax = plot.training_curves(result, ["excess", "shares"])
    assert len(ax.get_lines()) == 1 + 3
    np.testing.assert_allclose(ax.get_lines()[0].get_ydata(), result.column("excess"))
    ax.figure.savefig(tmp_path / "curves.svg")


def test_drawings_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib")
    network = str(examples.path("composition_s4"))
    arguments = ["verify", network, "--tensor", "U", "--plot"]
    assert main([*arguments, str(tmp_path / "one.png"), "--group", "S4"]) == 0
    assert main([*arguments, str(tmp_path / "many.svg"), "--groups", "S4,C24"]) == 0
    for step in range(3):
        np.save(tmp_path / f"{step}.npy", np.random.default_rng(step).normal(size=(5, 6)))
    files = [str(tmp_path / "[01].npy"), str(tmp_path / "2.npy")]
    assert main(["sweep", *files, "--group", "S3", "--plot", str(tmp_path / "curves.pdf")]) == 1
    assert all((tmp_path / name).stat().st_size > 1000 for name in ("one.png", "many.svg", "curves.pdf"))
    capsys.readouterr()
    assert main([*arguments, str(tmp_path / "one.nonsense"), "--group", "S4"]) == 2
    assert "--plot: cannot write" in capsys.readouterr().err


def test_bad_input() -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(pw.ArgumentError, match="at most 1024"):
        plot.cayley_table("S7")
    with pytest.raises(pw.ArgumentError, match="irrep"):
        plot.harmonics("S3", "9r#1")
    with pytest.raises(pw.ArgumentError, match="irrep"):
        plot.harmonics("S3", 7)
    with pytest.raises(pw.ArgumentError, match="at least one file"):
        plot.training_curves([])
