"""What leaves the checkout: the wheel, the files it carries, and the two commands of the README."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from capmap import __version__, places

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What the command prints; the test fails with its words if it does."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# -- the wheel ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built as ``pip install .`` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation"]
    run(*pip, "--disable-pip-version-check", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_carries_what_the_program_reads_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    resources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*") if path.is_file()}
    maps = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sample_maps").glob("*.capmap")}
    assert maps
    assert {f"capmap/{name}" for name in resources | maps} <= names
    assert "capmap/storage/schema.sql" in names
    info = f"capmap-{__version__}.dist-info"
    assert {f"{info}/licenses/{name}" for name in PROJECT["license-files"]} <= names
    assert {name.split("/")[0] for name in names} == {"capmap", info}
    assert not [name for name in names if name.startswith("capmap/sample_maps/") and not name.endswith(".capmap")]


def test_installed_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run(*pip, "--target", site, wheel, cwd=tmp_path)
    python = [sys.executable, "-c"]
    asked = "import capmap; from capmap.places import *; print(capmap.__file__, resource(), sample_map(), sep='\\n')"
    for place in run(*python, asked, cwd=tmp_path, PYTHONPATH=str(site)).splitlines():
        assert site in Path(place).parents
    capmap = [sys.executable, "-m", "capmap"]
    assert run(*capmap, "--version", cwd=tmp_path, PYTHONPATH=str(site)).strip() == f"CapMap {__version__}"
    sample = site / "capmap" / "sample_maps" / "harbour-insurance.capmap"
    run(*capmap, "export", sample, "map.pdf", cwd=tmp_path, PYTHONPATH=str(site))
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF-")


def test_entry_points_lead_to_something_that_can_be_called() -> None:
    for entry in (PROJECT["scripts"]["capmap"], PROJECT["gui-scripts"]["capmap-window"]):
        module, _, name = entry.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


# -- resources ----------------------------------------------------------------------------------------


def test_checkout_finds_its_resources_and_sample_maps() -> None:
    assert places.resource("fonts/NotoSans-Regular.ttf").is_file()
    assert places.resource("icons/capmap.png").is_file()
    assert places.sample_map("harbour-insurance.capmap").is_file()
    with pytest.raises(FileNotFoundError, match="Install it again"):
        places.resource("fonts/none.ttf")


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_icon_can_be_drawn_and_coloured(icon: Path, qapp: QApplication) -> None:
    assert qapp is not None
    assert QSvgRenderer(str(icon)).isValid()
    text = icon.read_text("utf-8")
    assert icon.stem == "capmap" or ("currentColor" in text and "ISC" in text)


def test_licences_stand_beside_what_they_are_for() -> None:
    assert "The CapMap authors" in (ROOT / "LICENSE").read_text("utf-8")
    assert "SIL Open Font License" in (ROOT / "resources/fonts/OFL.txt").read_text("utf-8")
    assert "ISC License" in (ROOT / "resources/icons/LICENSE").read_text("utf-8")


# -- the two commands ---------------------------------------------------------------------------------


def test_bootstrap_needs_nothing_but_python() -> None:
    tree = ast.parse((ROOT / ".ci" / "dev.py").read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported <= {*sys.stdlib_module_names, "__future__"}


def test_readme_names_the_commands_that_there_are() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in (".ci/dev.py open", ".ci/dev.py test"):
        assert f"\npython3 {command}\n" in readme
        assert f"\npy {command.replace('/', chr(92))}\n" in readme
    usage = run(sys.executable, ".ci/dev.py", "--help", cwd=ROOT)
    assert "{open,test}" in usage


def test_build_server_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text("utf-8").splitlines()[-1] == "exec python3 .ci/dev.py test </dev/null"
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_links_in_the_papers_lead_somewhere() -> None:
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "sample_maps").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", paper.read_text("utf-8")):
            if "://" not in target:
                assert (paper.parent / target).exists(), f"{paper.name} points at {target}"
