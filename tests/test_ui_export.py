import re
from io import BytesIO
from pathlib import Path

import docx
from markdown_it import MarkdownIt
from ui_toys import HOSTILE, TARGET, toy_answer, toy_desk

from assistant.history import Message
from assistant.ui.desk import Desk
from assistant.ui.export import to_markdown, to_word
from ingest.schema import Language


def conversation(tmp_path: Path, *questions: str, language: Language = "en") -> tuple[Desk, tuple[Message, ...]]:
    desk = toy_desk(tmp_path, language)
    home = desk.history.begin("ann", questions[0])
    for question in questions:
        desk.history.add("ann", home, toy_answer(question))
    return desk, desk.history.messages("ann", home)


def word_text(file: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs)


def test_both_exports_carry_question_answer_source_and_receipt(tmp_path: Path) -> None:
    desk, messages = conversation(tmp_path, "What revenue is aimed for?")
    markdown = MarkdownIt().render(to_markdown(desk, messages))
    for text in (re.sub("<[^>]+>", "", markdown), word_text(to_word(desk, messages))):
        for part in (
            "What revenue is aimed for?",
            "Answered",
            TARGET,
            "Toy plan to 2025",
            "Toy [2022] No. 1",
            "Chapter 1 › Targets",
            "page 1",
            "expired",
            "https://example.org/plan",
            "2026-11-23",
            "engine extractive",
            "gen-1",
            "corp-1",
            "The plan's horizon has *passed*.",
        ):
            assert part in text.replace("&gt;", ">").replace("&lt;", "<"), part


def test_exports_speak_the_language_of_the_window(tmp_path: Path) -> None:
    desk, messages = conversation(tmp_path, "营业收入目标？", language="zh")
    for text in (to_markdown(desk, messages), word_text(to_word(desk, messages))):
        assert "已回答" in text
        assert "玩具规划" in text
        assert "已到期" in text
        assert "第1页" in text


def test_hostile_text_stays_text_in_markdown(tmp_path: Path) -> None:
    desk, messages = conversation(tmp_path, f"补贴 {HOSTILE}")
    markup = MarkdownIt("commonmark", {"html": True}).render(to_markdown(desk, messages))
    assert not re.search(r"<(script|img|a )", markup.replace('<a href="https://example.org', ""))
    assert "javascript:alert(1)" in re.sub("<[^>]+>", "", markup)


def test_characters_that_xml_cannot_hold_do_not_break_word(tmp_path: Path) -> None:
    desk, messages = conversation(tmp_path, "revenue \x00\x08\x1f \ufffe end")
    assert "end" in word_text(to_word(desk, messages))


def test_an_answer_without_its_record_is_exported_as_text(tmp_path: Path) -> None:
    desk, messages = conversation(tmp_path, "revenue")
    bare = tuple(message.model_copy(update={"answer": None}) for message in messages)
    assert "230 billion" in to_markdown(desk, bare)
    assert "230 billion" in word_text(to_word(desk, bare))
