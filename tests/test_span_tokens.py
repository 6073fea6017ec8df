"""A sentence to tokens and their kinds, and a question to what it asks for."""

import pytest

from assistant.question import plain_query
from assistant.span_features import spans
from assistant.span_question import matched, wanted
from assistant.span_tokens import tokens


def test_a_figure_is_one_token_with_its_qualifier_and_unit() -> None:
    text = "Revenue exceeds 230 billion yuan, up at least 9%."
    figures = [text[token.start : token.end] for token in tokens(text) if token.word == "#"]
    assert figures == ["exceeds 230 billion yuan", "at least 9%"]


def test_a_date_may_be_cut_at_its_year() -> None:
    text = "It opened on 3 May 2026."
    assert [token.kind for token in tokens(text) if token.coarse == "date"] == ["date:number", "date:month", "date:year"]


def test_chinese_is_read_by_character_and_marks_are_folded() -> None:
    assert [(token.kind, token.word) for token in tokens("于，“北”")] == [
        ("han", "于"),
        ("mark:,", ","),
        ('mark:"', '"'),
        ("han", "北"),
        ('mark:"', '"'),
    ]


def test_no_character_but_blanks_is_outside_the_tokens() -> None:
    text = "约2300亿元 (RMB 230 bn), A.B. Smith's 5G—网络 § 3.2"
    covered = {i for token in tokens(text) for i in range(token.start, token.end)}
    assert all(character.isspace() for i, character in enumerate(text) if i not in covered)


@pytest.mark.parametrize(
    ("question", "sort", "noun"),
    [
        ("What is the capital of Ruritania?", "what is", "is capit"),
        ("In which large city was it built?", "which", "citi"),
        ("What kind of medicine did they use?", "what", "medicin"),
        ("How many people live there?", "how many", "peopl"),
        ("In what year did it open?", "when", "year"),
        ("How long is the tunnel?", "how far", ""),
        ("主管部门是哪个机构？", "which", "机构"),
        ("首都叫什么名字？", "what", "名字"),
        ("补贴是多少？", "how many", "is 补贴"),
    ],
)
def test_a_question_has_a_sort_and_a_noun_that_names_the_answer(question: str, sort: str, noun: str) -> None:
    asked = wanted(plain_query(question))
    assert (asked.sort, asked.noun) == (sort, noun)


def test_words_of_the_question_are_known_in_the_sentence_by_their_place_in_it() -> None:
    text = "The bureau owned a village."
    asked = wanted(plain_query("What did the bureau own?"))
    assert matched(asked, text, tokens(text)) == ["-", "first", "last", "-", "", ""]


def test_spans_close_their_brackets_and_keep_inside_a_cell() -> None:
    text = "| Pilot (first) line | 3 million yuan |"
    found = tokens(text)
    asked = wanted(plain_query("What is it?"))
    possible = spans(asked, "en", text, found, matched(asked, text, found))
    texts = {text[found[a].start : found[b].end] for a, b in zip(possible.first, possible.last, strict=True)}
    assert "Pilot (first) line" in texts
    assert "3 million yuan" in texts
    assert not any("|" in one or one.count("(") != one.count(")") for one in texts)
