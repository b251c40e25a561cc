"""A character table as text, HTML, LaTeX, a GAP record, a SymPy matrix and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

if TYPE_CHECKING:
    from sympy.polys.matrices import DomainMatrix

    from .table import CharacterTable

__all__ = ["dictionary", "gap_record", "html", "latex", "sympy_matrix", "text"]

#: Larger tables are shown by their first rows and columns.
SHOWN = 32

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SIGNS = {1: "+", 0: "o", -1: "-"}


def _title(table: CharacterTable) -> str:
    name = table.name or "a group without a name"
    count = len(table)
    return f"{name}, order {table.order}: {count} {'class' if count == 1 else 'classes'}"


def _head(table: CharacterTable, shown: int) -> Iterator[tuple[str, list[str]]]:
    """The lines above the values: label and one entry a class."""
    yield "class", [str(c + 1) for c in range(shown)]
    yield "element order", [str(x) for x in table.class_orders[:shown]]
    yield "size", [str(x) for x in table.class_sizes[:shown]]
    for p in table._primes():
        yield f"{p}-power", [str(c + 1) for c in table.power_map(p)[:shown]]


def _rows(table: CharacterTable, style: str, shown: int) -> list[list[str]]:
    return table._core.texts(style, shown)


def representatives(table: CharacterTable) -> Iterable[NDArray[Any]] | None:
    """An image array for each class, of a group made of permutations."""
    from ..permutation_groups import PermutationGroup

    group = table.group
    if group is None:
        return None
    if isinstance(group, PermutationGroup):
        return iter(group.conjugacy_classes.representatives)
    if group._core.degree == 0:
        return None
    return [group.permutation(int(x)) for x in group.conjugacy_classes.representatives]


def text(table: CharacterTable) -> str:
    """The table with readable entries; a large one by its first rows and columns."""
    shown = min(len(table), SHOWN)
    lines = list(_head(table, shown))
    values = _rows(table, "text", shown)
    indicators = table.indicators
    named = [
        (f"χ{str(i + 1).translate(_SUBSCRIPTS)} {_SIGNS[indicators[i]]}", values[i]) for i in range(shown)
    ]
    everything = [*lines, *named]
    label_width = max(len(label) for label, _ in everything)
    widths = [max(len(entries[c]) for _, entries in everything) for c in range(shown)]

    def line(label: str, entries: list[str]) -> str:
        cells = " ".join(entry.rjust(width) for entry, width in zip(entries, widths, strict=True))
        return f"{label.ljust(label_width)} {cells}" + (" …" if shown < len(table) else "")

    out = [_title(table), "", *(line(*entry) for entry in lines), "", *(line(*entry) for entry in named)]
    if shown < len(table):
        out.append(f"… {len(table) - shown} more characters and as many classes")
    return "\n".join(out)


def html(table: CharacterTable) -> str:
    """The table for notebooks."""
    shown = min(len(table), SHOWN)

    def line(label: str, entries: list[str], tag: str) -> str:
        cells = "".join(f"<{tag} style='text-align:right'>{escape(entry)}</{tag}>" for entry in entries)
        return f"<tr><th style='text-align:left'>{escape(label)}</th>{cells}</tr>"

    head = "".join(line(label, entries, "th") for label, entries in _head(table, shown))
    indicators = table.indicators
    body = "".join(
        line(f"χ{str(i + 1).translate(_SUBSCRIPTS)} {_SIGNS[indicators[i]]}", row, "td")
        for i, row in enumerate(_rows(table, "text", shown))
    )
    more = f"<p>… {len(table) - shown} more characters</p>" if shown < len(table) else ""
    return (
        f"<table><caption>{escape(_title(table))}</caption>"
        f"<thead>{head}</thead><tbody>{body}</tbody></table>{more}"
    )


def latex(table: CharacterTable) -> str:
    """The values as a LaTeX array in dollar signs."""
    shown = min(len(table), SHOWN)
    rows = [" & ".join(["", *table_head]) for _, table_head in list(_head(table, shown))[1:3]]
    rows[-1] += r" \\ \hline"
    body = [
        " & ".join([rf"\chi_{{{i + 1}}}", *row]) + r" \\"
        for i, row in enumerate(_rows(table, "latex", shown))
    ]
    lines = [rows[0] + r" \\", rows[1], *body]
    return "$\\begin{array}{l|" + "r" * shown + "}\n" + "\n".join(lines) + "\n\\end{array}$"


def gap_record(table: CharacterTable) -> str:
    """What GAP's ``ConvertToCharacterTable`` reads."""
    rows = _rows(table, "gap", len(table))
    primes = table._primes()
    maps = [
        "[" + ",".join(str(c + 1) for c in table.power_map(p)) + "]" if p in primes else ""
        for p in range(1, max(primes, default=1) + 1)
    ]
    values = ",".join("[" + ",".join(row) + "]" for row in rows)
    centralizers = ",".join(map(str, table.centralizer_orders))
    orders = ",".join(map(str, table.class_orders))
    return (
        f"rec(UnderlyingCharacteristic:=0,Size:={table.order},SizesCentralizers:=[{centralizers}],"
        f"OrdersClassRepresentatives:=[{orders}],\n"
        f'ComputedPowerMaps:=[{",".join(maps)}],Irr:=[{values}],Identifier:="{table.name}")'
    )


def dictionary(table: CharacterTable) -> dict[str, Any]:
    """Ready for JSON."""
    return {
        "name": table.name,
        "order": table.order,
        "method": table.method,
        "class_orders": list(table.class_orders),
        "class_sizes": list(table.class_sizes),
        "power_maps": {str(p): list(table.power_map(p)) for p in table._primes()},
        "degrees": list(table.degrees),
        "indicators": list(table.indicators),
        "values": _rows(table, "gap", len(table)),
    }


def sympy_matrix(table: CharacterTable) -> DomainMatrix:
    """A ``DomainMatrix`` over ``QQ<zeta>``."""
    import sympy
    from sympy.polys import matrices

    count = len(table)
    rows = [table.exact[i] for i in range(count)]
    conductor = 1
    for row in rows:
        for value in row:
            conductor = int(sympy.ilcm(conductor, value.conductor))
    if conductor == 1:
        ring = sympy.ZZ
        return matrices.DomainMatrix(
            [[ring(int(value)) for value in row] for row in rows], (count, count), ring
        )
    zeta = sympy.exp(2 * sympy.pi * sympy.I / conductor) if conductor != 4 else sympy.I
    field = sympy.QQ.algebraic_field(zeta)
    generator = field.from_sympy(zeta) if conductor == 4 else field.unit
    powers = [field.one]
    for _ in range(conductor - 1):
        powers.append(powers[-1] * generator)
    made: dict[Any, Any] = {}

    def convert(value: Any) -> Any:
        if value not in made:
            step = conductor // value.conductor
            total = field.zero
            for exponent, coefficient in value.terms.items():
                total += powers[exponent * step] * coefficient
            made[value] = total
        return made[value]

    return matrices.DomainMatrix([[convert(value) for value in row] for row in rows], (count, count), field)
