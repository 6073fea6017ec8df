"""A toy assistant for tests of the chat window: two documents, real records, canned answers. One document is hostile on purpose."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistant.history import History
from assistant.profile import Profile
from assistant.schema import Answer, Citation, Claim, Passage, Receipt, Turn
from assistant.ui.desk import Desk
from assistant.verdicts import Verdict
from ingest.glossary import Glossary
from ingest.measures import Measure
from ingest.register import Register, find_register
from ingest.schema import Block, Chunk, Document, Language, PlanQueryError, Section, Source
from ingest.settings import Settings

TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTILE = (
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"> '
    "[link](javascript:alert(1)) ![i](http://evil.example/i.png) $x^2$"
)

PLAN = Source(
    id="t01-plan",
    title="Toy plan to 2025",
    title_zh="玩具规划（到2025年）",
    language="en",
    issuer="Toy Office",
    document_number="Toy [2022] No. 1",
    published=date(2022, 12, 27),
    valid_to=date(2025, 12, 31),
    status="in_force",
    url="https://example.org/plan",
)
EVIL = Source(id="t02-evil", title=f"Notice {HOSTILE}", language="zh", status="draft", url="javascript:alert(1)", audience="internal")

TARGET = "By 2025 the plan aims for annual revenue of more than 230 billion yuan."
SENTENCES: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "t01-plan": [
        (("Chapter 1", "Targets"), f"The plan covers five sectors. {TARGET} Growth averages about 15 percent a year."),
        (("Chapter 2", "Semiconductors"), "Leading firms in silicon carbide and LED are cultivated."),
    ],
    "t02-evil": [((HOSTILE,), f"补贴按照 {HOSTILE} 办理，最高不超过100万元。")],
}
SOURCES = {source.id: source for source in (PLAN, EVIL)}


def document(document_id: str) -> Document:
    """The toy document as ingest would store it, one page a section."""
    if document_id not in SENTENCES:
        raise PlanQueryError(f"no document {document_id!r} in the index; run python -m ingest")
    text, sections, starts = "", [], []
    for heading, body in SENTENCES[document_id]:
        text += heading[-1] + "\n"
        starts.append(len(text) - len(heading[-1]) - 1)
        block = Block(kind="paragraph", start=len(text), end=len(text) + len(body))
        sections.append(Section(heading=heading, start=block.start, end=block.end, blocks=(block,)))
        text += body + "\n\n"
    return Document(
        source=SOURCES[document_id],
        file=f"{document_id}.md",
        text=text,
        sections=tuple(sections),
        page_starts=tuple(starts),
        content_hash="h",
    )


def passages() -> list[Passage]:
    """Every section of the toy documents as a passage."""
    found: list[Passage] = []
    for document_id in SENTENCES:
        read = document(document_id)
        for order, section in enumerate(read.sections):
            chunk = Chunk(
                id=f"{document_id}-{order}",
                source=read.source,
                heading=section.heading,
                start=section.start,
                end=section.end,
                text=read.text[section.start : section.end],
                blocks=(),
                pages=((order + 1, section.start),),
                order=order,
            )
            found.append(Passage(chunk=chunk, score=1.0 - order / 10, rank=len(found) + 1))
    return found


def receipt() -> Receipt:
    """A receipt with recognisable parts."""
    return Receipt(generation="gen-1", corpus="corp-1", model="mini-1", settings="set-1", version="0.1.0", as_of=TODAY.date())


def citation(number: int, passage: Passage, quote: str) -> Citation:
    """A citation whose quote is looked up in the passage, as `cite` would."""
    start = passage.chunk.start + passage.chunk.text.index(quote)
    status = passage.chunk.source.status_on(TODAY.date())
    return Citation(number=number, passage=passage, quote=quote, start=start, end=start + len(quote), document_status=status)


def toy_answer(question: str) -> Answer:
    """Answered for "revenue", hostile for "补贴", an error for "broken", otherwise not found."""
    language: Language = "zh" if any("一" <= sign <= "鿿" for sign in question) else "en"
    plan, _, evil = passages()
    common = {"question": question, "query": question, "language": language, "seconds": 0.12, "receipt": receipt()}
    if "crash" in question:
        raise ZeroDivisionError("a fault of ours")
    if "broken" in question:
        raise PlanQueryError("the index folder 'x' is missing; run python -m ingest")
    if "revenue" in question or "营业收入" in question:
        cited = citation(1, plan, TARGET)
        text = f"{TARGET} [1]\n- a growth of about 15 percent a year [1]"
        claims = (Claim(text=TARGET, citations=(1,)),)
        return Answer(
            **common, status="answered", text=text, claims=claims, citations=(cited,), notices=("The plan's horizon has *passed*.",)
        )
    if "补贴" in question:
        text, cited = f"{evil.chunk.text} [1] [7]", citation(1, evil, evil.chunk.text)
        return Answer(**common, status="partial", text=text, citations=(cited,), removed=2, notices=("2 left out.",))
    return Answer(**common, status="not_found", text="The documents do not state this.")


class ToyEngine:
    """Stands where the assistant stands; `asked` keeps what it was given."""

    glossary: Glossary | None = None

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...], date | None]] = []

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = (), as_of: date | None = None
    ) -> Iterator[str | Answer]:
        """All stages, then the canned answer; "slow" takes its time over searching, "piecewise" shows a part first."""
        self.asked.append((question, tuple(history), tuple(documents), as_of))
        yield from ("rewriting", "searching")
        time.sleep(2.0 if "slow" in question else 0.0)
        yield "reading"
        if "piecewise" in question:
            yield toy_answer(question).model_copy(update={"text": "The first claim alone.", "status": "partial"})
        yield "checking"
        yield toy_answer(question)

    def retrieve(self, query: str, k: int, documents: Sequence[str] = ()) -> Sequence[Passage]:
        """Every passage, whatever the query; none for "nothing"."""
        found = [passage for passage in passages() if not documents or passage.chunk.source.id in documents]
        return [] if query == "nothing" else found[:k]

    def register(self, document_id: str) -> Register:
        """What the real rules find in the toy document."""
        return find_register(document(document_id))

    def document(self, document_id: str) -> Document:
        """The toy document."""
        return document(document_id)

    def sources(self) -> tuple[Source, ...]:
        """Both toy sources."""
        return tuple(SOURCES.values())

    def measures(self) -> tuple[Measure, ...]:
        """None: the measures page has toys of its own."""
        return ()

    def verdicts(self, profile: Profile, as_of: date) -> list[Verdict]:
        """None, as there are no measures."""
        return []


ENGINE = ToyEngine()
_TICKS = iter(range(10_000_000))


def toy_desk(folder: Path, language: Language = "en", user: str = "ann", limit: int = 2000, **more: str) -> Desk:
    """A desk with the toy assistant, a real history in `folder`, and a clock that moves a second with every look."""
    settings = Settings(max_question_chars=limit, _env_file=None, **more)
    clock = lambda: TODAY + timedelta(seconds=next(_TICKS))  # noqa: E731
    return Desk(settings, History(folder, clock), lambda: ENGINE, clock, user, language)
