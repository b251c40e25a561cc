"""Every block case of the collection of trained weights kept beside the repository, where it is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

import peterweyl as pw

COLLECTION = Path(__file__).resolve().parents[3] / "shared" / "weights"
MANIFEST = COLLECTION / "manifest.json"

pytestmark = pytest.mark.skipif(
    not MANIFEST.is_file(), reason="the collection of weights is not beside the repository"
)


def block_cases():
    cases = json.loads(MANIFEST.read_text())["cases"]
    return [
        c for c in cases if "reconstruct" in c["task"] and re.match(r"W[.\d]*$", next(iter(c["tensors"])))
    ]


def arguments(case):
    """What to call reconstruct() with, by the words of the case's convention."""
    tensors = {
        name.rpartition("model.")[2]: value
        for name, value in pw.load_weights(COLLECTION / case["files"][0]["file"]).items()
    }
    convention = case["convention"]
    if "W" in tensors:
        sizes = json.loads(re.search(r"blocks?(?: sizes:?)? (\[[\d, ]+\])", convention)[1])
        return {"blocks": tensors["W"], "block_sizes": sizes, "axis": 1}
    return {"blocks": [tensors[name] for name in case["tensors"]], "identity_omitted": "n-1" in convention}


def test_block_cases_of_the_collection():
    recoverable = recovered = certified_due = certified = equal = 0
    beyond = []
    cases = block_cases()
    for case in cases:
        truth = np.load(COLLECTION / case["table"]).astype(np.int64)
        r = pw.reconstruct(**arguments(case))
        same = r.table is not None and r.group.is_isomorphic(pw.from_table(truth))
        assert same or not r.certified, f"{case['id']}: certified with a wrong table"
        if case["category"] in ("exact_irreps", "spectral_converged"):
            certified_due += 1
            certified += r.certified
        if case["truth"]["table_recoverable"] is True:
            recoverable += 1
            recovered += same
            equal += r.table is not None and np.array_equal(r.table, truth)
        elif same and r.reason in ("certified", "uncertified"):
            beyond.append(case["id"])
        if case["id"].startswith("partial_"):
            assert r.reason == "quotient"
    print(
        f"\n{len(cases)} block cases: recovered {recovered} of {recoverable} ({equal} label for label), ",
        end="",
    )
    print(f"certified {certified} of {certified_due} that are due, wrong 0, found beyond: {len(beyond)}")
    assert len(cases) > 50
    assert recovered == recoverable
    assert certified == certified_due


def test_runs_whose_published_read_out_misses_one_column():
    """The published rule gets exactly n - 1 entries wrong there; closing generators gets none wrong."""
    found = 0
    for case in block_cases():
        truth = np.load(COLLECTION / case["table"])
        if (case.get("reference_extra") or {}).get("wrong_entries") != len(truth) - 1:
            continue
        r = pw.reconstruct(**arguments(case))
        assert r.group.is_isomorphic(pw.from_table(truth)), case["id"]
        found += 1
    assert found > 0
