"""The whole path on one page: question -> standalone query -> passages -> draft -> verified answer, as a LangChain Runnable."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.cite import verify
from assistant.prompts import sentence
from assistant.question import Query
from assistant.retrieve import Filters
from assistant.schema import Answer, Draft, Passage, Receipt, Turn
from ingest.schema import Record

STAGES = ("rewriting", "searching", "reading", "checking")


class Request(Record):
    """One question with its conversation and what may be searched."""

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = Filters()
    as_of: date
    started: float = 0.0


class Understood(Record):
    """The request and the query made of it."""

    request: Request
    query: Query


class Retrieved(Understood):
    """... and the passages found, best first."""

    passages: tuple[Passage, ...]


class Drafted(Retrieved):
    """... and the unverified draft."""

    draft: Draft


def build_chain(
    standalone: Callable[[str, Sequence[Turn]], Query],
    retrieve: Callable[[Query, Filters], Sequence[Passage]],
    write: Callable[[Retrieved], Draft],
    receipt: Callable[[date], Receipt],
) -> Runnable[Request, Answer]:
    """The path as one Runnable: `invoke`, `batch`, `stream` and callbacks work as LangChain's users expect.

    The four steps are named as in STAGES; whatever they raise is raised, an error never looks like an answer.
    """

    def understand(request: Request) -> Understood:
        begun = request.model_copy(update={"started": request.started or time.perf_counter()})
        return Understood(request=begun, query=standalone(request.question, request.history))

    def find(state: Understood) -> Retrieved:
        passages = tuple(retrieve(state.query, state.request.filters))
        return Retrieved(request=state.request, query=state.query, passages=passages)

    def draft(state: Retrieved) -> Drafted:
        return Drafted(request=state.request, query=state.query, passages=state.passages, draft=write(state))

    def check(state: Drafted) -> Answer:
        return _checked(state, receipt(state.request.as_of))

    path: tuple[Callable[[Any], Any], ...] = (understand, find, draft, check)
    steps: list[Runnable[Any, Any]] = [RunnableLambda(step).with_config(run_name=name) for name, step in zip(STAGES, path, strict=True)]
    return steps[0] | steps[1] | steps[2] | steps[3]


def _checked(state: Drafted, receipt: Receipt) -> Answer:
    language = state.query.language
    answer = verify(
        state.draft,
        state.request.question,
        state.query.text,
        language,
        state.request.as_of,
        receipt,
        refusal=state.draft.refusal or sentence("not_found", language),
        retrieved=[passage.chunk.id for passage in state.passages],
    )
    notices = answer.notices + ((sentence("removed", language, count=answer.removed),) if answer.removed else ())
    seconds = time.perf_counter() - state.request.started
    return answer.model_copy(update={"notices": notices, "seconds": seconds})
