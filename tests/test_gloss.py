"""Chinese to English word by word, which only the reader sees."""

from pathlib import Path

import pytest

from ingest.gloss import LONGEST, MOST_WORDS, Glosses, glosses_file, glosses_of, open_glosses, preferred_words
from ingest.schema import PlanQueryError
from ingest.settings import Settings

ENTRIES = [
    ("港口", "港口", "gang3 kou3", ["port; harbor"]),
    ("碼頭", "码头", "ma3 tou5", ["CL:個|个[ge4]", "(at a harbor) dock; pier"]),
    ("開放", "开放", "kai1 fang4", ["to open (to the public)"]),
    ("行", "行", "Xing2", ["surname Xing", "name", "other", "more"]),
    ("行", "行", "hang2", ["row"]),
    ("行", "行", "xing2", ["to go", "to travel"]),
    ("園區", "园区", "yuan2 qu1", ["site developed for a group of enterprises", "park"]),
    ("某市", "某市", "Mou3 shi4", ["Mou prefecture-level city in Somewhere 某省[Mou3 sheng3]"]),
    ("的", "的", "di4", ["bull's-eye"]),
    ("長" * (LONGEST + 1), "长" * (LONGEST + 1), "chang2", ["never"]),
]


@pytest.fixture(scope="module")
def words() -> dict[str, str]:
    return glosses_of(ENTRIES)


def test_the_first_sense_stands_for_a_word_in_both_scripts(words: dict[str, str]) -> None:
    assert words["港口"] == "port"
    assert words["码头"] == words["碼頭"] == "dock"
    assert words["开放"] == "open"


def test_the_reading_with_most_senses_counts_and_a_surname_last(words: dict[str, str]) -> None:
    assert words["行"] == "go"


def test_a_short_sense_goes_before_one_that_explains_and_what_a_place_lies_in_is_left_out(words: dict[str, str]) -> None:
    assert words["园区"] == "park"
    assert words["某市"] == "Mou"


def test_sayings_are_no_words(words: dict[str, str]) -> None:
    assert max(map(len, words)) <= LONGEST


def test_runs_of_chinese_are_cut_into_the_fewest_words_and_the_rest_stays(words: dict[str, str]) -> None:
    glosses = Glosses({**words, **preferred_words()})
    assert glosses("2025年，港口的码头开放多少？") == "2025 year , port dock open how much ?"
    assert glosses("The port opens.  Two spaces") == "The port opens.  Two spaces"
    assert glosses("") == ""


def test_a_character_without_a_sense_goes(words: dict[str, str]) -> None:
    assert Glosses(words)("港口龘码头") == "port dock"


def test_the_packaged_words_translate_questions_of_a_plan() -> None:
    glosses = open_glosses(Settings(_env_file=None).models, set_up=True)
    told = glosses("太原市哪些企业可以申请补贴？")
    assert told == "Taiyuan which enterprise can apply subsidy ?"
    assert glosses("出口项目的比例按2024年本计") == "export item proportion according to 2024 year this calculate"
    known = open_glosses(Settings(_env_file=None).models, {"补贴": "grant"}, set_up=True)
    assert known("太原市哪些企业可以申请补贴？") == told.replace("subsidy", "grant")
    assert all(len(gloss.split()) <= MOST_WORDS for gloss in glosses("園區。獎勵。規模。").split(" . "))


def test_glosses_are_written_once_and_missing_ones_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match=r"not set up in .*run `python -m ingest`"):
        open_glosses(tmp_path)
    open_glosses(tmp_path, set_up=True)
    before = glosses_file(tmp_path).stat().st_mtime_ns
    open_glosses(tmp_path, set_up=True)
    assert [path.name for path in tmp_path.iterdir()] == [glosses_file(tmp_path).name]
    assert glosses_file(tmp_path).stat().st_mtime_ns == before
