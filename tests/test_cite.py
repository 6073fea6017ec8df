"""Verification of drafts: quote or nothing, number lock, calculations, numbering and text."""

import time
from datetime import date

import pytest

from assistant.cite import check_answer, locate, verify
from assistant.compose import answer_object
from assistant.schema import Answer, AnswerSpan, Draft, DraftClaim, Evidence, Passage, Receipt
from ingest.schema import Block, Cell, Chunk, Language, Source

AS_OF = date(2026, 11, 23)
RECEIPT = Receipt(generation="g", corpus="c", model="m", settings="s", version="0", as_of=AS_OF)
TEXT = (
    "The plan aims at revenue of more than 230 billion yuan by 2025. Growth is to be about 15 percent a year.\n"
    "Support is capped at 5 million yuan. 到2025年，营业收入达到2300亿元以上。"
)


SOURCE = Source(
    id="plan", title="Plan to 2025", language="en", document_number="No. 17 of 2021", valid_to=date(2025, 12, 31), status="in_force"
)
Leads = tuple[tuple[int, str], ...]


def passage(text: str = TEXT, *, start: int = 100, blocks: tuple[Block, ...] = (), leads: Leads = ()) -> Passage:
    end = start + len(text)
    chunk = Chunk(id="plan-0", source=SOURCE, heading=("Targets",), start=start, end=end, text=text, blocks=blocks, leads=leads, order=0)
    return Passage(chunk=chunk, score=1.0, rank=1)


def evidence(quote: str, where: Passage | None = None, start: int | None = None) -> Evidence:
    where = where or passage()
    at = where.chunk.start + where.chunk.text.find(quote) if start is None else start
    return Evidence(passage=where, quote=quote, start=at, end=at + len(quote))


def claim(text: str, *quotes: str, layout: str = "sentence") -> DraftClaim:
    return DraftClaim.model_validate({"text": text, "evidence": tuple(evidence(quote) for quote in quotes), "layout": layout})


def answer(*claims: DraftClaim, language: Language = "en", status: str = "answered") -> Answer:
    draft = Draft.model_validate({"status": status, "claims": claims})
    return verify(draft, "q", "q", language, AS_OF, RECEIPT, refusal="Not in the documents.")


REVENUE = "The plan aims at revenue of more than 230 billion yuan by 2025."
CHINESE = "到2025年，营业收入达到2300亿元以上。"


def test_a_verbatim_claim_passes_and_is_cited() -> None:
    result = answer(claim(REVENUE, REVENUE))
    assert (result.status, result.removed) == ("answered", 0)
    assert result.text == REVENUE + " [1]"
    assert result.citations[0].quote == TEXT[: len(REVENUE)]
    assert result.citations[0].document_status == "expired"
    assert check_answer(result) == []


def test_a_quote_at_a_wrong_offset_is_found_again_and_its_line_breaks_are_restored() -> None:
    quote = "Growth is to be about 15 percent a year. Support is capped at 5 million yuan."
    found = locate(evidence(quote, start=3))
    assert found is not None
    assert found.quote == "Growth is to be about 15 percent a year.\nSupport is capped at 5 million yuan."
    assert passage().chunk.slice(found.start, found.end) == found.quote


def test_an_invented_quote_removes_the_claim_and_leaves_no_answer() -> None:
    result = answer(claim("Firms get land.", "Firms get land."))
    assert (result.status, result.removed, result.claims, result.citations) == ("not_found", 1, (), ())
    assert result.text == "Not in the documents."
    assert check_answer(result) == []


def test_an_empty_quote_proves_nothing() -> None:
    assert answer(claim("It is good.", "")).status == "not_found"
    assert answer(claim("It is good.", ".")).status == "not_found"


@pytest.mark.parametrize(
    ("text", "quote", "kept"),
    [
        ("Revenue is to exceed 230 billion yuan by 2025.", REVENUE, True),
        ("营业收入超过2300亿元。", REVENUE, True),
        ("营业收入达到2300亿元以上。", REVENUE, True),
        ("Revenue is to be over 230bn yuan.", CHINESE, True),
        ("Revenue is to reach 230 billion yuan by 2025.", REVENUE, False),
        ("Revenue is to exceed 320 billion yuan.", REVENUE, False),
        ("Revenue is to exceed 230 billion dollars.", REVENUE, False),
        ("Revenue is to exceed 230 million yuan.", REVENUE, False),
        ("Revenue is to exceed 230 billion yuan by 2026.", REVENUE, False),
        ("Growth is 15 percent.", "Growth is to be about 15 percent a year.", False),
        ("年均增长15%左右。", "Growth is to be about 15 percent a year.", True),
        ("Support is 5 million yuan.", "Support is capped at 5 million yuan.", False),
        ("Support is up to 5m yuan.", "Support is capped at 5 million yuan.", True),
        ("Two goals are set.", REVENUE, False),
        ("The plan (No. 17 of 2021) sets a revenue goal.", REVENUE, True),
        ("The Plan to 2025 sets a revenue goal.", REVENUE, True),
        ("The plan (No. 18 of 2021) sets a revenue goal.", REVENUE, False),
    ],
)
def test_the_number_lock_holds_value_unit_and_qualifier(text: str, quote: str, kept: bool) -> None:
    assert bool(answer(claim(text, quote)).claims) is kept


