"""The words that say how a reconstruction ended."""

from __future__ import annotations

__all__ = ["CANDIDATE_REASONS", "LARGEST_LOG10_CHANCE", "REASONS"]

#: Every word that :attr:`Reconstruction.reason` can be, and what it says.
REASONS = {
    "certified": "the table is proven: no other one is possible within the radius, and it is no accident",
    "uncertified": "a table was found that is no accident, but the weights are too far from exact for a proof",
    "ambiguous": "several groups fit the weights; the candidates list them",
    "class_scheme_only": "only the spaces of the irreps are known, which tell the conjugacy classes of the group and "
    "not the group; the candidates list the groups that share them",
    "abelian_or_dihedral": "real weights have f(x) = f(1/x), which an abelian group shares with another group; the "
    "candidates list both",
    "several_tables": "the group is known, but its elements can be labelled by the columns in several ways",
    "too_many_symmetries": "the matrix has more symmetries than were looked through; groups beyond the candidates "
    "may fit",
    "noise": "a table was found, but random weights would fit one as well",
    "quotient": "columns coincide: the weights tell only a quotient of the group",
    "no_group_found": "no multiplication table of a group is near the weights",
    "no_information": "the weights cannot tell one group from another",
}

#: Every word that :attr:`Candidate.reason` can be, and what it says.
CANDIDATE_REASONS = {
    "fits": "a table of this group fits best",
    "fits_less": "a table of this group was considered and fits less well",
    "other_reading": "fits where some blocks are read as the conjugate transposes of what they are",
    "regular_symmetries": "a regular group of symmetries of the matrix is of this kind",
}

#: A table is certified only if random weights come as close with a probability of at most 10 to this power.
LARGEST_LOG10_CHANCE = -6.0


def __dir__() -> list[str]:
    return __all__
