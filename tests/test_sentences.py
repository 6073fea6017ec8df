"""Sentence spans of English and Chinese text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Growth is 2.5 percent. It rises.", ["Growth is 2.5 percent.", "It rises."]),
        ("See e.g. Article 3 and vs. Doe.", ["See e.g. Article 3 and vs. Doe."]),
        ("Document No. 17 of St. Louis applies. Mr. J. Smith signs.", ["Document No. 17 of St. Louis applies.", "Mr. J. Smith signs."]),
        ("The answer is no. The U.S. Treasury agrees.", ["The answer is no.", "The U.S. Treasury agrees."]),
        (
            "It was sold in the U.S. The buyer is Foo Co. Ltd. Then it closed.",
            ["It was sold in the U.S.", "The buyer is Foo Co. Ltd.", "Then it closed."],
        ),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ('"Really?" he asked.', ['"Really?" he asked.']),
        ("Wait... and see. Done", ["Wait... and see.", "Done"]),
        ("It holds.[3] Next one.", ["It holds.[3]", "Next one."]),
        ("营业收入达到2300亿元以上。年均增长15.5%！好吗？“是。”", ["营业收入达到2300亿元以上。", "年均增长15.5%！", "好吗？", "“是。”"]),
        ("支持A；鼓励B。", ["支持A；鼓励B。"]),
        (
            "对首次达到规模以上的企业，给予一次性奖励50万元，由省财政全额承担；对连续三年保持增长的企业，再给予奖励30万元。",
            ["对首次达到规模以上的企业，给予一次性奖励50万元，由省财政全额承担；", "对连续三年保持增长的企业，再给予奖励30万元。"],
        ),
        ("（一）加强领导；（二）完善机制。", ["（一）加强领导；", "（二）完善机制。"]),
        ("Sector one.中文开头。", ["Sector one.", "中文开头。"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_stops_end_sentences_and_abbreviations_do_not(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. First item\n2. Second item. More.", ["1. First item", "2. Second item.", "More."]),
        ("- one\n- two goes on\n  and wraps", ["- one", "- two goes on\n  and wraps"]),
        ("Heading\nBody starts here.", ["Heading", "Body starts here."]),
        ("Target 2,300\nGrowth 15", ["Target 2,300", "Growth 15"]),
        (
            "The province aims at revenue of electronics firms in the\nShanxi Basin of more than 230 billion yuan by then.",
            ["The province aims at revenue of electronics firms in the\nShanxi Basin of more than 230 billion yuan by then."],
        ),
        (
            "到2025年全省规模以上电子信息制造业企业营业收入达到2300亿\n元以上。",
            ["到2025年全省规模以上电子信息制造业企业营业收入达到2300亿\n元以上。"],
        ),
        ("One paragraph, cut,\n\nanother", ["One paragraph, cut,", "another"]),
    ],
)
def test_a_line_break_ends_a_sentence_unless_the_line_is_only_wrapped(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet='aB1 .,!?。！？；;\n"”)（(-、中文', max_size=80))
def test_no_character_but_blanks_is_lost(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_a_megabyte_takes_less_than_a_second() -> None:
    text = "The plan aims for 2.5 bn (e.g. U.S. dollars). 到2025年，营业收入达到2300亿元以上。\n" * 12_000
    began = time.perf_counter()
    assert len(sentence_spans(text)) == 24_000
    assert time.perf_counter() - began < 3.0
