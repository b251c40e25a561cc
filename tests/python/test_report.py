"""Reports against golden files; set PETERWEYL_UPDATE_GOLDEN=1 to write them anew, and read the difference."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.cli import main
from peterweyl.harmonics import Invariance, OrderFinding, Verification

GOLDEN = Path(__file__).parents[1] / "data" / "golden"


def steady(v: Verification) -> Verification:
    """A verification without rounding noise, so that every machine prints the same."""

    def rounded(value: object) -> object:
        return round(value, 6) + 0.0 if isinstance(value, float) else value

    components = tuple(
        dataclasses.replace(c, **{f.name: rounded(getattr(c, f.name)) for f in dataclasses.fields(c)})
        for c in v.components
    )
    blocks = tuple(
        dataclasses.replace(
            b, residual=1.5e-3, unitarity_defect=2e-4, homomorphism_residual=3e-2, share=rounded(b.share)
        )
        for b in v.blocks
    )
    almost = v.almost_invariance and dataclasses.replace(v.almost_invariance, gap=0.5)
    return dataclasses.replace(
        v,
        components=components,
        blocks=blocks,
        almost_invariance=almost,
        row_shares=np.round(v.row_shares, 6),
        singular_values=np.round(v.singular_values, 6),
        invariance=Invariance(0.012, 0.9, False),
        parseval_residual=1e-16,
    )


def rows() -> np.ndarray:
    random = np.random.default_rng(0)
    waves = [
        np.cos(2 * np.pi * (k * np.arange(12) / 12 + phase)) for k, phase in ((1, 0), (2, 0.1), (5, 0.2))
    ]
    return np.array(waves) + 0.05 * random.normal(size=(3, 12))


CASES = {
    "rows": lambda: steady(pw.verify(rows(), "C12")),
    "not_harmonic": lambda: steady(pw.verify(np.random.default_rng(1).normal(size=(9, 6)), "S3")),
    "zero": lambda: dataclasses.replace(pw.verify(np.zeros((2, 6)), "S3"), parseval_residual=0.0),
    "blocks": lambda: steady(pw.verify([r.matrices() for r in pw.group("S3").irreps], "S3", blocks=True)),
    "order_found": lambda: dataclasses.replace(
        steady(pw.verify(rows(), "C12")),
        element_order=OrderFinding(
            "gap", True, True, ("remainders",), MappingProxyType({"gap": 0.9, "native": 0.1}), 1e-9
        ),
        group_name="C12 <&> | _x_",
    ),
}


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    text = re.sub(r"(peterweyl|numpy) \d[\w.+]*", r"\1 VERSION", text)
    if os.environ.get("PETERWEYL_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_text_markdown_and_html_are_the_golden_ones(name: str) -> None:
    v = CASES[name]()
    same_as_golden(f"{name}.txt", v.report() + "\n")
    same_as_golden(f"{name}.md", v.to_markdown())
    same_as_golden(f"{name}.html", v.to_html())


@pytest.mark.parametrize("name", CASES)
def test_html_is_well_formed_and_alone(name: str) -> None:
    page = CASES[name]().to_html()
    body = page[page.index("<body>") : page.index("</body>") + 7]
    # Well-formed as XML: every element closed, every text escaped.
    ElementTree.fromstring(body)
    assert "<script" not in page
    assert not re.search(r"(src|href)=|url\(|@import", page)


def test_a_ranking_as_markdown_and_html() -> None:
    ranking = pw.verify(rows(), groups=["C12", "A4", "D6"])
    assert "| C12 |" in ranking.to_markdown()
    page = ranking.to_html()
    ElementTree.fromstring(page[page.index("<body>") : page.index("</body>") + 7])
    assert "3 groups on the same columns" in page


def test_large_reports_stay_small() -> None:
    v = pw.verify(np.random.default_rng(0).normal(size=(3000, 200)), "C200")
    assert len(v.to_html()) < 2_000_000
    assert len(v.report().splitlines()) < 50


def test_records_notebooks_and_json() -> None:
    v = pw.verify(rows(), "C12")
    records = v.records()
    assert [record["label"] for record in records] == [c.label for c in v.components]
    assert records[0]["group"] == "C12"
    assert v._repr_html_().startswith("<style>")
    document = json.loads(json.dumps(v.to_dict(), allow_nan=False))
    assert document["schema_version"] == 1
    assert document["versions"] == {"peterweyl": pw.__version__, "numpy": np.__version__}
    assert document["seed"] == 20240115
    assert document["thresholds"] == dict(v.thresholds)
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(pw.MissingDependencyError, match="pandas"):
            v.to_pandas()
    else:
        assert list(v.to_pandas()["label"]) == [c.label for c in v.components]


def test_reports_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, rows())
    page = tmp_path / "report.html"
    assert main(["verify", str(path), "--group", "C12", "--html", str(page), "--markdown"]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out.startswith("## harmonic: C12")
    assert main(["verify", str(path), "--group", "C12", "--html", str(tmp_path / "no" / "report.html")]) == 2
    assert "--html: cannot write" in capsys.readouterr().err
