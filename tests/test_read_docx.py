import zipfile
from io import BytesIO

import docx as library
import pytest
from made_files import docx, saved
from made_word import paragraph, run, word

from zhengce.document import Raw
from zhengce.errors import Encrypted, NoTextLayer, UnreadableFile
from zhengce.flow import process
from zhengce.read import read_file

DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
NOTE = '<w:{0} w:id="{1}" {2}>{3}</w:{0}>'


def read(*body: str, **parts: str) -> Raw:
    return read_file(word(*body, **parts), "通知.docx")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def reference(kind: str, number: int, attributes: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}" {attributes}/></w:r>'


def test_paragraphs_and_headings_in_order() -> None:
    styles = [("总体要求", "Heading 1"), ("", "Normal"), ("坚持就业优先。", "Normal"), ("稳岗", "Heading 2")]
    raw = read_file(docx(paragraphs=styles), "通知.docx")
    assert raw.text == "总体要求\n坚持就业优先。\n稳岗"
    assert [block.kind for block in raw.blocks] == ["heading", "paragraph", "heading"]
    assert [raw.text[block.span.start : block.span.end] for block in raw.blocks] == raw.text.split("\n")


def test_tracked_changes_are_accepted() -> None:
    raw = read(
        paragraph(
            run("补贴"),
            DELETED.format("三百"),
            f'<w:ins w:id="2" w:author="a">{run("五百")}</w:ins>',
            f'<w:moveFrom w:id="3" w:author="a">{run("旧处")}</w:moveFrom>',
            f'<w:moveTo w:id="4" w:author="a">{run("整")}</w:moveTo>',
            run("元。"),
        )
    )
    assert raw.text == "补贴五百整元。"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    raw = read(
        paragraph(run("各县要")),
        paragraph(run("加强"), DELETED.format("全面"), properties=mark),
        paragraph(run("培训。")),
        paragraph(DELETED.format("整段删去"), properties=mark),
        paragraph(run("末段"), properties=mark),
    )
    assert raw.text == "各县要\n加强培训。\n末段"


def test_a_paragraph_ends_with_its_cell_or_box_whatever_its_mark() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    open_cell = f"<w:tc>{paragraph(run('甲'), properties=mark)}</w:tc>"
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('框'), properties=mark)}</w:txbxContent></w:pict></w:r>"
    raw = read(paragraph(run("前"), box, properties=mark), table(open_cell + cell("乙")), paragraph(run("后")))
    assert raw.text == "框\n前\n甲\t乙\n后"


def test_deleted_rows_and_cells_of_tables_are_out() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>{cell("删") + cell("去")}</w:tr>'
    row = cell("甲") + cell("删", '<w:cellDel w:id="2" w:author="a"/>') + cell("乙")
    assert read(f"<w:tbl>{gone}<w:tr>{row}</w:tr></w:tbl>").text == "甲\t乙"


def test_breaks_tabs_links_controls_and_hyphens() -> None:
    raw = read(
        paragraph(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:br w:type='page'/></w:r>",
            f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            f"<w:smartTag>{run('标记')}</w:smartTag><w:r><w:softHyphen/></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
            properties='<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>',
        ),
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph(run('整段'))}</w:sdtContent></w:sdt>",
        f"<w:customXml>{paragraph(run('数据'))}</w:customXml>",
    )
    assert raw.text == "甲\t乙\n丙-链接控件标记x\n整段\n数据"


def test_readings_over_characters_and_comments_are_out() -> None:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{run('wù')}</w:rt><w:rubyBase>{run('务')}</w:rubyBase></w:ruby>"
    remark = '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:commentRangeEnd w:id="0"/>'
    assert read(paragraph(run("劳"), f"<w:r>{ruby}</w:r>", remark, run("品牌"))).text == "劳务品牌"


