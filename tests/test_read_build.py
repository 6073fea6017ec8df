"""The builder: offsets, sections, leads and pages."""

from ingest.read.build import Body, Builder


def _texts(body: Body) -> list[tuple[str, str]]:
    return [(block.kind, body.text[block.start : block.end]) for section in body.sections for block in section.blocks]


def test_sections_exclude_their_headings_and_carry_the_path() -> None:
    builder = Builder()
    builder.paragraph("Before.")
    builder.heading("Part", 1)
    builder.heading("Chapter", 2)
    builder.paragraph("Inside.")
    builder.heading("Next part", 1)
    builder.paragraph("After.")
    body = builder.body()
    assert body.text == "Before.\n\nPart\n\nChapter\n\nInside.\n\nNext part\n\nAfter."
    assert [section.heading for section in body.sections] == [(), ("Part", "Chapter"), ("Next part",)]
    assert [body.text[section.start : section.end] for section in body.sections] == ["Before.", "Inside.", "After."]


def test_a_heading_without_text_is_kept_as_text() -> None:
    builder = Builder()
    builder.heading("Annex A", 2)
    builder.heading("Annex B", 2)
    assert _texts(builder.body()) == [("paragraph", "Annex A"), ("paragraph", "Annex B")]


def test_list_items_carry_the_sentence_that_introduces_them() -> None:
    builder = Builder()
    builder.paragraph("The plan has goals. Firms must:")
    builder.item("be registered")
    builder.item("either")
    builder.item("small", level=1)
    builder.item("pay tax")
    body = builder.body()
    leads = [body.text[slice(*block.lead)] if block.lead else "" for block in body.sections[0].blocks]
    assert leads == ["", "Firms must:", "Firms must:", "either", "Firms must:"]


def test_a_marker_stands_before_its_item() -> None:
    builder = Builder()
    builder.item("steel", marker="•")
    body = builder.body()
    assert body.text == "• steel"
    assert _texts(body) == [("list_item", "steel")]


def test_rows_carry_the_heads_of_their_columns() -> None:
    builder = Builder()
    builder.paragraph("表1 主要指标")
    builder.paragraph("（单位：亿元）")
    builder.table([["指标", "收入", "收入"], ["指标", "2020年", "2025年"]], [["电子", "1,000", "2,300"]])
    body = builder.body()
    row = body.sections[0].blocks[-1]
    assert body.text[row.start : row.end] == "电子 | 1,000 | 2,300"
    assert [(body.text[cell.start : cell.end], cell.head) for cell in row.cells] == [
        ("电子", "指标"),
        ("1,000", "收入 2020年"),
        ("2,300", "收入 2025年"),
    ]
    assert row.lead is not None
    assert body.text[slice(*row.lead)] == "表1 主要指标\n\n（单位：亿元）"


def test_page_breaks_leave_the_text_and_become_page_starts() -> None:
    builder = Builder()
    builder.paragraph("one \fgoes on")
    builder.paragraph("\f\fthree")
    body = builder.body(paged=True)
    assert body.text == "one goes on\n\nthree"
    assert body.page_starts == (0, 4, 11, 11)
    assert body.blank_pages == (3,)


def test_invisible_characters_and_line_breaks_inside_chinese_words_go() -> None:
    builder = Builder()
    builder.paragraph("营业\n收入\u200b of the\nplan\U000e0041\u202e\u00ad\x07\ue000")
    assert builder.body().text == "营业收入 of the plan"


def test_a_line_break_beside_a_chinese_character_is_nothing() -> None:
    builder = Builder()
    builder.paragraph("到2030\n年达到5\n000亿元，\nTOPCon\ncells “\nof\n” 2030\n2031")
    assert builder.body().text == "到2030年达到5000亿元，TOPCon cells “ of ” 2030 2031"


def test_a_hyphen_at_a_line_end_stays() -> None:
    builder = Builder()
    builder.paragraph("third-\ngeneration chips")
    assert builder.body().text == "third-generation chips"
