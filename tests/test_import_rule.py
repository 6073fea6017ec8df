"""app.py and evals -> assistant -> ingest -> nothing of ours; app.py and evals never meet; Chroma is known to the store alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = {"app": ["app.py"], "evals": ["evals/**/*.py"], "assistant": ["assistant/**/*.py"], "ingest": ["ingest/**/*.py"]}
MAY_IMPORT = {"app": {"assistant", "ingest"}, "evals": {"assistant", "ingest"}, "assistant": {"ingest"}, "ingest": set()}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "core", "common", "misc"}


def files(room: str) -> list[Path]:
    return sorted(path for pattern in ROOMS[room] for path in PROJECT.glob(pattern))


def imported(source: str) -> Iterator[str]:
    """Full names of all modules that a source imports, wherever the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def rooms_of(source: str) -> set[str]:
    return {name.split(".")[0] for name in imported(source)} & set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    strays = {
        f"{path.relative_to(PROJECT)} imports {sorted(above)}"
        for path in files(room)
        if (above := rooms_of(path.read_text("utf-8")) - MAY_IMPORT[room] - {room})
    }
    assert files(room)
    assert strays == set()


def test_only_the_store_knows_chroma() -> None:
    knowing = {
        str(path.relative_to(PROJECT))
        for room in ROOMS
        for path in files(room)
        if any(name.split(".")[0] == "chromadb" for name in imported(path.read_text("utf-8")))
    }
    assert knowing == {"ingest/store.py"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path.name for room in ROOMS for path in files(room) if path.stem in BANNED_NAMES or path.parent.name in BANNED_NAMES] == []


def test_imports_inside_functions_count() -> None:
    assert rooms_of("def f():\n    from assistant.schema import Answer\n") == {"assistant"}
    assert rooms_of("import evals.run as run") == {"evals"}
