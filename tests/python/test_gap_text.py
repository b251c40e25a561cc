"""GAP text: what is written is read back, what GAP would write is understood, nothing else is."""

import contextlib
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw


@pytest.mark.parametrize("spec", ["S4", "A5", "Q8", "C1", "C2 x C6", "M11", "He3", "PSL(2,7)"])
def test_round_trip(spec: str) -> None:
    group = pw.group(spec)
    assert pw.from_gap(pw.to_gap(group)).is_isomorphic(group)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("Group((1,2,3),(1,2))", "S3"),
        ("Group( [ ( 1, 2, 3)(4,5), (1,2) ] ) ;", "D6"),
        ("Group(())", "C1"),
        ("Group([])", "C1"),
        ("Group([ (1,2) ], ())", "C2"),
        ("Group(PermList([2,3,1]), PermList([1,2,3]))", "C3"),
        ("SmallGroup(24,12)", "S4"),
        ("SymmetricGroup(5)", "S5"),
        ("AlternatingGroup(5)", "A5"),
        ("CyclicGroup(12)", "C12"),
        ("DihedralGroup(10)", "D5"),
        ("QuaternionGroup(16)", "Q16"),
        ("MathieuGroup(11)", "M11"),
        ("ElementaryAbelianGroup(27)", "C3^3"),
        ("AbelianGroup([2,4])", "C2 x C4"),
        ("PSL(2,7)", "PSL(2,7)"),
        ("DirectProduct(CyclicGroup(2), SymmetricGroup(4))", "C2 x S4"),
    ],
)
def test_forms(text: str, spec: str) -> None:
    assert pw.from_gap(text).is_isomorphic(pw.group(spec))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "name of a construction"),
        ("Group((1,2)", r"expected '\)'"),
        ("Group((1,2,1))", "disjoint"),
        ("Group((1,2)(2,3))", "disjoint"),
        ("Group((0,1))", "1 ... 65535"),
        ("Group((1,99999999))", "1 ... 65535"),
        ("Group(PermList([1,1]))", "each point comes once"),
        ('Exec("ls")', "number"),
        ("Monster()", "number"),
        ("DihedralGroup(9)", "DihedralGroup"),
        ("ElementaryAbelianGroup(12)", "elementary abelian"),
        ("Group((1,2)) Group((1,2))", "expected the end"),
        ("DirectProduct(" * 100, "deeply"),
    ],
)
def test_everything_else_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(pw.ArgumentError, match=complaint):
        pw.from_gap(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="Group()[],123 ;PermList", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(pw.Error):
        assert pw.from_gap(text).order >= 1


@pytest.mark.skipif(shutil.which("gap") is None, reason="GAP is not installed")
def test_gap_reads_what_is_written() -> None:
    groups = [pw.group(spec) for spec in ("S4", "Q8", "C7 : C3", "SL(2,3)")]
    script = "".join(
        f'id := IdGroup({pw.to_gap(group)});; Print(id[1], " ", id[2], "\\n");\n' for group in groups
    )
    done = subprocess.run(
        ["gap", "-q", "-b"], input=script + "QUIT;\n", capture_output=True, text=True, timeout=120, check=True
    )
    numbers = [int(word) for word in done.stdout.split() if word.isdigit()]
    assert numbers == [part for group in groups for part in group.identify().small_group_id or ()]
