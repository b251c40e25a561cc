"""Character tables: exact values against another system's, laws of characters, the order of the irreps."""

from __future__ import annotations

import json
import math
import pickle
import shutil
import subprocess
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peterweyl as pw
from peterweyl.cli import main
from peterweyl.permutation_groups import PermutationGroup

SPECS = [
    "C1",
    "C2",
    "C12",
    "C2 x C4",
    "S3",
    "D4",
    "Q8",
    "A4",
    "SL(2,3)",
    "A5",
    "S5",
    "PSL(2,7)",
    "C7 : C3",
    "M11",
]


@pytest.mark.parametrize("spec", SPECS)
def test_rows_are_the_characters_of_the_irreps(spec: str) -> None:
    group = pw.group(spec)
    table = group.character_table
    if group.order > 1000:
        return
    for index, rho in enumerate(group.irreps):
        np.testing.assert_allclose(table.values[index], rho.character, atol=1e-9)
        assert table.indicators[index] == rho.indicator


def test_order_of_the_irreps_for_many_groups() -> None:
    for order in range(1, 40):
        for group in pw.groups_of_order(order):
            table = group.character_table
            found = np.array([rho.character for rho in group.irreps])
            np.testing.assert_allclose(table.values, found, atol=1e-9, err_msg=str(group))


@pytest.mark.parametrize("spec", SPECS)
def test_orthogonality_and_exact_values(spec: str) -> None:
    table = pw.group(spec).character_table
    sizes = np.array(table.class_sizes)
    product = (table.values * sizes) @ table.values.conj().T / table.order
    np.testing.assert_allclose(product, np.eye(len(table)), atol=1e-10)
    exact = np.array([[complex(x) for x in row] for row in table.exact])
    np.testing.assert_allclose(exact, table.values, atol=1e-10)
    assert not table.values.flags.writeable
    assert sum(d * d for d in table.degrees) == table.order
    assert len(table.real_classes) == sum(indicator != 0 for indicator in table.indicators)


def test_permutation_groups_too_large_to_list() -> None:
    m22 = PermutationGroup(pw._core.mathieu_generators(22))
    table = m22.character_table
    assert table.degrees == (1, 21, 45, 45, 55, 99, 154, 210, 231, 280, 280, 385)
    assert table.order == 443520
    assert len(table.classes) == 12
    m24 = PermutationGroup(pw._core.mathieu_generators(24)).character_table
    assert m24.degrees[-1] == 10395
    assert sum(d * d for d in m24.degrees) == 244823040


def test_class_functions() -> None:
    table = pw.group("S5").character_table
    sign = next(chi for chi in table if chi.degree == 1 and chi != table[0])
    natural = table.permutation_character()
    assert natural.is_character()
    assert (natural - table[0]).is_irreducible()
    for chi in table:
        assert chi.is_irreducible()
        assert chi.is_rational()
        assert int(chi.norm) == 1
        assert (chi * sign).is_irreducible()
        square = chi * chi
        assert chi.symmetric_power(2) + chi.exterior_power(2) == square
        assert sum(n * table.degrees[i] for i, n in square.decomposition().items()) == chi.degree**2
        assert chi.determinant() in (table[0], sign)
    assert table.regular_character.decomposition() == dict(enumerate(table.degrees))
    half = table.regular_character * Fraction(1, 7)
    assert half.coefficients()[0] == Fraction(1, 7)
    with pytest.raises(pw.ArgumentError, match="expected a character"):
        half.decomposition()
    other = pw.group("A5").character_table
    with pytest.raises(pw.ArgumentError, match="different tables"):
        table[0] + other[0]


def test_determinants_of_large_degree() -> None:
    table = pw.group("S13").character_table
    sign = next(chi for chi in table.linear_characters if chi != table[0])
    for chi in table.irreducibles[::7]:
        # A transposition has eigenvalue -1 (degree - value)/2 times.
        transposition = next(c for c, size in enumerate(table.class_sizes) if size == 78)
        odd = (chi.degree - int(chi[transposition])) // 2 % 2 == 1
        assert chi.determinant() == (sign if odd else table[0])
    small = pw.group("C7 : C3").character_table
    for chi in small:
        assert chi.determinant() == chi.exterior_power(chi.degree)
    with pytest.raises(pw.ArgumentError, match="multiplicities"):
        small.class_function([1, 0, 0, 0, 0]).determinant()


def test_tables_are_pickled_as_their_groups() -> None:
    from peterweyl.characters import symmetric_group_character_table

    for table in (
        pw.group("A5").character_table,
        PermutationGroup(pw._core.mathieu_generators(11)).character_table,
        symmetric_group_character_table(14),
    ):
        again = pickle.loads(pickle.dumps(table))
        assert again.to_dict() == table.to_dict()
    with pytest.raises(TypeError, match="without its group"):
        pickle.dumps(pw.group("S4").character_table.quotient((0, 1))[0])


def test_complex_characters() -> None:
    table = pw.group("PSL(2,7)").character_table
    three = table[1]
    assert not three.is_real()
    assert three.conjugate() == table[2]
    assert three.galois_conjugates() == (three, table[2])
    assert three.symmetric_power(2) == table[3]
    assert three.exterior_power(2) == three.conjugate()
    assert three.determinant() == table[0]
    assert three.indicator() == 0
    assert three.is_faithful()
    assert table[0].kernel() == tuple(range(len(table)))


