"""reconstruct(matrix=), function= and blocks of unknown sizes: what one matrix tells, and what it does not."""

from __future__ import annotations

import math

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.reconstruction import Score, score_table


def gaussian(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def left_ideal(spec, rng, keep=lambda rho: rho.degree > 1):
    """Real rows g -> re, im of (rho(g) v)_p with one v for each irrep, mixed: what one operand of a network learns."""
    rows = []
    for rho in filter(keep, pw.group(spec).irreps):
        values = rho.matrices() @ rng.normal(size=rho.degree)
        rows += [values.real.T, values.imag.T]
    stacked = np.concatenate(rows)
    stacked = stacked[np.abs(stacked).max(axis=1) > 1e-12]
    return rng.normal(size=(len(stacked) + 2, len(stacked))) @ stacked


def names(r):
    return {c.identification.name for c in r.candidates}


@pytest.mark.parametrize("spec", ["A4", "S4", "C7 : C3", "A5"])
def test_a_one_sided_ideal_tells_the_group(spec):
    rng = np.random.default_rng(1)
    n = pw.group(spec).order
    order = rng.permutation(n)
    r = pw.reconstruct(matrix=left_ideal(spec, rng)[:, order])
    assert r.group is not None
    assert r.group.is_isomorphic(pw.group(spec))
    assert r.reason in ("certified", "uncertified", "several_tables")
    assert r.left_right == "unknown"
    assert r.kernel.kernel == "projection"
    assert r.kernel.rank < n


@pytest.mark.parametrize("spec", ["C6", "Q8", "S4", "C2^3", "D6"])
def test_generic_complex_weights_up_to_unitary_mixing_tell_the_table(spec):
    rng = np.random.default_rng(2)
    group = pw.group(spec)
    rows = [
        (gaussian(rng, rho.degree, rho.degree) @ rho.matrices()).reshape(group.order, -1).T
        for rho in group.irreps
    ]
    matrix = np.concatenate(rows)
    mixed = np.linalg.qr(gaussian(rng, *matrix.shape))[0] @ matrix
    order = rng.permutation(group.order)
    r = pw.reconstruct(matrix=mixed[:, order])
    assert r.certified
    assert r.group.is_isomorphic(group)
    assert r.kernel.kernel == "gram"
    # The table is that of the columns, up to the choice of the identity and the opposite.
    table = np.argsort(order)[np.asarray(group.table)[np.ix_(order, order)]]
    heap = np.asarray([table[table[:, group_inverse(table)[0]], h] for h in range(group.order)]).T
    assert np.array_equal(r.table, heap) or np.array_equal(r.table, heap.T)


def group_inverse(table):
    return np.asarray(pw.from_table(table).inverses)


@pytest.mark.parametrize(("cyclic", "other"), [("C6", "S3"), ("C8", "D4"), ("C12", "D6")])
def test_planes_of_cosines_and_sines_are_those_of_two_groups(cyclic, other):
    n = pw.group(cyclic).order
    angles = 2 * np.pi * np.outer([1, 2], np.arange(n)) / n
    planes = np.concatenate([np.cos(angles), np.sin(angles)])
    r = pw.reconstruct(matrix=np.random.default_rng(3).normal(size=(6, 4)) @ planes)
    assert r.reason == "abelian_or_dihedral"
    assert not r.certified
    assert r.table is None
    assert names(r) == {cyclic, pw.group(other).identify().name}


def test_isotypic_spaces_tell_the_class_scheme_only():
    rng = np.random.default_rng(4)
    for spec in ("D4", "Q8"):
        group = pw.group(spec)
        spaces = []
        for rho in group.irreps:
            d = rho.degree
            spaces.append(gaussian(rng, d * d, d * d) @ rho.matrices().reshape(8, d * d).T)
        r = pw.reconstruct(matrix=spaces)
        assert r.reason == "class_scheme_only"
        assert names(r) == {"D4", "Q8"}
        assert r.table is None
    # From blocks: the right one.
    for spec in ("D4", "Q8"):
        blocks = [
            gaussian(rng, rho.degree, rho.degree) @ rho.matrices() @ gaussian(rng, rho.degree, rho.degree)
            for rho in pw.group(spec).irreps
        ]
        r = pw.reconstruct(blocks=blocks)
        assert r.certified
        assert r.group.is_isomorphic(pw.group(spec))


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.random.default_rng(5).normal(size=(8, 8)), "span all functions"),
        (np.random.default_rng(6).normal(size=(30, 10)), "span all functions"),
        (np.linalg.qr(np.random.default_rng(7).normal(size=(12, 12)))[0], "orthonormal"),
        (np.fft.fft(np.eye(9)), "orthonormal"),
        (np.zeros((3, 5)), "zero"),
        (np.eye(6) - 1 / 6, "mean zero"),
    ],
)
def test_matrices_without_information_say_so(matrix, words):
    r = pw.reconstruct(matrix=matrix)
    assert r.reason == "no_information"
    assert r.detail.startswith("no information")
    assert words in r.detail
    assert r.table is None


