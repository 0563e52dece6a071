"""Pdfabout: what a PDF says of itself, and the file that it carries."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any
from xml.sax.saxutils import escape

from capmap.render.besides import Carried
from capmap.render.pdffile import PdfFile, Raw, stream, text

MAP_TYPE = "application/vnd.capmap+json"
"""The kind of file that a map inside a PDF is; by this name it is found again."""
_ANY = ' xml:lang="x-default"'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclasses.dataclass(frozen=True, slots=True)
class About:
    """The properties of a document."""

    title: str = ""
    author: str = ""
    subject: str = ""
    created: dt.date | None = None


def described(about: About, language: str) -> Raw:
    """The properties as XMP, where newer programs look for them."""
    facts = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title><rdf:Alt>{_item(about.title, _ANY)}</rdf:Alt></dc:title>",
        f"<dc:language><rdf:Bag>{_item(language)}</rdf:Bag></dc:language>",
    ]
    if about.author:
        facts.append(f"<dc:creator><rdf:Seq>{_item(about.author)}</rdf:Seq></dc:creator>")
    if about.subject:
        facts.append(f"<dc:description><rdf:Alt>{_item(about.subject, _ANY)}</rdf:Alt></dc:description>")
    facts.append("<xmp:CreatorTool>CapMap</xmp:CreatorTool>")
    if about.created is not None:
        facts.append(f"<xmp:CreateDate>{about.created.isoformat()}T00:00:00Z</xmp:CreateDate>")
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    lines = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        f'<rdf:Description rdf:about="" {spaces}>',
        *facts,
        "</rdf:Description></rdf:RDF></x:xmpmeta>",
        '<?xpacket end="w"?>',
    )
    return stream("\n".join(lines).encode(), "/Type/Metadata/Subtype/XML", effort=0)


def attached(file: PdfFile, carried: Carried) -> dict[str, Any]:
    """The entries of the catalog for a file inside, which is the source of what is shown."""
    kind = MAP_TYPE.replace("/", "#2F")
    inside = file.add(stream(carried.data, f"/Type/EmbeddedFile/Subtype/{kind}/Params<</Size {len(carried.data)}>>"))
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", carried.name)
    described_by = file.add(
        Raw(
            f"<</Type/Filespec/F({plain})/UF{text(carried.name)}/Desc{text(carried.told)}/AFRelationship/Source"
            f"/EF<</F {inside} 0 R/UF {inside} 0 R>>>>".encode()
        )
    )
    names = f"<</EmbeddedFiles<</Names[{text(carried.name)} {described_by} 0 R]>>>>"
    return {"AF": Raw(f"[{described_by} 0 R]".encode()), "Names": Raw(names.encode())}


def _item(value: str, attributes: str = "") -> str:
    allowed = _FORBIDDEN.sub("\ufffd", value)
    return f"<rdf:li{attributes}>{escape(allowed)}</rdf:li>"
