import pytest

from zhengce.document import Raw
from zhengce.errors import NoTextLayer, UnreadableFile
from zhengce.read import read_file

INDEX = """<table><tr><td><table class="bd1"><tr><td><b>索 引 号：</b></td><td>000000001/2030-00012</td>
<td><b>主题分类：</b></td><td>劳动、人事\\就业</td></tr><tr><td><b>发文机关：</b></td><td>某省人民政府</td>
<td>成文日期：</td><td>2030年01月02日</td></tr><tr><td><b>标　　题：</b></td><td colspan="3">关于试办的通知</td></tr>
<tr><td>发文字号：</td><td>某政发〔2030〕1号</td><td>发布日期：</td><td>2030年01月05日</td></tr></table>
<table><tr><td>主 题 词：</td><td></td></tr></table></td></tr></table>"""
PARAGRAPHS = [
    "为帮助更多农村劳动力在家门口就业，现就试办就业驿站有关事项通知如下，请认真贯彻执行。",
    "一、工作目标。到2031年底，每个乡镇至少建成一个就业驿站，服务群众不少于五千人次。",
    "二、保障措施。对评估合格的驿站，按每个三万元给予一次性建设补助，所需资金由财政安排。",
]
BODY = "".join(f"<p>{text}</p>\n" for text in PARAGRAPHS)
LINKS = (
    "<ul>" + "".join(f'<li><a href="/{n}.html">关于某项工作的另一条新闻标题{n}</a></li>' for n in range(30)) + "</ul>"
)
SHELL = """<html><head><title>{title}</title>{head}</head><body><div class="header"><a href="/">首页</a></div>
<div class="location">当前位置：首页 &gt; 政策</div>{above}{body}<div class="side">{links}</div>
<div class="footer">版权所有：某省人民政府办公厅，地址：某市某路一号，邮编：000000。技术支持：某中心，电话：000。</div>
</body></html>"""


def page(body: str, *, above: str = "", head: str = "", title: str = "某省人民政府", links: str = LINKS) -> Raw:
    return read_file(SHELL.format(body=body, above=above, head=head, title=title, links=links).encode(), "页.html")


def shown(raw: Raw, kind: str) -> list[str]:
    return [raw.text[block.span.start : block.span.end] for block in raw.blocks if block.kind == kind]


@pytest.mark.parametrize(
    "container",
    ['td id="UCAP-CONTENT"', 'div class="pages_content"', 'div class="TRS_Editor"', 'div id="zoom"', "article",
     'div class="view"', 'div class="nothing-known"', "div"],
)  # fmt: skip
def test_the_body_is_found(container: str) -> None:
    tag = container.split()[0]
    body = f"<{container}>{BODY}</{tag}>"
    raw = page(f"<table><tr>{body}</tr></table>" if tag == "td" else body)
    assert raw.text.split("\n") == PARAGRAPHS
    assert shown(raw, "paragraph") == PARAGRAPHS


def test_the_index_table_becomes_fields_and_leaves_the_text() -> None:
    raw = page(INDEX + f"<div>{BODY}</div>")
    assert raw.text.split("\n") == PARAGRAPHS
    assert {label: raw.fields[label] for label in raw.fields if label != "title"} == {
        "索引号": "000000001/2030-00012",
        "主题分类": "劳动、人事\\就业",
        "发文机关": "某省人民政府",
        "成文日期": "2030年01月02日",
        "标题": "关于试办的通知",
        "发文字号": "某政发〔2030〕1号",
        "发布日期": "2030年01月05日",
    }


def test_an_index_in_a_list_inside_the_body_container() -> None:
    index = "<ul><li><b>索引号：</b>SY-01</li><li>文 号：某人社发〔2030〕9号</li><li>有效性：有效</li></ul>"
    raw = page(f'<div class="content">{index}<div class="inner">{BODY}</div></div>')
    assert raw.text.split("\n") == PARAGRAPHS
    assert (raw.fields["索引号"], raw.fields["文号"], raw.fields["有效性"]) == ("SY-01", "某人社发〔2030〕9号", "有效")


def test_meta_tags_and_the_line_of_date_and_source() -> None:
    head = '<meta name="PubDate" content="2030-01-05 09:30"><meta name="viewport" content="width=1">'
    line = "<div>发布时间：2030-01-06 08:00　来源：某日报　浏览次数：12</div>"
    raw = page(f"<div>{BODY}</div>", above=line, head=head, title="关于试办的通知_某省")
    assert dict(raw.fields) == {
        "PubDate": "2030-01-05 09:30",
        "title": "关于试办的通知_某省",
        "发布时间": "2030-01-06 08:00",
        "来源": "某日报",
    }


def test_the_headline_comes_first_and_once() -> None:
    headline = "关于试办就业驿站的通知"
    raw = page(f"<div>{BODY}</div>", above="<h1>关于试办<br>就业驿站的通知</h1>", title=headline)
    assert raw.text.split("\n") == [headline, *PARAGRAPHS]
    assert shown(raw, "heading") == [headline]
    raw = page(
        f"<div><p><b>关于试办</b></p><p>就业驿站的通知</p>{BODY}</div>", above=f"<h1>{headline}</h1>", title=headline
    )
    assert raw.text.split("\n") == ["关于试办", "就业驿站的通知", *PARAGRAPHS]


