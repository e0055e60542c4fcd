"""Archives, mails and web archives through the door of folders: what is in them, and what becomes of the bad ones."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import py7zr
import pytest
from made_files import docx

from zhengce.batch import run
from zhengce.cli import main
from zhengce.inputs import Item, contents, plan
from zhengce.read import container, member
from zhengce.read.container import is_container, members
from zhengce.read.member import Member
from zhengce.record import Failure
from zhengce.write.stored import stored

NOTICE = "关于开展职业技能培训的通知\n到2025年底，培训农民工2万人。\n".encode()
OTHER = "某县简报\n新增就业300人。\n".encode("gbk")
PAGE = "<html><body><h1>某市公告</h1><p>到2026年底，新建驿站30个。</p></body></html>".encode()


def zipped(files: dict[str, bytes], *, encoding: str | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive; with an encoding the names are written as old programs do, without saying which."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name.encode(encoding).decode("cp437") if encoding else name)
            info.compress_type = method
            archive.writestr(info, data)
    data = out.getvalue()
    if encoding:  # zipfile has written the letters of cp437 in UTF-8: put the bytes back
        for name in files:
            raw = name.encode(encoding)
            data = data.replace(raw.decode("cp437").encode(), raw)
        data = _mended(data, [name.encode(encoding) for name in files], list(files.values()), method)
    return data


def _mended(_: bytes, names: list[bytes], files: list[bytes], method: int) -> bytes:
    """The archive anew, with names of ASCII letters of the same length replaced by the raw ones."""
    blanks = [f"{number:0{len(name)}}" for number, name in enumerate(names)]
    data = zipped(dict(zip(blanks, files, strict=True)), method=method)
    for blank, name in zip(blanks, names, strict=True):
        data = data.replace(blank.encode(), name)
    return data


def taped(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        link = tarfile.TarInfo("联接.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def sevened(files: dict[str, bytes], **options: object) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return out.getvalue()


def warced(*records: tuple[str, str, str, bytes], gzipped: bool = True) -> bytes:
    """A WARC file of answers: address, status, type of content, and content."""
    out = b""
    for address, status, kind, data in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(answer)}\r\n"
        head += "WARC-Date: 2024-05-06T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n\r\n"
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record) if gzipped else record
    return out


def mailed(attached: dict[str, bytes], *, html: bytes = b"", text: str = "请查收附件。") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "甲 <a@example.org>", "b@example.org", "通知"
    message.set_content(text, charset="gb18030", cte="base64")
    if html:
        message.add_alternative(html.decode(), subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def inside(data: bytes, name: str = "包.zip") -> list[Member]:
    return list(members(io.BytesIO(data), name, lambda path: False))


def given(folder: Path, name: str, data: bytes) -> list[Item]:
    (folder / name).write_bytes(data)
    return plan([folder / name])


def told(items: list[Item]) -> dict[str, str | None]:
    return {item.name: item.failure.error if item.failure else None for item in items}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("资料.zip", zipped({"县/通知.txt": NOTICE, "简报.txt": OTHER})),
        ("资料.7z", sevened({"县/通知.txt": NOTICE, "简报.txt": OTHER})),
        ("资料.tar", taped({"县/通知.txt": NOTICE, "简报.txt": OTHER}, "w")),
        ("资料.tar.gz", taped({"县/通知.txt": NOTICE, "简报.txt": OTHER})),
        ("资料.tgz", taped({"县/通知.txt": NOTICE, "简报.txt": OTHER})),
        ("资料.tar.bz2", taped({"县/通知.txt": NOTICE, "简报.txt": OTHER}, "w:bz2")),
        ("资料.tar.xz", taped({"县/通知.txt": NOTICE, "简报.txt": OTHER}, "w:xz")),
        ("资料.docx", zipped({"县/通知.txt": NOTICE, "简报.txt": OTHER})),
    ],
)
def test_an_archive_is_the_files_in_it(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    summary = run([tmp_path / name], tmp_path / "out")
    assert summary.failures == ()
    documents = list(stored(tmp_path / "out", "documents"))
    assert [row["source"] for row in documents] == [f"{name}/县/通知.txt", f"{name}/简报.txt"]
    assert [row["encoding"] for row in documents] == ["utf-8", "gb18030"]
    assert next(stored(tmp_path / "out", "targets"))["value"] == "20000"


@pytest.mark.parametrize(
    ("name", "data", "inner"),
    [
        ("通知.txt.gz", gzip.compress(NOTICE), "通知.txt"),
        ("通知.txt.bz2", bz2.compress(NOTICE), "通知.txt"),
        ("通知.txt.xz", lzma.compress(NOTICE), "通知.txt"),
        ("page.html", gzip.compress(PAGE), "page.html"),
    ],
)
def test_a_compressed_file_is_the_file(name: str, data: bytes, inner: str) -> None:
    (found,) = inside(data, name)
    assert (found.name, found.error) == (f"{name}/{inner}", None)


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-8"])
def test_names_of_old_archives_are_read_in_their_encoding(encoding: str) -> None:
    names = (
        ["關於促進就業的通知.txt", "名單.txt"] if encoding == "big5" else ["关于促进就业的通知/附件一.txt", "名单.txt"]
    )
    data = zipped(dict.fromkeys(names, NOTICE), encoding=encoding)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(info.flag_bits & 0x800 for info in archive.infolist())
    assert [found.name for found in inside(data)] == [f"包.zip/{name}" for name in names]


def test_paths_that_lead_out_are_names_like_others() -> None:
    data = zipped({"../../密.txt": NOTICE, "/根.txt": OTHER, "夹\\内.txt": PAGE})
    assert [found.name for found in inside(data)] == ["包.zip/密.txt", "包.zip/根.txt", "包.zip/夹/内.txt"]


def test_what_systems_leave_in_archives_is_left_out(tmp_path: Path) -> None:
    junk = ["__MACOSX/._通知.txt", "__MACOSX/a.docx", ".DS_Store", "夹/.git/x.txt", "~$通知.docx", "Thumbs.db", "a.css"]
    items = given(tmp_path, "包.zip", zipped({"通知.txt": NOTICE} | dict.fromkeys([*junk, "夹/desktop.ini"], b"x")))
    assert told(items) == {"包.zip/通知.txt": None}
    assert told(given(tmp_path, "空.zip", zipped({"Thumbs.db": b"x"}))) == {"空.zip": "UnreadableFile"}


def test_the_same_bytes_anywhere_are_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(NOTICE)
    (tmp_path / "b.zip").write_bytes(zipped({"通知.txt": NOTICE, "再.txt": NOTICE, "简报.txt": OTHER}))
    items = plan([tmp_path])
    assert [(item.name, item.copies) for item in items] == [
        ("a.txt", ("b.zip/通知.txt", "b.zip/再.txt")),
        ("b.zip/简报.txt", ()),
    ]
    assert [data for _, data in contents(items)] == [NOTICE, OTHER]
    run([tmp_path], tmp_path / "out")
    assert [row["copies"] for row in stored(tmp_path / "out", "documents")] == [["b.zip/通知.txt", "b.zip/再.txt"], []]


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped({"通知.txt": NOTICE, "文.docx": docx(paragraphs=[("就业优先", "Normal")])})
    items = given(tmp_path, "外.zip", zipped({"省/内.zip": inner, "内.tar.gz": taped({"简报.txt": OTHER})}))
    assert list(told(items)) == ["外.zip/省/内.zip/通知.txt", "外.zip/省/内.zip/文.docx", "外.zip/内.tar.gz/简报.txt"]
    deep = NOTICE
    for level in range(container.DEEPEST + 1):
        deep = zipped({f"{level}.zip" if level else "a.txt": deep})
    (found,) = inside(deep)
    assert found.error is not None
    assert "deep" in found.error.reason


def test_a_broken_member_is_its_own_failure(tmp_path: Path) -> None:
    data = zipped({"好.txt": NOTICE, "坏.txt": OTHER, "也好.txt": PAGE}, method=zipfile.ZIP_STORED)
    assert data.count(OTHER) == 1
    (tmp_path / "包.zip").write_bytes(data.replace(OTHER, OTHER[::-1]))
    summary = run([tmp_path / "包.zip"], tmp_path / "out")
    assert summary.documents == 2
    assert [(one.source, one.error) for one in summary.failures] == [("包.zip/坏.txt", "UnreadableFile")]
    assert "broken in its archive" in summary.failures[0].message


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("截.tar.gz", taped({"通知.txt": NOTICE, "大.txt": NOTICE * 4000 + bytes(range(256)) * 50})[:-700]),
        ("截.7z", sevened({"通知.txt": NOTICE})[:-20]),
        ("截.gz", gzip.compress(NOTICE)[:-12]),
        ("乱.7z", b"7z\xbc\xaf\x27\x1c" + bytes(range(256))),
    ],
)
def test_a_broken_archive_is_a_failure_with_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    items = given(tmp_path, name, data)
    assert told(items)[name] == "UnreadableFile"
    assert "broken" in next(item.failure.message for item in items if item.failure)


def test_a_cut_off_zip_says_so(tmp_path: Path) -> None:
    (tmp_path / "截.zip").write_bytes(zipped({"通知.txt": NOTICE})[:-30])
    summary = run([tmp_path / "截.zip"], tmp_path / "out")
    assert [(one.source, "cut-off" in one.message) for one in summary.failures] == [("截.zip", True)]


def test_locked_archives_ask_for_no_password(tmp_path: Path) -> None:
    locked = bytearray(zipped({"密.txt": NOTICE}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    items = given(tmp_path, "密.zip", bytes(locked))
    items += given(tmp_path, "密.7z", sevened({"密.txt": NOTICE}, password="x"))
    items += given(tmp_path, "名.7z", sevened({"密.txt": NOTICE}, password="x", header_encryption=True))
    assert told(items) == {"密.zip": "Encrypted", "密.7z": "Encrypted", "名.7z": "Encrypted"}
    assert all(item.failure and "unpack it" in item.failure.message for item in items)


def test_a_locked_member_among_others_is_its_own_failure(tmp_path: Path) -> None:
    locked = bytearray(zipped({"密.txt": NOTICE, "开.txt": OTHER}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert told(given(tmp_path, "包.zip", bytes(locked))) == {"包.zip/密.txt": "Encrypted", "包.zip/开.txt": None}


def test_a_7z_archive_that_would_fill_the_disk_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(container.seven.__globals__, "MOST_ON_DISK", 10)
    (found,) = inside(sevened({"a.txt": NOTICE}), "大.7z")
    assert (found.name, type(found.error).__name__) == ("大.7z", "TooLarge")


def test_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member, "FREE", 1 << 20)
    data = zipped({"小.txt": NOTICE, **{f"{number}.txt": bytes([number]) * (1 << 19) for number in range(4)}})
    found = inside(data)
    assert [one.name for one in found[:2]] == ["包.zip/小.txt", "包.zip/0.txt"]
    assert type(found[-1].error).__name__ == "TooLarge"
    assert found[-1].name == "包.zip"
    monkeypatch.setattr(member, "MOST_MEMBERS", 3)
    few = inside(zipped({f"{number}.txt": NOTICE for number in range(5)}))
    assert [one.error is None for one in few] == [True, True, True, False]


@pytest.mark.parametrize("pack", [zipped, taped, sevened, lambda files: gzip.compress(next(iter(files.values())))])
def test_members_beyond_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch, pack: object) -> None:
    for module in (container.single.__globals__, container.seven.__globals__):
        monkeypatch.setitem(module, "LIMIT", 1000)
    found = inside(pack({"大.txt": bytes(1001)}))  # type: ignore[operator]
    assert [type(one.error).__name__ for one in found] == ["TooLarge"]
    assert found[0].data == b""


def test_a_large_plain_file_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(200 << 20)
    (item,) = plan([tmp_path])
    item.path.unlink()  # so that whoever tried to load it would fail otherwise
    ((_, refusal),) = contents([item])
    assert isinstance(refusal, Failure)
    assert (refusal.error, "200.0 MiB" in refusal.message) == ("TooLarge", True)


def test_a_mail_is_its_text_and_what_is_attached(tmp_path: Path) -> None:
    inner = zipped({"名单.txt": OTHER})
    message = mailed({"关于就业的通知.txt": NOTICE, "材料.zip": inner}, html=PAGE, text="见附件")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="标志.png", cid="<logo>")
    message.add_attachment(mailed({"再附.txt": PAGE}, text="到2027年底，培训3千人。"))
    items = given(tmp_path, "来信.eml", message.as_bytes())
    assert told(items) == dict.fromkeys(
        ["来信.eml/body.html", "来信.eml/关于就业的通知.txt", "来信.eml/材料.zip/名单.txt",
         "来信.eml/通知.eml/body.txt", "来信.eml/通知.eml/再附.txt"]
    )  # fmt: skip
    texts = {item.name: data for item, data in contents(items)}
    assert texts["来信.eml/通知.eml/body.txt"] == "到2027年底，培训3千人。\n".encode()


def test_names_of_attachments_in_bytes_of_gbk(tmp_path: Path) -> None:
    head = b"From: a@example.org\r\nSubject: =?GB2312?B?zajWqg==?=\r\nMIME-Version: 1.0\r\nContent-Type: application/x"
    data = head + b'; name="' + "培训名单.txt".encode("gbk") + b'"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' + NOTICE
    assert list(told(given(tmp_path, "来信", data))) == ["来信/培训名单.txt"]


def test_a_saved_page_is_the_page(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["MIME-Version"] = "<Saved by Blink>", "1.0"
    message.set_content(PAGE.decode(), subtype="html", cte="quoted-printable")
    message.add_related(b"body {}", maintype="text", subtype="css")
    (tmp_path / "公告.mht").write_bytes(message.as_bytes())
    run([tmp_path], tmp_path / "out")
    (row,) = stored(tmp_path / "out", "documents")
    assert (row["source"], row["media_type"]) == ("公告.mht/body.html", "text/html")
    assert "新建驿站30个" in str(row["text"])


@pytest.mark.parametrize("text", ["注意：各县要落实。", "Note: 各县要落实。\n\n正文。", "date: 2024\nsubject: x\n"])
def test_texts_that_begin_like_a_header_are_no_mails(text: str) -> None:
    assert not is_container(io.BytesIO(text.encode()), "通知.txt")


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_warc_file_is_its_pages(tmp_path: Path, gzipped: bool) -> None:
    data = warced(
        ("http://a.example/1.html", "200 OK", "text/html; charset=utf-8", PAGE),
        ("http://a.example/x.css", "200 OK", "text/css", b"body {}"),
        ("http://a.example/gone.html", "404 Not Found", "text/html", PAGE),
        ("http://a.example/d?id=2", "200 OK", "application/octet-stream", NOTICE),
        (
            "http://a.example/f/通知.docx",
            "200 OK",
            "application/octet-stream",
            docx(paragraphs=[("就业优先", "Normal")]),
        ),
        ("http://a.example/download.do?id=3", "200 OK", "application/octet-stream", b"%PDF-1.7 ..."),
        gzipped=gzipped,
    )
    name = "爬.warc.gz" if gzipped else "爬.warc"
    items = given(tmp_path, name, data)
    read = ("1.html", "f/通知.docx", "download.do?id=3")
    assert list(told(items)) == [f"{name}/http://a.example/{address}" for address in read]
    assert next(contents(items))[1] == PAGE


@pytest.mark.parametrize("lost", [9, 400, 840])
def test_a_warc_file_that_is_cut_off_says_where(tmp_path: Path, lost: int) -> None:
    data = warced(*((f"http://a.example/{n}.html", "200 OK", "text/html", PAGE * 9) for n in "12"), gzipped=False)
    items = given(tmp_path, "爬.warc", data[:-lost])
    assert told(items) == {"爬.warc/http://a.example/1.html": None, "爬.warc/http://a.example/2.html": "UnreadableFile"}


def test_one_gzip_stream_round_a_warc_is_read_too(tmp_path: Path) -> None:
    page = warced(
        *((f"http://a.example/{n}.html", "200 OK", "text/html", PAGE + n.encode()) for n in "12"), gzipped=False
    )
    assert len(given(tmp_path, "爬.warc.gz", gzip.compress(page))) == 2


def test_rar_and_lists_of_addresses_are_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(50))
    (tmp_path / "b.txt").write_text("http://a.example/1.html\nhttps://b.example/2.html\n", encoding="utf-8")
    (tmp_path / "c.url").write_text("[InternetShortcut]\r\nURL=http://a.example/\r\n", encoding="utf-8")
    (tmp_path / "d.txt").write_text("详见 http://a.example/1.html\n", encoding="utf-8")
    summary = run([tmp_path, "https://a.example/1.html"], tmp_path / "out")
    said = {failure.source: failure.message for failure in summary.failures}
    assert "unpack" in said["a.rar"]
    assert all("zhengce fetch" in said[name] for name in ("b.txt", "c.url", "https:/a.example/1.html"))
    assert summary.documents == 1


def test_a_container_that_changes_after_the_plan(tmp_path: Path) -> None:
    items = given(tmp_path, "包.zip", zipped({"a.txt": NOTICE, "b.txt": OTHER}))
    (tmp_path / "包.zip").write_bytes(zipped({"a.txt": NOTICE}))
    assert [data if isinstance(data, bytes) else data.message for _, data in contents(items)] == [
        NOTICE, "changed while it was read"
    ]  # fmt: skip
    (tmp_path / "包.zip").unlink()
    assert all(isinstance(data, Failure) and data.error == "FileNotFoundError" for _, data in contents(items))


def test_every_command_opens_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "包.zip").write_bytes(zipped({"县/通知.txt": NOTICE}))
    assert main(["extract", str(tmp_path / "包.zip"), "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["name"] == "包.zip/县/通知.txt"
    assert main(["clean", str(tmp_path / "包.zip"), "-o", str(tmp_path / "texts")]) == 0
    assert (tmp_path / "texts" / "包.zip" / "县" / "通知.txt").exists()


def test_only_one_member_is_held_at_a_time(tmp_path: Path) -> None:
    items = given(tmp_path, "包.zip", zipped({f"{number}.txt": NOTICE + bytes([48 + number]) for number in range(9)}))
    found = contents(items)
    assert isinstance(found, Iterator)
    assert [data[-1:] for _, data in found if isinstance(data, bytes)] == [b"%d" % number for number in range(9)]
