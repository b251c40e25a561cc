"""reconstruct(factors=) and logits=: networks made here from tables, trained ones, and networks without a group."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import peterweyl as pw
from peterweyl import examples
from peterweyl.reconstruction import CompositionNetwork, mlp, transformer

DATA = Path(__file__).parents[1] / "data" / "networks"


def shuffled_table(spec, rng):
    """The table with its labels in random order, so that the identity is any of them."""
    table = np.asarray(pw.group(spec).table).astype(np.int64)
    order = rng.permutation(len(table))
    return np.argsort(order)[table[np.ix_(order, order)]]


def orbit_network(table, hidden, rng, noise=0.0):
    """Quadratic neurons (u, v, w): w is the convolution of u and v, so that the trilinear form is a sum of squares."""
    n = len(table)
    u, v = rng.normal(size=(2, n, hidden))
    w = np.zeros((n, hidden))
    np.add.at(w, table.reshape(-1), (u[:, None, :] * v[None, :, :]).reshape(n * n, hidden))
    w /= w.std()
    return [x + noise * rng.normal(size=x.shape) for x in (u, v, w)]


@pytest.mark.parametrize("spec", ["C7", "S3", "D4", "Q8", "C2^3", "A4", "C7 : C3", "S4"])
def test_the_table_comes_back_with_its_labels_and_its_identity(spec):
    rng = np.random.default_rng(1)
    table = shuffled_table(spec, rng)
    r = pw.reconstruct(factors=orbit_network(table, 300, rng), axis=0)
    np.testing.assert_array_equal(r.table, table)
    assert r.identity == int(np.flatnonzero((table == np.arange(len(table))).all(axis=1))[0])
    assert r.group.is_isomorphic(pw.group(spec))
    assert r.left_right == ("abelian" if pw.group(spec).is_abelian else "known")
    assert r.reason in ("certified", "uncertified")
    assert r.certified == (r.read_out.complete and r.read_out.agreeing == len(table) ** 2)
    assert (r.residual < r.radius) == r.certified
    assert r.read_out.identity_votes == r.read_out.identity_voters
    assert not r.table.flags.writeable


def test_noise_that_spoils_the_largest_scores_leaves_the_table_uncertified():
    rng = np.random.default_rng(2)
    table = shuffled_table("S4", rng)
    r = pw.reconstruct(factors=orbit_network(table, 220, rng, noise=0.2), axis=0)
    np.testing.assert_array_equal(r.table, table)
    assert r.read_out.agreement < 1
    assert r.reason == "uncertified"
    assert not r.certified
    assert "largest score" in r.detail


@pytest.mark.parametrize("layout", [(0, 0, 0), (1, 1, 1), (0, 0, 1), (1, 1, 0)])
def test_layouts_are_recognised_or_told(layout):
    rng = np.random.default_rng(3)
    table = shuffled_table("A4", rng)
    factors = [x if k == 0 else x.T for x, k in zip(orbit_network(table, 150, rng), layout, strict=True)]
    for arguments in ({}, {"axis": layout}, {"order": 12}):
        r = pw.reconstruct(factors=factors, **arguments)
        np.testing.assert_array_equal(r.table, table)
    square = [x[:, :12] for x in orbit_network(table, 12, rng)]
    r = pw.reconstruct(factors=[x if k == 0 else x.T for x, k in zip(square, layout, strict=True)])
    assert r.columns == 12


def test_complex_factors_are_their_real_part():
    rng = np.random.default_rng(4)
    n = 11
    characters = np.exp(2j * np.pi * np.outer(np.arange(n), np.arange(1, n)) / n)
    r = pw.reconstruct(factors=(characters, characters, characters.conj()), axis=0)
    np.testing.assert_array_equal(r.table, np.add.outer(np.arange(n), np.arange(n)) % n)
    assert r.certified
    assert r.identity == 0
    del rng


def test_scales_and_dead_or_repeated_neurons_do_not_matter():
    rng = np.random.default_rng(5)
    table = shuffled_table("D5", rng)
    u, v, w = orbit_network(table, 200, rng)
    expected = pw.reconstruct(factors=(u, v, w), axis=0).table
    scale = 10.0 ** rng.uniform(-2, 2, size=u.shape[1])
    factors = [
        np.concatenate([x, np.zeros((10, 20)), x[:, :50]], axis=1) * s
        for x, s in ((u * scale, 1e-20), (v, 1e20), (w / scale, 3.0))
    ]
    r = pw.reconstruct(factors=factors, axis=0)
    np.testing.assert_array_equal(r.table, expected)
    np.testing.assert_array_equal(r.table, table)


@pytest.mark.parametrize("name", ["composition_s4", "relu_c13"])
def test_trained_networks(name):
    weights = pw.load_weights(examples.path(name))
    tensors = examples.description(name)["tensors"]
    by_role = {entry["role"]: (key, entry["group_axis"]) for key, entry in tensors.items()}
    keys = [by_role[role] for role in ("left", "right", "out")]
    table = np.asarray(pw.group(examples.description(name)["group"]).table)
    r = pw.reconstruct(factors=[weights[key] for key, _ in keys], axis=[axis for _, axis in keys])
    np.testing.assert_array_equal(r.table, table)
    assert r.certified


def test_an_untrained_network_is_noise():
    weights = pw.load_weights(examples.path("composition_s4_untrained"))
    r = pw.reconstruct(factors=[weights[key] for key in "UVW"])
    assert r.reason in ("noise", "no_group_found")
    assert not r.certified


def test_the_activation_decides_where_the_trilinear_form_does_not():
    rng = np.random.default_rng(6)
    table = shuffled_table("C5", rng)
    u, v, w = orbit_network(table, 400, rng)
    network = CompositionNetwork(
        left=u.astype(np.float32),
        right=v.astype(np.float32),
        out=w.astype(np.float32),
        activation="quadratic",
    )
    logits = np.einsum("abm,cm->abc", (u[:, None] + v[None]) ** 2, w)
    r = pw.reconstruct(factors=network)
    np.testing.assert_array_equal(r.table, table)
    named = pw.reconstruct(factors=(u, v, w), axis=0, activation="square")
    called = pw.reconstruct(factors=(u, v, w), axis=0, activation=np.square)
    given = pw.reconstruct(factors=(u, v, w), axis=0, logits=logits)
    for other in (named, called, given):
        np.testing.assert_array_equal(other.table, table)


def test_logits_alone_as_an_array_or_a_function():
    rng = np.random.default_rng(7)
    table = shuffled_table("S3", rng)
    logits = 0.3 * rng.normal(size=(6, 6, 6))
    logits[np.arange(6)[:, None], np.arange(6), table] += 3
    for given in (logits, logits.reshape(36, 6)):
        r = pw.reconstruct(logits=given)
        np.testing.assert_array_equal(r.table, table)
        assert r.certified
        assert r.source == "logits"
    asked = []

    def model(a, b):
        asked.append(len(a))
        return logits[a, b]

    r = pw.reconstruct(logits=model, order=6)
    np.testing.assert_array_equal(r.table, table)
    assert r.certified
    assert set(asked) == {6}


def test_a_latin_square_without_a_group_is_refused():
    rng = np.random.default_rng(8)
    # An idempotent Latin square of order 7, 4 (a + b) mod 7: isotopic to C7, and its largest scores are no group.
    square = 4 * np.add.outer(np.arange(7), np.arange(7)) % 7
    logits = 0.1 * rng.normal(size=(7, 7, 7))
    logits[np.arange(7)[:, None], np.arange(7), square] += 1
    r = pw.reconstruct(logits=logits)
    assert not r.certified
    # One wrong entry in a table of a group: found, and not certified.
    table = np.asarray(pw.group("D4").table).astype(np.int64)
    table[1, 2] = 5
    scores = np.eye(8)[table]
    r = pw.reconstruct(logits=scores)
    np.testing.assert_array_equal(r.table, pw.group("D4").table)
    assert r.reason == "uncertified"
    assert r.read_out.agreeing == 63


def test_a_quasigroup_far_from_groups_has_a_light_defect():
    # Order 5 has two Latin squares up to isotopy; this is the one that is not the cyclic group's.
    square = np.array([[0, 1, 2, 3, 4], [1, 0, 3, 4, 2], [2, 4, 0, 1, 3], [3, 2, 4, 0, 1], [4, 3, 1, 2, 0]])
    r = pw.reconstruct(logits=np.eye(5)[square])
    assert not r.certified
    assert r.reason in ("no_group_found", "noise")
    np.testing.assert_array_equal(r.nearest_latin_square, square)
    assert r.light_defect > 0.1


def test_coinciding_columns_give_the_quotient():
    rng = np.random.default_rng(10)
    # Neurons of the sign and of the 2-dimensional irrep of S4 see S3 only.
    s4, s3 = pw.group("S4"), pw.group("S3")
    table = np.asarray(s4.table).astype(np.int64)
    rho = next(x for x in s4.irreps if x.degree == 2).matrices()
    functions = rho.reshape(24, 4).real
    u, v = (functions @ rng.normal(size=(4, 200)) for _ in range(2))
    w = np.zeros((24, 200))
    np.add.at(w, table.reshape(-1), (u[:, None] * v[None]).reshape(576, 200))
    r = pw.reconstruct(factors=(u, v, w), axis=0)
    assert r.reason == "quotient"
    assert r.table is None
    assert len(r.cosets) == 6
    assert {len(coset) for coset in r.cosets} == {4}
    assert pw.from_table(r.quotient_table).is_isomorphic(s3)


def test_mlp_and_transformer_give_effective_factors():
    rng = np.random.default_rng(11)
    table = shuffled_table("C7", rng)
    u, v, w = orbit_network(table, 90, rng)
    embedding = rng.normal(size=(7, 7))
    inner = np.concatenate([np.linalg.solve(embedding, u), np.linalg.solve(embedding, v)])
    network = mlp(
        embedding, embedding, inner, w.T, bias_in=np.ones(90), bias_out=np.arange(7.0), activation=None
    )
    np.testing.assert_allclose(network.left, u + 1, atol=1e-4)
    r = pw.reconstruct(factors=network)
    np.testing.assert_array_equal(r.table, table)
    # One head that attends alike to all positions: what it adds is a third of u and v, at places of their own.
    width = 3 * 7 + 2
    tokens = np.zeros((8, width))
    tokens[:7, :7] = np.eye(7)
    positions = np.zeros((3, width))
    value = np.zeros((2, width, 7))
    value[0, :7] = value[1, :7] = np.eye(7)
    result = np.zeros((2, 7, width))
    result[0, :, 7:14] = np.eye(7)
    result[1, :, 14:21] = np.eye(7)
    key = np.zeros((2, width, 1))
    query = np.zeros((2, width, 1))
    # Head 0 reads position 0, head 1 position 1, told by two extra coordinates.
    positions[0, 21] = positions[1, 22] = 1.0
    tokens[7, 20] = 1.0
    key[0, 21], key[1, 22] = 30.0, 30.0
    query[0, 20] = query[1, 20] = 1.0
    into = np.zeros((width, 90))
    into[7:14], into[14:21] = u, v
    network = transformer(
        W_E=tokens,
        W_Q=query,
        W_K=key,
        W_V=value,
        W_O=result,
        W_in=into,
        W_out=rng.normal(size=(90, width)),
        W_U=np.zeros((width, 7)),
        W_pos=positions,
        activation="quadratic",
    )
    np.testing.assert_allclose(network.left - network.left.mean(axis=0), u - u.mean(axis=0), atol=1e-4)
    np.testing.assert_allclose(network.right - network.right.mean(axis=0), v - v.mean(axis=0), atol=1e-4)
    answers = network.logits(np.array([1, 2]), np.array([3, 4]))
    assert answers.shape == (2, 7)


def test_dictionary_text_and_html():
    rng = np.random.default_rng(12)
    table = shuffled_table("S3", rng)
    r = pw.reconstruct(factors=orbit_network(table, 200, rng), axis=0)
    data = json.loads(json.dumps(r.to_dict(), allow_nan=False))
    assert data["source"] == "factors"
    assert data["read_out"]["source"] == r.read_out.source
    assert data["group"]["small_group_id"] == [6, 1]
    text = r.report()
    for part in ("S3", "factors", "largest score", "margin", f"column {r.identity}"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 100
    html = r.to_html()
    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    assert "S3" in html


def test_same_seed_same_answer():
    rng = np.random.default_rng(13)
    factors = orbit_network(shuffled_table("A4", rng), 60, rng, noise=0.5)
    first = pw.reconstruct(factors=factors, axis=0, seed=4).to_dict()
    assert first == pw.reconstruct(factors=factors, axis=0, seed=4).to_dict()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"factors": (np.eye(3), np.eye(3))}, "factors: expected three matrices"),
        ({"factors": (1, 2, 3)}, r"factors\[0\]: expected a matrix"),
        ({"factors": (np.ones((3, 4)), np.ones((3, 4)), np.ones((3, 5)))}, "factors: expected shapes"),
        ({"factors": (np.ones((3, 4)),) * 3, "order": 5}, "order: expected a side"),
        ({"factors": (np.ones((3, 4)),) * 3, "axis": 2}, "axis: expected 0 or 1"),
        (
            {"factors": (np.ones((3, 4)), np.ones((3, 4)), np.ones((4, 3))), "axis": 0},
            "factors: expected equal shapes",
        ),
        (
            {"factors": (np.random.default_rng(0).normal(size=(3, 4)),) * 3, "activation": "cube"},
            "activation",
        ),
        ({"logits": np.ones((3, 4, 3))}, "logits: expected shape"),
        ({"logits": lambda a, b: a}, "order: expected the number"),
        ({"logits": lambda a, b: np.ones((2, 2)), "order": 3}, "logits: expected shape"),
        ({"factors": (np.full((3, 4), np.nan),) * 3}, "expected finite numbers"),
        ({"order": 0, "logits": np.ones((2, 2, 2))}, "order: expected a positive integer"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(pw.ArgumentError, match=message):
        pw.reconstruct(**arguments)


def test_constant_factors_say_nothing():
    r = pw.reconstruct(factors=(np.ones((4, 9)), np.ones((4, 9)), np.ones((4, 9))), axis=0)
    assert r.reason == "no_information"
    assert "W_a" in r.detail


def test_a_trained_transformer_by_its_logits():
    weights = pw.load_weights(DATA / "transformer_d5.safetensors")
    network = transformer(**{name: weights[name] for name in weights})
    table = np.asarray(pw.group("D5").table)
    pairs = np.indices((10, 10)).reshape(2, -1)
    answers = np.asarray(network.logits(*pairs))
    np.testing.assert_array_equal(answers.argmax(axis=1), table.reshape(-1))
    r = pw.reconstruct(factors=network)
    np.testing.assert_array_equal(r.table, table)
    assert r.certified
    assert r.read_out.source == "logits"
    # Attention that depends on the tokens is more than the mean attention: the weights alone do not certify.
    alone = pw.reconstruct(factors=(network.left, network.right, network.out), axis=0)
    assert not alone.certified


def test_large_networks_without_a_trace_of_a_group_end_early_and_others_do_not():
    rng = np.random.default_rng(31)
    r = pw.reconstruct(factors=list(rng.normal(size=(3, 300, 96))), axis=0)
    assert r.reason in ("no_group_found", "noise")
    assert r.read_out is None or r.read_out.rows <= 12
    # C300 with four frequencies, so noisy that no table is among the first rows.
    n, order = 300, rng.permutation(300)
    frequency = np.repeat([1, 7, 31, 99], 40)
    left, right = rng.uniform(0, 2 * np.pi, size=(2, len(frequency)))
    angles = 2 * np.pi * np.outer(np.arange(n)[order], frequency) / n
    factors = [np.cos(angles + left), np.cos(angles + right), np.cos(angles + left + right)]
    noisy = [x + 0.5 * rng.normal(size=x.shape) for x in factors]
    r = pw.reconstruct(factors=noisy, axis=0)
    table = np.argsort(order)[np.add.outer(order, order) % n]
    assert np.array_equal(r.table, table)


def test_the_reading_with_thousands_of_elements_has_to_be_asked_for():
    rng = np.random.default_rng(32)
    r = pw.reconstruct(factors=list(rng.normal(size=(3, 12, 3000))))
    assert r.columns == 12
    assert r.detail.endswith("3000 elements and 12 hidden units were not looked at: give order=")


@pytest.mark.parametrize("scale", [1e-300, 1e-30, 1e300])
def test_scales_of_logits_do_not_matter(scale):
    table = np.add.outer(np.arange(5), np.arange(5)) % 5
    assert pw.reconstruct(logits=scale * np.eye(5)[table]).certified
