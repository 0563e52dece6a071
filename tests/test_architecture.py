"""The architecture as ARCHITECTURE.md tells it, held against the code: who imports whom, how big a file is, what
starting the command line loads.
"""

from __future__ import annotations

import ast
import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from capmap.document import Document
from capmap.model.map import Map

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
OPEN_TO_ALL = {"errors", "places", "saving"}
SLOW_TO_LOAD = {
    "rapidfuzz",
    "PySide6",
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "networkx",
    "reportlab",
    "fontTools",
    "uharfbuzz",
    "openpyxl",
    "xlsxwriter",
    "pptx",
    "numpy",
}


# -- what the document says ---------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of the document's table. ``may`` holds packages ("model") and single modules ("layout.fonts");
    ``libraries`` gives for each library the modules that may use it, none for all of the package.
    """

    package: str
    may: frozenset[str]
    libraries: dict[str, frozenset[str]]
    one_a_file: bool
    more: bool


@cache
def document() -> str:
    return (ROOT / "ARCHITECTURE.md").read_text("utf-8")


@cache
def table() -> dict[str, Row]:
    lines = document().split("| package |", 1)[1].splitlines()[2:]
    cells = [
        [cell.strip() for cell in line.strip("| ").split("|")] + [""]
        for line in lines[: next(number for number, line in enumerate(lines) if not line.startswith("|"))]
    ]
    every = {name for packages, *_ in cells for name in names_in(packages)}
    rows: dict[str, Row] = {}
    for packages, may, outside, *_ in cells:
        above = set(rows)
        allowed = {"nothing": set[str](), "all above": above, "all": every}.get(may, set(names_in(may)))
        for package in names_in(packages):
            rows[package] = Row(
                package,
                frozenset(allowed),
                libraries_in(outside),
                one_a_file="one library a file" in outside,
                more=outside.endswith("..."),
            )
    return rows


def names_in(cell: str) -> list[str]:
    return [name.strip(" `") for name in cell.split(",")]


def libraries_in(cell: str) -> dict[str, frozenset[str]]:
    """`fontTools, in `fonts` alone` -> fontTools: fonts; `reportlab (`pdf`), openpyxl` -> reportlab: pdf, openpyxl:
    none.
    """
    found = re.finditer(r"([A-Za-z][\w-]*)(?: \(([^)]*)\)|, in ([^,;]*) alone)?", cell.rsplit(":", 1)[-1])
    return {comparable(match[1]): frozenset(re.findall(r"`([\w.]+)`", match[2] or match[3] or "")) for match in found}


def comparable(library: str) -> str:
    return library.lower().replace("_", "-")


# -- what the code does -------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Import:
    """One import: which module wants which, and whether only the type checker sees it."""

    module: str
    target: str
    line: int
    for_types_only: bool


@cache
def sources() -> dict[str, Path]:
    """The modules of the package by their dotted names."""
    found = {}
    for path in sorted((ROOT / "capmap").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(sources()[module].read_text("utf-8"))


@cache
def imports() -> list[Import]:
    return [found for module in sources() for found in imports_of(module)]


def imports_of(module: str) -> Iterator[Import]:
    tree = tree_of(module)
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: write the whole name of what is imported"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = [name if name in sources() else str(node.module) for name in names]
        else:
            continue
        yield from (Import(module, target, node.lineno, id(node) in typing_only) for target in targets)


def package_of(module: str) -> str:
    """The row of the table that a module of capmap belongs to; empty for the package's own opening file."""
    return {"": "", "__main__": "app"}.get(part := module.partition(".")[2].partition(".")[0], part)


def inside() -> list[Import]:
    return [found for found in imports() if found.target.split(".")[0] == "capmap"]


def outside() -> list[Import]:
    standard = {*sys.stdlib_module_names, "capmap"}
    return [found for found in imports() if found.target.split(".")[0] not in standard]


def row_of(module: str) -> Row:
    """The row of the table that holds for a module."""
    package = package_of(module)
    assert package in table(), f"ARCHITECTURE.md's table says nothing of {package}"
    return table()[package]


def told(found: Import, why: str) -> str:
    return f"{sources()[found.module].relative_to(ROOT)}, line {found.line}: {found.target} {why}"


# -- who may import whom ------------------------------------------------------------------------------


def test_every_package_has_a_row_in_the_table() -> None:
    homes = {package_of(module) for module in sources()} - {""}
    assert homes <= set(table()), f"ARCHITECTURE.md's table says nothing of {sorted(homes - set(table()))}"


def test_imports_inside_the_package_follow_the_table() -> None:
    wrong = []
    for found in inside():
        home, target = package_of(found.module), package_of(found.target)
        if target in {"", home} or target in OPEN_TO_ALL - {home}:
            continue
        part = found.target.removeprefix("capmap.")
        allowed = row_of(found.module).may if home else frozenset()
        if not any(part == name or part.startswith(f"{name}.") for name in allowed):
            wrong.append(told(found, f"is not for {home or 'the opening file of the package'}"))
    assert not wrong, "\n".join(wrong)


