"""The assistant: one open index generation, its embedder and the chain, behind a few verbs."""

import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import TracebackType
from typing import Any, NamedTuple, cast

from langchain_core.runnables import Runnable
from langsmith.run_helpers import tracing_context

from assistant.applicability import check
from assistant.ask_model import rewrite
from assistant.catalogue import catalogue
from assistant.chain import STAGES, Drafted, Request, Retrieved, build_chain
from assistant.clarify import unclear
from assistant.composed import composed
from assistant.desk import Desk, Remembering
from assistant.eligibility import Shelf, eligibility_draft
from assistant.generate import stream_drafts
from assistant.home_places import HomePlaces
from assistant.in_force import in_force
from assistant.mentioned import asks_mention
from assistant.mentions import Mentions
from assistant.model import ChatModel, open_chat_model
from assistant.profile import Profile
from assistant.prompts import sentence
from assistant.question import Query, standalone
from assistant.retrieve import Filters, HybridRetriever
from assistant.schema import Answer, Draft, Passage, Receipt, Turn
from assistant.scope import is_unrelated, off_topic
from assistant.standing import noted
from assistant.typos import Vocabulary
from assistant.verdicts import Verdict
from ingest.build import index_settings
from ingest.embed import Embedder, open_embedder
from ingest.gloss import NO_WORDS
from ingest.glossary import Glossary
from ingest.lexical import count_words
from ingest.measures import Measure
from ingest.reader import Read, no_reading, open_reader
from ingest.register import Register
from ingest.schema import Audience, Document, PlanQueryError, Source
from ingest.settings import Settings
from ingest.store import Generation, GenerationInfo, current, open_generation

REWRITE_SHARE = 0.25
"""Share of the chat model's time that rewriting a follow-up may take; the rest is for the draft."""


class _ByRule(NamedTuple):
    """The draft made without a model; `is_open` tells whether a model may write a better one."""

    draft: Draft
    is_open: bool


