"""Small files that the tests of the readers make for themselves: PDF by hand, DOCX with python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SIZE = 12
GLYPHS = (
    b"/CIDInit /ProcSet findresource begin begincmap /CMapName /Own def /CMapType 1 def 1 begincodespacerange "
    b"<0000> <ffff> endcodespacerange 1 begincidrange <4e00> <9fff> 1 endcidrange endcmap end"
)


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    *,
    picture: bool = False,
    rules: Sequence[tuple[float, float, float]] = (),
    own_encoding: bool = False,
    locked: bool = False,
) -> bytes:
    """A PDF of A4 pages with texts at (x, y from the foot), in a Chinese font that is named and not embedded.

    `rules` are ruled lines (x0, x1, y); `own_encoding` describes the codes in a stream, which pdfplumber passes over;
    `locked` encrypts with a password that nobody knows.
    """
    encoding = b"8 0 R" if own_encoding else b"/UniGB-UCS2-H"
    kids = b" ".join(b"%d 0 R" % (10 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding " + encoding + b"/DescendantFonts[4 0 R]"
        + (b"/ToUnicode 9 0 R" if own_encoding else b"") + b">>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 80>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32),
        _stream(
            b"\xff\xff\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8"
        ),
        _stream(GLYPHS, b"/Type/CMap/CMapName/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"),
        _stream(GLYPHS.replace(b"<9fff> 1", b"<9fff> <4e00>").replace(b"cidrange", b"bfrange")),
    ]  # fmt: skip
    for number, texts in enumerate(pages):
        drawn = [b"BT /F %d Tf %g %g Td <%s> Tj ET" % (SIZE, x, y, _codes(text)) for x, y, text in texts]
        drawn += [b"%g %g m %g %g l S" % (x0, y, x1, y) for x0, x1, y in rules]
        drawn += [b"q 500 0 0 700 40 40 cm /P Do Q"] if picture and not texts else []
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</P 7 0 R>>>>>>" % (11 + 2 * number)
        )
        objects.append(_stream(b"\n".join(drawn)))
    return _assembled(objects, b"/Encrypt 6 0 R/ID[<00><00>]" if locked else b"")


def _codes(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))


def docx(*bodies: str, paragraphs: Sequence[tuple[str, str]] = ()) -> bytes:
    """A Word document of `paragraphs` (text, style name) and then of WordprocessingML `bodies`, prefix w."""
    document, xml = _blank()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    names = f'xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml"'
    names += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    for body in bodies:
        for element in xml(f"<root {names}>{body}</root>"):
            document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def _blank() -> tuple[Any, Any]:
    import docx as word
    from docx.oxml import parse_xml

    return word.Document(), parse_xml


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