def test_more_symmetries_than_are_listed_are_said_to_be_there():
    """Of the kernel of a rook's graph: 8! 9! permutations, of which no regular group is looked for."""
    kernel = np.kron(np.eye(8), np.ones((9, 9))) + 0.5 * np.kron(np.ones((8, 8)), np.eye(9))
    values, vectors = np.linalg.eigh(kernel)
    r = pw.reconstruct(matrix=np.sqrt(np.maximum(values, 0))[:, np.newaxis] * vectors.T)
    assert r.reason == "too_many_symmetries"
    assert r.kernel.symmetries == math.factorial(8) * math.factorial(9)


def test_a_search_that_ends_at_its_limit_says_so():
    """A circulant matrix of three values: its 120 symmetries are beyond a search without refinement."""
    shifted = np.eye(60) + 0.3 * np.roll(np.eye(60), 1, axis=0)
    r = pw.reconstruct(matrix=shifted)
    assert not r.certified
    assert r.reason != "no_information"
    assert "limit of the search" in r.detail or r.candidates


def test_a_random_row_space_has_no_group():
    r = pw.reconstruct(matrix=np.random.default_rng(8).normal(size=(5, 12)))
    assert r.reason == "no_group_found"
    assert "row space" in r.detail


def test_small_noise_is_stood():
    rng = np.random.default_rng(9)
    matrix = left_ideal("S4", rng, keep=lambda rho: rho.degree == 3)
    matrix /= matrix.std()
    r = pw.reconstruct(matrix=matrix + 0.003 * rng.normal(size=matrix.shape))
    assert r.group.is_isomorphic(pw.group("S4"))
    assert r.certified == (r.residual < r.radius)


def test_a_model_that_is_asked_gives_its_table():
    rng = np.random.default_rng(10)
    group = pw.group("S4")
    blocks = [
        gaussian(rng, rho.degree, rho.degree) @ rho.matrices().conj().transpose(0, 2, 1)
        for rho in group.irreps
    ]

    def model(x):
        images = [np.einsum("kg,gij->kij", x, block) for block in blocks]
        return [y @ y.conj().transpose(0, 2, 1) for y in images]

    r = pw.reconstruct(function=model, order=24)
    assert r.certified
    assert r.source == "function"
    assert r.group.is_isomorphic(group)
    with pytest.raises(pw.ArgumentError, match="order: expected"):
        pw.reconstruct(function=model)
    with pytest.raises(pw.ArgumentError, match="function: expected"):
        pw.reconstruct(function=lambda x: np.ones((3, 3)), order=4)


