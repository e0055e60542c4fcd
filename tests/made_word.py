"""Word packages that the tests write part by part, so that every element in them is theirs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
ROOTS |= {"header": "hdr", "footer": "ftr"}
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{}</Types>'
)
OVERRIDE = (
    '<Override PartName="/word/{0}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.{0}+xml"/>'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def word(
    *body: str, relations: str = "", others: Mapping[str, str] | None = None, strict: bool = False, **parts: str
) -> bytes:
    """A .docx with a body and parts (numbering, styles, footnotes, endnotes, header, footer) without their roots."""
    members = dict(others or {})
    members |= {"word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>"}
    links = relations
    for kind, content in parts.items():
        members[f"word/{kind}.xml"] = f"<w:{ROOTS[kind]} {NAMES}>{content}</w:{ROOTS[kind]}>"
        links += f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    members["word/_rels/document.xml.rels"] = _relations(links)
    top = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    members["_rels/.rels"] = _relations(top)
    members["[Content_Types].xml"] = TYPES.format("".join(map(OVERRIDE.format, parts)))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            if strict:
                content = content.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main")
                content = content.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return out.getvalue()


def _relations(links: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def numbered_word(case: Mapping[str, Any]) -> bytes:
    """The document of a case in `cases/word/numbering.toml`, whose keys are explained there."""
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{name}">{_linked(case, name)}{_abstract(levels)}</w:abstractNum>'
        for name, levels in case.get("lists", {}).items()
    )
    numbering += "".join(_instance(name, about) for name, about in case.get("instances", {}).items())
    styles = "".join(_style(name, about) for name, about in case.get("styles", {}).items())
    return word(*map(_numbered, case["paragraphs"]), numbering=numbering, styles=styles)


def _linked(case: Mapping[str, Any], name: str) -> str:
    """The style of lists that an abstract list gives its levels to."""
    numbers = [number for number, about in case.get("instances", {}).items() if about["list"] == name]
    styles = case.get("styles", {}).items()
    own = [style for style, about in styles if "kind" in about and str(about.get("number")) in numbers]
    return "".join(f'<w:styleLink w:val="{style}"/>' for style in own)


def _abstract(levels: Any) -> str:
    if isinstance(levels, str):  # the levels stand in a style of lists
        return f'<w:numStyleLink w:val="{levels.removeprefix("-> ")}"/>'
    return "".join(_level(at, level) for at, level in enumerate(levels))


def _level(at: int, level: Mapping[str, Any]) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{level.get("start", 1)}"/>'
        + (level["xml"] if "xml" in level else f'<w:numFmt w:val="{level.get("form", "decimal")}"/>')
        + (f'<w:lvlRestart w:val="{level["restart"]}"/>' if "restart" in level else "")
        + (f'<w:pStyle w:val="{level["style"]}"/>' if "style" in level else "")
        + ("<w:isLgl/>" if level.get("legal") else "")
        + (f'<w:suff w:val="{level["suffix"]}"/>' if "suffix" in level else "")
        + f'<w:lvlText w:val="{level["text"]}"/>'
        + (f'<w:rPr><w:rFonts w:ascii="{level["font"]}"/></w:rPr>' if "font" in level else "")
        + ("<w:rPr><w:vanish/></w:rPr>" if level.get("hidden") else "")
        + "</w:lvl>"
    )


def _instance(name: str, about: Mapping[str, Any]) -> str:
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for at, start in about.get("starts", {}).items()
    )
    overrides += "".join(
        f'<w:lvlOverride w:ilvl="{at}">{_level(int(at), level)}</w:lvlOverride>'
        for at, level in about.get("levels", {}).items()
    )
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{about["list"]}"/>{overrides}</w:num>'


def _style(name: str, about: Mapping[str, Any]) -> str:
    based = f'<w:basedOn w:val="{about["based"]}"/>' if "based" in about else ""
    kind = about.get("kind", "paragraph")
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{_place(about)}</w:pPr></w:style>"
    )


def _place(about: Mapping[str, Any]) -> str:
    level = f'<w:ilvl w:val="{about["level"]}"/>' if "level" in about else ""
    number = f'<w:numId w:val="{about["number"]}"/>' if "number" in about else ""
    return f"<w:numPr>{level}{number}</w:numPr>" if level or number else ""


def _numbered(about: Mapping[str, Any]) -> str:
    if "table" in about:
        rows = ["".join(f"<w:tc>{_numbered(cell)}</w:tc>" for cell in row) for row in about["table"]]
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    properties = f'<w:pStyle w:val="{about["style"]}"/>' if "style" in about else ""
    properties += _place(about)
    if about.get("deleted"):
        properties += '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
        deleted = f'<w:del w:id="2" w:author="a"><w:r><w:delText>{about["text"]}</w:delText></w:r></w:del>'
        return paragraph(deleted, properties=properties)
    if about.get("hidden"):
        return paragraph(run(about["text"], "<w:vanish/>"), properties=properties + "<w:rPr><w:vanish/></w:rPr>")
    return paragraph(run(about["text"]), properties=properties)
