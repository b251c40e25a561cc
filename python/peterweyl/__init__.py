"""peterweyl: which symmetry has a network learned?

Finite groups, their irreducible representations and Fourier transforms in a compiled core, and on top of them the
two questions about trained weights: do they span harmonics of a group, and which group's multiplication table is in
them?

Example:
    >>> import peterweyl as pw
    >>> G = pw.group("S4")
    >>> [rho.degree for rho in G.irreps]
    [1, 1, 2, 3, 3]
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .catalogue import (
        groups_of_order,
        number_of_groups,
        small_group,
    )
    from .characters import (
        CharacterTable,
        ClassFunction,
        Cyclotomic,
    )
    from .constructions import (
        CosetTable,
        MatrixGroup,
        coset_table,
        from_matrices,
        from_presentation,
        quotient,
        semidirect_product,
        wreath_product,
    )
    from .errors import (
        ArgumentError,
        EnumerationLimitError,
        Error,
        GroupSpecError,
        GroupTooLargeError,
        InterruptedComputation,
        MissingDependencyError,
        NotAGroupError,
        NotARepresentationError,
        NumericalError,
        UnsafeCheckpointError,
        WeightsFormatError,
    )
    from .fourier import (
        FourierPlan,
        convolve,
        fft,
        ifft,
    )
    from .gap_text import (
        from_gap,
        to_gap,
    )
    from .groups import (
        ConjugacyClasses,
        Group,
        Identification,
        direct_product,
        from_permutations,
        from_table,
        group,
        known_specs,
    )
    from .harmonics import (
        GroupRanking,
        Verification,
        compare_networks,
        maximal_margin,
        verify,
        verify_composition,
    )
    from .interop import (
        CayleyGraph,
        cayley_graph,
        from_sympy,
        to_sympy,
    )
    from .irreps import (
        Irrep,
        Irreps,
    )
    from .reconstruction import (
        Reconstruction,
        reconstruct,
    )
    from .sweeping import (
        SweepResult,
        sweep,
    )
    from .weights import (
        load_weights,
    )

__all__ = [
    "ArgumentError",
    "CayleyGraph",
    "CharacterTable",
    "ClassFunction",
    "ConjugacyClasses",
    "CosetTable",
    "Cyclotomic",
    "EnumerationLimitError",
    "Error",
    "FourierPlan",
    "Group",
    "GroupRanking",
    "GroupSpecError",
    "GroupTooLargeError",
    "Identification",
    "InterruptedComputation",
    "Irrep",
    "Irreps",
    "MatrixGroup",
    "MissingDependencyError",
    "NotAGroupError",
    "NotARepresentationError",
    "NumericalError",
    "Reconstruction",
    "SweepResult",
    "UnsafeCheckpointError",
    "Verification",
    "WeightsFormatError",
    "__version__",
    "build_info",
    "cayley_graph",
    "compare_networks",
    "convolve",
    "coset_table",
    "direct_product",
    "fft",
    "from_gap",
    "from_matrices",
    "from_permutations",
    "from_presentation",
    "from_sympy",
    "from_table",
    "group",
    "groups_of_order",
    "ifft",
    "known_specs",
    "load_weights",
    "maximal_margin",
    "number_of_groups",
    "quotient",
    "reconstruct",
    "semidirect_product",
    "small_group",
    "sweep",
    "to_gap",
    "to_sympy",
    "verify",
    "verify_composition",
    "wreath_product",
]

# Where each name lives; its module is imported when the name is first used, so `import peterweyl` costs nothing.
_HOME = {
    "from_gap": "gap_text",
    "to_gap": "gap_text",
    "to_sympy": "interop",
    "from_sympy": "interop",
    "cayley_graph": "interop",
    "CayleyGraph": "interop",
    "CharacterTable": "characters",
    "ClassFunction": "characters",
    "Cyclotomic": "characters",
    "CosetTable": "constructions",
    "MatrixGroup": "constructions",
    "coset_table": "constructions",
    "from_matrices": "constructions",
    "from_presentation": "constructions",
    "quotient": "constructions",
    "semidirect_product": "constructions",
    "wreath_product": "constructions",
    "ArgumentError": "errors",
    "groups_of_order": "catalogue",
    "number_of_groups": "catalogue",
    "small_group": "catalogue",
    "EnumerationLimitError": "errors",
    "Error": "errors",
    "GroupSpecError": "errors",
    "GroupTooLargeError": "errors",
    "InterruptedComputation": "errors",
    "MissingDependencyError": "errors",
    "NotAGroupError": "errors",
    "NotARepresentationError": "errors",
    "NumericalError": "errors",
    "UnsafeCheckpointError": "errors",
    "WeightsFormatError": "errors",
    "FourierPlan": "fourier",
    "convolve": "fourier",
    "fft": "fourier",
    "ifft": "fourier",
    "ConjugacyClasses": "groups",
    "Group": "groups",
    "Identification": "groups",
    "direct_product": "groups",
    "from_permutations": "groups",
    "from_table": "groups",
    "group": "groups",
    "known_specs": "groups",
    "GroupRanking": "harmonics",
    "Verification": "harmonics",
    "compare_networks": "harmonics",
    "maximal_margin": "harmonics",
    "verify": "harmonics",
    "verify_composition": "harmonics",
    "SweepResult": "sweeping",
    "sweep": "sweeping",
    "Irrep": "irreps",
    "Irreps": "irreps",
    "Reconstruction": "reconstruction",
    "reconstruct": "reconstruction",
    "load_weights": "weights",
}


def build_info() -> dict[str, str]:
    """How this copy was built: version, compiler, build type, sanitizers; the first thing to put in a bug report.

    Example:
        >>> import peterweyl as pw
        >>> pw.build_info()["version"] == pw.__version__
        True
    """
    from . import _core

    return dict(_core.build_info())


def __getattr__(name: str) -> Any:
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module 'peterweyl' has no attribute '{name}'")
    value = getattr(importlib.import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_HOME.values()})
