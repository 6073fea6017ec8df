"""HTML: what a reader of the page sees."""

import pytest

from ingest.read.build import Body
from ingest.read.html import read_html
from ingest.schema import ReadError


def _read(html: str) -> Body:
    return read_html(html.encode(), "a.html")


def _texts(body: Body) -> list[tuple[str, str]]:
    return [(block.kind, body.text[block.start : block.end]) for section in body.sections for block in section.blocks]


def test_what_a_reader_does_not_see_is_left_out() -> None:
    body = _read(
        "<body><script>x</script><style>p{}</style><p>Seen.</p><p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c</p>"
        "<!-- d --><div style='visibility:hidden'>e</div><noscript>f</noscript><template>g</template></body>"
    )
    assert body.text == "Seen."


def test_menus_and_page_furniture_are_left_out() -> None:
    links = "".join(f"<li><a href='#'>Topic {number}</a></li>" for number in range(8))
    body = _read(
        f"<body><div class='top'><ul>{links}</ul></div><nav>Home</nav><h1>Plan</h1><p>{'Words of the plan. ' * 10}</p>"
        "<div class='y_foot'>Contact us</div></body>"
    )
    assert "Topic" not in body.text
    assert "Contact" not in body.text
    assert body.text.startswith("Plan\n\nWords")


def test_a_page_of_links_keeps_them() -> None:
    links = "".join(f"<li><a href='#'>Document {number}</a></li>" for number in range(8))
    assert "Document 7" in _read(f"<body><ul>{links}</ul></body>").text


def test_spans_of_cells_are_resolved_and_heads_joined() -> None:
    body = _read(
        "<table><caption>Table 1</caption><tr><th rowspan=2>Sector</th><th colspan=2>Revenue</th></tr><tr><th>2020</th><th>2025</th></tr>"
        "<tr><td rowspan=2>Chips</td><td>10</td><td>20</td></tr><tr><td>11</td><td>21</td></tr></table>"
    )
    last = body.sections[0].blocks[-1]
    assert body.text[last.start : last.end] == "Chips | 11 | 21"
    assert [cell.head for cell in last.cells] == ["Sector", "Revenue 2020", "Revenue 2025"]
    assert last.lead is not None
    assert body.text[slice(*last.lead)] == "Table 1"


def test_the_first_row_is_the_head_where_none_is_marked() -> None:
    body = _read("<table><tr><td>项目</td><td>金额</td></tr><tr><td>学\n费</td><td>5000元</td></tr></table>")
    assert _texts(body) == [("table_head", "项目 | 金额"), ("table_row", "学费 | 5000元")]
    assert [cell.head for cell in body.sections[0].blocks[1].cells] == ["项目", "金额"]


def test_layout_tables_are_flattened() -> None:
    body = _read("<table><tr><td><p>First.</p><table><tr><td>Second.</td></tr></table></td></tr></table>")
    assert _texts(body) == [("paragraph", "First."), ("paragraph", "Second.")]


def test_lists_keep_their_depth_and_their_lead() -> None:
    body = _read("<p>You need:</p><ul><li>a plan<ul><li>with a date</li></ul></li><li>money</li></ul>")
    blocks = body.sections[0].blocks
    assert [(block.kind, block.level) for block in blocks] == [("paragraph", 0), ("list_item", 0), ("list_item", 1), ("list_item", 0)]
    assert blocks[3].lead == (blocks[0].start, blocks[0].end)
    assert blocks[2].lead == (blocks[1].start, blocks[1].end)


def test_numbered_chinese_paragraphs_are_headings() -> None:
    body = _read("<h1>章程</h1><p>一、报考条件</p><p>年满十八周岁。</p>")
    assert body.sections[0].heading == ("章程", "一、报考条件")


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_declared_chinese_encodings_are_read_as_their_superset(declared: str) -> None:
    html = f"<html><head><meta charset={declared}></head><body><p>朱镕基说明了规划。</p></body></html>"
    assert read_html(html.encode("gb18030"), "a.html").text == "朱镕基说明了规划。"


def test_a_wrong_declaration_gives_way_to_the_bytes() -> None:
    html = "<html><head><meta charset=ascii></head><body><p>规划</p></body></html>"
    assert read_html(html.encode(), "a.html").text == "规划"


def test_the_heading_of_the_page_is_the_title() -> None:
    assert _read("<title>Portal</title><body><h1>The plan</h1><p>x</p></body>").title == "The plan"


def test_a_page_nested_without_end_is_named() -> None:
    with pytest.raises(ReadError, match=r"a\.html: HTML nested more than"):
        _read("<div>" * 3000 + "x")
