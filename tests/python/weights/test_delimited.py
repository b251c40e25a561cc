from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    hnp.arrays(
        np.complex128,
        hnp.array_shapes(min_dims=2, max_dims=2),
        elements=st.complex_numbers(max_magnitude=1e300, allow_nan=False),
    ),
    st.sampled_from([",", "\t", ";", " "]),
    st.booleans(),
)
def test_tables_come_back_exactly(write: Write, array: np.ndarray, delimiter: str, real: bool) -> None:
    if real:
        array = array.real
    rows = "\n".join(
        delimiter.join(repr(complex(x) if not real else float(x)).strip("()") for x in row) for row in array
    )
    loaded = load_weights(write("w.csv", rows.encode()), "array")
    assert loaded.dtype == (np.float64 if real else array.dtype) or not np.iscomplex(array).any()
    assert np.array_equal(loaded, array)


def test_what_numpy_writes_is_read(tmp_path: Path, matrix: np.ndarray) -> None:
    for name, options in [
        ("a.csv", {"delimiter": ","}),
        ("b.txt", {"header": "rows of W"}),
        ("c.tsv", {"delimiter": "\t"}),
    ]:
        np.savetxt(tmp_path / name, matrix, **options)  # type: ignore[arg-type]
        weights = load_weights(tmp_path / name)
        assert weights.format == "delimited"
        assert np.allclose(weights["array"], matrix, rtol=1e-7)


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (b"1,2\r\n3,4\r\n", [[1, 2], [3, 4]]),
        (b"\xef\xbb\xbf1;2\n3;4", [[1, 2], [3, 4]]),
        (b"# comment\n\n 1  2\n3 4 \n# more\n", [[1, 2], [3, 4]]),
        (b'"1","2"\n"3","-4e-2"', [[1, 2], [3, -0.04]]),
        (b"1, 2\n3, 4", [[1, 2], [3, 4]]),
        (b"1+2j,3\n-1j,(4-1j)", [[1 + 2j, 3], [-1j, 4 - 1j]]),
        (b"7", [[7]]),
        (b"1\n2\n3", [[1], [2], [3]]),
    ],
)
def test_ways_of_writing(write: Write, content: bytes, values: list[list[complex]]) -> None:
    loaded = load_weights(write("w.csv", content), 0)
    assert loaded.tolist() == values
    assert not loaded.flags.writeable


def test_known_by_content(write: Write) -> None:
    assert load_weights(write("table", b"1,2\n3,4")).format == "delimited"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,x", "expected a number in line 1, column 1, got 'a'; remove the row if it is a header"),
        (b"1,2\n3,x", "expected a number in line 2, column 2, got 'x'$"),
        (b"1,2\n3,", "line 2, column 2, got ''"),
        (b"1,2\n3,4\n5", "line 3 has 1 cells, the rows before have 2"),
        (b"1 2\n3 4 5", "line 2 has 3 cells"),
        (b"1,1_000", "got '1_000'"),
        (b"1,2\n\n# c\n3;4", "line 4 has 1 cells"),
        (b"1,\xff", "expected text in UTF-8"),
        (b"\n\n# only comments\n", "the table is empty"),
        (b'1,"2', "quotes that do not close"),
        (b"1," * 3_000_000, "more than 4,194,304 characters"),
        (b"1," + b"x" * 10_000, "got 'xxxxxxxxxx"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.csv", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 500 + len(str(path))


def test_the_memory_limit_is_kept(write: Write) -> None:
    with pytest.raises(pw.WeightsFormatError, match="memory_limit=1,000"):
        load_weights(write("w.csv", b"1,2\n" * 100), memory_limit=1_000)
