"""Particulars of a question that an answer must share."""

import pytest
from harbour_toys import candidate

from assistant.candidates import candidates
from assistant.features import Concepts, ask, no_concepts
from assistant.kinds import Kind
from assistant.particulars import BOUND, COUNTED, DENIES, EVENT, NUMBERED, ORDINAL, SPELT_OUT, TESTED, particulars
from assistant.question import plain_query
from assistant.schema import Passage
from ingest.schema import Block, Chunk, Source


def gains(question: str, kind: Kind, *texts: str, concepts: Concepts = no_concepts) -> list[float]:
    """What each of a few sentences gains."""
    query = plain_query(question).model_copy(update={"kind": kind})
    found = [candidate(text, language=query.language) for text in texts]
    return [float(gain) for gain in particulars(ask(query, lambda _: 1.0, concepts), found, concepts)]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("What is the most a ferry may pay?", "It pays at most 50 yuan.", "It pays at least 50 yuan."),
        ("What is the lowest fee?", "The fee is at least 50 yuan.", "The fee is up to 50 yuan."),
        ("渡船最多补多少？", "补贴不超过50万元。", "补贴不低于50万元。"),
        ("渡船收费下限多少？", "收费不低于50万元。", "收费不超过50万元。"),
    ],
)
def test_a_cap_answers_for_the_most_and_a_floor_for_the_least(question: str, right: str, wrong: str) -> None:
    assert gains(question, "figure", right, wrong) == [BOUND, 0.0]
    assert gains(question, "yesno", right, wrong) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("We spent 1.8 million on nets. Enough for the grant?", "It needs at least 2 million yuan.", "It pays up to 5 million yuan."),
        ("We have 80 boats of 30 million yuan. Too big for it?", "Assets are at most 20 million yuan.", "It pays at least 5 million yuan."),
        ("我们花了180万元，够不够？", "投入不低于200万元。", "补贴最高500万元。"),
        ("我们营收3000万元，是不是太大？", "营收不超过2000万元。", "补贴不低于500万元。"),
    ],
)
def test_whether_the_askers_figure_is_enough_is_told_by_a_limit_in_its_unit(question: str, right: str, wrong: str) -> None:
    assert gains(question, "yesno", right, wrong) == [TESTED, 0.0]
    assert gains(question, "definition", right, wrong) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Do pilots pay, too?", "Pilots do not pay.", "Pilots may enter."),
        ("渡船也收费吗？", "只对货船收费。", "渡船须登记。"),
    ],
)
def test_a_doubt_is_met_by_a_sentence_that_denies_or_restricts(question: str, right: str, wrong: str) -> None:
    assert gains(question, "yesno", right, wrong) == [DENIES, 0.0]
    assert gains(question, "figure", right, wrong) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("When were the ferry rules issued?", "They were published on 2 May 2020.", "They expire on 2 May 2025."),
        ("When do the ferry rules expire?", "They end on 2 May 2025.", "They were published on 2 May 2020."),
        ("When did the ferry rules take effect?", "They are in force since 3 June 2020.", "They were signed on 2 May 2020."),
        ("渡船办法何时印发？", "2020年5月2日发布。", "2025年5月2日失效。"),
        ("渡船办法何时失效？", "2025年5月2日废止。", "2020年5月2日发布。"),
        ("渡船办法何时生效？", "自2020年6月3日起施行。", "2020年5月2日签署。"),
    ],
)
def test_a_date_is_one_of_the_event_asked_about(question: str, right: str, wrong: str) -> None:
    assert gains(question, "date", right, wrong) == [EVENT, 0.0]
    assert gains(question, "figure", right, wrong) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        ("What does the second pier hold?", "The second pier holds boats.", "The third pier holds boats."),
        ("What does a B-type pier hold?", "A B-type pier holds boats.", "A C-type pier holds boats."),
        ("What is in table 2?", "Table two is for boats.", "Table 3 is for boats."),
        ("第二码头停什么？", "第二码头停渡船。", "第三码头停渡船。"),
        ("B型码头停什么？", "B型码头停渡船。", "C型码头停渡船。"),
    ],
)
def test_another_letter_or_ordinal_than_the_question_s_loses_and_the_same_gains(question: str, same: str, other: str) -> None:
    own, others, neither = gains(question, "fact", same, other, "Gulls sleep.")
    assert own == ORDINAL / 2
    assert others == -ORDINAL
    assert neither == 0.0


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How many piers are there?", "The bay has 70 stone piers.", "Piers stand beside 70 boats."),
        ("What is the number of piers?", "There are three piers.", "There are three boats."),
        ("有多少个码头？", "共有七十个码头。", "共有七十条渡船。"),
    ],
)
def test_a_count_stands_before_the_very_thing_counted(question: str, right: str, wrong: str) -> None:
    assert gains(question, "count", right, wrong) == [COUNTED, 0.0]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("What does FBO stand for?", "The Ferry Berth Office (FBO) is new.", "The FBO is new."),
        ("“FBO”的全称是什么？", "渡船泊位办公室（简称FBO）成立。", "FBO成立。"),
        ("“FBO”指什么？", "FBO（渡船泊位办公室）成立。", "FBO成立。"),
    ],
)
def test_an_abbreviation_is_spelt_out_where_it_stands_beside_brackets(question: str, right: str, wrong: str) -> None:
    assert gains(question, "definition", right, wrong) == [SPELT_OUT, 0.0]


def test_a_glossary_term_counts_as_an_abbreviation_where_its_meaning_is_asked() -> None:
    def concepts(text: str) -> list[tuple[int, int, str]]:
        at = text.find("渡联")
        return [(at, at + 2, "ferries")] if at >= 0 else []

    assert gains("渡联是什么的简称？", "definition", "渡船联合会（渡联）成立。", "渡联成立。", concepts=concepts) == [SPELT_OUT, 0.0]


@pytest.mark.parametrize(
    ("question", "gain"),
    [
        ("Which three boats are old?", NUMBERED),
        ("Which four boats are old?", 0.0),
        ("Which boats are old?", 0.0),
        ("哪三类船旧？", NUMBERED),
        ("哪四类船旧？", 0.0),
    ],
)
def test_a_list_of_as_many_entries_as_the_question_names_gains_with_its_lead(question: str, gain: float) -> None:
    text = "The 3 old boats:\nferries\ntugs\ntrawlers\nGulls sleep."
    lead = (0, text.index("\n"))
    blocks = [Block(kind="paragraph", start=0, end=lead[1])]
    for word in ("ferries", "tugs", "trawlers"):
        blocks.append(Block(kind="list_item", start=text.index(word), end=text.index(word) + len(word), lead=lead))
    blocks.append(Block(kind="paragraph", start=text.index("Gulls"), end=len(text)))
    source = Source(id="a", title="Boats", language="en")
    chunk = Chunk(id="a", source=source, heading=(), start=0, end=len(text), text=text, blocks=tuple(blocks), order=0)
    query = plain_query(question).model_copy(update={"kind": "list"})
    found = candidates([Passage(chunk=chunk, score=1.0, rank=1)])
    told = {c.text: float(own) for c, own in zip(found, particulars(ask(query, lambda _: 1.0), found, no_concepts), strict=True)}
    assert {told[word] for word in ("ferries", "tugs", "trawlers")} == {gain}
    assert told.get("The 3 old boats:", gain) == gain
    assert told["Gulls sleep."] == 0.0
