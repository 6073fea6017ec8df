"""Features of candidates in the other language: what question and text share as the embedder reads them."""

from assistant.across import Across, features_across
from assistant.candidates import candidates
from assistant.features import NAMES, Matrix, ask, features
from assistant.question import plain_query
from assistant.schema import Passage
from ingest.gloss import Glosses
from ingest.schema import Block, Chunk, Language, Source

ACROSS = Across(Glosses({"博士": "doctor", "补贴": "subsidy", "硕士": "master", "每": "every", "人": "person"}), lambda term: 1.0)
COVERED, CHARACTERS = NAMES.index("covered"), NAMES.index("characters")


def passage(text: str, language: Language) -> Passage:
    """One paragraph as the best passage."""
    block = Block(kind="paragraph", start=0, end=len(text))
    source = Source(id="d", title="T", language=language)
    chunk = Chunk(id="1", source=source, heading=(), start=0, end=len(text), text=text, blocks=(block,), order=0)
    return Passage(chunk=chunk, score=1.0, rank=1)


def raised(question: str, *passages: Passage) -> tuple[Matrix, Matrix]:
    """The features before and after."""
    query, found = plain_query(question), candidates(passages)
    matrix = features(ask(query, lambda term: 1.0), found)
    return matrix, features_across(query, found, matrix, ACROSS)


def test_an_english_question_shares_words_with_the_reading_of_a_chinese_sentence() -> None:
    before, after = raised("Subsidy of a doctor?", passage("博士补贴20万元。硕士每人5万元。", "zh"))
    assert before[:, COVERED].tolist() == [0.0, 0.0]
    assert after[:, COVERED].tolist() == [1.0, 0.0]


def test_a_chinese_question_shares_words_with_an_english_sentence() -> None:
    before, after = raised("博士补贴？", passage("A doctor gets a subsidy. Fees are due in May.", "en"))
    assert before[:, COVERED].tolist() == [0.0, 0.0]
    assert after[:, COVERED].tolist() == [1.0, 0.0]


def test_candidates_in_the_language_of_the_question_stay_as_they_are() -> None:
    before, after = raised("博士补贴？", passage("博士补贴20万元。", "zh"), passage("A doctor gets a subsidy.", "en"))
    assert before[0].tolist() == after[0].tolist()
    assert after[0, CHARACTERS] == 1.0
    same, unchanged = raised("Subsidy of a doctor?", passage("A doctor gets a subsidy.", "en"))
    assert unchanged is same
