import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from assistant.schema import AnswerStatus
from assistant.ui.answer import REASONS
from assistant.ui.documents import WIDTHS
from assistant.ui.texts import EXAMPLES, TEXTS, TOPICS, say
from assistant.ui.texts_asking import ASKING
from assistant.ui.texts_browsing import BROWSING
from assistant.ui.texts_evaluation import EVALUATION
from assistant.ui.texts_measures import MEASURES
from ingest.schema import Audience, DocumentStatus, Language

UI = Path(__file__).parent.parent / "assistant" / "ui"
CHINESE = re.compile("[一-鿿]")


def fields(text: str) -> list[str]:
    return sorted(str(part[1]) for part in Formatter().parse(text) if part[1] is not None)


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_gaps(key: str) -> None:
    english, chinese = TEXTS[key]
    assert english.strip()
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese) or chinese == english
    assert fields(english) == fields(chinese)


def test_no_sentence_hides_another_of_its_name() -> None:
    assert len(TEXTS) == sum(map(len, (ASKING, BROWSING, MEASURES, EVALUATION)))


def keys_in_use() -> set[str]:
    used: set[str] = set()
    for file in [*UI.glob("*.py"), UI.parent.parent / "app.py"]:
        calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        says = [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) == "say"]
        used |= {part.value for call in says for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return used


def test_every_sentence_the_pages_name_exists() -> None:
    used = keys_in_use()
    assert len(used) > 40
    assert used <= set(TEXTS)


def test_every_value_a_record_can_take_has_a_word() -> None:
    wanted = {f"status_{status}" for status in get_args(AnswerStatus)}
    wanted |= {f"document_status_{status}" for status in get_args(DocumentStatus)}
    wanted |= {f"language_{code}" for code in get_args(Language)} | {f"audience_{name}" for name in get_args(Audience)}
    wanted |= {f"reason_{code}" for code in REASONS} | {f"column_{name}" for name in WIDTHS}
    assert wanted <= set(TEXTS)


def test_examples_and_topics_are_as_many_in_both_languages() -> None:
    assert len(EXAMPLES["en"]) == len(EXAMPLES["zh"]) >= 4
    assert len(TOPICS["en"]) == len(TOPICS["zh"])


def test_say_fills_the_gaps() -> None:
    assert say("en", "page", page=3) == "page 3"
    assert say("zh", "page", page=3) == "第3页"
