"""`ingest.read.pdf_flow`: what is a heading, an item or page furniture, told by how the lines are set."""

from collections.abc import Sequence

import pytest

from ingest.read.build import Body
from ingest.read.characters import join_lines
from ingest.read.pdf_flow import add_lines
from ingest.read.pdf_lines import Line, page_lines
from ingest.read.pdf_shapes import Box, with_bullets
from ingest.read.pdf_spans import Span
from ingest.read.running import without_running_lines

BODY = "企业购置设备的，按投资额给予补助，具体比例由省级主管部门会同财政部门确定。"


def span(text: str, y: float, *, size: float = 12.0, face: str = "FangSong", left: float = 60.0) -> Span:
    return Span(text, left, left + size * len(text), y, size, False, face)


def page(spans: Sequence[Span], number: int = 0) -> list[Line]:
    return page_lines(spans, number)


def read(*pages: Sequence[Span]) -> Body:
    return add_lines(without_running_lines([page(spans, number) for number, spans in enumerate(pages)]), None, [])


def test_a_chinese_line_in_another_font_is_a_heading_though_it_is_no_larger() -> None:
    body = read([span("2025年营业收入目标", 700, face="SimHei"), *(span(BODY, 680 - 20 * row) for row in range(3))])
    assert [section.heading for section in body.sections] == [("2025年营业收入目标",)]
    assert body.sections[0].blocks[0].kind == "paragraph"
    assert body.text.endswith(BODY * 3)


def test_a_large_heading_goes_on_where_its_first_line_was_full() -> None:
    title = "山西省促进电子信息制造业高质量发展若干措施"
    body = read([span(title, 760, size=22), span("实施细则", 724, size=22), *(span(BODY, 680 - 20 * row) for row in range(9))])
    assert body.title == f"{title}实施细则"


def test_two_large_lines_that_had_room_are_two_headings() -> None:
    body = read([span("发展规划", 760, size=22), span("总体要求", 720, size=22), *(span(BODY, 680 - 20 * row) for row in range(9))])
    assert body.title == "发展规划"
    assert "总体要求" in body.sections[-1].heading


@pytest.mark.parametrize(("moved", "is_kept"), [(0.0, False), (30.0, True)])
def test_a_line_of_two_pages_runs_only_at_the_same_place(moved: float, is_kept: bool) -> None:
    pages = [
        [span("内部资料", 800 - shift, size=9), span(BODY, 700), span(f"{number}", 30, size=9)] for number, shift in ((1, 0.0), (2, moved))
    ]
    body = read(*pages)
    assert ("内部资料" in body.text) == is_kept


@pytest.mark.parametrize(("foot", "is_kept"), [("1/1", False), ("- 1 -", False), ("第1页 共1页", False), ("2300", True)])
def test_a_page_number_that_says_so_goes_even_from_a_single_page(foot: str, is_kept: bool) -> None:
    assert read([span(BODY, 700), span(foot, 30, size=9)]).text.endswith(foot if is_kept else "确定。")


def test_a_drawn_dot_before_a_line_is_its_bullet() -> None:
    dots = [Box(50, 704, 54, 708), Box(50, 684, 54, 688), Box(300, 684, 304, 688)]
    body = read(with_bullets([span("开发区；", 700), span("独立法人。", 680)], dots))
    assert [(block.kind, body.text[block.start : block.end]) for block in body.sections[0].blocks] == [
        ("list_item", "开发区；"),
        ("list_item", "独立法人。"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("what firms in industry earn (收入,", "利润) counts", "what firms in industry earn (收入, 利润) counts"),
        ("this has applied for years under", "财税〔2018〕76号.", "this has applied for years under 财税〔2018〕76号."),
        ("支持企业采用LED", "照明产品", "支持企业采用LED照明产品"),
        ("see the notice (公告", "2023年第7号)", "see the notice (公告2023年第7号)"),
        ("the page http://a.org/list?", "id=7", "the page http://a.org/list?id=7"),
    ],
)
def test_a_line_break_is_a_space_between_latin_words_only(first: str, second: str, joined: str) -> None:
    assert join_lines(first, second) == joined
