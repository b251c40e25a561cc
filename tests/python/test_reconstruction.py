"""reconstruct(): tables out of blocks whose group is known, made here from tables by numpy alone."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest

import peterweyl as pw
from peterweyl import reconstruction


@cache
def irreps(spec):
    """All irreps of a group as (n, d, d) arrays: eigenspaces of a random element of the commutant of L."""
    G = pw.group(spec)
    table = np.asarray(G.table).astype(np.intp)
    n = G.order
    rng = np.random.default_rng(0)
    hermitian = np.zeros((n, n), complex)
    for x in range(n):
        hermitian[np.arange(n), table[:, x]] += rng.normal() + 1j * rng.normal()
    values, vectors = np.linalg.eigh(hermitian + hermitian.conj().T)
    found = []
    for columns in np.split(np.arange(n), np.flatnonzero(np.diff(values) > 1e-7) + 1):
        basis = vectors[:, columns]
        rho = np.stack([basis.conj().T @ basis[table[G.inverses[a]]] for a in range(n)])
        character = np.trace(rho, axis1=1, axis2=2)
        if all(np.abs(character - np.trace(r, axis1=1, axis2=2)).max() > 1e-6 for r in found):
            found.append(rho)
    assert sum(rho.shape[1] ** 2 for rho in found) == n
    return sorted(found, key=lambda rho: rho.shape[1])


def gaussian(rng, *shape):
    return (rng.normal(size=shape) + 1j * rng.normal(size=shape)) / np.sqrt(2)


def make_blocks(spec, rng, noise=0.0, mix=True, readings=False, keep=lambda rho: True):
    """Blocks A rho(g)^H B + noise with columns in random order, and the table of the columns."""
    n = pw.group(spec).order
    order = rng.permutation(n)
    blocks = []
    for rho in filter(keep, irreps(spec)):
        d = rho.shape[1]
        weights = rho[order].conj().transpose(0, 2, 1)
        reading = rng.integers(4) if readings else 0
        weights = weights.conj() if reading & 1 else weights
        weights = weights.conj().transpose(0, 2, 1) if reading & 2 else weights
        weights = weights + noise * gaussian(rng, n, d, d) / np.sqrt(d)
        if mix:
            weights = gaussian(rng, d, d) @ weights @ gaussian(rng, d, d)
        blocks.append(weights)
    table = np.asarray(pw.group(spec).table).astype(np.int64)
    return blocks, np.argsort(order)[table[np.ix_(order, order)]]


@pytest.mark.parametrize(
    "spec", ["C2", "C5", "C12", "C2^3", "D3", "D4", "Q8", "D6", "Dic3", "A4", "S4", "C7 : C3"]
)
def test_exact_irreps_give_the_table_itself(spec):
    blocks, table = make_blocks(spec, np.random.default_rng(1), mix=False)
    r = pw.reconstruct(blocks=blocks)
    assert r.certified
    assert r.reason == "certified"
    np.testing.assert_array_equal(r.table, table)
    assert r.identity == int(np.flatnonzero((table == np.arange(len(table))).all(axis=1))[0])
    assert r.group.is_isomorphic(pw.group(spec))
    assert r.identification.name == pw.group(spec).identify().name
    assert r.residual < 1e-9
    assert r.left_right == ("abelian" if pw.group(spec).is_abelian else "unknown")


@pytest.mark.parametrize(("spec", "radius"), [("C7", 0.354), ("S4", 0.548), ("A5", 0.685)])
def test_radius_of_exact_data(spec, radius):
    blocks, _ = make_blocks(spec, np.random.default_rng(2))
    r = pw.reconstruct(blocks=blocks)
    assert r.certified
    assert r.radius == pytest.approx(radius, abs=1e-3)
    assert r.margin == pytest.approx(r.radius - r.residual)


@pytest.mark.parametrize("spec", ["Q8", "D4", "A4", "Dic3", "S4", "C7 : C3"])
def test_mixing_scales_and_readings_do_not_matter(spec):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        blocks, _ = make_blocks(spec, rng, noise=0.02, readings=True)
        blocks = [block * 10.0 ** rng.uniform(-8, 8) for block in blocks]
        r = pw.reconstruct(blocks=blocks, seed=seed)
        assert r.certified
        assert r.group.is_isomorphic(pw.group(spec))


def test_much_noise_is_stood_and_nothing_certified():
    for seed in range(20):
        blocks, table = make_blocks("S4", np.random.default_rng(seed), noise=0.5, mix=False)
        r = pw.reconstruct(blocks=blocks)
        assert r.group.is_isomorphic(pw.from_table(table))
        assert not r.certified


def test_random_trials_certify_no_wrong_table():
    rng = np.random.default_rng(20240115)
    specs = [
        "C2",
        "C3",
        "C4",
        "C2^2",
        "C6",
        "D3",
        "C8",
        "D4",
        "Q8",
        "C2^3",
        "C4 x C2",
        "A4",
        "Dic3",
        "D6",
        "S4",
    ]
    certified = right = 0
    for trial in range(400):
        spec = specs[trial % len(specs)]
        drop = rng.choice([0.0, 0.5])
        noise = rng.choice([0.0, rng.uniform(0, 0.3), rng.uniform(0, 1.2)])
        kept = [rng.random() >= drop for _ in irreps(spec)]
        kept[rng.integers(len(kept))] = True
        iterator = iter(kept)
        blocks, table = make_blocks(
            spec, rng, noise, mix=bool(rng.integers(2)), readings=True, keep=lambda rho, i=iterator: next(i)
        )
        r = pw.reconstruct(blocks=blocks, seed=trial)
        same = r.table is not None and r.group.is_isomorphic(pw.from_table(table))
        assert same or not r.certified, (trial, spec, noise)
        certified += r.certified
        right += same
    assert certified > 120
    assert right > 230


@pytest.mark.parametrize("kind", ["gaussian", "unitary", "columns shuffled block by block"])
def test_what_is_no_group_is_not_certified(kind):
    rng = np.random.default_rng(3)
    for trial in range(60):
        n = 4 + trial % 8
        if kind == "gaussian":
            blocks = [gaussian(rng, n, 1, 1), gaussian(rng, n, 2, 2)]
        elif kind == "unitary":
            blocks = [np.linalg.qr(gaussian(rng, n, d, d))[0] for d in (1, 2, 2)]
        else:
            blocks = [rho[rng.permutation(8)] for rho in irreps("D4")]
        r = pw.reconstruct(blocks=blocks)
        assert not r.certified
        assert r.reason in reconstruction.REASONS


def test_a_few_columns_prove_nothing():
    """Three random phases are often near C3: the radius alone would certify some of them."""
    rng = np.random.default_rng(4)
    results = [pw.reconstruct(blocks=[gaussian(rng, 3)]) for _ in range(1500)]
    assert any(r.margin > 0 for r in results)
    assert not any(r.certified for r in results)
    assert {r.reason for r in results} <= {"noise", "quotient", "no_group_found"}


def test_missing_irreps_give_the_quotient():
    blocks, table = make_blocks(
        "D4", np.random.default_rng(5), noise=0.01, keep=lambda rho: rho.shape[1] == 1
    )
    r = pw.reconstruct(blocks=blocks)
    assert r.reason == "quotient"
    assert r.table is None
    assert r.group is None
    assert r.identification is None
    assert not r.certified
    assert r.quotient_table.shape == (4, 4)
    assert r.candidates[0].identification.name == "C2^2"
    G = pw.from_table(table)
    center = set(G.center)
    for coset in r.cosets:
        assert {int(G.table[coset[0], G.inverses[x]]) for x in coset} == center
    assert "cosets of 2 columns coincide" in r.report()


def test_trivial_irrep_alone_and_one_column():
    r = pw.reconstruct(blocks=[np.ones(6)])
    assert r.reason == "quotient"
    assert r.quotient_table.shape == (1, 1)
    assert pw.reconstruct(blocks=[np.ones(1)]).reason == "no_information"


def test_dead_and_unlearned_blocks_are_reported():
    rng = np.random.default_rng(6)
    blocks, table = make_blocks("S4", rng, mix=False)
    blocks[1] = np.zeros_like(blocks[1])
    singular = blocks[2].copy()
    singular[:, 1] = singular[:, 0]
    r = pw.reconstruct(blocks=[*blocks, singular])
    assert r.certified
    assert [b.state for b in r.blocks] == ["live", "zero", "live", "live", "live", "rank_deficient"]
    blocks[1] = gaussian(rng, 24, 1, 1)
    r = pw.reconstruct(blocks=blocks)
    assert r.reason == "uncertified"
    np.testing.assert_array_equal(np.asarray(r.table)[:, 0], table[:, 0])
    assert [b.irrep is None for b in r.blocks] == [False, True, False, False, False]
    assert "blocks 1 of 5 live ones fit no irrep" in r.report()
    assert pw.reconstruct(blocks=[np.zeros((4, 2, 2))]).reason == "no_information"


def test_real_blocks_of_a_real_irrep():
    k = 2 * np.pi * np.arange(7) / 7
    rotation = np.stack([np.cos(k), -np.sin(k), np.sin(k), np.cos(k)], axis=1).reshape(7, 2, 2)
    r = pw.reconstruct(blocks=[rotation])
    assert r.certified
    assert r.blocks[0].real
    assert r.identification.name == "C7"


def test_forms_of_input_agree():
    blocks, table = make_blocks("D4", np.random.default_rng(7), mix=False)
    expected = pw.reconstruct(blocks=blocks).table
    np.testing.assert_array_equal(expected, table)
    degrees = [b.shape[1] for b in blocks]
    flat = np.concatenate([b.reshape(8, -1).T for b in blocks])
    forms = [
        {"blocks": dict(enumerate(blocks))},
        {"blocks": tuple(blocks)},
        {"blocks": [np.stack([b.real, b.imag], axis=-1) for b in blocks]},
        {"blocks": [np.moveaxis(b, 0, 2) for b in blocks], "axis": -1},
        {"blocks": [b.astype(np.complex64) for b in blocks]},
        {"blocks": [np.asfortranarray(b) for b in blocks]},
        {"blocks": flat, "block_sizes": degrees},
        {"blocks": flat.T, "block_sizes": degrees, "axis": 0},
        {"blocks": np.stack([flat.real, flat.imag], axis=-1), "block_sizes": degrees, "axis": 1},
    ]
    for form in forms:
        np.testing.assert_array_equal(pw.reconstruct(**form).table, table)


def test_identity_that_is_not_stored():
    blocks = [rho.conj().transpose(0, 2, 1)[1:] for rho in irreps("A4")]
    r = pw.reconstruct(blocks=blocks, identity_omitted=True)
    assert r.identity == 0
    np.testing.assert_array_equal(r.table, pw.group("A4").table)


def test_same_seed_same_answer():
    blocks, _ = make_blocks("A4", np.random.default_rng(8), noise=0.9)
    first = pw.reconstruct(blocks=blocks, seed=5)
    assert first.to_dict() == pw.reconstruct(blocks=blocks, seed=5).to_dict()


def test_dictionary_is_json_and_text_says_the_figures():
    blocks, _ = make_blocks("S4", np.random.default_rng(9), noise=0.05, mix=False)
    r = pw.reconstruct(blocks=blocks)
    data = json.loads(json.dumps(r.to_dict()))
    assert data["schema_version"] == 1
    assert data["group"] == {"name": "S4", "small_group_id": [24, 12], "certain": True}
    assert data["certified"] is True
    assert data["identity"] == r.identity
    assert np.array_equal(data["table"], r.table)
    assert data["candidates"][0]["name"] == "S4"
    text = str(r)
    for part in ("S4, order 24", "certified", f"radius {r.radius:.3g}", f"column {r.identity}", "irrep"):
        assert part in text
    assert max(map(len, text.splitlines())) <= 100
    assert repr(r) == "<Reconstruction: S4, certified>"
    assert not r.table.flags.writeable


@pytest.mark.parametrize("scale", [1e-320, 1e-150, 1e150, 1e300])
def test_scales_beyond_squares_leave_plain_json(scale):
    r = pw.reconstruct(blocks=[scale * rho.matrices() for rho in pw.group("S3").irreps])
    assert r.certified
    json.dumps(r.to_dict(), allow_nan=False)


def test_words_of_reason_are_documented():
    assert set(reconstruction.REASONS) == {
        "certified",
        "uncertified",
        "ambiguous",
        "class_scheme_only",
        "abelian_or_dihedral",
        "several_tables",
        "too_many_symmetries",
        "noise",
        "quotient",
        "no_group_found",
        "no_information",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "blocks, factors, matrix, operands, function: expected one of them, or logits, got none"),
        (
            {"blocks": [np.ones(4)], "matrix": np.eye(3)},
            "expected one of them, or logits, got blocks and matrix",
        ),
        ({"blocks": []}, "blocks: expected at least one array"),
        ({"blocks": "W"}, "blocks: expected a sequence of arrays"),
        ({"blocks": np.eye(4)}, "block_sizes: expected the degrees"),
        ({"blocks": [np.ones((4, 2, 3))]}, r"blocks\[0\]: expected square matrices.*got \(4, 2, 3\)"),
        ({"blocks": [np.ones((4, 2))]}, r"blocks\[0\]: expected shape \(n, d, d\)"),
        ({"blocks": [np.ones((0, 1, 1))]}, r"blocks\[0\]: expected square matrices"),
        ({"blocks": [np.ones(4), np.ones(5)]}, r"blocks\[1\]: expected 4 elements as in blocks\[0\], got 5"),
        ({"blocks": {"W": [1.0, np.nan]}}, r"blocks\['W'\]\[1\]: expected finite numbers, got nan"),
        ({"blocks": [np.ones((4, 2, 2, 2)) * 1j]}, "expected real numbers in shape"),
        ({"blocks": [np.ones((4, 2, 2, 3))]}, r"got \(4, 2, 2, 3\)"),
        ({"blocks": [np.ones(4)], "axis": 3}, "axis: expected 0, 1 or 2"),
        ({"blocks": np.eye(4), "block_sizes": [1, 2]}, "blocks: expected 5 rows for block_sizes"),
        ({"blocks": np.eye(4), "block_sizes": [0, 2]}, "block_sizes: expected positive degrees"),
        ({"blocks": np.eye(4), "block_sizes": [2], "axis": 2}, "axis: expected 0 or 1"),
        ({"blocks": [np.ones(4)], "seed": -1}, "seed: expected an integer"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(pw.ArgumentError, match=message):
        pw.reconstruct(**arguments)
