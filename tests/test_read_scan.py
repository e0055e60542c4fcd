"""Scans and pictures: what OCR makes of pages that are drawn here, and what is said where OCR is not installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from made_scan import font_file, page, saved, sealed, table, two_columns, worn

from zhengce.errors import NoTextLayer
from zhengce.flow import process
from zhengce.read import pdf, picture, read_file
from zhengce.read.ocr import can_read

NEEDS_OCR = pytest.mark.skipif(not can_read() or not font_file(), reason="the extra `ocr` or a Chinese font is missing")
NOTICE = [
    "云岭省人民政府关于促进家政服务业发展的实施意见",
    "各市、县（区）人民政府，省政府各部门、各直属机构：",
    "　　为促进家政服务业发展，现提出以下意见。",
    "　　一、总体目标。到2031年底，全省培训家政服务员12.5万人次，",
    "培训合格率达到95%以上，建成家政服务示范基地30个。",
    "　　二、支持政策。对吸纳脱贫人口就业的企业，按规定给予500元",
    "的一次性吸纳就业补贴，对工作突出的县区予以通报表扬。",
    "　　　　　　　　　　　　　　　　　　　云岭省人民政府",
    "　　　　　　　　　　　　　　　　　　　2031年3月8日",
]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("(),:;", "（），：；"))


def likeness(text: str, lines: list[str]) -> float:
    return SequenceMatcher(None, bare(text), bare("".join(lines)), autojunk=False).ratio()


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "can_read", lambda: False)
    monkeypatch.setattr(pdf, "can_read", lambda: False)


@pytest.mark.usefixtures("no_ocr")
def test_without_the_extra_the_failure_says_what_to_install() -> None:
    from PIL import Image

    for kind in ("JPEG", "PNG", "TIFF", "GIF", "PDF"):
        data = saved(Image.new("RGB", (60, 40), "white"), kind)
        with pytest.raises(NoTextLayer, match=re.escape("pip install 'zhengce[ocr]'")) as caught:
            read_file(data, "扫描件." + kind.lower())
        assert "扫描件" in str(caught.value)


@NEEDS_OCR
def test_a_blurred_page_askew_is_read_in_order() -> None:
    outcome = process(saved(worn(page(NOTICE, red_head="云岭省人民政府文件"))), "通知.jpg")
    document = outcome.document
    assert document is not None
    assert likeness(document.text, ["云岭省人民政府文件", *NOTICE]) >= 0.99
    assert document.raw.source.media_type == "image/jpeg"
    assert document.header.title == NOTICE[0]
    assert str(document.header.written) == "2031-03-08"
    values = {(record.citation.page, str(getattr(record, "value", ""))) for record in outcome.records}
    assert {(1, "125000"), (1, "95"), (1, "30")} <= values
    assert any("read from a picture" in note.message for note in document.notes)
    for record in outcome.records:
        for number, left, top, right, bottom in record.citation.boxes:
            assert number == 1
            assert 0 <= left < right <= 1240 * 72 / 150
            assert 0 <= top < bottom <= 1754 * 72 / 150


@NEEDS_OCR
def test_every_line_has_a_score_and_an_unsure_one_a_note() -> None:
    raw = read_file(saved(page(NOTICE[:3])), "通知.jpg")
    assert all(block.confidence is not None and 0 < block.confidence <= 1 for block in raw.blocks)
    smeared = read_file(saved(worn(page(NOTICE[:3], size=22), blur=4.0)), "通知.jpg")
    unsure = [block for block in smeared.blocks if (block.confidence or 1) < 0.85]
    assert unsure
    assert len(unsure) == sum("unsure" in note.message for note in smeared.notes)


@NEEDS_OCR
def test_a_seal_over_the_signature_leaves_it_readable() -> None:
    whole = sealed(page(NOTICE, red_head="云岭省人民政府文件"), "云岭省人民政府办公厅", (860, 760))
    document = process(saved(whole), "通知.jpg").document
    assert document is not None
    assert document.text.split("\n")[0] == "云岭省人民政府文件"
    assert document.text.rstrip().endswith("云岭省人民政府\n2031年3月8日")


@NEEDS_OCR
def test_columns_are_read_one_after_the_other_also_on_a_page_that_lies_on_its_side() -> None:
    left = [f"左栏第{number}行讲镇上种茶的农户增多" for number in "一二三四五六七八"]
    right = [f"右栏第{number}行讲地铁开通后客流上升" for number in "一二三四五六七八"]
    upright = two_columns(left, right)
    for picture_of_it in (upright, upright.rotate(90, expand=True)):
        text = read_file(saved(picture_of_it, "PNG"), "版面.png").text
        assert likeness(text, [*left, *right]) >= 0.99


@NEEDS_OCR
@pytest.mark.parametrize("degrees", [0.0, 0.9])
def test_a_ruled_table_comes_out_in_rows_of_cells(degrees: float) -> None:
    rows = [
        ["县区", "培训任务（人次）", "牵头单位"],
        ["东山县", "12000", "县人力资源社会保障局"],
        ["西河县", "8500", "县农业农村局"],
    ]
    text = read_file(saved(worn(table(rows, [140, 380, 700, 1100]), degrees=degrees, blur=0.4)), "任务表.jpg").text
    lines = [line.split("\t") for line in text.split("\n")]
    assert [[bare(cell) for cell in line] for line in lines[-3:]] == [[bare(cell) for cell in row] for row in rows]


@NEEDS_OCR
def test_a_scanned_page_among_others_in_a_pdf_is_read_and_says_so() -> None:
    from io import BytesIO

    out = BytesIO()
    first, second = page(NOTICE), page(["附件", "任务分工表", "建设零工市场12个，由人力资源社会保障局负责。"])
    first.save(out, "PDF", resolution=150, save_all=True, append_images=[second])
    raw = read_file(out.getvalue(), "扫描件.pdf")
    assert likeness(raw.text, [*NOTICE, "附件", "任务分工表", "建设零工市场12个，由人力资源社会保障局负责。"]) >= 0.99
    assert {block.page for block in raw.blocks} == {1, 2}
    assert [note.message.split(" was")[0] for note in raw.notes if "read from a picture" in note.message] == [
        "page 1",
        "page 2",
    ]


@NEEDS_OCR
def test_a_blank_picture_fails_with_a_reason() -> None:
    with pytest.raises(NoTextLayer, match="finds no text"):
        read_file(saved(page([])), "空白.jpg")


@NEEDS_OCR
def test_nothing_is_written_to_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    scan = tmp_path / "通知.jpg"
    scan.write_bytes(saved(page(NOTICE[:2])))
    # onnxruntime keeps quiet where CI is set, so it is not set here
    inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "ORT_DISABLE_TELEMETRY")}
    environment = inherited | {
        "HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1",
    }  # fmt: skip
    code = "import sys, pathlib, zhengce; print(zhengce.open_file(pathlib.Path(sys.argv[1])).text)"
    done = subprocess.run(
        [sys.executable, "-c", code, scan], env=environment, capture_output=True, text=True, check=True
    )
    assert bare(NOTICE[1])[:6] in bare(done.stdout)
    assert list(home.rglob("*")) == []
