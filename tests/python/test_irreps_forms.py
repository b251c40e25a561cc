"""Real and quaternionic forms of irreps, and decompositions of other representations."""

from __future__ import annotations

import numpy as np
import pytest

import peterweyl as pw

SPECS = ["C6", "S4", "A4", "A5", "Q8", "SL(2,3)", "SL(2,5)", "D7", "Dic3", "PSL(2,7)", "S3 x Q8"]


@pytest.mark.parametrize("spec", SPECS)
def test_real_forms(spec: str) -> None:
    group = pw.group(spec)
    table = group.table
    a, b = np.random.default_rng(0).integers(0, group.order, size=(2, 40))
    for rho in group.irreps:
        d = rho.degree
        form = rho.real_form()
        size = 2 * d if rho.type == "complex" else d
        assert form.shape == (group.order, size, size)
        np.testing.assert_allclose(form[a] @ form[b], form[table[a, b]], atol=1e-12)
        np.testing.assert_allclose(form @ form.conj().transpose(0, 2, 1) - np.eye(size), 0, atol=1e-12)
        traces = np.trace(form, axis1=1, axis2=2)[group.conjugacy_classes.representatives]
        expected = 2 * rho.character.real if rho.type == "complex" else rho.character
        np.testing.assert_allclose(traces, expected, atol=1e-11)
        if rho.type == "quaternionic":
            m = d // 2
            np.testing.assert_allclose(form[:, :m, :m], form[:, m:, m:].conj(), atol=1e-12)
            np.testing.assert_allclose(form[:, m:, :m], -form[:, :m, m:].conj(), atol=1e-12)
        else:
            assert form.dtype == np.float64
        assert rho.real_form("realified").shape == (group.order, 2 * d, 2 * d)
        wrong = "orthogonal" if rho.type == "quaternionic" else "quaternionic"
        with pytest.raises(pw.ArgumentError, match=f"has no {wrong} form"):
            rho.real_form(wrong)  # type: ignore[arg-type]
        with pytest.raises(pw.ArgumentError, match="kind: expected"):
            rho.real_form("octonionic")  # type: ignore[arg-type]


@pytest.mark.parametrize("spec", ["S4", "A5", "Q8", "C2 x C6", "SL(2,3)"])
def test_a_hidden_sum_is_found(spec: str) -> None:
    group = pw.group(spec)
    random = np.random.default_rng(1)
    counts = random.integers(0, 3, size=len(group.irreps))
    counts[-1] += 1
    size = sum(int(c) * rho.degree for c, rho in zip(counts, group.irreps, strict=True))
    hidden = random.normal(size=(size, size)) + 1j * random.normal(size=(size, size))
    for basis in (hidden, np.linalg.qr(hidden)[0]):
        matrices = []
        for g in group.generators:
            blocks = np.zeros((size, size), complex)
            place = 0
            for count, rho in zip(counts, group.irreps, strict=True):
                for _ in range(count):
                    blocks[place : place + rho.degree, place : place + rho.degree] = rho.matrix(g)
                    place += rho.degree
            matrices.append(basis @ blocks @ np.linalg.inv(basis))
        found = group.irreps.decompose(matrices)
        assert found.multiplicities == tuple(counts)
        assert found.residual < 1e-9
        assert np.linalg.matrix_rank(found.intertwiner) == size
    np.testing.assert_allclose(found.intertwiner @ found.intertwiner.conj().T, np.eye(size), atol=1e-10)


def test_the_regular_representation() -> None:
    group = pw.group("A4")
    # M(g) e_x = e_(g x)
    matrices = [np.eye(12)[:, np.argsort(group.table[g])] for g in group.generators]
    assert group.irreps.decompose(matrices).multiplicities == group.irreps.degrees


def test_what_is_no_representation() -> None:
    group = pw.group("S3")
    with pytest.raises(pw.NotARepresentationError, match="two words of one element differ") as caught:
        group.irreps.decompose([np.eye(2) * 2 for _ in group.generators])
    assert caught.value.defect > 1
    with pytest.raises(pw.ArgumentError, match="one for each generator"):
        group.irreps.decompose([np.eye(2)])
    with pytest.raises(pw.ArgumentError, match="g: expected an element"):
        group.irreps[0].matrix(6)
