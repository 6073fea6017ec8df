"""How well a text answers a question, read together: what vectors of each alone cannot tell. Chinese is read by its English glosses."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.export import export_reader, package_folder, reader_file
from ingest.gloss import NO_WORDS, Glosses, glosses_file, open_glosses
from ingest.schema import PlanQueryError
from ingest.settings import Settings

MOST_THREADS = 4
MAX_TOKENS = 128
"""Of question and text together; the longer one is cut."""

Scores = NDArray[np.float32]
Read = Callable[[str, Sequence[str]], Scores]
"""Question and texts to one score a text, log-odds that it answers; shape (0,) for no texts."""


def no_reading(_: str, texts: Sequence[str]) -> Scores:
    """No reader: every text scores 0."""
    return np.zeros(len(texts), np.float32)


class OnnxReader:
    """all-MiniLM-L6-v2 with the adapter of `evals/fit_reader.py`, int8 on onnxruntime: about 4 ms a text of 60 tokens on two cores."""

    def __init__(self, model: Path, glosses: Glosses) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Texts this short are read faster side by side, a thread each, than one after the other by all threads: 47 ms for 12, not 78.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(package_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._glosses = glosses
        self._threads = ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1), "reader")

    def __call__(self, question: str, texts: Sequence[str]) -> Scores:
        # One text a run: int8 scales follow the whole batch, and a score must not depend on its neighbours.
        asked = self._glosses(question)
        return np.array(list(self._threads.map(lambda text: self._run(asked, self._glosses(text)), texts)), dtype=np.float32)

    def _run(self, question: str, text: str) -> float:
        encoded = self._tokenizer.encode(question, text)
        columns = {"input_ids": encoded.ids, "attention_mask": encoded.attention_mask, "token_type_ids": encoded.type_ids}
        feed = {name: np.array([values], dtype=np.int64) for name, values in columns.items()}
        return float(self._session.run(["score"], feed)[0][0])


def is_set_up(models: Path) -> bool:
    """Whether the folder holds all that the reader needs."""
    return reader_file(models).exists() and glosses_file(models).exists()


def open_reader(settings: Settings, words: Mapping[str, str] = NO_WORDS, *, set_up: bool = False) -> OnnxReader:
    """The reader. `words` are Chinese ones with their English, before those of the dictionary; `set_up` exports what is missing,
    which otherwise is an error."""
    model = export_reader(settings.models) if set_up else reader_file(settings.models)
    if not model.exists():
        raise PlanQueryError(f"the reading model is not set up in {str(settings.models)!r}; run `python -m ingest`")
    return OnnxReader(model, open_glosses(settings.models, words, set_up=set_up))
