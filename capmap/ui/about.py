"""About: what CapMap is, its version, and the licences of what it is made of."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from capmap import __version__, places
from capmap.ui.parts import icons
from capmap.ui.parts.labels import plain_label

_OURS = """CapMap is free software under the MIT licence: you may use, copy, change, publish, distribute, sublicense and
sell it, as long as the notice of copyright and of this permission stays with it. It comes as it is, without warranty of
any kind. The full text stands in the file LICENSE."""

_LIBRARIES = """CapMap is made with these libraries, each under its own licence, whose texts come with them:

Qt and PySide6        LGPL 3
SQLAlchemy, SQLModel  MIT
pydantic              MIT
networkx              BSD 3-clause
RapidFuzz             MIT
reportlab             BSD
fontTools             MIT
openpyxl              MIT
XlsxWriter            BSD
charset-normalizer    MIT
portalocker           BSD
platformdirs          MIT
Python                PSF"""


class About(QDialog):
    """Version and licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About CapMap")
        self.resize(640, 460)
        head = QHBoxLayout()
        picture = plain_label("", self)
        picture.setPixmap(icons.application_icon().pixmap(56, 56))
        words = plain_label("", self)
        words.setText(
            f"CapMap {__version__}\nBusiness capability maps, linked to the IT services and projects behind them."
            f"\nQt {qVersion()}, Python {platform.python_version()}"
        )
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head.addWidget(picture)
        head.addSpacing(8)
        head.addWidget(words, 1)
        self._texts = _licences()
        self.list = QListWidget(self)
        self.list.setObjectName("framed")
        self.list.addItems(list(self._texts))
        self.list.setFixedWidth(170)
        self.list.setAccessibleName("Licences")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text of the licence")
        self.list.currentTextChanged.connect(lambda name: self.text.setPlainText(self._texts.get(name, "")))
        self.list.setCurrentRow(0)
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addWidget(self.text, 1)
        close = QPushButton("Close", self)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _licences() -> dict[str, str]:
    texts = {"CapMap": _OURS, "Libraries": _LIBRARIES}
    for name, file in (("Noto Sans fonts", "fonts/OFL.txt"), ("Lucide icons", "icons/LICENSE")):
        try:
            texts[name] = Path(places.resource(file)).read_text("utf-8")
        except OSError:
            continue
    return texts
