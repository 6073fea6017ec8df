"""Plain text: encodings and careful guesses at structure."""

import codecs

import pytest

from ingest.read.build import Body
from ingest.read.structure import list_marker, numbered_level
from ingest.read.text import read_text
from ingest.schema import ReadError

CHINESE = "某市发展规划\n\n到2030年，镕基科技等企业营业收入达到500亿元以上，年均增长百分之十五。\n"


def _blocks(body: Body) -> list[tuple[tuple[str, ...], str, str]]:
    return [(section.heading, block.kind, body.text[block.start : block.end]) for section in body.sections for block in section.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_text_is_read_in_each_usual_encoding(encoding: str) -> None:
    assert read_text(CHINESE.encode(encoding), "a.txt").text == CHINESE.strip()


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_text(codecs.BOM_UTF8 + b"A plan.", "a.txt").text == "A plan."


def test_western_bytes_are_not_taken_for_chinese() -> None:
    assert "é" in read_text(("Le café de la région a été créé pour l'été. " * 5).encode("cp1252"), "a.txt").text


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ReadError, match="no text in UTF-8"):
        read_text(bytes(range(256)) * 8, "a.txt")


def test_a_press_report_is_paragraphs_under_its_headline() -> None:
    text = "City plans more chips\n\n\nA plant in the city [Photo/City Daily]\n\n"
    text += "The city aims at 100 million yuan by 2030.\n\nIt will build.\n"
    assert _blocks(read_text(text.encode(), "a.txt")) == [
        (("City plans more chips",), "paragraph", "A plant in the city [Photo/City Daily]"),
        (("City plans more chips",), "paragraph", "The city aims at 100 million yuan by 2030."),
        (("City plans more chips",), "paragraph", "It will build."),
    ]


def test_numbered_chinese_headings_make_a_path() -> None:
    text = "规划\n\n第一章 总则\n一、目标\n到2030年达到100亿元。\n（一）重点\n发展芯片。\n二、措施\n1.给予补助。\n2.减免税费。\n"
    assert _blocks(read_text(text.encode(), "a.txt")) == [
        (("规划", "第一章 总则", "一、目标"), "paragraph", "到2030年达到100亿元。"),
        (("规划", "第一章 总则", "一、目标", "（一）重点"), "paragraph", "发展芯片。"),
        (("规划", "第一章 总则", "二、措施"), "list_item", "1.给予补助。"),
        (("规划", "第一章 总则", "二、措施"), "list_item", "2.减免税费。"),
    ]


def test_the_end_of_one_sentence_and_the_beginning_of_the_next_is_no_heading() -> None:
    text = "问答\n\n学院是一般意义上的项目。学院是\n下设于大学的一个单位，学生毕业时可以获得国内外的两种文凭。\n"
    assert [path for path, *_ in _blocks(read_text(text.encode(), "a.txt"))] == [("问答",), ("问答",)]


def test_lines_wrapped_at_a_margin_are_one_paragraph() -> None:
    words = "The province will support firms that build new plants in the zone and will "
    text = "\n".join([words.strip()] * 5) + " pay.\n\nNext paragraph."
    assert len(_blocks(read_text(text.encode(), "a.txt"))) == 2


def test_columns_parted_by_tabs_are_a_table() -> None:
    body = read_text(b"Heads of the table:\n\nYear\tTarget\n2024\t1,200\n2025\t2,300\n", "a.txt")
    row = body.sections[0].blocks[-1]
    assert [(body.text[cell.start : cell.end], cell.head) for cell in row.cells] == [("2025", "Year"), ("2,300", "Target")]


@pytest.mark.parametrize(
    "line", ["第三章 保障措施", "一、总体要求", "（二）主要目标", "Item 7. Analysis", "PART II", "2.1 Scope", "Chapter 3 Targets"]
)
def test_numbered_headings_are_known(line: str) -> None:
    assert numbered_level(line) is not None


@pytest.mark.parametrize(
    "line", ["一、加强领导。各级政府要负责。", "3.5 percent", "2.5亿元", "Part of the plan", "第一条 为了发展产业，制定本办法。"]
)
def test_sentences_and_figures_are_no_headings(line: str) -> None:
    assert numbered_level(line) is None


@pytest.mark.parametrize("line", ["• steel", "- steel", "1. steel", "(a) steel", "（1）钢铁", "①钢铁"])
def test_list_markers_are_known(line: str) -> None:
    marker = list_marker(line)
    assert marker is not None
    assert marker.rest in ("steel", "钢铁")


@pytest.mark.parametrize("line", ["1,200 yuan", "2025 target", "-5 percent", "3.5 percent"])
def test_figures_are_no_list_markers(line: str) -> None:
    assert list_marker(line) is None
