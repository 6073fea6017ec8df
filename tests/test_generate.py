"""Drafts by a chat model, with a fake model in the process: reading replies, keys, quotes, budgets."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from assistant.generate import check_claim, generate, stream_drafts
from assistant.model import ChatModel
from assistant.question import plain_query
from assistant.reply import Stated, read_claims, read_object
from assistant.schema import Draft, Passage
from assistant.shown import evidence_of, show, token_estimate
from ingest.settings import Settings
from ingest.store import Generation
from tests.toys import passages_of, toy_index

QUESTION = "What annual revenue do robot makers reach by 2028?"
TARGET = "By 2028, robot makers reach annual revenue of more than 40 billion yuan."
GRANT = "对新引进的博士，一次性给予安家补贴20万元。"
CLAIM = {"text": TARGET, "quotes": [{"key": "k", "quote": TARGET}]}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("drafts"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def plan(index: Generation) -> Passage:
    return next(passage for passage in passages_of(index, QUESTION) if TARGET in passage.chunk.text)


def draft_of(replies: list[str], passages: list[Passage], question: str = QUESTION, **more: int) -> Draft:
    settings = Settings(_env_file=None, chat_timeout=10, **more)
    extracted = Draft(status="not_found", refusal="nothing")
    return generate(plain_query(question), passages, ChatModel("fake:list", FakeListChatModel(responses=replies)), settings, extracted)


READABLE = {
    "plain": json.dumps({"claims": [CLAIM]}),
    "fenced": "```json\n" + json.dumps({"claims": [CLAIM]}, indent=1) + "\n```",
    "with prose": "Here you are: " + json.dumps({"claims": [CLAIM]}) + " I hope it helps {really}.",
    "after thoughts": "<think>{maybe} not</think>" + json.dumps({"claims": [CLAIM]}),
    "one quote, no list": json.dumps({"claims": [{**CLAIM, "quotes": CLAIM["quotes"][0]}]}),
    "quote on the claim": json.dumps({"claims": [{"text": TARGET, "key": "k", "quote": TARGET}]}),
    "with strange rows": json.dumps({"claims": [3, "x", None, {"text": 5}, {"text": ""}, CLAIM]}),
    "with more fields": json.dumps({"note": "x", "claims": [{**CLAIM, "confidence": 1}]}),
}


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE)
def test_a_reply_is_read_in_whatever_it_is_wrapped(text: str) -> None:
    assert read_claims(text) == ((Stated(text=TARGET, quotes=(("k", TARGET),)),), True)


@pytest.mark.parametrize("text", ["", "no", "{", "[]", "{]", '{"claims": 3}', '{"claims": {"text": "x"}}', "null", "{" * 4000, "<think>{}"])
def test_anything_else_is_no_claim_and_no_error(text: str) -> None:
    assert read_claims(text)[0] == ()


def test_while_a_reply_grows_only_complete_claims_are_read() -> None:
    text = json.dumps({"claims": [CLAIM, {"text": "Second.", "quotes": []}]})
    counts = [len(read_claims(text[:length])[0]) for length in range(len(text) + 1)]
    assert counts == sorted(counts)
    assert counts[text.index(', {"text": "Second."')] == 1
    assert set(counts) == {0, 1, 2}
    assert counts[text.rindex("}]}")] == 1


def test_an_object_in_a_reply_is_found_or_none() -> None:
    assert read_object('say {"question": "x"} ok') == {"question": "x"}
    assert read_object("say") is None


def test_keys_come_from_content_and_do_not_depend_on_order(index: Generation) -> None:
    passages = passages_of(index, QUESTION)
    assert set(show(passages, 6000)) == set(show(passages[::-1], 6000))
    assert len(show(passages, 6000)) == len(passages)


def test_a_key_never_shown_counts_for_nothing(plan: Passage) -> None:
    shown = show([plan], 6000)
    assert check_claim(Stated(text=TARGET, quotes=(("madeup", TARGET),)), shown).failed == ((TARGET, "quote"),)
    assert check_claim(Stated(text=TARGET, quotes=(("madeup", TARGET), (next(iter(shown)), TARGET))), shown).failed == ()


@pytest.mark.parametrize(
    "quote", [TARGET, "robot makers reach annual revenue", "  ROBOT".lower() + " makers\n reach", "more than 40 billion yuan."]
)
def test_a_quote_is_widened_to_its_whole_sentence(plan: Passage, quote: str) -> None:
    found = evidence_of(plan, quote)
    assert found is not None
    assert found.quote == TARGET == plan.chunk.slice(found.start, found.end)


@pytest.mark.parametrize("quote", ["", "...", "。", "robots makers reach", "revenue of more than 50 billion yuan"])
def test_a_quote_that_stands_nowhere_is_none(plan: Passage, quote: str) -> None:
    assert evidence_of(plan, quote) is None


def test_width_and_quotation_marks_of_a_quote_may_differ(index: Generation) -> None:
    passage = next(one for one in passages_of(index, "博士安家补贴") if GRANT in one.chunk.text)
    found = evidence_of(passage, GRANT.replace("，", ",").replace("20", "２０"))
    assert found is not None
    assert found.quote == GRANT


def test_a_chinese_question_gets_a_chinese_draft(index: Generation) -> None:
    passages = passages_of(index, "博士安家补贴多少")
    key = next(key for key, one in show(passages, 6000).items() if GRANT in one.text)
    claim = {"text": "对新引进的博士一次性给予安家补贴20万元。", "quotes": [{"key": key, "quote": "一次性给予安家补贴20万元"}]}
    draft = draft_of([json.dumps({"claims": [claim]}, ensure_ascii=False)], passages, "博士安家补贴多少")
    assert [(one.text, one.evidence[0].quote) for one in draft.claims] == [(claim["text"], GRANT)]
    assert draft.engine == "fake:list"


def test_an_empty_reply_agrees_with_a_refusal_but_does_not_silence_an_answer(index: Generation, plan: Passage) -> None:
    agreed = draft_of(['{"claims": []}'], [plan])
    assert (agreed.status, agreed.engine, agreed.notices) == ("not_found", "fake:list", ())
    settings = Settings(_env_file=None, chat_timeout=10)
    answered = Draft(status="answered", claims=())
    model = ChatModel("fake:list", FakeListChatModel(responses=['{"claims": []}']))
    kept = generate(plain_query(QUESTION), [plan], model, settings, answered)
    assert (kept.status, kept.engine, len(kept.notices)) == ("answered", "extractive", 1)


def test_without_passages_no_model_is_asked(index: Generation) -> None:
    assert draft_of([], []).refusal == "nothing"


def test_a_repair_adds_to_what_was_proved(index: Generation, plan: Passage) -> None:
    key = next(iter(show([plan], 6000)))
    exports = "Exports grow by about 9 percent a year."
    rows = [[(TARGET, TARGET), ("Exports grow by 12 percent a year.", exports)], [(exports, exports)]]
    replies = [json.dumps({"claims": [{"text": a, "quotes": [{"key": key, "quote": b}]} for a, b in row]}) for row in rows]
    draft = draft_of(replies, [plan])
    assert [claim.text for claim in draft.claims] == [TARGET, exports]


def test_every_draft_of_the_stream_extends_the_one_before(index: Generation, plan: Passage) -> None:
    key = next(iter(show([plan], 6000)))
    exports = "Exports grow by about 9 percent a year."
    reply = json.dumps({"claims": [{"text": text, "quotes": [{"key": key, "quote": text}]} for text in (TARGET, exports)]})
    model = ChatModel("fake:list", FakeListChatModel(responses=[reply]))
    settings = Settings(_env_file=None, chat_timeout=10)
    drafts = list(stream_drafts(plain_query(QUESTION), [plan], model, settings, Draft(status="not_found")))
    texts = [[claim.text for claim in draft.claims] for draft in drafts]
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(texts))
    assert texts[-1] == [TARGET, exports]


def test_the_budget_cuts_the_first_passage_and_leaves_out_what_does_not_fit(plan: Passage) -> None:
    long = plan.model_copy(update={"chunk": plan.chunk.model_copy(update={"id": "long", "text": "政策" * 3000})})
    first, *others = show([long, long.model_copy(update={"rank": 2}), plan], 500).values()
    assert token_estimate(first.text) <= 500
    assert all(one.passage.chunk.id != "long" for one in others)


def test_invisible_characters_of_a_claim_are_taken_out(plan: Passage, tmp_path: Path) -> None:
    shown = show([plan], 6000)
    heard = check_claim(Stated(text="\u202e" + TARGET.replace("robot", "ro\u200bbot"), quotes=((next(iter(shown)), TARGET),)), shown)
    assert [claim.text for claim in heard.proved] == [TARGET]
