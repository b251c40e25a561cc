"""The largest normalised margins: values of the theory, networks that attain them, and measured networks."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl import examples
from peterweyl.harmonics import maximal_margin, measure_margin, measure_parity_margin, parity_margin

Array = NDArray[Any]

# Values and shares (ascending) from an independent linear programme (scipy) on characters computed by GAP.
VALUES = {
    "S3": (2.36049693e-2, [0.1502, 0.8498]),
    "C5": (3.04290310e-2, [0.5, 0.5]),
    "C6": (2.36049693e-2, [0.1502, 0.4249, 0.4249]),
    "C2^3": (1.94403948e-2, [1 / 7] * 7),
    "D4": (1.57196552e-2, [0.1155, 0.1155, 0.1155, 0.6535]),
    "Q8": (1.23711603e-2, [0.0909, 0.0909, 0.0909, 0.7273]),
    "D5": (9.88460332e-3, [0.0812, 0.4594, 0.4594]),
    "A4": (6.03311119e-3, [0.1536, 0.8464]),
    "Dic3": (6.35455094e-3, None),
    "C7 : C3": (1.79014197e-3, [0.0603, 0.9397]),
    "S4": (2.07664800e-3, [0.0264, 0.1495, 0.412, 0.412]),
    "S5": (1.32597749e-4, [0.0038, 0.1208, 0.1208, 0.211, 0.211, 0.3328]),
    "A5": (4.31570899e-4, [0, 0.2779, 0.361, 0.361]),
    "S6": (7.266303e-6, None),
    "C59": (6.1091264765e-4, [1 / 29] * 29),
    "C113": (2.2859981329e-4, [1 / 56] * 56),
}


@pytest.mark.parametrize("spec", VALUES)
def test_values_of_the_theory(spec: str) -> None:
    value, shares = VALUES[spec]
    found = maximal_margin(spec)
    assert found.value == pytest.approx(value, rel=1e-6)
    assert sum(found.shares.values()) == pytest.approx(1)
    if shares is not None:
        assert sorted(found.shares.values()) == pytest.approx(shares, abs=1e-4)
    if found.closed_form_holds:
        assert found.closed_form == pytest.approx(found.value, rel=1e-9)
    else:
        assert found.closed_form < found.value


@pytest.mark.parametrize(("spec", "value"), [("S7", 2.688982e-7), ("S8", 1.072803e-8)])
def test_groups_whose_irreps_are_too_large(spec: str, value: float) -> None:
    if not hasattr(pw.Group, "character_table"):
        pytest.skip("needs characters without irreps")
    assert maximal_margin(spec).value == pytest.approx(value, rel=1e-6)


def test_labels_are_those_of_the_irreps() -> None:
    for spec in ("S4", "C7 : C3", "Dic3", "A5", "C5"):
        irreps = pw.group(spec).irreps
        labels = {label for joined in maximal_margin(spec).shares for label in joined.split("+")}
        assert labels == {rho.label for rho in irreps if rho.index > 0}


def test_groups_where_the_closed_form_fails() -> None:
    assert not maximal_margin("A5").closed_form_holds
    assert maximal_margin("A5").closed_form == pytest.approx(4.1729e-4, rel=1e-4)
    s6 = maximal_margin("S6")
    degrees = {rho.label: rho.degree for rho in pw.group("S6").irreps}
    # The optimum is not unique (S6 has an outer automorphism): these no optimum uses, one of degree 10 some do not.
    assert sorted(degrees[label] for label in s6.unused) == [1, 9, 9, 16]
    assert 0 in {share for label, share in s6.shares.items() if degrees[label] == 10}
    assert maximal_margin("A5").unused == ("5r#1",)
    assert s6.closed_form == pytest.approx(6.060e-6, rel=1e-3)


@pytest.mark.parametrize("p", [3, 5, 7, 11, 13])
def test_modular_addition_has_its_closed_form(p: int) -> None:
    assert maximal_margin(f"C{p}").value == pytest.approx(math.sqrt(2 / 27) / (math.sqrt(p) * (p - 1)))


@pytest.mark.parametrize("spec", ["S3", "D4", "Q8", "A4", "Dic3", "C6", "D5", "C7 : C3", "SmallGroup(16,3)"])
def test_the_programme_against_scipy(spec: str) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    G = pw.group(spec)
    n = G.order
    irreps = [r for r in G.irreps if r.index > 0 and r.index <= r.conjugate_index]
    payoff = np.array(
        [
            2
            / (3 * math.sqrt(3))
            * (1 if r.indicator == 1 else math.sqrt(0.5))
            * n**-1.5
            * r.degree**-1.5
            * (r.degree - r.character[1:].real)
            for r in irreps
        ]
    )
    k, classes = payoff.shape
    answer = optimize.linprog(
        np.r_[np.zeros(k), -1],
        A_ub=np.c_[-payoff.T, np.ones(classes)] * 1e3,
        b_ub=np.zeros(classes),
        A_eq=np.r_[np.ones(k), 0][None],
        b_eq=[1],
        bounds=[(0, None)] * k + [(None, None)],
    )
    assert maximal_margin(G).value == pytest.approx(-answer.fun, rel=1e-6)


def real_vector(rho: pw.Irrep) -> Array:
    """A vector that a real form of the irrep holds; any vector where there is no real form."""
    matrices = rho.matrices()
    if rho.indicator != 1:
        return np.eye(rho.degree, dtype=complex)[0]
    random = np.random.default_rng(0)
    x = random.normal(size=(rho.degree, rho.degree))
    # C conj(rho) = rho C, hence v -> C conj(v) commutes with rho; its fixed vectors are a real form.
    c = np.einsum("gij,jk,glk->il", matrices, x, matrices)
    c = c / np.sqrt(np.trace(c @ c.conj()) / rho.degree)
    v = random.normal(size=rho.degree) + 1j * random.normal(size=rho.degree)
    return v + c @ v.conj()


def orbit_network(group: pw.Group, shares: dict[str, float]) -> tuple[Array, Array, Array]:
    """Neurons (u(gak), v(k^-1 bh), w(gch)) over g, k, h: the construction of the lower bound."""
    n, table, inverse = group.order, group.table.astype(int), group.inverses.astype(int)
    g, k, h = (x.ravel() for x in np.meshgrid(*[np.arange(n)] * 3, indexing="ij"))
    columns = np.arange(n)
    u_at = table[table[g[:, None], columns], k[:, None]]
    v_at = table[table[inverse[k][:, None], columns], h[:, None]]
    w_at = table[table[g[:, None], columns], h[:, None]]
    parts: list[list[Array]] = [[], [], []]
    for rho in group.irreps:
        share = next((s for label, s in shares.items() if label.split("+")[0] == rho.label), 0.0)
        if share < 1e-12:
            continue
        b = real_vector(rho)
        entry = np.einsum("i,gij,j->g", b.conj(), rho.matrices(), b).real
        entry = entry / np.linalg.norm(entry)
        size = (share / n**3) ** (1 / 3) / math.sqrt(3)
        for part, at in zip(parts, (u_at, v_at, w_at), strict=True):
            part.append(size * entry[at])
    u, v, w = (np.concatenate(part) for part in parts)
    return u, v, w


@pytest.mark.parametrize("spec", ["S3", "C5", "C6", "C2^3", "D4", "Q8", "D5"])
def test_explicit_networks_attain_the_value(spec: str) -> None:
    G = pw.group(spec)
    best = maximal_margin(G)
    found = measure_margin(*orbit_network(G, dict(best.shares)), G)
    assert found.ratio == pytest.approx(1, abs=1e-10)
    assert found.norm == pytest.approx(1)
    for label, share in best.shares.items():
        assert found.shares[label] == pytest.approx(share, abs=1e-9)
    if spec.startswith("C") and "^" not in spec:
        assert found.phase_residual is not None


def test_the_margin_of_a_network_by_its_definition() -> None:
    random = np.random.default_rng(0)
    G = pw.group("D4")
    u, v, w = random.normal(size=(3, 5, 8))
    expected = math.inf
    for a, b in itertools.product(range(8), repeat=2):
        outputs = sum((u[i, a] + v[i, b]) ** 2 * w[i] for i in range(5))
        right = G.table[a, b]
        expected = min(expected, outputs[right] - max(outputs[c] for c in range(8) if c != right))
    found = measure_margin(u, v, w.T, G)
    assert found.margin == pytest.approx(expected)
    assert found.ratio < 0
    assert found.to_dict()["live_neurons"] == 5


def test_trained_networks_come_near() -> None:
    weights = pw.load_weights(examples.path("composition_s4"))
    found = measure_margin(weights["U"], weights["V"], weights["W"], "S4")
    figures = examples.description("composition_s4")["figures"]
    assert found.normalised == pytest.approx(figures["normalised_margin"], rel=1e-3)
    assert 0.85 < found.ratio <= 1
    assert np.median(found.neuron_purity) > 0.999
    untrained = pw.load_weights(examples.path("composition_s4_untrained"))
    assert measure_margin(untrained["U"], untrained["V"], untrained["W"], "S4").ratio < 0


def parity_network(n: int, k: int) -> tuple[Array, Array]:
    """sum over signs of prod(signs) (signs . x)^k, on the first k bits."""
    signs = np.array(list(itertools.product([1.0, -1.0], repeat=k)))[: 2 ** (k - 1)]
    u = np.zeros((len(signs), n))
    u[:, :k] = signs
    return u, signs.prod(axis=1)[:, None] * np.array([1.0, -1.0]) / math.sqrt(2)


@pytest.mark.parametrize(("n", "k"), [(2, 2), (5, 2), (4, 3), (6, 4)])
def test_parity_networks_attain_the_value(n: int, k: int) -> None:
    found = measure_parity_margin(*parity_network(n, k), range(k))
    assert found.ratio == pytest.approx(1)
    assert found.support_energy == 1
    u, w = parity_network(n, k)
    u[0] *= 1.2
    assert measure_parity_margin(u, w, range(k)).ratio < 1


def test_parity_values() -> None:
    values = [parity_margin(k) for k in (2, 3, 4)]
    assert values == pytest.approx([0.5443310540, 0.5303300859, 0.6071573107], rel=1e-9)


def test_bad_input() -> None:
    with pytest.raises(pw.ArgumentError, match="order 2 or more"):
        maximal_margin("C1")
    with pytest.raises(pw.ArgumentError, match="leaves open"):
        measure_margin(np.eye(6), np.eye(6), np.eye(6), "S3")
    assert measure_margin(np.eye(6), np.eye(6), np.eye(6), "S3", axes=(0, 0, 0)).norm > 0
    with pytest.raises(pw.ArgumentError, match="as many neurons"):
        measure_margin(np.ones((3, 6)), np.ones((4, 6)), np.ones((3, 6)), "S3")
    with pytest.raises(pw.ArgumentError, match="u: expected a real matrix"):
        measure_margin(np.ones((3, 5)), np.ones((3, 6)), np.ones((3, 6)), "S3")
    with pytest.raises(pw.ArgumentError, match="axes"):
        measure_margin(np.ones((3, 6)), np.ones((3, 6)), np.ones((3, 6)), "S3", axes=(0, 0, 0))
    with pytest.raises(pw.ArgumentError, match="k: expected"):
        parity_margin(1)
    with pytest.raises(pw.ArgumentError, match="bits"):
        measure_parity_margin(np.ones((2, 3)), np.ones((2, 2)), [0, 0])
    with pytest.raises(pw.ArgumentError, match="all inputs are tried"):
        measure_parity_margin(np.ones((2, 40)), np.ones((2, 2)), [0, 1])
    with pytest.raises(pw.ArgumentError, match="got shapes"):
        measure_parity_margin(np.ones((2, 3)), np.ones((3, 2)), [0, 1])
