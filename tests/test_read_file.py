import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO

import pytest
from made_files import docx, pdf

from zhengce.errors import Encrypted, NoTextLayer, TooLarge, UnknownFormat, UnreadableFile
from zhengce.read import picture, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PAGE = "<html><body><p>各乡镇要加强返乡创业服务，落实好各项扶持政策。</p></body></html>".encode()


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def refused(data: bytes, name: str, **options: int) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_file(data, name, **options)
    assert str(caught.value) == f"{name}: {caught.value.reason}"
    assert caught.value.source == name
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        (b"", "空.txt", UnreadableFile, "0 bytes"),
        (" \r\n　\n".encode(), "空白.txt", UnreadableFile, "blank"),
        (b"\xff\xd8\xff\xe0" + bytes(90), "扫描.jpg", NoTextLayer, "OCR"),
        (b"\x89PNG\r\n\x1a\n", "扫描.png", NoTextLayer, "OCR"),
        (b"II*\0" + bytes(20), "扫描.tif", NoTextLayer, "OCR"),
        (OLE + "WordDocument".encode("utf-16-le"), "通知.doc", UnreadableFile, "a broken doc file"),
        (OLE + "Workbook".encode("utf-16-le"), "台账.xls", UnknownFormat, "Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "通知.docx", Encrypted, "password"),
        (zipped("xl/workbook.xml"), "台账.docx", UnknownFormat, "Excel"),
        (zipped("OFD.xml"), "通知.ofd", UnknownFormat, "OFD"),
        (zipped("一.txt", "二.txt"), "附件.zip", UnknownFormat, "2 files"),
        (
            zipped("word/document.xml").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"),
            "通知.docx",
            UnreadableFile,
            "broken",
        ),
        (b"PK\x03\x04cut off", "通知.docx", UnreadableFile, "cut-off"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:x/>', "通知.doc", UnknownFormat, "XML"),
        (b"{\\rtf1 text}", "通知.doc", UnknownFormat, "RTF"),
        (bytes(range(256)) * 40, "数据.bin", UnknownFormat, "10,240 bytes"),
        (b"%PDF-1.4\nnothing follows", "通知.pdf", UnreadableFile, "broken"),
    ],
)
def test_what_cannot_be_read_says_why(
    data: bytes, name: str, error: type[UnreadableFile], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "can_read", lambda: False)  # pictures are for test_read_scan.py
    caught = refused(data, name)
    assert type(caught) is error
    assert words in caught.reason


def test_the_limit_is_in_bytes() -> None:
    caught = refused(bytes(2_097_153), "大.txt", limit=2_097_152)
    assert isinstance(caught, TooLarge)
    assert "2.0 MiB" in caught.reason
    assert read_file(b"1234", "小.txt", limit=4).text == "1234"


def test_a_broken_archive_keeps_its_cause() -> None:
    caught = refused(zipped("word/document.xml"), "坏.docx")
    assert type(caught) is UnreadableFile
    assert caught.__cause__ is not None


@pytest.mark.parametrize("name", ["通知.html", "通知.txt", "通知.docx", "通知"])
def test_bytes_come_before_names(name: str) -> None:
    raw = read_file(pdf([[(72, 700, "就业优先")]]), name)
    assert (raw.text, raw.source.media_type, raw.notes) == ("就业优先", "application/pdf", ())
    assert read_file(docx(paragraphs=[("就业优先", "Normal")]), name).text == "就业优先"


def test_an_error_page_with_the_name_of_a_pdf_is_noted() -> None:
    raw = read_file(PAGE, "通知.pdf")
    assert raw.source.media_type == "text/html"
    assert [note.doubt for note in raw.notes] == ["conflicting"]
    assert ".pdf" in raw.notes[0].message
    assert read_file(PAGE, "通知.htm").notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_page_is_a_page_in_every_encoding_and_under_every_name(encoding: str) -> None:
    data = ("\n\n<!-- 模板 -->\n" + PAGE.decode()).encode(encoding)
    raw = read_file(data, "页面.txt")
    assert (raw.source.media_type, raw.text) == ("text/html", "各乡镇要加强返乡创业服务，落实好各项扶持政策。")


def test_text_with_angle_brackets_is_text() -> None:
    assert read_file("小于用<表示，大于用>表示。".encode(), "说明.txt").source.media_type == "text/plain"


def test_the_source_names_the_bytes() -> None:
    source = read_file("就业".encode(), "a.txt", copies=("b.txt",)).source
    assert (source.name, source.copies, source.encoding) == ("a.txt", ("b.txt",), "utf-8")
    assert source.sha256 == sha256("就业".encode()).hexdigest()


def test_txt_is_the_decoded_file_and_its_lines() -> None:
    text = "\n\n# 标题\r\n　　第一段。\0\r\n\r\n \t\n第二段。"
    raw = read_file(text.encode("utf-8-sig"), "稿.txt")
    assert raw.text == text
    shown = [raw.text[block.span.start : block.span.end] for block in raw.blocks]
    assert shown == ["# 标题", "　　第一段。\0", "第二段。"]


def test_reading_loads_no_parser_before_it_is_needed() -> None:
    code = (
        "import sys; from zhengce.read import read_file; read_file(b'abc', 'a.txt');"
        "print([m for m in ('pdfplumber', 'pypdfium2', 'olefile', 'selectolax') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
