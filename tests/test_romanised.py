"""Names that question and documents write in different scripts."""

import pytest

from assistant.romanised import Romanised, spelled
from ingest.lexical import count_words

DOCUMENTS = (
    "澜陵市2026年规划。澜陵市发布。",
    "青龙湾园区由澜陵市管理。",
    "The Yunxiu zone pays women and men alike.",
    "何时申报",
    "招生 zhaosheng@site",
)
NAMES = Romanised(count_words(DOCUMENTS), is_word={"women", "zone", "pays", "alike", "what", "招生"}.__contains__)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What does Lanling pay?", (("澜陵", "lanling"),)),
        ("what does lanling pay", (("澜陵", "lanling"),)),
        ("Who runs the Qinglongwan park?", (("青龙湾", "qinglongwan"),)),
        ("云岫片区怎么补贴？", (("云岫", "yunxiu"),)),
        ("我们怎么申报？", ()),  # "women" is an English word
        ("What does the Heshi office do?", ()),  # 何时 asks, it names nothing
        ("招生计划是多少？", ()),  # a word of the dictionary, though a page spells it, too
        ("What does Hanxi pay?", ()),
    ],
)
def test_a_name_is_known_by_its_sound(question: str, names: tuple[tuple[str, str], ...]) -> None:
    assert NAMES.names(question) == names


def test_of_names_that_sound_alike_the_commonest_come_first() -> None:
    alike = Romanised(count_words(("兰陵", "澜陵", "澜陵", "蓝领", "蓝领", "蓝领")), is_word=lambda _: False)
    assert alike.chinese("lanling") == ["蓝领", "澜陵"]


def test_chinese_names_are_spelled_in_latin_letters() -> None:
    assert spelled("澜陵市规划", (("澜陵", "lanling"),)) == " Lanling 市规划"