@pytest.mark.parametrize("spec", ["C5", "S3", "D4", "A4", "S4"])
@pytest.mark.parametrize("mixed", [False, True])
def test_sizes_of_blocks_are_found(spec, mixed):
    rng = np.random.default_rng(11)
    group = pw.group(spec)
    rows, sizes = [], []
    for k in rng.permutation(len(group.irreps)):
        rho = group.irreps[int(k)]
        d = rho.degree
        values = rho.matrices()
        if mixed:
            values = gaussian(rng, d, d) @ values @ gaussian(rng, d, d)
        rows.append(values.reshape(group.order, d * d).T)
        sizes.append(d)
    flat = np.concatenate(rows)
    flat = flat + 0.02 * np.abs(flat).mean() * gaussian(rng, *flat.shape)
    r = pw.reconstruct(blocks=flat, block_sizes="find")
    assert [block.degree for block in r.blocks] == sizes
    assert r.group.is_isomorphic(group)
    with pytest.raises(pw.ArgumentError, match="no square blocks cover the rows"):
        pw.reconstruct(blocks=rng.normal(size=(7, 30)) ** 5, block_sizes="find")


@pytest.mark.parametrize("spec", ["C5", "S3", "D4", "Q8", "A4", "S4", "C7 : C3", "D12", "Dic6", "A5"])
@pytest.mark.parametrize(("unitary", "noise"), [(False, 0.0), (True, 0.0), (True, 0.03)])
def test_rows_of_blocks_in_any_order_are_found(spec, unitary, noise):
    rng = np.random.default_rng(21)
    group = pw.group(spec)
    rows, owner = [], []
    for k, rho in enumerate(group.irreps):
        d = rho.degree
        a, b = gaussian(rng, 2, d, d)
        if unitary:
            a, b = np.linalg.qr(a)[0], np.linalg.qr(b)[0]
        values = a @ rho.matrices().conj().transpose(0, 2, 1) @ b
        rows.append(values.reshape(group.order, d * d).T)
        owner += [(k, p, q) for p in range(d) for q in range(d)]
    flat = np.concatenate(rows)
    flat = flat + noise * np.abs(flat).mean() * gaussian(rng, *flat.shape)
    order = rng.permutation(len(flat))
    r = pw.reconstruct(blocks=flat[order], block_sizes="find")
    assert r.group.is_isomorphic(group)
    assert r.certified or noise > 0
    # Each of the orders of the rows might have fitted by chance.
    told = pw.reconstruct(blocks=[flat[order][np.array(block.rows)].transpose(2, 0, 1) for block in r.blocks])
    ways = math.factorial(len(flat)) if len(r.blocks) < len(flat) else 2 ** len(flat)
    assert r.log10_chance == pytest.approx(told.log10_chance + math.log10(ways), abs=1e-6)
    assert sorted(x for block in r.blocks for row in block.rows for x in row) == list(range(len(flat)))
    for block in r.blocks:
        found = np.array([[owner[order[x]] for x in row] for row in block.rows])
        assert len(np.unique(found[:, :, 0])) == 1
        # The places, up to orders of rows and columns and a transposition.
        p, q = found[:, :, 1], found[:, :, 2]
        if np.ptp(p[0]) > 0:
            p, q = p.T, q.T
        assert np.array_equal(p, np.repeat(p[:, :1], block.degree, axis=1))
        assert np.array_equal(q, np.repeat(q[:1], block.degree, axis=0))


def test_rows_in_any_order_that_have_more_relations_are_refused():
    """The irrep of degree 3 of A4 by signed permutations: whatever fits its zeros is unitary."""
    rows = [rho.matrices().reshape(12, -1).T for rho in pw.group("A4").irreps]
    flat = np.concatenate(rows)[np.random.default_rng(22).permutation(12)]
    with pytest.raises(pw.ArgumentError, match="in any order: give the degrees"):
        pw.reconstruct(blocks=flat, block_sizes="find")
    twice = np.concatenate([flat, flat])
    with pytest.raises(pw.ArgumentError, match="in any order: give the degrees"):
        pw.reconstruct(blocks=twice, block_sizes="find")


