"""A drawing that holds every kind of mark in every way it can look, and names that break careless writers."""

from __future__ import annotations

import struct
import zlib

from capmap.drawing.marks import Drawing, Image, Line, Rect, Region, Text

NAMES = (
    "Plain name",
    "<b>bold</b> & <script>alert(1)</script>",
    "100 %s of %d {0} ${HOME}",
    "Quotes \" ' ` ‘’ “”",
    "(brackets) [square] \\back\\slash",
    "]]> <!-- comment --> &amp; &#65;",
    "Zażółć gęślą jaźń Ωμέγα Привет",
    "Claims office ffi fl",
)
"""Names that the bundled fonts can show."""

ODD_NAMES = ("Ship it \U0001fffd now", "Love \u0378\ufe0f it", "\u0378\u0379\u0380 \u0381\u0382", "zero\u200bwidth")
"""Names with characters that no font has, or that take no room."""

OTHER_SCRIPTS = (
    "Ship it 🚀 now ❤\ufe0f 👩\u200d💻",
    "保険金 請求、風險管理（客户）",
    "고객 데이터 관리",
    "إدارة المطالبات",
    "ניהול תביעות",
    "दावा प्रबंधन ज़िला क्षेत्र",
    "การจัดการความเสี่ยง",
    "e\u0301te\u0301 Zażółć",
)
"""Names that the text face cannot show."""


def png(width: int, height: int, red: int) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, 60, 60, 255)) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def every_mark() -> Drawing:
    return Drawing(
        400.0,
        300.0,
        "Every <mark> & more",
        (
            Region(0, 0, 400, 30, "page-head", "Head", 0),
            Text(10, 22, "Every mark", "bold", 16, "#1d2430"),
            Region(0, 30, 400, 240, "page-map", "Map", 0),
            Region(10, 40, 380, 220, "area 1", "Area <one>", 1),
            Rect(10, 40, 380, 220, "#ffffff", "#8090a0", 1.5, 8, "area 1"),
            Text(22, 60, "Area <one>", "bold", 15, "#1d2430", key="area 1"),
            Region(22, 70, 170, 90, "leaf", "Filled, round", 2, "https://example.org/?a=1&b=2"),
            Rect(22, 70, 170, 90, "#ba4831", "", 1, 4, "leaf"),
            Text(30, 88, "Filled, round", "regular", 12, "#ffffff", key="leaf"),
            Text(184, 104, "to the end", "semibold", 12, "#ffffff", "end", "leaf"),
            Text(107, 120, "in the middle", "regular", 12, "#ffffff", "middle", "leaf"),
            Region(202, 70, 170, 90, "empty", "Edge only", 2),
            Rect(202, 70, 170, 90, "", "#1565d8", 2.0, 0, "empty"),
            Rect(212, 80, 30, 20, "#47a092"),
            Line(((212, 150), (290, 110), (360, 150)), "#1d2430", 2.0, (6.0, 3.0)),
            Line(((212, 105), (360, 105)), "#e59a6b", 0.5),
            Image(310, 115, 40, 20, png(8, 4, 200), "Logo"),
            Region(10, 275, 380, 20, "page-foot", "Foot", 0),
            Text(10, 290, "Foot", "regular", 8, "#5d6878"),
        ),
        "en",
    )


def listed(names: tuple[str, ...]) -> Drawing:
    """One box with each of these names on its own line."""
    height = 20.0 + 20 * len(names)
    texts = [Text(10, 20 + 20 * row, name, "regular", 10, "#1d2430", key="box") for row, name in enumerate(names)]
    region = Region(0, 0, 500, height, "box", names[0], 1)
    return Drawing(500, height, names[0], (region, Rect(0, 0, 500, height, "#ffffff"), *texts))