def test_hidden_text_is_out() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Form"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Formed"><w:basedOn w:val="Form"/></w:style>'
    )
    raw = read(
        paragraph(run("前"), run("藏", "<w:vanish/>"), run("藏", '<w:rStyle w:val="Secret"/>')),
        paragraph(run("窗体"), properties='<w:pStyle w:val="Formed"/>'),
        paragraph(run("显示", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Form"/>'),
        paragraph(run("标题。"), properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>"),
        paragraph(run("同一行的正文。")),
        styles=styles,
    )
    assert raw.text == "前\n显示标题。同一行的正文。"


def test_fields_show_their_results() -> None:
    nested = BEGIN + code(" IF ") + BEGIN + code(" PAGE ") + SEPARATE + run("9") + END + code(" = 1 ") + SEPARATE
    raw = read(
        paragraph(run("第"), BEGIN, code(" PAGEREF _Toc1 "), SEPARATE, run("3"), END, run("页")),
        paragraph(nested, run("结果"), END),
        paragraph(f'<w:fldSimple w:instr=" DATE ">{run("2024年5月6日")}</w:fldSimple>'),
        paragraph(BEGIN, code(r" EQ \o\ac(○,"), code("2)"), END, run("申请材料")),
        paragraph(BEGIN, code(" TOC "), SEPARATE, run("目录一")),
        paragraph(run("目录二"), END),
    )
    assert raw.text == "第3页\n结果\n2024年5月6日\n②申请材料\n目录一\n目录二"
    assert raw.notes == ()


def test_a_field_that_never_ends_hides_nothing_but_its_code() -> None:
    raw = read(paragraph(BEGIN, code(" PAGE "), run("甲")), paragraph(END, run("乙")), paragraph(run("丙")))
    assert raw.text == "甲\n乙\n丙"


def test_a_number_that_a_field_counts_unseen_is_noted() -> None:
    raw = read(paragraph(run("甲")), paragraph(BEGIN, code(" LISTNUM "), END, run("加强培训")))
    (note,) = raw.notes
    assert (note.doubt, raw.text[note.span.start : note.span.end]) == ("unreadable_part", "加强培训")


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{paragraph(run('框中文字'))}</w:txbxContent></v:textbox></v:shape>"
    picture = f"<w:pict>{box}</w:pict>"
    choice = f"<mc:AlternateContent><mc:Choice Requires='wps'>{picture}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>"
    raw = read(paragraph(run("前"), f"<w:r>{choice}</mc:AlternateContent></w:r>", run("后")))
    assert raw.text == "前后\n框中文字"


def test_lettering_is_text_and_a_watermark_is_none() -> None:
    lettering = '<w:pict><v:shape id="s1"><v:textpath string="某县人民政府文件"/></v:shape></w:pict>'
    mark = '<w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="内部"/></v:shape></w:pict>'
    raw = read(paragraph(f"<w:r>{lettering}</w:r><w:r>{mark}</w:r>"), paragraph(run("正文。")))
    assert raw.text == "某县人民政府文件\n正文。"


def test_rows_are_lines_and_merged_cells_come_once() -> None:
    raw = read(
        paragraph(run("表前")),
        table(
            cell("类别", '<w:vMerge w:val="restart"/>') + cell("标准", '<w:gridSpan w:val="2"/>') + cell("备注"),
            cell("类别", "<w:vMerge/>") + cell("省级") + cell("县级"),
            cell("驿站") + cell("3") + f"<w:tc>{table(cell('内一') + cell('内二'))}{paragraph(run('1'))}</w:tc>",
            cell("合计", '<w:hMerge w:val="restart"/>') + cell("合计", "<w:hMerge/>") + cell("9"),
        ),
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("甲") + cell("乙")}</w:tr></w:tbl>',
        table(cell("独", '<w:vMerge w:val="restart"/>'), cell("独", "<w:vMerge/>")),
        paragraph(run("表后")),
    )
    assert raw.text.split("\n") == [
        "表前", "类别\t标准\t\t备注", "\t省级\t县级", "驿站\t3\t内一 内二 1", "合计\t\t9", "\t甲\t乙", "独", "表后"
    ]  # fmt: skip
    cells = [raw.text[block.span.start : block.span.end] for block in raw.blocks if block.kind == "cell"]
    assert cells == ["类别", "标准", "备注", "省级", "县级", "驿站", "3", "内一 内二 1", "合计", "9", "甲", "乙", "独"]


def test_a_box_of_one_cell_keeps_its_paragraphs() -> None:
    raw = read(table(f"<w:tc>{paragraph(run('第一段'))}{paragraph(run('第二段'))}</w:tc>"))
    assert raw.text == "第一段\n第二段"
    assert {block.kind for block in raw.blocks} == {"cell"}


def test_headers_and_footers_are_fields_and_no_text() -> None:
    document = library.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_paragraph("正文。")
    raw = read_file(saved(document), "通知.docx")
    assert (raw.text, raw.fields) == ("正文。", {"页眉": "内部资料"})


def test_a_letterhead_in_the_header_of_a_page_is_not_lost() -> None:
    header = paragraph(run("清河县人民政府办公室文件")) + paragraph(run("清政办发〔2024〕12号"))
    data = word(paragraph(run("关于印发《技能培训方案》的通知")), paragraph(run("各乡镇：请落实。")), header=header)
    document = process(data, "通知.docx").document
    assert document is not None
    assert document.header.number == "清政办发〔2024〕12号"
    assert document.header.issuers == ("清河县人民政府办公室",)
    other = read_file(word(paragraph(run("清政发〔2023〕1号")), header=header), "通知.docx")
    assert "发文字号" not in other.fields, "the text's own number comes first"
    assert "发文机关" not in read(paragraph(run("正文")), header=paragraph(run("招标文件"))).fields


def test_notes_stand_after_the_text_with_their_marks() -> None:
    separator = NOTE.format("footnote", -1, 'w:type="separator"', paragraph(run("线")))
    notes = separator + "".join(
        NOTE.format("footnote", number, "", paragraph(f"<w:r><w:footnoteRef/></w:r>{run(text)}"))
        for number, text in ((2, " 指户籍人口。"), (3, "* 另行通知。"), (4, "无人引用。"))
    )
    raw = read(
        paragraph(run("培训2万人"), reference("footnote", 2), run("，补贴"), reference("endnote", 5), run("到位。")),
        paragraph(run("另行通知"), reference("footnote", 3, 'w:customMarkFollows="1"'), run("*。")),
        footnotes=notes,
        endnotes=NOTE.format("endnote", 5, "", paragraph(run("按月发放。")) + paragraph(run("不得截留。"))),
    )
    assert raw.text.split("\n") == [
        "培训2万人[1]，补贴[i]到位。", "另行通知*。", "[1] 指户籍人口。", "[i] 按月发放。", "不得截留。", "* 另行通知。"
    ]  # fmt: skip
    assert [block.kind for block in raw.blocks] == ["paragraph"] * 2 + ["caption"] * 4


def test_signs_of_symbol_fonts() -> None:
    raw = read(
        paragraph(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="2116"/></w:r>',
            run("\uf0b7", '<w:rFonts w:ascii="Symbol"/>'),
            '<w:r><w:sym w:font="Wingdings" w:char="F041"/></w:r>',
        )
    )
    assert raw.text == "☑№•\ufffd"
    assert [(note.doubt, note.span.start) for note in raw.notes] == [("undecodable", 3)]


def test_a_file_within_the_file_is_noted() -> None:
    raw = read(paragraph(run("前")), '<w:altChunk r:id="x"/>', paragraph(run("后")))
    assert [(note.doubt, raw.text[note.span.start : note.span.end]) for note in raw.notes] == [
        ("unreadable_part", "后")
    ]
    last = read(paragraph(run("前")), '<w:altChunk r:id="x"/>')
    assert [last.text[note.span.start : note.span.end] for note in last.notes] == ["前"]


def test_words_of_diagrams_stand_after_the_text() -> None:
    link = '<Relationship Id="d" Type="http://x/diagramData" Target="diagrams/data1.xml"/>'
    points = "".join(f"<d:pt><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:pt>" for text in ("省级", "县级", " "))
    data = f'<d:dataModel xmlns:d="http://d" xmlns:a="http://a">{points}</d:dataModel>'
    made = word(paragraph(run("组织架构")), relations=link, others={"word/diagrams/data1.xml": data})
    raw = read_file(made, "通知.docx")
    assert raw.text == "组织架构\n省级\n县级"
    assert [block.kind for block in raw.blocks] == ["paragraph", "caption", "caption"]


def test_packages_that_other_readers_refuse_are_read() -> None:
    lost = '<Relationship Id="x" Type="http://x/image" Target="NULL"/>'
    body = paragraph(run("就业优先", '<w:rFonts w:ascii="宋体"/>'), DELETED.format("删"))
    assert read_file(word(body, relations=lost), "通知.docx").text == "就业优先"
    assert read_file(word(body, strict=True), "通知.docx").text == "就业优先"
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word(body))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    assert read_file(out.getvalue(), "通知.docx").text == "就业优先"


def test_documents_without_text() -> None:
    with pytest.raises(UnreadableFile, match="blank") as caught:
        read(paragraph(run("  ")))
    assert not isinstance(caught.value, NoTextLayer)
    with pytest.raises(NoTextLayer, match="OCR"):
        read(paragraph('<w:r><w:pict><v:imagedata src="x"/></w:pict></w:r>'))


def test_a_locked_package_is_encrypted() -> None:
    data = word(paragraph(run("密")))
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert locked != data
    with pytest.raises(Encrypted, match="password"):
        read_file(locked, "通知.docx")
