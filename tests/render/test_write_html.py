"""HTML: one file that loads nothing and does what its buttons say, in a real browser where there is one."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from every_mark import NAMES, ODD_NAMES
from lxml import html as parser

from capmap.drawing.boxtree import box_tree
from capmap.drawing.livepage import LivePage, live_page
from capmap.lens.builtin import LENSES
from capmap.model import edits
from capmap.model.map import Map
from capmap.render import html

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
LENS = LENSES["maturity gap"], LENSES["importance"], LENSES["plain"]


def page_of(current: Map) -> LivePage:
    return live_page(current, LENS, date=dt.date(2026, 11, 22))


@pytest.fixture
def file(small_map: Map, tmp_path: Path) -> Path:
    target = tmp_path / "map.html"
    html.write(page_of(small_map), target)
    return target


def opened(target: Path, script: str = "") -> str:
    """The page as the browser has it after a script did something in it."""
    source = target.read_text("utf-8")
    if script:
        # The page lets no foreign script run, so the copy that is played with has no policy.
        source = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
        source = source.replace("</body>", f"<script>{script}</script></body>")
        target = target.with_name("played.html")
        target.write_text(source, "utf-8")
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,900", "--enable-logging=stderr"),
            *(f"--user-data-dir={target.parent / 'profile'}", "--virtual-time-budget=2000", "--dump-dom"),
            target.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "CONSOLE" not in done.stderr, done.stderr
    return done.stdout


def told(target: Path, script: str) -> Any:
    """What a script finds out, as JSON."""
    wrapped = f"const out = (() => {{{script}}})(); document.title = JSON.stringify(out);"
    return json.loads(parser.fromstring(opened(target, wrapped)).findtext(".//title"))


def test_every_depth_has_its_boxes_where_its_drawing_has_them(small_map: Map, file: Path) -> None:
    page = page_of(small_map)
    groups = parser.parse(str(file)).getroot().xpath("//*[contains(@class, 'depth')]")
    assert len(groups) == len(page.depths) == 3
    for group, drawing in zip(groups, page.depths, strict=True):
        places = {item.get("data-id"): item.get("data-at") for item in group.xpath(".//*[@data-id]")}
        boxes = {box.region.key: box for box in box_tree(drawing).walk()}
        assert places.keys() == boxes.keys()
        for key, box in boxes.items():
            wanted = (box.region.x, box.region.y, box.region.width, box.region.height)
            assert [float(number) for number in places[key].split()] == pytest.approx(wanted, abs=0.01)


def test_lines_break_as_in_the_drawing(small_map: Map, file: Path) -> None:
    drawing = page_of(small_map).depths[-1]
    group = parser.parse(str(file)).getroot().xpath("//*[@class='depth shown']")[0]
    for box in box_tree(drawing).walk():
        own = group.xpath(f".//*[@data-id='{box.region.key}']/*[@class='own']")[0]
        assert [line.text for line in own.xpath("./text")][: len(box.lines)] == [line.text for line in box.lines]


def test_the_page_loads_nothing(file: Path) -> None:
    source = file.read_text("utf-8")
    assert not re.search(r"(?:src|href)=[\"']?(?!data:)", source)
    assert not re.search(r"https?://(?!www\.w3\.org)", source)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")


@pytest.mark.parametrize("name", [*NAMES, *ODD_NAMES, "</script><script>document.title='x'</script>"])
def test_names_are_no_markup(name: str, tmp_path: Path) -> None:
    current = Map()
    current.apply(edits.settings(current, title=name))
    current.apply(edits.add(current, name, description=name))
    target = tmp_path / "map.html"
    html.write(page_of(current), target)
    root = parser.parse(str(target)).getroot()
    kept = current.capability(current.child_ids(None)[0]).name
    assert root.findtext(".//title") == root.find(".//h1").text == current.settings.title
    assert root.xpath("//*[@data-id]/title/text()") == [kept]
    (facts,) = json.loads(root.get_element_by_id("facts").text)["facts"].values()
    assert facts["name"] == kept
    assert len(root.xpath("//script")) == 2


@needs_browser
def test_the_page_opens_without_complaint(file: Path) -> None:
    root = parser.fromstring(opened(file))
    assert next(button.text_content() for button in root.xpath("//*[@id='legend']/button")).startswith("3 or more")
    assert root.get_element_by_id("story").text


@needs_browser
def test_another_lens_colours_the_leaves(small_map: Map, file: Path) -> None:
    fills = told(
        file,
        """const choice = document.getElementById('lens');
        choice.selectedIndex = 1; choice.dispatchEvent(new Event('change'));
        return Object.fromEntries([...document.querySelectorAll('.depth.shown .leaf')].map(
          (box) => [box.dataset.id, box.querySelector('.own > .card').getAttribute('fill')]));""",
    )
    lens = LENSES["importance"]
    for key, fill in fills.items():
        step = lens.step_of(small_map, small_map.shown(small_map.capability(key)))
        assert fill == ("#ffffff" if step is None else lens.steps[step].fill)


@needs_browser
def test_fewer_levels(file: Path) -> None:
    shown = told(
        file,
        """const choice = document.getElementById('depth');
        choice.selectedIndex = 0; choice.dispatchEvent(new Event('change'));
        return [...document.querySelectorAll('.depth.shown .box title')].map((title) => title.textContent);""",
    )
    assert shown == ["Sell", "Run the shop"]


@needs_browser
def test_search_lights_goes_there_and_tells(file: Path) -> None:
    found = told(
        file,
        """const find = document.getElementById('find');
        find.value = 'sell ONL'; find.dispatchEvent(new Event('input'));
        const lit = [...document.querySelectorAll('.depth.shown .lit > title')].map((title) => title.textContent);
        const before = document.getElementById('map').getAttribute('viewBox');
        find.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}));
        return [lit, document.getElementById('found').textContent, document.querySelector('#card h2').textContent,
          before !== document.getElementById('map').getAttribute('viewBox')];""",
    )
    assert found == [["Sell online"], "1 found", "Sell online", True]


@needs_browser
def test_a_step_of_the_legend_lights_its_boxes(file: Path) -> None:
    counted = told(
        file,
        """const button = document.querySelectorAll('#legend button')[1];
        button.click();
        return [document.querySelectorAll('#legend button')[1].textContent,
          document.querySelectorAll('.depth.shown .lit').length];""",
    )
    assert counted[0].endswith(f"({counted[1]})")


@needs_browser
def test_wheel_and_keys_move_the_view(file: Path) -> None:
    widths = told(
        file,
        """const map = document.getElementById('map'), width = () => +map.getAttribute('viewBox').split(' ')[2];
        const seen = [width()];
        map.dispatchEvent(new WheelEvent('wheel', {deltaY: -300, clientX: 300, clientY: 300, cancelable: true}));
        seen.push(width());
        map.dispatchEvent(new KeyboardEvent('keydown', {key: '-'}));
        seen.push(width());
        map.dispatchEvent(new KeyboardEvent('keydown', {key: '0'}));
        seen.push(width());
        return seen;""",
    )
    assert widths[1] < widths[2] < widths[0] == widths[3]
