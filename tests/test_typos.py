import pytest

from assistant.typos import Vocabulary, correct, distance
from ingest.glossary import Glossary, Term
from ingest.lexical import count_words

GLOSSARY = Glossary(
    terms=(
        Term(id="revenue", kind="indicator", zh=("营业收入",), en=("revenue",)),
        Term(id="battery", kind="sector", zh=("新化学电池",), en=("new chemical battery",)),
        Term(id="taiyuan", kind="place", zh=("太原市", "太原"), en=("Taiyuan",)),
    )
)
TEXTS = (
    "The manufacturing plan supports electricity prices, semiconductor products and revenue.",
    "营业收入目标与新化学电池在太原市",
    "form from",
)
WORDS = Vocabulary(count_words(TEXTS), GLOSSARY, is_word={"compound"}.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("revnue of manufcturing", "revenue of manufacturing"),
        ("electrisity prices", "electricity prices"),
        ("semicondutor prodcts", "semiconductor products"),
        ("营业收人目标是多少", "营业收入目标是多少"),
        ("新化学店池有哪些", "新化学电池有哪些"),
        ("泰原的政策", "太原的政策"),  # two characters, alike in sound
    ],
)
def test_slip_is_put_right(typed: str, meant: str) -> None:
    assert correct(typed, WORDS) == meant


@pytest.mark.parametrize(
    "text",
    [
        "manufacturing plans",  # an inflected form of a word that is there
        "compound prices",  # an English word, though in no document
        "Xiangfeng and TOPCon",  # names
        "teh pln",  # too short to tell
        "太原做芯片",  # a verb behind a place, no slip of 太原市
        "太原自己的政策",
        "那原来的政策",  # 那 does not sound like 太
        "totals needn't match",
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert correct(text, WORDS) == text


def test_word_between_two_others_stays() -> None:
    near = Vocabulary({"grants": 3, "grands": 3})

    assert correct("granqs", near) == "granqs"
    assert correct("granqs", Vocabulary({"grants": 30, "grands": 3})) == "grants"


@pytest.mark.parametrize(("one", "other", "steps"), [("rebaet", "rebate", 1), ("plan", "plan", 0), ("cel", "cell", 1), ("abc", "xyz", 3)])
def test_distance_counts_swaps_of_neighbours_once(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == steps
