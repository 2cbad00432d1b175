"""What the file says of itself: title, dates, language, PDF/UA and PDF/A identification, colour profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFStream, PDFString

from s75desk import paths


@dataclass(slots=True)
class Properties:
    """The document's properties.

    Attributes:
        title: Shown in the title bar of a reader.
        author: A role, never a name.
        subject: What it is about, in a line.
        keywords: Words to find it by.
        dated: Its date; the same data and date give the same bytes, so no clock is asked.
    """

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = field(default_factory=tuple)
    dated: date = date(2000, 1, 1)


CREATOR = "s75desk"
LANGUAGE = "en-GB"


class _Noon:
    """The time stamp of a document as reportlab wants it: noon UTC on its date."""

    dhh = dmm = 0

    def __init__(self, day: date) -> None:
        self.YMDhms = (day.year, day.month, day.day, 12, 0, 0)


def write_metadata(document: Any, properties: Properties) -> None:
    """Put properties, XMP and output intent into ``document`` so that it says PDF/UA-1 and PDF/A-2a."""
    document._timeStamp = _Noon(properties.dated)
    info = document.info
    info.title, info.author, info.subject = properties.title, properties.author, properties.subject
    info.keywords, info.creator = ", ".join(properties.keywords), CREATOR
    catalog = document.Catalog
    catalog.Lang = PDFString(LANGUAGE)
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    catalog.Metadata = XMP(creator=lambda _document: _xmp(info.producer, properties))
    # reportlab writes a fixed list of the catalog's keys; ours must join that list.
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([_output_intent(document)])


def _output_intent(document: Any) -> PDFDictionary:
    profile = PDFStream(PDFDictionary({"N": 3}), _profile(), filters=[pdfdoc.PDFZCompress])
    name = PDFString("sRGB IEC61966-2.1")
    return PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": document.Reference(profile, "OutputProfile"),
        }
    )


@cache
def _profile() -> bytes:
    return paths.resource("icc", "srgb.icc").read_bytes()


def _xmp(producer: str, properties: Properties) -> bytes:
    """The XMP packet; its dates and texts must equal those of the information dictionary (ISO 19005-2, 6.6.3)."""
    moment = f"{properties.dated.isoformat()}T12:00:00+00:00"
    packet = _PACKET.format(
        title=escape(properties.title),
        author=escape(properties.author),
        subject=escape(properties.subject),
        keywords=escape(", ".join(properties.keywords)),
        producer=escape(producer),
        creator=CREATOR,
        language=LANGUAGE,
        moment=moment,
        extension=_EXTENSION,
    )
    return packet.encode()


# PDF/A wants every schema that it does not know described (ISO 19005-2, 6.6.2.3): PDF/UA's is one of them.
_EXTENSION = """
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>{extension}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
