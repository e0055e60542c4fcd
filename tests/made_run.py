"""A run of invented documents for the pages: damaged, hostile, with provisions and records of several kinds."""

from __future__ import annotations

from pathlib import Path

from zhengce.batch import run

OPINION = """关于加快劳务品牌建设的实施意见
各市人民政府：
为贯彻落实《关于劳务品牌建设的指导意见》（人社部发〔2021〕66号），现提出如下意见。
一、主要目标
到2027年底，全省培育劳务品牌60个以上，带动就业12万人。
二、重点任务
（一）加强培训。对参加培训的农民工，按每人800元给予职业培训补贴。（省人力资源社会保障厅牵头，
省财政厅配合）
（二）打造品牌。做强“云岭家政”劳务品牌，年均举办专场招聘不少于20场。
甲省人民政府办公厅
2026年3月2日
"""
DAMAGED = """關于推進勞務(wù)品牌工作的通知
全縣計(jì)劃培訓(xùn)農(nóng)民工2萬(wàn)人次，發(fā)放補(bǔ)貼300元/人。
發(fā)展“剡溪繡娘”勞務(wù)品牌，帶動(dòng)就業(yè)6200人。
"""
HOSTILE = """关于印发<script>document.title="owned"</script><img src=x onerror="document.title='owned'">方案的通知
到2026年底，培训<b onclick="x()">保育员</b>300人。\u202e元万01贴补\u202c [点此](javascript:alert(1))
链接 javascript:alert(1) 与 https://attacker.example/x.png 均为正文。
"""
TEXTS = {"opinion": OPINION, "damaged": DAMAGED, "hostile": HOSTILE}


def made_run(folder: Path, **more: str) -> Path:
    """The tables of a run over these documents, and of `more`, in a folder beside them."""
    given = folder / "in"
    given.mkdir(parents=True)
    for name, text in {**TEXTS, **more}.items():
        (given / f"{name}.txt").write_text(text, encoding="utf-8")
    (given / "empty.pdf").write_bytes(b"%PDF-1.4 broken")
    run([given], folder / "out")
    return folder / "out"
