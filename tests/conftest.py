"""What all tests share: no settings from outside, the embedder exported once, the real corpus indexed once."""

import os
from pathlib import Path

import pytest

from ingest.build import build_index
from ingest.embed import Embedder, open_embedder
from ingest.reader import OnnxReader, open_reader
from ingest.schema import IngestReport
from ingest.settings import PROJECT, Settings

for _name in [name for name in os.environ if name.startswith("PLANQUERY_")]:
    del os.environ[_name]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The built-in model."""
    return open_embedder(Settings(_env_file=None), set_up=True)


@pytest.fixture(scope="session")
def reader() -> OnnxReader:
    """The built-in reader."""
    return open_reader(Settings(_env_file=None), set_up=True)


@pytest.fixture(scope="session")
def corpus_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, IngestReport]:
    """A store that holds the real corpus, and the report of its ingest."""
    store = tmp_path_factory.mktemp("corpus-store")
    return store, build_index([PROJECT / "corpus"], Settings(_env_file=None, store=store))


@pytest.fixture(scope="session")
def corpus_store(corpus_report: tuple[Path, IngestReport]) -> Path:
    """A store that holds the real corpus."""
    return corpus_report[0]
