"""What the code base promises about itself: layers that point down, a test for every concept, one version."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import pytest

import peterweyl as pw

ROOT = Path(__file__).parents[2]
CPP_LAYERS = [
    "support",
    "arithmetic",
    "groups",
    "characters",
    "representations",
    "fourier",
    "harmonics",
    "bindings",
]
# Modules of one line may not import each other; a package counts as one module.
PYTHON_LAYERS = [
    {"_version", "errors", "limits", "_core"},
    {"_optional", "examples", "subgroups", "conjugacy_classes", "identification", "group_elements"},
    {"structure"},
    {"weights", "groups"},
    {"catalogue", "characters", "constructions", "permutation_groups", "interop", "irreps"},
    {"fourier", "gap_text"},
    {"harmonics", "reconstruction"},
    {"report", "plot", "sweeping"},
    {"__init__"},
    {"benchmark"},
    {"cli"},
    {"__main__"},
]

# Data that a script wrote is no concept of its own: the code that reads it is tested.
cpp_files = sorted(
    path
    for path in (ROOT / "cpp").rglob("*")
    if path.suffix in {".hpp", ".cpp"} and not path.stem.endswith("_data")
)
python_files = sorted((ROOT / "python" / "peterweyl").rglob("*.py"))


def _identifier(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", cpp_files, ids=_identifier)
def test_includes_point_down(path: Path) -> None:
    layer = CPP_LAYERS.index(path.parent.name)
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r'#include "([^"]+)"', text):
        folder, _, name = target.partition("/")
        assert (ROOT / "cpp" / target).is_file(), f"{target} is not a header of ours"
        assert CPP_LAYERS.index(folder) <= layer, f"{target} lies above {path.parent.name}/"
        assert name.endswith(".hpp")
    if path.parent.name != "bindings":
        assert "pybind11" not in text
        assert "Python.h" not in text


@pytest.mark.parametrize(
    "header",
    [path for path in cpp_files if path.suffix == ".hpp" and path.parent.name != "bindings"],
    ids=_identifier,
)
def test_every_concept_has_its_cpp_test(header: Path) -> None:
    test = ROOT / "tests" / "cpp" / header.parent.name / f"test_{header.stem}.cpp"
    assert test.is_file(), f"{_identifier(header)} has no {_identifier(test)}"
    assert f'#include "{header.parent.name}/{header.name}"' in test.read_text(encoding="utf-8")
    source = header.with_suffix(".cpp")
    if source.exists():
        first_include = re.search(r'#include [<"]([^">]+)[">]', source.read_text(encoding="utf-8"))
        assert first_include is not None
        assert first_include.group(1) == f"{header.parent.name}/{header.name}", (
            "a source includes its header first"
        )


def _module_level_imports(path: Path) -> set[str]:
    """Names of the package's own modules that are imported when the file is, TYPE_CHECKING blocks left out."""
    package = ["peterweyl", *path.relative_to(ROOT / "python" / "peterweyl").parts[:-1]]
    found: set[str] = set()
    pending: list[ast.stmt] = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending.extend(node.orelse)
        elif isinstance(node, ast.If | ast.Try | ast.With):
            pending.extend(
                child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)
            )
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            module = [*base, *(node.module.split(".") if node.module else [])]
            names = [alias.name for alias in node.names]
            if len(module) > 1:
                found.add(module[1])
            else:
                found.update(name if _is_module(name) else "__init__" for name in names)
    return found


def _is_module(name: str) -> bool:
    folder = ROOT / "python" / "peterweyl"
    return name == "_core" or (folder / f"{name}.py").exists() or (folder / name).is_dir()


def _python_layer(module: str) -> int:
    return next(index for index, names in enumerate(PYTHON_LAYERS) if module in names)


@pytest.mark.parametrize("path", python_files, ids=_identifier)
def test_imports_point_down(path: Path) -> None:
    relative = path.relative_to(ROOT / "python" / "peterweyl")
    module = relative.parts[0].removesuffix(".py")
    layer = _python_layer(module)
    for imported in _module_level_imports(path) - {module}:
        assert _python_layer(imported) < layer, f"{relative} imports {imported}, which does not lie below it"


@pytest.mark.parametrize("path", [*cpp_files, *python_files], ids=_identifier)
def test_no_file_is_two_concepts(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_one_version() -> None:
    written = (ROOT / "python" / "peterweyl" / "_version.py").read_text(encoding="utf-8")
    assert f'__version__ = "{pw.__version__}"' in written
    assert pw.build_info()["version"] == pw.__version__
    assert importlib.metadata.version("peterweyl") == pw.__version__
    assert f"## {pw.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_public_names_exist() -> None:
    for name in pw.__all__:
        assert getattr(pw, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        pw.nonsense  # type: ignore[attr-defined]


def test_importing_is_light() -> None:
    code = "import sys, peterweyl, peterweyl.groups; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"sympy", "torch", "matplotlib", "scipy", "h5py", "jax", "onnx", "msgpack", "rich", "pandas"}
    assert not heavy & set(result.stdout.split())
