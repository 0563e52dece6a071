"""Systemfonts: the fonts of this computer that may stand in for characters that CapMap's own fonts lack."""

from __future__ import annotations

import os
import re
import sys
from functools import cache
from pathlib import Path

from capmap.layout.fonttables import BROKEN, FontFile, Tables, family

_EAST_ASIAN = (
    "NotoSansCJK",
    "NotoSansSC",
    "SourceHanSans",
    "PingFang",
    "HiraginoSansGB",
    "STHeiti",
    "msyh",
    "Deng",
    "YuGoth",
    "meiryo",
    "msjh",
    "malgun",
    "AppleSDGothicNeo",
    "wqy-microhei",
    "wqy-zenhei",
    "ipag",
    "NanumGothic",
    "ArialUnicode",
    "simhei",
    "simsun",
)
"""How the files of good faces for Chinese, Japanese and Korean begin, the best first."""
_FIRST = ("NotoSans", "segoeui", "seguiemj", "DejaVuSans", "arial", "Arial", "Helvetica")
_UNWANTED = re.compile(r"italic|oblique|mono|condensed|serif|light|thin|black|slanted|color|lastresort|display", re.I)
_BOLD = re.compile(r"bold|heavy|bd\.|(msyh|yugoth|meiryo)b", re.I)
_SIMPLIFIED = re.compile(r" (SC|CN|GB)$")
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_MOST_FILES = 4_000
_MOST_FONTS = 32


def folders() -> list[Path]:
    """The folders in which this system keeps fonts, a person's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or str(home / "AppData" / "Local")
        windows = os.environ.get("WINDIR") or r"C:\Windows"
        return [Path(local, "Microsoft", "Windows", "Fonts"), Path(windows, "Fonts")]
    if sys.platform == "darwin":
        return [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    own = os.environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return [*(Path(place, "fonts") for place in dict.fromkeys((own, *shared)) if place), home / ".fonts"]


@cache
def east_asian(*, bold: bool) -> tuple[FontFile, ...]:
    """Fonts for Chinese, Japanese and Korean, the best first; of one family the wanted weight first."""
    found: list[Path] = []
    for name in _EAST_ASIAN:
        same = [path for path in _files() if re.sub(r"[\s_]", "", path.name).lower().startswith(name.lower())]
        found += sorted(same, key=lambda path: (bool(_UNWANTED.search(path.name)), _is_bold(path) != bold, path.name))
    return tuple(FontFile(path, _simplified(path)) for path in dict.fromkeys(found))


@cache
def others(*, bold: bool) -> tuple[FontFile, ...]:
    """All fonts: upright ones for text first, those of the wanted weight before the others."""

    def rank(path: Path) -> tuple[bool, bool, int, str]:
        begins = next((place for place, name in enumerate(_FIRST) if path.name.startswith(name)), len(_FIRST))
        return bool(_UNWANTED.search(path.name)), _is_bold(path) != bold, begins, path.name

    return tuple(FontFile(path) for path in sorted(_files(), key=rank))


@cache
def _files() -> tuple[Path, ...]:
    found: list[Path] = []
    for folder in folders():
        for place, inside, names in os.walk(folder):
            inside.sort()
            found += [Path(place, name) for name in sorted(names) if name.lower().endswith(_ENDINGS)]
            if len(found) >= _MOST_FILES:
                return tuple(found[:_MOST_FILES])
    return tuple(found)


def _is_bold(path: Path) -> bool:
    return _BOLD.search(path.name) is not None


def _simplified(path: Path) -> int:
    """Which font of a collection has the Chinese forms of the characters that Chinese and Japanese share."""
    try:
        with path.open("rb") as data:
            fonts = min(Tables(data).fonts, _MOST_FONTS)
        return next((index for index in range(fonts) if _SIMPLIFIED.search(family(FontFile(path, index)))), 0)
    except BROKEN:
        return 0
