"""What the peers of the group engine are asked: the same task in their own words, timed in this process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from .peers import gap_milliseconds, gap_version, installed_module
from .timing import measure

__all__ = ["GroupPeers"]

#: Interpreted peers are not asked for more elements than this.
_INTERPRETED_LIMIT = 10_000


def _gap_permutations(generators: list[list[int]]) -> str:
    return ",".join(f"PermList({[x + 1 for x in g]})" for g in generators)


class GroupPeers:
    """The peers installed here; each method gives seconds by the name of the peer.

    Args:
        enabled: ask nobody when false.
    """

    def __init__(self, enabled: bool) -> None:
        self._gap = gap_version() if enabled else None
        self._modules: dict[str, tuple[ModuleType, str]] = {}
        for name, distribution in (
            ("alkahest", "alkahest"),
            ("libsemigroups_pybind11", "libsemigroups-pybind11"),
            ("sympy", "sympy"),
        ):
            found = installed_module(name, distribution) if enabled else None
            if found is not None:
                self._modules[name] = found
        if "libsemigroups_pybind11" in self._modules:
            # Held for as long as this object lives: it keeps the peer from printing its progress.
            self._quiet = self._modules["libsemigroups_pybind11"][0].ReportGuard(False)

    @property
    def remarks(self) -> list[str]:
        """One line a peer: its version and how it was timed."""
        lines = [f"{name} {version}: in this process" for name, (_, version) in self._modules.items()]
        if self._gap is not None:
            lines.insert(
                0,
                f"GAP {self._gap}: wall time inside one process, start-up excluded, fresh objects each time",
            )
        return lines

    def _ask_gap(self, preparation: str, work: str) -> dict[str, float]:
        milliseconds = gap_milliseconds(preparation, work) if self._gap is not None else None
        return {} if milliseconds is None else {"GAP": milliseconds / 1e3}

    def _ask(self, name: str, ask: Callable[[ModuleType], Callable[[], Any]]) -> dict[str, float]:
        """Seconds of one call of a peer; nothing where it is not installed or cannot do it."""
        if name not in self._modules:
            return {}
        try:
            work = ask(self._modules[name][0])
            return {name.removesuffix("_pybind11"): measure(work, at_most=20).best}
        except Exception:  # a peer may fail in any way: then it has no figure
            return {}

    def elements(self, generators: list[list[int]], order: int) -> dict[str, float]:
        """List all elements."""
        group = f"G := Group({_gap_permutations(generators)});;"
        found = self._ask_gap(group, "e := AsList(G);;")
        found |= self._ask("alkahest", lambda m: partial(_alkahest_elements, m, generators))
        found |= self._ask("libsemigroups_pybind11", lambda m: partial(_froidure_pin, m, generators))
        if order <= _INTERPRETED_LIMIT:
            found |= self._ask("sympy", lambda m: partial(_sympy_elements, m, generators))
        return found

    def table(self, generators: list[list[int]], order: int) -> dict[str, float]:
        """Write the multiplication table; GAP takes seconds from order 5,040 on and is asked all the same."""
        repetitions = 5 if order <= 1000 else 1
        if self._gap is None:
            return {}
        milliseconds = gap_milliseconds(
            f"G := Group({_gap_permutations(generators)});;",
            "t := MultiplicationTable(G);;",
            repetitions=repetitions,
        )
        return {} if milliseconds is None else {"GAP": milliseconds / 1e3}

    def cosets(self, letters: str, relators: str) -> dict[str, float]:
        """Enumerate the cosets of the trivial subgroup."""
        names = ",".join(f'"{x}"' for x in letters)
        values = "".join(f"{x}:=F.{k + 1};" for k, x in enumerate(letters))
        found = self._ask_gap(
            f"F := FreeGroup({names});; {values} G := F/[{relators}];;",
            "t := CosetTable(G, TrivialSubgroup(G));;",
        )
        words = [word.strip() for word in relators.split(",")]
        return found | self._ask("alkahest", lambda m: partial(_alkahest_cosets, m, list(letters), words))

    def classes(self, generators: list[list[int]], order: int) -> dict[str, float]:
        """Find the conjugacy classes."""
        found = self._ask_gap(f"G := Group({_gap_permutations(generators)});;", "c := ConjugacyClasses(G);;")
        if order <= 1000:
            found |= self._ask("sympy", lambda m: partial(_sympy_classes, m, generators))
        return found

    def identification(self, order: int) -> dict[str, float]:
        """Name one group of an order from regular permutations."""
        return self._ask_gap(
            f"G := Action(SmallGroup({order}, QuoInt(NrSmallGroups({order}), 2)), "
            f"AsList(SmallGroup({order}, QuoInt(NrSmallGroups({order}), 2))), OnRight);;",
            "i := IdGroup(G);;",
        )

    def isomorphism(self, order: int) -> dict[str, float]:
        """Find an isomorphism between two copies of one group of an order."""
        group = f"SmallGroup({order}, QuoInt(NrSmallGroups({order}), 2))"
        return self._ask_gap(
            f"G := Image(IsomorphismPermGroup({group}));; H := Group(List(GeneratorsOfGroup(G), g -> "
            "g^PermList(Reversed([1 .. LargestMovedPoint(G)]))));;",
            "i := IsomorphismGroups(G, H);;",
        )


def _alkahest_elements(module: ModuleType, generators: list[list[int]]) -> Any:
    permutations = [module.Permutation(g) for g in generators]
    return module.PermutationGroup(len(generators[0]), permutations).elements()


def _alkahest_cosets(module: ModuleType, letters: list[str], relators: list[str]) -> Any:
    return module.FpGroup(letters, relators).coset_table([])


def _froidure_pin(module: ModuleType, generators: list[list[int]]) -> Any:
    return module.FroidurePin([module.Perm(g) for g in generators]).size()


def _sympy_group(module: ModuleType, generators: list[list[int]]) -> Any:
    combinatorics = __import__("sympy.combinatorics", fromlist=["PermutationGroup"])
    return combinatorics.PermutationGroup([combinatorics.Permutation(g) for g in generators])


def _sympy_elements(module: ModuleType, generators: list[list[int]]) -> Any:
    return list(_sympy_group(module, generators).generate())


def _sympy_classes(module: ModuleType, generators: list[list[int]]) -> Any:
    return _sympy_group(module, generators).conjugacy_classes()
