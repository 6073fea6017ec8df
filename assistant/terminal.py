"""The verbs of the command line: answers, batches, checks and the doctor's report as plain text."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError
from tqdm import tqdm

from assistant.compose import answer_object
from assistant.model import TO_MEND, describe_model, open_chat_model
from assistant.schema import Answer, Turn
from assistant.service import Assistant
from ingest.build import code_version, index_settings
from ingest.embed import BUILT_IN
from ingest.export import exported_file
from ingest.reader import is_set_up
from ingest.schema import PlanQueryError
from ingest.settings import PROJECT, Settings
from ingest.store import current, open_generation

PACKAGES = ("langchain-core", "chromadb", "onnxruntime", "sentence-transformers", "streamlit", "pypdf", "pydantic")

_HISTORY = TypeAdapter(tuple[Turn, ...])


def read_history(path: Path) -> tuple[Turn, ...]:
    """Earlier turns from a JSON file, oldest first."""
    try:
        return parse_history(json.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PlanQueryError(f"--history {str(path)!r} cannot be read as JSON ({error}); give a list of turns") from error


def parse_history(listed: object) -> tuple[Turn, ...]:
    """Turns from parsed JSON; roles other than user and assistant (a page title, say) count as what the user said before."""
    rows = listed if isinstance(listed, list) else [listed]
    try:
        return _HISTORY.validate_python([_turn(row) for row in rows])
    except ValidationError as error:
        fault = error.errors()[0]
        raise PlanQueryError(f"history, turn {fault['loc'][0]}: {fault['msg']}; a turn is {{'role': ..., 'text': ...}}") from error


def _turn(row: object) -> object:
    if isinstance(row, dict) and isinstance(row.get("text"), str) and row.get("role") not in ("user", "assistant"):
        return {"role": "user", "text": row["text"]}
    return {key: row[key] for key in ("role", "text") if key in row} if isinstance(row, dict) else row


def print_answer(answer: Answer) -> None:
    """Answer, notices, then the numbered sources with title, section and page."""
    print(answer.text)
    for notice in answer.notices:
        print(f"\n{notice}")
    if answer.citations:
        print()
    for citation in answer.citations:
        source = citation.passage.chunk.source
        parts = [source.title, source.document_number or "", " > ".join(citation.passage.chunk.path())]
        page = f", p. {citation.page}" if citation.page else ""
        print(f"[{citation.number}] {' - '.join(part for part in parts if part)}{page} ({citation.document_status.replace('_', ' ')})")


def batch(assistant: Assistant, cases: Path, out: Path, documents: Sequence[str], as_of: date | None) -> int:
    """One answer object a line, in order, with the line's id; a bad line becomes an error object and is counted."""
    try:
        lines = [line for line in cases.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise PlanQueryError(f"--batch {str(cases)!r} cannot be read ({error}); give a JSONL file in UTF-8") from error
    failed = 0
    with out.open("w", encoding="utf-8") as stream:
        for number, line in enumerate(tqdm(lines, desc="answering", file=sys.stderr, disable=None), 1):
            row = _answer_line(assistant, number, line, documents, as_of)
            failed += "error" in row
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(lines) - failed} of {len(lines)} answered, written to {out}", file=sys.stderr)
    return 1 if failed else 0


def _answer_line(assistant: Assistant, number: int, line: str, documents: Sequence[str], as_of: date | None) -> dict[str, Any]:
    case: Any = None
    try:
        case = json.loads(line)
        if not isinstance(case, dict) or not isinstance(case.get("question"), str):
            raise PlanQueryError("no question; a line is an object with `id` and `question`")
        history = parse_history(case.get("history") or [])
        day = date.fromisoformat(case["as_of"]) if case.get("as_of") else as_of
        answer = assistant.ask(case["question"], history, documents, day)
    except (PlanQueryError, ValueError) as error:
        print(f"line {number}: {error}", file=sys.stderr)
        return {"id": case.get("id") if isinstance(case, dict) else None, "error": f"line {number}: {error}"}
    return {"id": case.get("id"), **answer_object(answer)}


def chat(assistant: Assistant) -> int:
    """A conversation in the terminal until an empty line."""
    history: list[Turn] = []
    while (question := _prompted()) != "":
        try:
            answer = assistant.ask(question, history)
        except PlanQueryError as error:
            print(error)
            continue
        print_answer(answer)
        history += [Turn(role="user", text=question), Turn(role="assistant", text=answer.text)]
    return 0


def _prompted() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""


def serve(settings: Settings, address: str, port: int) -> NoReturn:
    """The chat window in place of this process, so that every signal reaches it."""
    os.environ["PLANQUERY_STORE"] = str(settings.store.resolve())
    os.chdir(PROJECT)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", address, "--server.port", str(port)]
    os.execv(command[0], command)  # noqa: S606 - our own arguments


def doctor(settings: Settings) -> int:
    """Versions, model, index and what leaves the machine; 1 when something must be mended."""
    print(f"plan-query-assistant {version('plan-query-assistant')}, Python {platform.python_version()}")
    print("packages: " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    faults = [*_doctor_models(settings), *_doctor_index(settings), *_doctor_chat_model(settings)]
    print("telemetry: off")
    for fault in faults:
        print(f"{TO_MEND}{fault}")
    return 1 if faults else 0


def _doctor_models(settings: Settings) -> list[str]:
    is_ready = is_set_up(settings.models)
    print(f"reader: all-MiniLM-L6-v2 with its adapter, int8 ONNX, and glosses of Chinese, {'ready' if is_ready else 'not set up'}")
    faults = [] if is_ready else ["the reader is not set up; run `python -m ingest`"]
    return [*_doctor_embedder(settings), *faults]


def _doctor_embedder(settings: Settings) -> list[str]:
    if settings.embedder != BUILT_IN:
        print(f"embedder: {settings.embedder}, through sentence-transformers (the first use may fetch it)")
        return []
    path = exported_file(settings.models)
    print(f"embedder: all-MiniLM-L6-v2, int8 ONNX, {'ready' if path.exists() else 'not set up'}")
    return [] if path.exists() else ["the embedder is not set up; run `python -m ingest`"]


def _doctor_chat_model(settings: Settings) -> list[str]:
    try:
        if settings.chat_model:
            open_chat_model(settings)
        lines = describe_model(settings)
    except PlanQueryError as error:
        print(f"chat model: {settings.chat_model!r} cannot be used")
        return [str(error)]
    for line in lines:
        if not line.startswith(TO_MEND):
            print(line)
    return [line.removeprefix(TO_MEND) for line in lines if line.startswith(TO_MEND)]


def _doctor_index(settings: Settings) -> list[str]:
    if current(settings.store) is None:
        print("index: none")
        return [f"no index in {str(settings.store)!r}; run `python -m ingest`"]
    index = open_generation(settings.store)
    info = index.info
    print(f"index: {info.id}, {info.documents} documents, {info.chunks} chunks, made {info.created} with {info.model}")
    for source in index.sources:
        print(f"  {source.id}: {source.title} ({source.status.replace('_', ' ')})")
    index.close()
    faults = []
    if info.settings != index_settings(settings):
        faults.append("the index was built with other settings; run `python -m ingest`")
    if info.code != code_version():
        faults.append("the index was built by another version of the code; run `python -m ingest`")
    return faults
