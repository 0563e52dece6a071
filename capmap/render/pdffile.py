"""Pdffile: the end of a PDF, written so that many small objects cost little time and room.

reportlab keeps the objects; here they are written: whatever is no stream goes into compressed object streams (PDF
1.5), and thousands of small objects of our own, such as the tags of a large map, stand beside those of reportlab
without one Python object each.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

_IN_ONE_STREAM = 500
_EFFORT = 3
"""Of packing, up to 9: the last tenth of room would cost more time than all the rest."""
_LITTLE = 1
"""Enough for objects, which are all alike."""
_VERSION = b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n"
_PLACE = struct.Struct(">BIH")
"""Where an object stands: how (1 by itself, 2 in a stream), the byte or the stream, the place in the stream."""
_IN_ORDER = [struct.pack(">H", place) for place in range(_IN_ONE_STREAM)]


class Raw(PDFObject):
    """An object written as it stands."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def format(self, _document: Any) -> bytes:
        """The bytes of the object."""
        return self.body


def stream(content: bytes, entries: str = "", *, effort: int = _EFFORT) -> Raw:
    """A stream with these entries in its dictionary; with no ``effort`` its bytes stand as they are."""
    data = zlib.compress(content, effort) if effort else content
    how = "/Filter/FlateDecode" if effort else ""
    return Raw(f"<<{entries}{how}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream")


class Packing(PDFObject):
    """A stream that is packed aside while other work goes on."""

    def __init__(self, content: str) -> None:
        self._made = _aside().submit(lambda: stream(content.encode("latin-1")).body)

    def format(self, _document: Any) -> bytes:
        """The bytes of the object."""
        return self._made.result()


@cache
def _aside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="packing")


def text(value: str) -> str:
    """A text as the format writes it: in UTF-16, as hexadecimal digits."""
    return f"<feff{value.encode('utf-16-be', 'replace').hex()}>"


class PdfFile:
    """The objects of a document of reportlab and those beside them."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._beside: list[tuple[int, Sequence[str]]] = []
        document.format = self._written

    def add(self, item: PDFObject) -> int:
        """The number of an object, which is new or known already."""
        name = self._document.Reference(item).name
        return int(self._document.idToObjectNumberAndVersion[name][0])

    def reference(self, item: PDFObject) -> Raw:
        """What stands for an object elsewhere."""
        return Raw(b"%d 0 R" % self.add(item))

    def reserve(self, count: int) -> int:
        """The first of so many numbers that no other object gets."""
        first = int(self._document.objectcounter) + 1
        self._document.objectcounter += count
        return first

    def put(self, first: int, bodies: Sequence[str]) -> None:
        """Write these bodies as the objects from a reserved number on."""
        if bodies:
            self._beside.append((first, bodies))

    def _written(self) -> bytes:
        """The whole file."""
        out = _Output()
        document = self._document
        root, info = self.add(document.Catalog), self.add(document.info)
        small: list[tuple[int, str]] = []
        number = 0
        # Objects ask for further ones while they are written.
        while number < document.objectcounter:
            number += 1
            name = document.numberToId.get(number)
            if name is None:
                continue
            body = document.idToObject[name].format(document)
            body = body.encode("latin-1") if isinstance(body, str) else body
            if body.rstrip().endswith(b"endstream"):
                out.plain(number, body)
            else:
                small.append((number, body.decode("latin-1")))
        small.sort()
        for first, bodies in [*_side_by_side(small), *self._beside]:
            for start in range(0, len(bodies), _IN_ONE_STREAM):
                out.packed(self.reserve(1), first + start, bodies[start : start + _IN_ONE_STREAM])
        return out.ended(self.reserve(1), f"/Root {root} 0 R/Info {info} 0 R/ID", document.ID())


def _side_by_side(objects: Sequence[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """The objects in groups of consecutive numbers, with the first of these."""
    for _, group in itertools.groupby(enumerate(objects), lambda found: found[1][0] - found[0]):
        several = [item for _, item in group]
        yield several[0][0], [body for _, body in several]


class _Output:
    """The bytes of a file, and where in them each object stands."""

    def __init__(self) -> None:
        self._pieces = [_VERSION]
        self._length = len(_VERSION)
        # By the first number of each stretch: the places of its objects.
        self._places: dict[int, bytes] = {0: _PLACE.pack(0, 0, 65535)}

    def plain(self, number: int, body: bytes) -> None:
        """An object by itself."""
        self._places[number] = _PLACE.pack(1, self._length, 0)
        self._add(b"%d 0 obj\n" % number + body.strip() + b"\nendobj\n")

    def packed(self, holder: int, first: int, bodies: Sequence[str]) -> None:
        """Objects of consecutive numbers together in a stream."""
        starts = itertools.accumulate([len(body) + 1 for body in bodies], initial=0)
        table = " ".join([f"{number} {start}" for number, start in enumerate(starts, start=first)][:-1])
        joined = "\n".join(bodies)
        content = f"{table}\n{joined}".encode("latin-1")
        head = _PLACE.pack(2, holder, 0)[:-2]
        self._places[first] = b"".join([head + place for place in _IN_ORDER[: len(bodies)]])
        self.plain(holder, stream(content, f"/Type/ObjStm/N {len(bodies)}/First {len(table) + 1}", effort=_LITTLE).body)

    def ended(self, number: int, entries: str, identity: bytes) -> bytes:
        """All bytes, with the table of places at the end."""
        start = self._length
        self._places[number] = _PLACE.pack(1, start, 0)
        places = bytearray(_PLACE.size * (number + 1))
        for first, some in self._places.items():
            places[first * _PLACE.size : first * _PLACE.size + len(some)] = some
        # The identity stands before what reportlab says of itself.
        digest = identity.split(b"%", 1)[0].strip().decode("latin-1")
        body = stream(bytes(places), f"/Type/XRef/Size {number + 1}/W[1 4 2]{entries}{digest}").body
        self._add(b"%d 0 obj\n" % number + body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._pieces)

    def _add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