def test_inline_tags_do_not_break_lines_and_entities_are_decoded() -> None:
    prose = '各地<span>要&nbsp;加</span><b>强</b>\n  <a href="#x">服务</a>&amp;监管，<font>落实</font>责任。<!-- 注 -->'
    raw = page(f"<div id=zoom><p>{prose}</p>{BODY}<div>附：一<br>二</div></div>")
    assert raw.text.split("\n") == ["各地要\u00a0加强 服务&监管，落实责任。", *PARAGRAPHS, "附：一", "二"]


def test_tables_are_rows_with_cells() -> None:
    table = """<table><caption>补助标准</caption><tr><th rowspan="2">类别</th><th colspan="2">标准</th></tr>
    <tr><td><p>省级</p><p>（万元）</p></td><td>县级</td></tr><tr><td>驿站</td><td>3</td><td>1</td></tr></table>"""
    raw = page(f"<div id=zoom>{BODY}{table}</div>")
    assert raw.text.split("\n")[3:] == ["补助标准", "类别\t标准", "\t省级 （万元）\t县级", "驿站\t3\t1"]
    assert shown(raw, "cell") == ["类别", "标准", "省级 （万元）", "县级", "驿站", "3", "1"]
    assert shown(raw, "caption") == ["补助标准"]


def test_a_layout_table_is_no_table() -> None:
    raw = page(f"<table><tr><td>&nbsp;</td><td>{BODY}</td></tr></table>")
    assert raw.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("classes", ["a b", "pages_content TRS_Editor"])
def test_of_two_copies_one_is_kept(classes: str) -> None:
    first, second = classes.split()
    raw = page(f'<div class="{first}">{BODY}</div><div class="{second}"><div>{BODY}</div></div>')
    assert raw.text.split("\n") == PARAGRAPHS


def test_a_text_cut_over_several_containers_is_whole() -> None:
    raw = page("".join(f'<div class="TRS_Editor"><p>{text}</p></div>' for text in PARAGRAPHS))
    assert raw.text.split("\n") == PARAGRAPHS


def test_furniture_is_left_out_and_attachments_stay() -> None:
    more = """<div class="share">分享到微信</div><div>扫一扫在手机打开当前页</div><p>【打印】</p>
    <script>var 甲="乙";</script>
    <p>附件：1.<a href="a.docx">申请表</a></p>"""
    raw = page(f"<div class='content'>{BODY}{more}{LINKS}</div>")
    assert raw.text.split("\n") == [*PARAGRAPHS, "附件：1.申请表"]


def test_a_fragment_without_a_head_is_a_page() -> None:
    raw = read_file(
        f"<div class='wrap'>{INDEX}<table><tr><td id='UCAP-CONTENT'>{BODY}</td></tr></table></div>".encode(), "x"
    )
    assert raw.text.split("\n") == PARAGRAPHS
    assert raw.fields["索引号"] == "000000001/2030-00012"


def test_the_declared_charset_and_lost_bytes() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    data = SHELL.format(body=f"<div id=zoom>{BODY}</div>", above="", head=head, title="", links="").encode("gb18030")
    assert read_file(data, "页.html").source.encoding == "gb18030"
    broken = data.replace("保障措施".encode("gb18030"), "保障".encode("gb18030") + b"\xff")
    raw = read_file(broken, "页.html")
    assert [raw.text[: note.span.start][-2:] for note in raw.notes if note.span] == ["保障"]
    assert "%) are not gb18030" in raw.notes[0].message
    assert {note.doubt for note in raw.notes} == {"undecodable"}


def test_pages_that_are_no_documents() -> None:
    with pytest.raises(NoTextLayer, match="OCR"):
        page('<div class="TRS_Editor"><p><img src="1.jpg"></p><p><img src="2.jpg"></p></div>')
    with pytest.raises(UnreadableFile, match="list of links"):
        page(f"<div class='list'>{LINKS}</div>")
    with pytest.raises(UnreadableFile, match="no text"):
        read_file(b"<html><body><div id='app'></div><script>load()</script></body></html>", "页.html")


def test_deep_nesting_is_read() -> None:
    raw = read_file(("<div>" * 3000 + BODY + "</div>" * 3000).encode(), "页.html")
    assert raw.text.split("\n") == PARAGRAPHS


def test_paragraphs_on_the_way_down_are_not_lost() -> None:
    lines = [f"第{number}项工作要按时完成。" for number in range(300)]
    raw = read_file("".join(f"<div><p>{line}</p>" for line in lines).encode(), "页.html")
    assert raw.text.split("\n") == lines


def test_preformatted_lines_stay_lines() -> None:
    assert read_file("<pre>第一行\n  第二行</pre>".encode(), "页.html").text == "第一行\n第二行"
