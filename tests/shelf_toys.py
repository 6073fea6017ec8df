"""A small shelf of papers of every standing, for tests of questions about the papers themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistant import Answer, Assistant
from assistant.schema import Turn
from ingest.build import build_index
from ingest.settings import Settings
from tests.toys import write_files

DAY = date(2026, 11, 23)
_FRONT = "---\ntitle: {title}\nlanguage: {language}\nstatus: {status}\n{more}---\n# {title}\n\n"
_TEXTS = {
    "harbour": (
        _FRONT.format(
            title="Harbour plan of Valley",
            language="en",
            status="in_force",
            more="valid_to: 2025-12-31\npublished: 2021-03-04\nissuer: Harbour Office\n",
        ),
        "## Purpose\n\nThe Harbour Office published the plan on 4 March 2021. It says how the harbour grows.\n\n"
        "## Berths\n\nThe harbour has 12 berths for ferries.\n\n## Validity\n\nThe plan was valid until the end of 2025.\n",
    ),
    "ferries": (
        _FRONT.format(title="Rules for ferries, 2024 edition", language="en", status="in_force", more="document_number: V-2024-7\n"),
        "## Purpose\n\nThese rules (V-2024-7) say how ferries are run.\n\n## Pilots\n\nEvery ferry carries a pilot.\n",
    ),
    "ferries-old": (
        _FRONT.format(title="Rules for ferries, 2019 edition", language="en", status="superseded", more="superseded_by: [ferries]\n"),
        "## Purpose\n\nThe old rules let ferries sail without a pilot.\n",
    ),
    "railway": (
        _FRONT.format(title="Railway scheme of Valley", language="en", status="draft", more=""),
        "## Purpose\n\nThe scheme would link the harbour to the railway.\n\n## Lighting\n\nLamps light the platforms.\n",
    ),
    "dredging": (
        _FRONT.format(title="河谷航道疏浚办法", language="zh", status="in_force", more="published: 2022-05-06\nissuer: 河谷航道局\n"),
        "## 目的\n\n本办法由河谷航道局于2022年5月6日印发。\n\n## 有效期\n\n办法自发布之日起施行。\n",
    ),
}


@contextmanager
def shelf(folder: Path) -> Iterator[Assistant]:
    """The assistant over the shelf, indexed under `folder`."""
    settings = Settings(_env_file=None, store=folder / "store", glossary=folder / "none.yaml")
    build_index([write_files(folder / "documents", {name: head + text for name, (head, text) in _TEXTS.items()})], settings)
    with Assistant.open(settings) as opened:
        yield opened


def ask(assistant: Assistant, question: str, history: tuple[Turn, ...] = ()) -> Answer:
    """The answer on the day of the tests."""
    return assistant.ask(question, history, as_of=DAY)


def documents(answer: Answer) -> list[str]:
    """Ids of the documents cited, in order."""
    return list(dict.fromkeys(citation.passage.chunk.source.id for citation in answer.citations))
