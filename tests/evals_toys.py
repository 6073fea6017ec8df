"""A toy corpus and toy assistants for the tests of evals: one that answers rightly, and broken ones."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from assistant.profile import Profile
from assistant.schema import Answer, AnswerSpan, Citation, Claim, Passage, Receipt, Turn
from evals.schema import AnswerCase
from ingest.schema import Chunk, Record, Source

DAY = date(2026, 11, 23)
TEXTS = {
    "plan-zh": "到2025年,产业规模达到2300亿元。企业超过500家。",
    "plan-en": "By 2025, revenue reaches 230 billion yuan. More than 500 firms take part.",
    "notice-en": "A subsidy of 40% of the cost is paid once. It does not exceed 3 million yuan.",
}
# question -> (document, the sentence that answers it, the short answer)
KNOWN = {
    "How large is revenue in 2025?": ("plan-en", "By 2025, revenue reaches 230 billion yuan.", "230 billion yuan"),
    "产业规模是多少?": ("plan-zh", "到2025年,产业规模达到2300亿元。", "2300亿元"),
    "What share is paid?": ("notice-en", "A subsidy of 40% of the cost is paid once.", "40%"),
    "And at most?": ("notice-en", "It does not exceed 3 million yuan.", "3 million yuan"),
}
RECEIPT = Receipt(generation="g1", corpus="c1", model="toy", settings="s1", version="1", as_of=DAY)


def case(
    id_: str, question: str, kind: str, facts: list[list[str]], document: str, quote: str | None = None, **more: Any
) -> dict[str, Any]:
    """A line of an answers suite."""
    fields = {
        "id": id_,
        "question": question,
        "lang": "zh" if question.endswith("?") and not question.isascii() else "en",
        "kind": kind,
        "expected_status": "answered",
        "expected_facts": facts,
        "expected_sources": [{"document": document, "quote": quote}],
    }
    return fields | more


CASES: list[dict[str, Any]] = [
    case(
        "figure-en", "How large is revenue in 2025?", "figure", [["2300亿元"]], "plan-en", "revenue reaches 230 billion", forbidden=["500"]
    ),
    case("figure-zh", "产业规模是多少?", "figure", [["230 billion", "2300亿"]], "plan-"),
    case("share", "What share is paid?", "figure", [["40 percent"]], "notice"),
    case("follow", "And at most?", "followup", [["300万元"]], "notice", history=[{"role": "user", "text": "What share is paid?"}]),
    {"id": "shaanxi", "question": "How large is revenue in Shaanxi?", "lang": "en", "kind": "unanswerable", "expected_status": "not_found"},
]


def cases() -> list[AnswerCase]:
    """The toy suite."""
    return [AnswerCase.model_validate(case) for case in CASES]


class ToyIndex(Record):
    id: str = "g1"
    corpus: str = "c1"
    model: str = "toy"
    settings: str = "s1"
    version: str = "1"


class ToyVerdict(Record):
    measure_id: str
    status: str
    missing: tuple[str, ...] = ()


def passage(document: str, rank: int) -> Passage:
    """The whole toy document as a passage."""
    text = TEXTS[document]
    source = Source(id=document, title=document.upper(), language="zh" if document.endswith("zh") else "en")
    chunk = Chunk(id=f"{document}#0", source=source, heading=("Aims",), start=0, end=len(text), text=text, blocks=(), order=0)
    return Passage(chunk=chunk, score=1 / rank, rank=rank)


def answer(question: str, document: str, quote: str, short: str) -> Answer:
    """A right answer: one claim with its quote."""
    start = TEXTS[document].index(quote)
    citation = Citation(
        number=1, passage=passage(document, 1), quote=quote, start=start, end=start + len(quote), document_status="in_force"
    )
    at = start + quote.index(short)
    claim = Claim(text=quote, citations=(1,), answer_span=AnswerSpan(text=short, start=at, end=at + len(short)))
    return Answer(
        question=question,
        query=question,
        language="en",
        status="answered",
        text=f"{quote} [1]",
        claims=(claim,),
        citations=(citation,),
        receipt=RECEIPT,
    )


def refusal(question: str) -> Answer:
    return Answer(question=question, query=question, language="en", status="not_found", text="The documents do not say.", receipt=RECEIPT)


class ToyAssistant:
    """Knows the answers of `KNOWN` and refuses everything else."""

    generation = ToyIndex()

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        return answer(question, *KNOWN[question]) if question in KNOWN else refusal(question)

    def retrieve(self, query: str, k: int, documents: Collection[str] = ()) -> list[Passage]:
        first = KNOWN[query][0] if query in KNOWN else "plan-en"
        ranked = [first, *(document for document in TEXTS if document != first)]
        return [passage(document, rank) for rank, document in enumerate(ranked, 1)][:k]

    def verdicts(self, profile: Profile, as_of: date) -> list[ToyVerdict]:
        if profile.employees is None:
            return [ToyVerdict(measure_id="grant", status="needs_information", missing=("employees",))]
        return [ToyVerdict(measure_id="grant", status="applies" if profile.employees > 20 else "does_not_apply")]


class Refuser(ToyAssistant):
    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        return refusal(question)


class KnowItAll(ToyAssistant):
    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        return answer(question, *KNOWN.get(question, next(iter(KNOWN.values()))))


class OffByOne(ToyAssistant):
    """Every digit 3 of a claim becomes 4, as does every 4 become 5: the quote stays."""

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        right = super().ask(question)
        altered = str.maketrans("34", "45")
        claims = tuple(claim.model_copy(update={"text": claim.text.translate(altered)}) for claim in right.claims)
        return right.model_copy(update={"text": right.text.translate(altered), "claims": claims})


class CitesAnother(ToyAssistant):
    """The claim of one answer under the quote of another, which does stand in its document."""

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        right = super().ask(question)
        known = list(KNOWN)
        other = known[(known.index(question) + 2) % len(known)] if question in KNOWN else None
        return right.model_copy(update={"citations": super().ask(other).citations}) if other else right


class CitesWrongDocument(ToyAssistant):
    """The quote is given to another document, where it does not stand."""

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        right = super().ask(question)
        ids = list(TEXTS)
        moved = [
            one.model_copy(update={"passage": passage(ids[(ids.index(one.passage.chunk.source.id) + 1) % len(ids)], 1)})
            for one in right.citations
        ]
        return right.model_copy(update={"citations": tuple(moved)})


class Crasher(ToyAssistant):
    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        if question == "What share is paid?":
            raise ConnectionError("the model is gone")
        return super().ask(question)
