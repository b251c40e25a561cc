"""Networks that compose two elements: every measure against its definition with dense bases and all n^3 logits."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl import examples
from peterweyl.harmonics import ACTIVATIONS, verify_composition

Array = NDArray[Any]


def network(group: pw.Group, neurons: int, seed: int) -> tuple[Array, Array, Array]:
    random = np.random.default_rng(seed)
    shape = (neurons, group.order)
    return random.normal(size=shape), random.normal(size=shape), random.normal(size=shape)


def orthonormal(group: pw.Group, irreps: tuple[int, ...], elements: Array) -> Array:
    """A rank-revealing orthonormal basis of the span of the entries of rho(elements) and its conjugate."""
    columns = []
    for k in irreps:
        entries = group.irreps[k].matrices()[elements].reshape(len(elements), -1)
        columns += [entries.real, entries.imag]
    left, values, _ = np.linalg.svd(np.concatenate(columns, axis=1), full_matrices=False)
    return np.asarray(left[:, values > 1e-9 * values[0]])


@pytest.mark.parametrize("spec", ["S3", "Q8", "A4", "C7", "D5", "C7 : C3"])
@pytest.mark.parametrize("activation", ["relu", "square"])
def test_measures_are_their_definitions(spec: str, activation: str) -> None:
    G = pw.group(spec)
    n = G.order
    u, v, w = network(G, 9, seed=n)
    # Something to find: some neurons are harmonics of the last irrep.
    rho = G.irreps[len(G.irreps) - 1]
    u[:4] += 3 * rho.matrices()[:, 0, 0].real
    w[:4] += 2 * rho.matrices()[:, 0, 0].real
    random = np.random.default_rng(1)
    bias, out_bias = random.normal(size=9), random.normal(size=n)
    train = random.random((n, n)) < 0.6
    found = verify_composition(
        u, v, w, G, activation=activation, bias=bias, out_bias=out_bias, train=train, axes=(1, 1, 1)
    )

    a, b = (x.ravel() for x in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
    ab = G.table[a, b].astype(int)
    hidden = ACTIVATIONS[activation].function(u[:, a].T + v[:, b].T + bias)
    logits = hidden @ w + out_bias
    centred = hidden - hidden.mean(axis=0)
    total = (centred**2).sum()
    logits_centred = logits - logits.mean(axis=1, keepdims=True)
    key_part = np.zeros_like(hidden)
    components = [(r.index, r.conjugate_index) for r in G.irreps if r.index <= r.conjugate_index]
    for pair, component in zip(components, found.components, strict=True):
        irreps = tuple(sorted(set(pair)))
        if pair[0] > 0:
            for name, elements in (("hidden_a", a), ("hidden_b", b), ("hidden_ab", ab)):
                q = orthonormal(G, irreps, elements)
                assert getattr(component, name) == pytest.approx(((q.T @ centred) ** 2).sum() / total)
            character = sum(G.irreps[k].character for k in irreps).real  # type: ignore[union-attr]
            classes = G.conjugacy_classes.of_element
            chi = character[classes[G.table[ab[:, None], G.inverses[None, :]]]]
            cosine = (logits_centred * chi).sum() / np.linalg.norm(logits_centred) / np.linalg.norm(chi)
            assert component.logit_similarity == pytest.approx(cosine, abs=1e-12)
            assert component.key == (cosine > 0.005)
        if component.key:
            q = orthonormal(G, irreps, ab)
            key_part += q @ (q.T @ centred)

    def cross_entropy(outputs: Array, chosen: Array) -> float:
        probabilities = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
        return float(-np.log(probabilities[np.arange(n * n), ab])[chosen].mean())

    everything = np.ones(n * n, dtype=bool)
    assert found.loss == pytest.approx(cross_entropy(logits, everything))
    assert found.restricted_loss == pytest.approx(cross_entropy(key_part @ w + out_bias, everything))
    assert found.excluded_loss == pytest.approx(
        cross_entropy((hidden - key_part) @ w + out_bias, train.ravel())
    )
    assert found.accuracy == pytest.approx((logits.argmax(axis=1) == ab).mean())
    assert found.logit_share == pytest.approx(sum(c.logit_similarity**2 for c in found.components[1:]))

    same = verify_composition(out=w, group=G, hidden=hidden, out_bias=out_bias, train=train, axes=(1,))
    assert same.excluded_loss == pytest.approx(found.excluded_loss)
    assert same.left is None
    from_logits = verify_composition(group=G, logits=logits.reshape(n, n, n))
    assert from_logits.logit_share == pytest.approx(found.logit_share)
    assert from_logits.loss == pytest.approx(found.loss)
    assert np.isnan(from_logits.hidden_share)
    pairs = np.argwhere(train)
    again = verify_composition(
        u, v, w, G, activation=activation, bias=bias, out_bias=out_bias, train=pairs, axes=(1, 1, 1)
    )
    assert again.excluded_loss == found.excluded_loss


@pytest.mark.parametrize("spec", ["C13", "S4"])
def test_trained_networks_compute_with_characters(spec: str) -> None:
    if spec == "S4":
        weights = pw.load_weights(examples.path("composition_s4"))
        found = verify_composition(weights["U"], weights["V"], weights["W"], spec, activation="square")
        assert found.key == ("1r#2", "2r#1", "3r#1", "3r#2")
        assert found.logit_share == pytest.approx(1, abs=1e-3)
        assert found.restricted_loss == pytest.approx(found.loss, rel=0.05)
    else:
        weights = pw.load_weights(examples.path("relu_c13"))
        names = ("left.weight", "right.weight", "out.weight")
        found = verify_composition(*(weights[name] for name in names), spec)
        assert found.logit_share > 0.8
    assert found.accuracy == 1
    assert found.excluded_loss > 100 * found.loss
    assert found.left is not None
    assert found.left.holds
    json.dumps(found.to_dict(), allow_nan=False)
    assert "logit similarity" in found.report()
    assert "key" in repr(found)
    page = found.to_html()
    parsed = ElementTree.fromstring(page.partition("<body>")[2].partition("</body>")[0].join(["<x>", "</x>"]))
    cells = [[cell.text for cell in row] for row in parsed.iter("tr")]
    assert [row[0] for row in cells if len(row) == 7 and row[2] == "key"][1:] == list(found.key)
    assert ["accuracy", "100.0 %"] in cells
    assert [heading.text for heading in parsed.iter("h1")][1::2] == ["left", "right", "out"]
    untrained = pw.load_weights(examples.path("composition_s4_untrained"))
    assert verify_composition(untrained["U"], untrained["V"], untrained["W"], "S4").logit_share < 0.1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "nothing to measure"),
        ({"left": np.ones((4, 6)), "right": np.ones((5, 6))}, "as many neurons"),
        (
            {"left": np.ones((4, 6)), "right": np.ones((4, 6)), "activation": "step"},
            "expected one of identity",
        ),
        ({"left": np.ones((4, 6)), "right": np.ones((4, 6)), "activation": 3}, "a name or a function"),
        ({"left": np.ones((4, 6)), "right": np.ones((4, 6)), "bias": np.ones(3)}, "bias: expected shape"),
        ({"left": np.ones((4, 6)), "right": np.ones((4, 6)), "out_bias": np.ones(3)}, "out_bias"),
        ({"hidden": np.ones((35, 4))}, "hidden: expected real numbers"),
        ({"hidden": np.ones((36, 4)), "out": np.ones((5, 6))}, "out: expected 4 neurons"),
        ({"logits": np.ones((36, 4))}, "logits: expected 6 outputs"),
        ({"logits": np.ones((36, 6)), "train": [[0, 9]]}, "train: expected pairs of elements"),
        ({"logits": np.ones((36, 6)), "train": np.zeros((6, 6), bool)}, "at least one pair"),
        ({"logits": np.ones((36, 6)), "train": np.ones(3)}, "train: expected pairs"),
    ],
)
def test_input_that_does_not_fit(options: dict[str, Any], message: str) -> None:
    with pytest.raises(pw.ArgumentError, match=message):
        verify_composition(group="S3", **options)
    with pytest.raises(pw.ArgumentError, match="group: expected"):
        verify_composition(**options)


def test_activations() -> None:
    x = np.linspace(-3, 3, 13)
    functions = {name: activation.function(x) for name, activation in ACTIVATIONS.items()}
    scipy_special = pytest.importorskip("scipy.special")
    np.testing.assert_allclose(functions["gelu"], x * scipy_special.ndtr(x))
    np.testing.assert_allclose(functions["sigmoid"], scipy_special.expit(x))
    np.testing.assert_allclose(functions["silu"], x * scipy_special.expit(x))
    np.testing.assert_allclose(functions["gelu_tanh"], functions["gelu"], atol=1e-3)
    np.testing.assert_array_equal(functions["leaky_relu"], np.where(x < 0, 0.01 * x, x))