def test_higher_indicators_count_roots() -> None:
    group = pw.group("SL(2,3)")
    table = group.character_table
    for k in range(1, 13):
        roots = sum(group.power(x, k) == 0 for x in range(group.order))
        assert sum(chi.indicator(k) * chi.degree for chi in table) == roots


terms = st.dictionaries(st.integers(0, 60), st.integers(-9, 9), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([1, 3, 4, 5, 8, 9, 12, 15, 20, 24, 30]), terms, terms, st.integers(1, 7))
def test_cyclotomic_field(n: int, left: dict[int, int], right: dict[int, int], divisor: int) -> None:
    a, b = pw.Cyclotomic.from_terms(n, left), pw.Cyclotomic.from_terms(12, right)
    assert complex(a + b) == pytest.approx(complex(a) + complex(b))
    assert complex(a * b) == pytest.approx(complex(a) * complex(b))
    assert (a + b) - b == a
    assert (a / divisor) * divisor == a
    assert hash(a + 0) == hash(a)
    assert pickle.loads(pickle.dumps(a / divisor)) == a / divisor
    assert (a * b).conjugate() == a.conjugate() * b.conjugate()
    if b:
        assert (a / b) * b == a
    zeta = np.exp(2j * np.pi / a.conductor)
    assert complex(a) == pytest.approx(sum(c * zeta**e for e, c in a.terms.items()), abs=1e-9)


def test_cyclotomic_words() -> None:
    zeta = pw.Cyclotomic.root_of_unity(5)
    golden = -(zeta**2) - zeta**3
    assert str(golden) == "(1+√5)/2"
    assert golden.gap() == "-E(5)^2-E(5)^3"
    assert golden.latex() == r"\frac{1+\sqrt{5}}{2}"
    assert golden.is_real
    assert 1 < golden < 2
    assert golden.norm() == 1
    assert golden.trace() == 2
    assert str(golden / 3) == "((1+√5)/2)/3"
    assert int(pw.Cyclotomic(7)) == 7
    assert hash(pw.Cyclotomic(7)) == hash(7)
    assert pw.Cyclotomic(Fraction(1, 2)) == Fraction(1, 2)
    with pytest.raises(pw.ArgumentError, match="rational"):
        int(golden)
    with pytest.raises(pw.ArgumentError, match="not real"):
        bool(zeta < 1)
    with pytest.raises(ZeroDivisionError):
        pw.Cyclotomic(0).inverse()
    with pytest.raises(pw.ArgumentError, match="integer or a fraction"):
        pw.Cyclotomic(0.5)  # type: ignore[arg-type]
    with pytest.raises(pw.NumericalError, match="64 bit"):
        pw.Cyclotomic(2**40) * 2**40
    with pytest.raises(pw.NumericalError, match="64 bit"):
        pw.Cyclotomic(10**30)
    assert float(golden) == pytest.approx((1 + math.sqrt(5)) / 2)
    with pytest.raises(pw.ArgumentError, match="real"):
        float(zeta)
    assert complex(golden.to_sympy().evalf()) == pytest.approx(complex(golden))


def test_to_sympy() -> None:
    table = pw.group("Q8").character_table
    assert table.to_sympy().domain.is_ZZ
    table = pw.group("A5").character_table
    matrix = table.to_sympy()
    assert matrix.shape == (5, 5)
    found = np.array(matrix.to_Matrix().evalf().tolist(), dtype=complex)
    np.testing.assert_allclose(found, table.values, atol=1e-9)


@pytest.mark.skipif(shutil.which("gap") is None, reason="GAP is not installed")
def test_gap_reads_our_tables() -> None:
    for spec in ("SL(2,3)", "A5"):
        text = pw.group(spec).character_table.to_gap()
        script = f"""t := ConvertToCharacterTable({text});;
        Print(IsInternallyConsistent(t), " ", TransformingPermutationsCharacterTables(t, CharacterTable(
        {"SL(2,3)" if spec != "A5" else "AlternatingGroup(5)"})) <> fail, "\\n"); QUIT;"""
        done = subprocess.run(
            ["gap", "-q", "-b"], input=script, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.stdout.split() == ["true", "true"], done.stdout + done.stderr


def test_faces() -> None:
    table = pw.group("PSL(2,7)").character_table
    document = json.loads(json.dumps(table.to_dict()))
    assert document["values"][1][4] == "E(7)+E(7)^2+E(7)^4"
    assert "ζ₇+ζ₇²+ζ₇⁴" in str(table)
    assert "<table>" in table._repr_html_()
    assert r"\zeta_{7}" in table._repr_latex_()
    large = pw.group("C60").character_table
    assert "28 more" in str(large)


def test_indices() -> None:
    table = pw.group("A5").character_table
    assert table[-1] == table[4]
    assert table[1:3] == (table[1], table[2])
    assert table.exact[-1, 0] == 5
    with pytest.raises(IndexError):
        table.exact[5, 0]
    assert Counter(chi.degree for chi in table) == Counter(table.degrees)
    assert math.prod(table.degrees) == 180


def test_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["characters", "A5"]) == 0
    assert "(1+√5)/2" in capsys.readouterr().out
    assert main(["characters", "S15", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["command"] == "characters"
    assert len(document["degrees"]) == 176
    assert main(["characters", "A14"]) == 0
    assert "A14, order 43589145600: 72 classes" in capsys.readouterr().out
    assert main(["characters", "C3", "--gap"]) == 0
    assert "E(3)^2" in capsys.readouterr().out
    assert main(["characters", "Q8", "--latex"]) == 0
    assert r"\chi_{5}" in capsys.readouterr().out
    assert main(["characters", "nonsense"]) == 2