def test_what_is_open_to_all_imports_nothing_else() -> None:
    assert all(table()[package].may <= OPEN_TO_ALL for package in OPEN_TO_ALL)
    inner = [found for found in inside() if package_of(found.module) in OPEN_TO_ALL and found.target != "capmap"]
    assert all(package_of(found.target) in OPEN_TO_ALL for found in inner)


def test_libraries_are_used_where_the_table_names_them() -> None:
    wrong = []
    for found in outside():
        if found.target.split(".")[0] == "PySide6":
            continue
        library, row = comparable(found.target.split(".")[0]), row_of(found.module)
        modules = row.libraries.get(library)
        if modules is None and not row.more:
            wrong.append(told(found, f"is not in the table's row for {row.package}"))
        elif modules and not found.for_types_only and found.module.rsplit(".", 1)[-1] not in modules:
            wrong.append(told(found, f"belongs in {', '.join(sorted(modules))} alone"))
    assert not wrong, "\n".join(wrong)


def test_one_library_a_file_where_the_table_says_so() -> None:
    used: dict[str, set[str]] = {}
    for found in outside():
        if row_of(found.module).one_a_file:
            used.setdefault(found.module, set()).add(found.target.split(".")[0])
    assert not {module: libraries for module, libraries in used.items() if len(libraries) > 1}


def test_qt_appears_only_where_the_document_says() -> None:
    sentence = next(line for line in document().splitlines() if line.startswith("`PySide6` appears only in"))
    places = re.findall(r"`(capmap/[^`]+)`", sentence)
    assert places
    wrong = [
        told(found, f"is for {', '.join(places)} alone")
        for found in outside()
        if found.target.split(".")[0] == "PySide6"
        and not sources()[found.module].relative_to(ROOT).as_posix().startswith(tuple(places))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    wants: dict[str, set[str]] = {module: set() for module in sources()}
    for found in inside():
        if not found.for_types_only and found.target != found.module:
            wants[found.module].add(found.target)
    while ends := [
        module for module in wants if not wants[module] or not any(module in other for other in wants.values())
    ]:
        for module in ends:
            del wants[module]
        wants = {module: targets & wants.keys() for module, targets in wants.items()}
    assert not wants, f"a circle runs through {', '.join(sorted(wants))}"


# -- what a file looks like ---------------------------------------------------------------------------


@pytest.mark.parametrize("module", sources())
def test_file_is_short_and_says_what_it_is_for(module: str) -> None:
    lines = len(sources()[module].read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: an idea in here wants a room of its own"
    assert ast.get_docstring(tree_of(module)), "the first line says what the module is for"


def test_nothing_is_printed_but_through_the_edge() -> None:
    calls = [
        f"{sources()[module].relative_to(ROOT)}, line {node.lineno}"
        for module in sources()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not calls


def test_no_file_names_a_machine_or_a_place_of_download() -> None:
    unwanted = re.compile(
        r"(?<![\w.])/(?:work|tmp|root|home)/|[A-Z]:\\Users\\"
        r"|(?:files\.)?(?:pypi|pythonhosted|npmjs)\.(?:org|com)|deb\.debian\.org|-index-ur[l]|/simpl[e]/"
    )
    wrong = []
    for path in our_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [
            f"{path.relative_to(ROOT)}, line {number}: {found[0]}"
            for number, line in enumerate(text.splitlines(), 1)
            if (found := unwanted.search(line))
        ]
    assert not wrong, "\n".join(wrong)


def our_files() -> Iterator[Path]:
    """The files of the project, without what tools and people leave beside them."""
    yield from (path for path in ROOT.iterdir() if path.is_file())
    for folder in (".ci", "capmap", "docs", "resources", "sample_maps", "tests"):
        paths = (ROOT / folder).rglob("*")
        yield from (path for path in paths if path.is_file() and "__pycache__" not in path.parts)


# -- what a start loads -------------------------------------------------------------------------------


def loaded_by(statements: str) -> set[str]:
    """The libraries that a new Python has loaded after these statements."""
    report = "import sys; print('\\nloaded:', *sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{statements}\n{report}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


def command(*words: str) -> str:
    """Statements that run the command line with these words, as ``capmap ...`` would."""
    return (
        f"import runpy, sys; sys.argv = {['capmap', *words]!r}\n"
        "try: runpy.run_module('capmap', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code"
    )


def test_the_command_line_starts_without_slow_libraries() -> None:
    assert not loaded_by("import capmap.cli") & SLOW_TO_LOAD
    assert not loaded_by(command("--version")) & SLOW_TO_LOAD


def test_opening_a_map_needs_neither_qt_nor_the_libraries_that_write(tmp_path: Path, small_map: Map) -> None:
    path = tmp_path / "shop.capmap"
    Document.create(path, small_map).close()
    assert not loaded_by(command("check", str(path))) & SLOW_TO_LOAD
