"""What comes with CapMap is found from a checkout, an installed wheel and the frozen app."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from capmap import places


def test_a_checkout_has_its_resources_beside_the_package() -> None:
    assert places.resource("fonts/NotoSans-Bold.ttf").is_file()
    assert places.resource("fonts") == places.resource() / "fonts"
    assert (places.sample_map() / "README.md").is_file()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "capmap"
    (package / "resources").mkdir(parents=True)
    (package / "resources" / "mark.txt").write_text("here")
    shutil.copy(places.__file__, package / "places.py")
    installed = runpy.run_path(str(package / "places.py"))
    assert installed["resource"]("mark.txt").read_text() == "here"


def test_a_frozen_app_has_them_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sample_maps").mkdir()
    (tmp_path / "sample_maps" / "shop.capmap").write_text("")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert places.sample_map("shop.capmap") == tmp_path / "sample_maps" / "shop.capmap"
    assert places.resource("fonts/OFL.txt").is_file()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/fonts/none\.ttf is missing"):
        places.resource("fonts/none.ttf")