def test_a_verbatim_piece_that_cuts_the_qualifier_off_is_removed() -> None:
    assert answer(claim("230 billion yuan by 2025.", REVENUE)).status == "not_found"
    where = passage("Support is approx. 20 firms. It was 1.5 billion yuan.")
    cut = DraftClaim(text="20 firms.", evidence=(evidence("Support is approx. 20 firms.", where),))
    cut_decimal = DraftClaim(text="5 billion yuan.", evidence=(evidence("It was 1.5 billion yuan.", where),))
    assert answer(cut, cut_decimal).status == "not_found"


def test_a_removed_claim_makes_the_answer_partial() -> None:
    result = answer(claim(REVENUE, REVENUE), claim("Growth is 20 percent.", "Growth is to be about 15 percent a year."))
    assert (result.status, result.removed, len(result.claims)) == ("partial", 1, 1)


def test_a_refusing_draft_stays_a_refusal_without_claims() -> None:
    result = answer(claim(REVENUE, REVENUE), status="out_of_scope")
    assert (result.status, result.claims, result.text) == ("out_of_scope", (), "Not in the documents.")


def test_citations_are_numbered_by_first_use_and_same_spans_share_a_number() -> None:
    growth = "Growth is to be about 15 percent a year."
    result = answer(
        claim(growth, growth), claim(REVENUE, REVENUE), claim("Growth is about 15%.", growth), claim("Revenue is a goal.", "revenue")
    )
    assert [item.citations for item in result.claims] == [(1,), (2,), (1,), (3,)]
    assert result.text == f"{growth} [1] {REVENUE} [2] Growth is about 15%. [1] Revenue is a goal. [3]"
    assert check_answer(result) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("(230 billion yuan - 169.72 billion yuan) / 169.72 billion yuan = 35.5%", True),
        ("(2300亿元 − 1697.2亿元) ÷ 1697.2亿元 = 35.5%", True),
        ("(230 / 169.72)^(1/3) - 1 = 10.7%, from 2022 to 2025.", True),
        ("169.72 × 1.15^3 = 258.1 billion yuan", False),
        ("169.72 billion yuan × (1 + 15%)^3 = 258.1 billion yuan", True),
        ("169.72 billion yuan × (1 + 15%)^3 = 268.1 billion yuan", False),
        ("230 billion yuan / 3 ≈ 76.7 billion yuan", True),
        ("230 billion yuan / 7 ≈ 32.9 billion yuan", False),
        ("240 billion yuan - 169.72 billion yuan = 70.28 billion yuan", False),
        ("The growth needed is 35.5%.", False),
        ("230 billion yuan = 230 billion yuan", False),
        ("230 ^ 230 ^ 230 = 1", False),
    ],
)
def test_a_calculation_needs_quoted_operands_and_the_right_result(text: str, kept: bool) -> None:
    target, outturn = "The target is 230 billion yuan by 2025, growing about 15 percent.", "In 2022 it was 169.72 billion yuan."
    where = passage(f"{target} {outturn}")
    quotes = (evidence(target, where), evidence(outturn, where))
    result = answer(DraftClaim(text=text, evidence=quotes, layout="calculation"))
    assert bool(result.claims) is kept
    assert check_answer(result) == []


def test_a_lead_takes_the_citations_of_its_items_and_goes_with_them() -> None:
    lead = DraftClaim(text="The plan sets goals:", evidence=(), layout="lead")
    result = answer(lead, claim("revenue of more than 230 billion yuan", REVENUE, layout="item"))
    assert [item.citations for item in result.claims] == [(1,), (1,)]
    assert result.text == "The plan sets goals:\n\n- revenue of more than 230 billion yuan [1]"
    assert check_answer(result) == []
    assert answer(lead, claim("revenue of 9 yuan", REVENUE, layout="item")).status == "not_found"
    assert answer(lead.model_copy(update={"text": "The plan sets 7 goals:"}), claim(REVENUE, REVENUE)).removed == 1