def test_scores_against_a_known_group():
    rng = np.random.default_rng(12)
    table = np.asarray(pw.group("S4").table).astype(np.int64)
    names_ = rng.permutation(24)
    relabelled = np.empty_like(table)
    relabelled[np.ix_(names_, names_)] = names_[table]
    score = score_table(relabelled, "S4")
    assert score.isomorphic
    assert score.accuracy == 1.0
    assert score.labelled_accuracy < 1.0
    f = score.relabelling
    np.testing.assert_array_equal(f[relabelled], table[np.ix_(f, f)])
    wrong = relabelled.copy()
    wrong[3, 5] = (wrong[3, 5] + 1) % 24
    wrong[7, 1] = (wrong[7, 1] + 2) % 24
    score = score_table(wrong, pw.group("S4"))
    assert not score.isomorphic
    assert score.accuracy == pytest.approx(1 - 2 / 576)
    assert score.exact
    other = score_table(np.asarray(pw.group("Q8").table), "D4")
    assert not other.isomorphic
    assert other.accuracy < 1
    assert isinstance(other, Score)
    r = pw.reconstruct(matrix=np.zeros((3, 8)))
    assert r.score("D4").accuracy == 0
    with pytest.raises(pw.ArgumentError, match="table: expected integers"):
        score_table(np.ones((3, 3)), "C3")
    with pytest.raises(pw.ArgumentError, match="table: expected entries"):
        score_table(np.full((3, 3), 7), "C3")


def test_the_theorem_on_real_kernels_up_to_order_24():
    """Generic real kernels keep just the translations unless G is abelian of exponent above 2 or gen. dicyclic."""
    rng = np.random.default_rng(13)
    checked = 0
    for order in range(2, 25):
        for group in pw.groups_of_order(order):
            checked += 1
            symmetries = real_kernel_symmetries(group, rng)
            exceptional = group.is_abelian and max(group.element_orders) > 2
            assert (symmetries > order) == (exceptional or is_generalised_dicyclic(group)), group
    assert checked == 73


def real_kernel_symmetries(group, rng):
    f = rng.normal(size=group.order)
    f = f + f[group.inverses]
    kernel = f[np.asarray(group.table)[group.inverses]]
    return pw._core.kernel_groups(kernel.astype(complex), 1, 1e-6)["symmetries"]


def is_generalised_dicyclic(group):
    """An abelian subgroup A of index 2 with x^2 = z of order 2 and a^x = 1/a; Q8 x C2^k among them."""
    if group.is_abelian:
        return False
    table, inverse, orders = (
        np.asarray(group.table),
        np.asarray(group.inverses),
        np.asarray(group.element_orders),
    )
    for subgroup in index_two(group):
        inside = np.zeros(group.order, bool)
        inside[list(subgroup)] = True
        members = np.flatnonzero(inside)
        sub = table[np.ix_(members, members)]
        if not np.array_equal(sub, sub.T):
            continue
        outside = np.flatnonzero(~inside)
        if all(
            orders[x] == 4 and all(table[table[inverse[x], a], x] == inverse[a] for a in members)
            for x in outside
        ):
            return True
    return False


def index_two(group):
    """Subgroups of index 2: kernels of the homomorphisms to C2, by the linear characters of values 1 and -1."""
    for rho in group.irreps:
        if rho.degree == 1:
            values = rho.matrices()[:, 0, 0]
            if np.abs(values.imag).max() < 1e-9 and values.real.min() < 0:
                yield np.flatnonzero(values.real > 0)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_few_columns_and_few_values(columns):
    rng = np.random.default_rng(14)
    for _ in range(30):
        rows = [rng.integers(-1, 2, size=(int(rng.integers(1, 4)), columns)).astype(float) for _ in range(2)]
        for matrix in (rows[0], rows):
            r = pw.reconstruct(matrix=matrix)
            assert r.reason in pw.reconstruction.REASONS
            assert not r.certified
