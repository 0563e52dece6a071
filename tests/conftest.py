"""What all tests share: a screen that is not there, folders of their own, Hypothesis profiles, a small map."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from capmap.model import edits
from capmap.model.change import Change
from capmap.model.map import Map
from capmap.model.records import Objective, Project, Provider, Service, Unit, make

# Before anything imports Qt: it reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
os.environ.setdefault("LC_ALL", "C.UTF-8")

# The same examples on every run, so that a red test is about the change at hand; "thorough" looks for new ones.
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", parent=settings.get_profile("ci"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def _runtime_folder() -> Iterator[None]:
    """A runtime and a cache folder for this run: fontconfig and Qt keep theirs for all tests."""
    with tempfile.TemporaryDirectory(prefix="capmap-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.fixture(autouse=True)
def _whole_application(request: pytest.FixtureRequest) -> None:
    """Whoever writes a PNG first in this process makes an application without widgets, so the whole one comes before
    any test of pictures.
    """
    if "PySide6.QtGui" in sys.modules:
        request.getfixturevalue("qapp")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, so that none finds the settings, backups and recent files of another."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for variable, part in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
    }.items():
        monkeypatch.setenv(variable, str(folder / part))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(QSettings.Format.IniFormat, scope, str(folder / ".config"))
    return folder


@pytest.fixture
def small_map() -> Map:
    """A shop with eight boxes on three levels, one of them a reference, and something of each kind linked to them."""
    current = Map()

    def done(change: Change) -> str:
        current.apply(change)
        return next(key for key, old in change.before.items() if old is None)

    current.apply(edits.settings(current, title="Corner Shop", currency="EUR", language="en"))
    sell = done(edits.add(current, "Sell", code="1", category="core"))
    counter = done(edits.add(current, "Serve at the counter", sell, code="1.1", importance=5, maturity=4, target=4))
    online = done(edits.add(current, "Sell online", sell, code="1.2", importance=4, maturity=2, target=4))
    take = done(edits.add(current, "Take payment", counter, code="1.1.1", maturity=3, target=4, owner="Till lead"))
    advise = done(edits.add(current, "Advise", counter, code="1.1.2"))
    run = done(edits.add(current, "Run the shop", code="2", category="supporting"))
    pay = done(edits.add(current, "Pay suppliers", run, code="2.1", maturity=2, target=3))
    done(edits.add_alias(current, take, run))

    provider = done(edits.create(current, make(Provider, name="Till & Co", sourcing="external")))
    till = make(Service, name="Till", code="S1", provider=provider, run_cost=1_200_000, live_from="2021-03-01")
    ledger = make(Service, name="Ledger", code="S2", run_cost=480_000, live_from="2019-01-01")
    shop = make(Project, name="Web shop", code="P1", status="running", budget=3_000_000, spent=1_000_000)
    floor = make(Unit, name="Shop floor", relationship="provider", relationship_wanted="partner")
    growth = make(Objective, name="A fifth of sales online", perspective="customer", target=20.0, actual=6.5)
    for record in (till, ledger, shop, floor, growth):
        current.apply(edits.create(current, record))
    for link_type, source, target, values in (
        ("supports", till.id, take, {"share": 100.0, "fit": 4}),
        ("supports", ledger.id, pay, {"share": 100.0, "fit": 2}),
        ("depends on", till.id, ledger.id, {"effect": "degrades"}),
        ("improves", shop.id, online, {"promised": 4}),
        ("changes", shop.id, till.id, {}),
        ("uses", floor.id, advise, {}),
        ("needs", growth.id, online, {}),
    ):
        current.apply(edits.link(current, link_type, source, target, **values))
    return current