def test_a_sentence_without_a_quote_is_removed() -> None:
    assert answer(DraftClaim(text="Firms are supported.", evidence=())).status == "not_found"


def test_table_rows_may_use_the_heads_and_units_of_their_columns() -> None:
    text = "电子信息 | 2300 | 15"
    cells = (Cell(start=0, end=4, head="行业"), Cell(start=7, end=11, head="2025年目标（亿元）"), Cell(start=14, end=16, head="增速（%）"))
    where = passage(text, start=0, blocks=(Block(kind="table_row", start=0, end=len(text), cells=cells),))
    good = DraftClaim(text="电子信息2025年目标为2300亿元，增速15%", evidence=(evidence(text, where),), layout="row")
    bad = good.model_copy(update={"text": "电子信息2025年目标为2300万元"})
    result = answer(good, bad, language="zh")
    assert [item.text for item in result.claims] == [good.text]
    assert check_answer(result) == []


def test_a_lead_outside_the_chunk_can_be_quoted() -> None:
    where = passage("- first\n- second", start=500, leads=((40, "The following 3 tasks are set:"),))
    proof = evidence("The following 3 tasks are set:", where, start=40)
    result = answer(DraftClaim(text="3 tasks are set.", evidence=(proof,)))
    assert (result.citations[0].start, result.citations[0].end) == (40, 70)
    assert check_answer(result) == []


def test_markdown_tables_keep_their_form_and_marks_stand_in_the_last_cell() -> None:
    head = DraftClaim(text="| Goal | Value |\n|---|---|", evidence=(), layout="row")
    result = answer(head, claim("| Revenue | more than 230 billion yuan |", REVENUE, layout="row"))
    assert result.text == "| Goal | Value |\n|---|---|\n| Revenue | more than 230 billion yuan [1] |"
    assert check_answer(result) == []


def test_chinese_sentences_run_on_without_blanks() -> None:
    result = answer(claim(CHINESE, CHINESE), claim("营业收入\n超过2300亿元；", REVENUE), language="zh")
    assert result.text == f"{CHINESE}[1]营业收入超过2300亿元。[2]"


def test_the_sources_own_note_marks_do_not_read_as_citations() -> None:
    where = passage("It holds.[7] Next.")
    result = answer(DraftClaim(text="It holds.[7]", evidence=(evidence("It holds.[7]", where),)))
    assert result.text == "It holds. [1]"
    assert check_answer(result) == []


def test_an_answer_span_must_stand_in_the_quote() -> None:
    good = claim(REVENUE, REVENUE).model_copy(update={"answer_span": AnswerSpan(text="more than 230 billion yuan", start=0, end=26)})
    span = answer(good).claims[0].answer_span
    assert span is not None
    assert passage().chunk.slice(span.start, span.end) == "more than 230 billion yuan"
    bad = good.model_copy(update={"answer_span": AnswerSpan(text="900 yuan", start=0, end=8)})
    assert answer(bad).claims[0].answer_span is None


def test_the_json_object_has_the_keys_of_the_contract() -> None:
    result = answer_object(answer(claim(REVENUE, REVENUE)))
    assert " ".join(result) == "question query language status text claims citations notices engine retrieved seconds receipt"
    assert result["claims"] == [{"text": REVENUE, "citations": [1]}]
    cited = result["citations"][0]
    assert " ".join(cited) == "number document_id title document_number section page quote start end url document_status"
    assert (cited["document_id"], cited["section"], cited["page"], cited["start"], cited["end"]) == ("plan", ["Targets"], None, 100, 163)


def test_check_answer_names_what_was_tampered_with() -> None:
    good = answer(claim(REVENUE, REVENUE))
    forged_quote = good.citations[0].model_copy(update={"quote": "more than 999 billion yuan"})
    forged_claim = good.claims[0].model_copy(update={"text": "Revenue is 999 yuan."})
    assert "not the stored text" in check_answer(good.model_copy(update={"citations": (forged_quote,)}))[0]
    assert "figure" in check_answer(good.model_copy(update={"claims": (forged_claim,)}))[0]
    assert check_answer(good.model_copy(update={"text": "No mark."})) == ["citation [1] has no mark in the text"]
    assert check_answer(good.model_copy(update={"status": "not_found"}))


def test_a_verbatim_claim_takes_less_than_a_millisecond() -> None:
    claims = [claim(REVENUE, REVENUE) for _ in range(200)]
    began = time.perf_counter()
    answer(*claims)
    assert time.perf_counter() - began < 0.2