class Assistant:
    """Answers questions over the live index. Open once, ask often, close at the end (or use `with`)."""

    def __init__(
        self, settings: Settings, index: Generation, embedder: Embedder, model: ChatModel | None = None, read: Read = no_reading
    ) -> None:
        self.settings = settings
        self._model = model
        self._index = index
        self._read = read
        self.glossary = _glossary(index)
        self._own_terms = Mentions(self.glossary if index.stored("has_own_glossary") else None)
        self._vocabulary = Vocabulary(_words(index, self.glossary), self.glossary, embedder.knows)
        self._places = HomePlaces((source.title for source in index.sources), embedder.knows).find
        self._measures = tuple(Measure.model_validate(row) for row in index.stored("measures") or ())
        self.retriever = HybridRetriever(generation=index, embedder=embedder, k=settings.k)
        self.chain: Runnable[Request, Answer] = build_chain(self.query_of, self._search, self._write, self._receipt)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Open the live generation of `settings.store`; an index made with another model or settings is refused."""
        index = open_generation(settings.store)
        try:
            glossary = _glossary(index)
            words = glossary.glosses() if glossary else NO_WORDS
            embedder, read = open_embedder(settings, words), open_reader(settings, words)
            _refuse_other(index.info, embedder, settings)
            model = open_chat_model(settings) if settings.chat_model else None
        except PlanQueryError:
            index.close()
            raise
        return cls(settings, index, embedder, model, read)

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Collection[str] = (), as_of: date | None = None) -> Answer:
        """A verified answer. `documents` limits the search to these ids; `as_of` is the day asked about, today by default."""
        with _untraced():
            return self.chain.invoke(self.request(question, history, documents, as_of))

    def stream(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = (), as_of: date | None = None
    ) -> Iterator[str | Answer]:
        """Names of stages as they begin and, while a chat model writes, what of the answer is verified so far; the last is the answer.

        Nothing unverified is ever yielded. A later answer may take back an earlier one: a model that breaks off is not relied on.
        """
        state: Any = self.request(question, history, documents, as_of)
        steps = dict(zip(STAGES, cast(Any, self.chain).steps, strict=True))
        for name, step in steps.items():
            yield name
            if name == "reading" and self._model is not None:
                for drafted in self._drafted(state):
                    if drafted.draft.engine == self._model.name:
                        with _untraced():
                            partial = steps["checking"].invoke(drafted)
                        yield cast(Answer, partial)
                state = drafted
                continue
            with _untraced():
                state = step.invoke(state)
        yield cast(Answer, state)

    def request(self, question: str, history: Sequence[Turn], documents: Collection[str], as_of: date | None) -> Request:
        """The chain's input; an empty or overlong question is refused."""
        if not question.strip():
            raise PlanQueryError(f"{sentence('empty', 'en')} {sentence('empty', 'zh')}")
        if len(question) > self.settings.max_question_chars:
            raise PlanQueryError(
                f"the question has {len(question)} characters, the limit is {self.settings.max_question_chars}; shorten it"
            )
        day = as_of or date.today()
        filters = Filters(documents=tuple(documents), audience=cast(Audience, self.settings.audience), as_of=day)
        return Request(question=question, history=tuple(history), filters=filters, as_of=day, started=time.perf_counter())

    def retrieve(self, query: str, k: int | None = None, documents: Collection[str] = ()) -> list[Passage]:
        """Passages for text that stands alone, best first."""
        filters = Filters(documents=tuple(documents), audience=cast(Audience, self.settings.audience))
        retriever = self.retriever if k is None else self.retriever.model_copy(update={"k": k})
        return retriever.search(standalone(query, (), self.glossary, self._vocabulary), filters)

    def document(self, document_id: str) -> Document:
        """The stored document; PlanQueryError when the index holds none of that id, or none that this audience may see."""
        if not any(source.id == document_id for source in self.sources()):
            raise PlanQueryError(f"no document {document_id!r} in the index; `python -m assistant doctor` lists them")
        return self._index.document(document_id)

    def sources(self) -> tuple[Source, ...]:
        """Every document of the index that the audience may see, in manifest order."""
        may_see_all = self.settings.audience == "internal"
        return tuple(source for source in self._index.sources if may_see_all or source.audience == "public")

    def measures(self) -> tuple[Measure, ...]:
        """The reviewed measures of the corpus; () where it brings none."""
        return self._measures

    def register(self, document_id: str) -> Register:
        """Targets, provisions and obligations found in one document."""
        return Register.model_validate((self._index.stored("registers") or {}).get(document_id, {}))

    def verdicts(self, profile: Profile, as_of: date) -> list[Verdict]:
        """Every measure's verdict for a profile on a day."""
        return check(self._measures, profile, as_of)

    @property
    def generation(self) -> GenerationInfo:
        """The manifest of the open generation."""
        return self._index.info

    def is_stale(self) -> bool:
        """Whether a newer generation is live; open again to use it."""
        return current(self.settings.store) != self._index.info.id

    def close(self) -> None:
        """Let go of the generation."""
        self._index.close()

    def __enter__(self) -> "Assistant":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def query_of(self, question: str, history: Sequence[Turn]) -> Query:
        """The question as it stands alone, rewritten by the chat model where there is one."""
        by_rule = standalone(question, history, self.glossary, self._vocabulary)
        if self._model is None or by_rule.relation in ("new", "shift"):
            return by_rule
        rewritten = rewrite(question, history, self._model, self.settings.chat_timeout * REWRITE_SHARE)
        return by_rule if rewritten is None else standalone(rewritten, (), self.glossary, self._vocabulary)

    def _search(self, query: Query, filters: Filters) -> Sequence[Passage]:
        return self.retriever.search(query, filters)

    def _write(self, state: Retrieved) -> Draft:
        *_, draft = self._drafts(state)
        return draft

    def _drafted(self, state: Retrieved) -> Iterator[Drafted]:
        """Each draft with its passages. Tracing is off within a step only: around a `yield` it would be off for the caller, too."""
        drafts = self._drafts(state)
        while True:
            with _untraced():
                draft = next(drafts, None)
            if draft is None:
                return
            yield Drafted(request=state.request, query=state.query, passages=state.passages, draft=draft)

    def _drafts(self, state: Retrieved) -> Iterator[Draft]:
        """The draft; while a chat model writes, also what it has proved so far. The last one counts."""
        drafted = self._by_rule(state)
        if not drafted.is_open:
            yield drafted.draft
            return
        request, titles = state.request, {source.id: source.title for source in self.sources()}
        seconds = self.settings.chat_timeout - (time.perf_counter() - request.started)
        drafts = (
            (drafted.draft,)
            if self._model is None
            else stream_drafts(state.query, state.passages, self._model, self.settings, drafted.draft, seconds)
        )
        yield from (noted(draft, state.query.language, request.as_of, titles) for draft in drafts)

    def _by_rule(self, state: Retrieved) -> _ByRule:
        query = state.query
        out_of_scope = Draft(status="out_of_scope", refusal=sentence("out_of_scope", query.language))
        if query.kind == "greeting":
            return _ByRule(Draft(status="out_of_scope", refusal=sentence("greeting", query.language)), is_open=False)
        if off_topic(query.text, query.language):
            return _ByRule(out_of_scope, is_open=False)
        request = state.request
        shelf = Shelf(self._index, self._measures, self.glossary, request.filters)
        desk = self.desk(request)
        told = catalogue(query, desk) or in_force(query, state.passages, desk)
        if told is not None:
            return _ByRule(told, is_open=False)
        own = eligibility_draft(query, request.question, request.history, state.passages, shelf)
        if own is not None:
            return _ByRule(own, is_open=False)
        asked_back = unclear(query, state.passages, bool(request.history))
        if asked_back is not None:
            return _ByRule(asked_back, is_open=False)
        least = self.retriever.embedder.unrelated(query.text)
        is_of_documents = bool(request.history) or asks_mention(query.text)
        if not is_of_documents and is_unrelated(query.text, state.passages, self.glossary, least):
            return _ByRule(out_of_scope, is_open=False)
        return _ByRule(composed(query, state.passages, desk) or desk.extract(query, state.passages), is_open=True)

    def desk(self, request: Request) -> Desk:
        """What a request may use of the index."""
        read = Remembering(self._read)
        terms, words = self._own_terms, self._vocabulary
        return Desk(self._index, read, self.retriever, self.glossary, terms, words, request.filters, request.as_of, self._places)

    def _receipt(self, as_of: date) -> Receipt:
        info = self._index.info
        return Receipt(generation=info.id, corpus=info.corpus, model=info.model, settings=info.settings, version=info.version, as_of=as_of)


def _untraced() -> AbstractContextManager[None]:
    """LangSmith tracing, switched on by the environment for other programs, would send every question off this machine."""
    return tracing_context(enabled=False)


def _refuse_other(info: GenerationInfo, embedder: Embedder, settings: Settings) -> None:
    """An index answers only for the model and settings it was built with."""
    remedy = f"run `python -m ingest --store {settings.store}`, or restore the setting"
    if info.model != embedder.identity:
        raise PlanQueryError(f"the index was built with the model {info.model!r}, the settings name {embedder.identity!r}; {remedy}")
    if info.settings != index_settings(settings):
        raise PlanQueryError(f"the index was built with other settings (chunk size, prompts or model); {remedy}")


def _glossary(index: Generation) -> Glossary | None:
    stored = index.stored("glossary")
    return Glossary.model_validate(stored) if stored else None


def _words(index: Generation, glossary: Glossary | None) -> dict[str, int]:
    """The words of the documents with their number; those of the glossary are known too, lest a place pass for another misspelt."""
    words = Counter(index.stored("words") or {})
    words.update(count_words(form for term in (glossary.terms if glossary else ()) for form in (*term.en, *term.zh)))
    return dict(words)
