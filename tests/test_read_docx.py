import docx as word
import pytest
from made_files import docx, saved

from zhengce.document import Raw
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read import read_file


def read(*bodies: str) -> Raw:
    return read_file(docx(*bodies), "通知.docx")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


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
            '<w:del w:id="1" w:author="a"><w:r><w:delText>三百</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="a">{run("五百")}</w:ins>',
            f'<w:moveFrom w:id="3" w:author="a">{run("旧处")}</w:moveFrom>',
            run("元。"),
        )
    )
    assert raw.text == "补贴五百元。"


def test_breaks_tabs_links_controls_and_hyphens() -> None:
    raw = read(
        paragraph(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:br w:type='page'/></w:r>",
            f"<w:hyperlink>{run('链接')}</w:hyperlink><w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            properties='<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>',
        ),
        f"<w:sdt><w:sdtContent>{paragraph(run('整段'))}</w:sdtContent></w:sdt>",
    )
    assert raw.text == "甲\t乙\n丙-链接控件\n整段"


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{paragraph(run('框中文字'))}</w:txbxContent></v:textbox></v:shape>"
    picture = f"<w:pict>{box}</w:pict>"
    choice = f"<mc:AlternateContent><mc:Choice Requires='wps'>{picture}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>"
    raw = read(paragraph(run("前"), f"<w:r>{choice}</mc:AlternateContent></w:r>", run("后")))
    assert raw.text == "前后\n框中文字"


def test_rows_are_lines_and_merged_cells_come_once() -> None:
    raw = read(
        paragraph(run("表前")),
        table(
            cell("类别", '<w:vMerge w:val="restart"/>') + cell("标准", '<w:gridSpan w:val="2"/>'),
            cell("类别", "<w:vMerge/>") + cell("省级") + cell("县级"),
            cell("驿站") + cell("3") + f"<w:tc>{table(cell('内一') + cell('内二'))}{paragraph(run('1'))}</w:tc>",
        ),
        paragraph(run("表后")),
    )
    assert raw.text.split("\n") == ["表前", "类别\t标准", "\t省级\t县级", "驿站\t3\t内一 内二 1", "表后"]
    cells = [raw.text[block.span.start : block.span.end] for block in raw.blocks if block.kind == "cell"]
    assert cells == ["类别", "标准", "省级", "县级", "驿站", "3", "内一 内二 1"]


def test_a_box_of_one_cell_keeps_its_paragraphs() -> None:
    raw = read(table(f"<w:tc>{paragraph(run('第一段'))}{paragraph(run('第二段'))}</w:tc>"))
    assert raw.text == "第一段\n第二段"
    assert {block.kind for block in raw.blocks} == {"cell"}


def test_headers_and_footnotes_are_no_text() -> None:
    document = word.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("正文。")
    assert read_file(saved(document), "通知.docx").text == "正文。"


def test_numbers_that_word_makes_are_noted() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    raw = read(
        table(cell("甲") + cell("乙")),
        paragraph(run("不编号"), properties=number.format(0)),
        paragraph(run("加强培训"), properties=number.format(1)),
        paragraph(run("发放补贴"), properties='<w:pStyle w:val="ListNumber"/>'),
    )
    (note,) = raw.notes
    assert note.doubt == "unreadable_part"
    assert raw.text[note.span.start : note.span.end] == "加强培训"
    assert "2 paragraph(s)" in note.message
    assert read(paragraph(run("一、加强培训"))).notes == ()


def test_signs_of_symbol_fonts() -> None:
    raw = read(
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="2116"/></w:r>', run("是"))
    )
    assert raw.text == "\ufffd№是"
    assert [(note.doubt, note.span.start) for note in raw.notes] == [("undecodable", 0)]


def test_documents_without_text() -> None:
    with pytest.raises(UnreadableFile, match="blank") as caught:
        read(paragraph(run("  ")))
    assert not isinstance(caught.value, NoTextLayer)
    with pytest.raises(NoTextLayer, match="OCR"):
        read(paragraph('<w:r><w:pict><v:imagedata src="x"/></w:pict></w:r>'))
