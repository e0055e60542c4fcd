"""Files that are made to do harm: they are read or refused with a reason, in bounded time and memory."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from made_files import pdf
from made_word import NAMES, paragraph, run, word
from test_containers import NOTICE, PAGE

MEBIBYTE = 1 << 20
# one process a file: how it ends, how long it takes and how much memory it has held
APART = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from zhengce.flow import process
process("到2025年底，培训2万人。".encode(), "暖.txt")
base, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
with open(sys.argv[1], "rb") as file:
    outcome = process(file.read(), sys.argv[1])
print(json.dumps({
    "error": outcome.failure.error if outcome.failure else None,
    "reason": outcome.failure.message if outcome.failure else "",
    "text": outcome.document.text[:2000] if outcome.document else "",
    "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024,
    "seconds": time.process_time() - begun,
}))
"""


def apart(tmp_path: Path, name: str, data: bytes) -> dict[str, object]:
    """What becomes of a file in a process that has 3 GiB and a minute."""
    (tmp_path / name).write_bytes(data)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    line = [sys.executable, "-c", APART, str(tmp_path / name)]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


def package(body: bytes, *, head: bytes = b"", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file whose main part is as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(paragraph(run("甲"))))) as sound, zipfile.ZipFile(out, "w", method) as made:
        for name in sound.namelist():
            root = f"<w:document {NAMES}><w:body>".encode()
            whole = b'<?xml version="1.0"?>' + head + root + body + b"</w:body></w:document>"
            made.writestr(name, whole if name == "word/document.xml" else sound.read(name))
    return out.getvalue()


LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"ha" * 500) for level in range(10)
)
NESTED = 100_000


def streamed(body: bytes, *, more: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page with these bytes as what is drawn on it, and other objects from 10 on."""
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</X 10 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length %d/Filter%s>>stream\n%s\nendstream endobj\n%s"
        % (len(body), filters, body, more)
        + b"trailer<</Root 1 0 R/Size 12>>\n%%EOF\n"
    )


BOMBS: dict[str, tuple[str, Callable[[], bytes], str | None]] = {
    "a word file of zeros": ("甲.docx", lambda: package(b"\0" * (520 * MEBIBYTE)), "TooLarge"),
    "a part of a word file beyond its limit": ("甲.docx", lambda: package(b" " * (65 * MEBIBYTE)), "TooLarge"),
    "a word file of short tags": ("甲.docx", lambda: package(b"<w:p/>" * 9_000_000), "TooLarge"),
    "a word file that laughs": (
        "甲.docx", lambda: package(b"<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", head=b"<!DOCTYPE x [" + LAUGHS + b"]>"),
        "UnreadableFile",
    ),
    "a web page that laughs": ("甲.html", lambda: b"<!DOCTYPE x [" + LAUGHS + b"]><html><p>&l9;" + PAGE, None),
    "a pdf stream of zeros": ("甲.pdf", lambda: streamed(zlib.compress(b" " * (1 << 28))), "TooLarge"),
    "a pdf stream packed twice": (
        "甲.pdf",
        lambda: streamed(zlib.compress(zlib.compress(b" " * (1 << 29))), filters=b"[/FlateDecode/FlateDecode]"),
        "TooLarge",
    ),
    "a pdf of many objects": (
        "甲.pdf",
        lambda: pdf([[(50, 700, "就业优先")]]) + b"".join(b"%d 0 obj 1 endobj\n" % n for n in range(50, 10**6)),
        None,
    ),
    "a pdf form that draws itself": (
        "甲.pdf",
        lambda: streamed(
            zlib.compress(b"/X Do"),
            more=b"10 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>/Length 11>>"
            b"stream\n/X Do /X Do\nendstream endobj\n",
        ),
        "TooLarge",
    ),
    "a pdf whose pages are their own parents": (
        "甲.pdf",
        lambda: streamed(zlib.compress(b"")).replace(b"Kids[3 0 R]", b"Kids[2 0 R 1 0 R 3 0 R]"),
        "UnreadableFile",
    ),
    "ten megabytes in one line": ("甲.txt", lambda: "就业优先".encode() * (10 * MEBIBYTE // 12), None),
    "ten megabytes in one line of a page": (
        "甲.html", lambda: b"<html><body><p>" + "就业优先".encode() * (10 * MEBIBYTE // 12), None,
    ),
    "tags that nest": ("甲.html", lambda: b"<html><body>" + b"<div>" * NESTED + PAGE, "UnreadableFile"),
    "tags that nest within reason": ("甲.html", lambda: b"<html><body>" + b"<div>" * 9_999 + PAGE, None),
    "tables that nest": ("甲.html", lambda: b"<html><body>" + b"<table><tr><td>" * NESTED + PAGE, "UnreadableFile"),
    "word tags that nest": (
        "甲.docx", lambda: package(b"<w:sdt>" * NESTED + b"</w:sdt>" * NESTED), "UnreadableFile",
    ),
    "brackets that nest in a script": (
        "甲.html", lambda: b"<html><script>var a = " + b"[" * NESTED + b"</script><body>" + PAGE, None,
    ),
    "one mebibyte of NULs": ("甲.txt", lambda: bytes(MEBIBYTE), "UnreadableFile"),
    "a NUL in prose": ("甲.txt", lambda: NOTICE * 20 + b"\0" + NOTICE * 20, None),
    "NULs in prose": ("甲.txt", lambda: NOTICE + bytes(1000) + NOTICE, "UnknownFormat"),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_in_bounded_time_and_memory(tmp_path: Path, name: str) -> None:
    file, make, error = BOMBS[name]
    found = apart(tmp_path, file, make())
    assert (found["error"], bool(found["reason"])) == (error, error is not None), found
    assert float(str(found["seconds"])) < 40
    assert float(str(found["memory"])) < 1_500
