#!/usr/bin/env python3
"""Set up CapMap from a fresh checkout and open a sample map, or run every check; needs nothing but Python 3.11.

    python3 .ci/dev.py open [FILE]      set up, then open a map: a file, or a sample by name (else the insurer)
    python3 .ci/dev.py test [--fast]    set up, then run every check: form, lint, types, tests

On Debian and Ubuntu, what is missing of Qt's system libraries is installed with apt-get, as root or through sudo.
Packages go into the active virtual environment, or else into .venv beside this checkout. A second run finds all done.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_maps"
FIRST_SAMPLE = "harbour-insurance"

# The file that Qt loads -> the packages that may bring it, the first one known to apt wins.
QT_LIBRARIES = {
    "libEGL.so.1": ["libegl1"],
    "libGL.so.1": ["libgl1"],
    "libglib-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
    "libfontconfig.so.1": ["libfontconfig1"],
    "libxkbcommon.so.0": ["libxkbcommon0"],
    "libdbus-1.so.3": ["libdbus-1-3"],
    "libxcb-cursor.so.0": ["libxcb-cursor0"],
    "libxcb-icccm.so.4": ["libxcb-icccm4"],
    "libxcb-keysyms.so.1": ["libxcb-keysyms1"],
    "libxcb-shape.so.0": ["libxcb-shape0"],
    "libxkbcommon-x11.so.0": ["libxkbcommon-x11-0"],
}
TEST_PROGRAMS = {"Xvfb": ["xvfb"], "xauth": ["xauth"], "xdotool": ["xdotool"]}


def main() -> int:
    """Do what the command line asks for and give its exit status."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Set up CapMap and open it, or run every check.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    opening = verbs.add_parser("open", help="set up, then open a map in the window")
    opening.add_argument("file", nargs="?", default=FIRST_SAMPLE, help="a file, or the name of a sample map")
    testing = verbs.add_parser("test", help="set up, then run every check")
    testing.add_argument("--fast", action="store_true", help="leave out the slow tests and those on an X server")
    asked = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 (older ones can read this file, and deserve the sentence)
        stop(f"CapMap needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if asked.verb == "open":
        install_system_packages(for_tests=False)
        return open_map(environment(extra=""), asked.file)
    install_system_packages(for_tests=True)
    return run_checks(environment(extra="test"), fast=asked.fast)


def say(sentence: str) -> None:
    """Tell the person what happens now."""
    print(f"capmap: {sentence}", file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """Say why it cannot go on, and end."""
    say(sentence)
    raise SystemExit(1)


# -- system packages ----------------------------------------------------------------------------------


def install_system_packages(*, for_tests: bool) -> None:
    """Install what is missing of Qt's libraries and of the tools to make a virtual environment (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    missing = {name: packages for name, packages in QT_LIBRARIES.items() if not can_load(name)}
    if for_tests:
        missing.update({name: packages for name, packages in TEST_PROGRAMS.items() if not shutil.which(name)})
    if not in_virtual_environment() and importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        missing["the Python module ensurepip"] = [f"python{version}-venv"]
    if not missing:
        return
    if not shutil.which("apt-get"):
        stop(f"Install these with the package manager of this system, then try again: {', '.join(missing)}.")
    prefix = how_to_become_root(missing)
    say(f"installing system packages for {', '.join(missing)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    # A source that cannot be reached matters only if the installation fails for it.
    subprocess.run([*apt, "update"], stdin=stdin_for(prefix), stdout=sys.stderr)
    install = [*apt, "install", "-y", "--no-install-recommends", *chosen_packages(missing)]
    if subprocess.run(install, stdin=stdin_for(prefix), stdout=sys.stderr).returncode:
        stop(f"apt-get could not install them; see above. By hand: {by_hand(missing)}")


def how_to_become_root(missing: dict[str, list[str]]) -> list[str]:
    """What to write before a command that only root may run; ends with one sentence where there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        free = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
        if free or sys.stdin.isatty():
            return ["sudo"]
    stop(f"System packages are missing and only root can install them. Please run: {by_hand(missing)}")


def stdin_for(prefix: list[str]) -> int | None:
    """Nothing to read, but where sudo may ask for a password."""
    return None if prefix else subprocess.DEVNULL


def by_hand(missing: dict[str, list[str]]) -> str:
    """The command that a person can type instead."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    packages = " ".join(chosen_packages(missing))
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {packages}"


def chosen_packages(missing: dict[str, list[str]]) -> list[str]:
    """For each missing thing the first package that this system's apt knows, or else the last one named."""
    return [next((name for name in packages[:-1] if apt_knows(name)), packages[-1]) for packages in missing.values()]


def apt_knows(package: str) -> bool:
    """Whether there is such a package to install."""
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


def can_load(library: str) -> bool:
    """Whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# -- Python packages ----------------------------------------------------------------------------------


def in_virtual_environment() -> bool:
    """Whether this Python belongs to a virtual environment already."""
    return sys.prefix != sys.base_prefix


def environment(extra: str) -> str:
    """The Python of a virtual environment in which this checkout is installed, with the packages of an extra."""
    if in_virtual_environment():
        prefix, python = Path(sys.prefix), sys.executable
        if importlib.util.find_spec("pip") is None:
            run([python, "-m", "ensurepip"], "This virtual environment has no pip and none could be added.")
    else:
        prefix = ROOT / ".venv"
        python = str(prefix / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        if not is_this_version(python):
            say(f"making a virtual environment in {prefix}")
            run([sys.executable, "-m", "venv", "--clear", str(prefix)], "No virtual environment could be made.")
    install_python_packages(python, prefix / "capmap-setup.json", extra)
    return python


def is_this_version(python: str) -> bool:
    """Whether that Python is there, runs, and is of the same version as this one."""
    ask = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def install_python_packages(python: str, stamp: Path, extra: str) -> None:
    """Install this checkout, to be used where it stands, unless the stamp says that nothing changed since."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "capmap/__init__.py"):
        digest.update((ROOT / name).read_bytes())
    done = json.loads(stamp.read_text("utf-8")) if stamp.exists() else {}
    extras = set(done.get("extras", [])) if done.get("digest") == digest.hexdigest() else set()
    if extra in extras and is_installed(python):
        return
    say("installing Python packages (the first time this takes a few minutes)")
    stamp.unlink(missing_ok=True)
    extras = {*extras, extra, ""}
    wanted = ",".join(sorted(extras - {""}))
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable"]
    run(
        [*install, f"{ROOT}[{wanted}]" if wanted else str(ROOT)],
        "The Python packages could not be installed; pip says why above.",
    )
    stamp.write_text(json.dumps({"digest": digest.hexdigest(), "extras": sorted(extras)}), "utf-8")


def is_installed(python: str) -> bool:
    """Whether that Python imports CapMap from this checkout, wherever it is started."""
    ask = [python, "-I", "-c", "import capmap; print(capmap.__file__)"]
    answer = subprocess.run(ask, capture_output=True, text=True)
    return answer.returncode == 0 and ROOT in Path(answer.stdout.strip()).resolve().parents


def run(command: list[str], otherwise: str) -> None:
    """Run a command that is needed to go on."""
    if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        stop(otherwise)


# -- the two verbs ------------------------------------------------------------------------------------


def open_map(python: str, file: str) -> int:
    """Open the window on a file, or on an own copy of a sample map, so that the sample stays as it is."""
    path = Path(file)
    if not path.exists():
        path = copy_of_sample(python, file)
    headless = not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and headless:
        stop("All is set up, but there is no display to open a window on: run this in a desktop session or xvfb-run.")
    say(f"opening {path}")
    return subprocess.run([python, "-m", "capmap", str(path)]).returncode


def copy_of_sample(python: str, name: str) -> Path:
    """The copy of a sample map to play with, in out/; it keeps its edits, and is made anew when it was deleted."""
    if not (SAMPLES / name).is_dir():
        names = sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "map.csv").is_file())
        stop(f"There is no file and no sample map called {name}. The sample maps are: {', '.join(names)}.")
    copy = ROOT / "out" / f"{name}.capmap"
    if not copy.exists():
        built = SAMPLES / f"{name}.capmap"
        if not built.exists():
            run([python, str(SAMPLES / "build.py"), name], f"The sample map {name} could not be built.")
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(built, copy)
    return copy


def run_checks(python: str, *, fast: bool) -> int:
    """Run every check, each even if one before it failed, and say at the end how each went."""
    tests = ["pytest", "-n", "2", "--dist", "worksteal", "--benchmark-disable"]
    checks = {
        "form": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "tests": [*tests, "-m", "not slow and not xvfb"] if fast else tests,
    }
    results = []
    with tempfile.TemporaryDirectory(prefix="capmap-") as runtime:  # only its owner may look into it, as Qt demands
        surroundings = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "qt.qpa.*=false",
            "XDG_RUNTIME_DIR": runtime,
            "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
            "PYTHONUTF8": "1",
        }
        for name, command in checks.items():
            say(f"checking {name}: {' '.join(command)}")
            started = time.monotonic()
            status = subprocess.run(
                [python, "-m", *command], cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL
            ).returncode
            results.append((name, status, time.monotonic() - started))
    for name, status, seconds in results:
        say(f"{name:6} {'failed' if status else 'passed'} in {seconds:.0f} s")
    return 1 if any(status for _, status, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
