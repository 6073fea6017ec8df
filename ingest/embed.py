"""Text to vectors. The built-in model runs on onnxruntime alone; any other is loaded through sentence-transformers."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.export import export, exported_file, package_folder
from ingest.gloss import NO_WORDS, Glosses, open_glosses
from ingest.schema import PlanQueryError
from ingest.settings import Settings

Vectors = NDArray[np.float32]

BUILT_IN = "minilm"
MAX_TOKENS = 256  # all-MiniLM-L6-v2 was trained on at most 256 word pieces; longer input is cut off
DIMENSION = 384
UNRELATED, GLOSSED_UNRELATED = 0.25, 0.2
"""Cosine that the built-in model gives a question and the best of all chunks where they have nothing to do with each other; for a question
read in its glosses the second. Of 42 questions on travel, cooking, shares and the like, asked of two corpora, half are below, of 535 that
are answered one."""

READABLE = 0.12
"""Share of unknown tokens from which an embedder counts as unable to read: English documents stay below .02, Chinese ones above .3."""

BATCH = 16  # for models of sentence-transformers; on two cores larger batches only add padding


class Embedder(Protocol):
    """What indexing and retrieval need of a model. Vectors are float32 rows of length 1."""

    @property
    def identity(self) -> str:
        """Name and checksum: two embedders with one identity give the same vectors."""

    def knows(self, word: str) -> bool:
        """Whether a lower-case Latin word or a Chinese one stands in the model's vocabulary or dictionary as a whole."""

    def unrelated(self, question: str) -> float:
        """Cosine below which texts have nothing to do with the question; -1 where that is not known."""

    @property
    def max_tokens(self) -> int:
        """Longest text, in tokens, that the model reads; the rest is cut off."""

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in order; shape (0, dimension) for no texts."""

    def embed_query(self, text: str) -> Vectors:
        """One vector, shape (dimension,)."""

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` without the model's own marks, and without its limit."""

    def unreadable_share(self, text: str) -> float:
        """Share of the tokens (0-1) that the model's vocabulary does not hold; 0 for no tokens."""

    def readable(self, text: str) -> str:
        """The text as it is embedded: Chinese in English, word for word, where the model reads no Chinese, else the text itself."""


class OnnxEmbedder:
    """all-MiniLM-L6-v2, int8 per channel, on onnxruntime: no torch, about 2 ms a query. Chinese is read by its English glosses."""

    def __init__(self, model: Path, glosses: Glosses, query_prompt: str = "", document_prompt: str = "") -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        path = str(package_folder() / "tokenizer.json")
        self._tokenizer, self._counter = Tokenizer.from_file(path), Tokenizer.from_file(path)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._counter.no_truncation()
        self._counter.no_padding()
        self._unknown: int = self._counter.token_to_id("[UNK]") or 0
        self._prompts = (query_prompt, document_prompt)
        self.readable = glosses
        self.identity = f"{BUILT_IN}-int8:{hashlib.sha256(model.read_bytes() + glosses.identity.encode()).hexdigest()[:16]}"
        self.max_tokens = MAX_TOKENS
        self._query = lru_cache(maxsize=256)(self._embed_one)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        # One text a run: int8 scales follow the whole batch, so in a batch a text's vector would shift (cosine .97-.99) with its
        # neighbours and a partly carried-over index differ from a fresh one. Measured as fast as batches of 16.
        rows = [self._run(self._prompts[1] + text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSION)

    def embed_query(self, text: str) -> Vectors:
        return self._query(text)

    def count_tokens(self, text: str) -> int:
        return len(self._counter.encode(text, add_special_tokens=False).ids)

    def unreadable_share(self, text: str) -> float:
        ids = self._counter.encode(text, add_special_tokens=False).ids
        return ids.count(self._unknown) / len(ids) if ids else 0.0

    def knows(self, word: str) -> bool:
        return self.readable.knows(word) or self.count_tokens(word) == 1

    def unrelated(self, question: str) -> float:
        return UNRELATED if self.readable(question) == question else GLOSSED_UNRELATED

    def _embed_one(self, text: str) -> Vectors:
        vector = self._run(self._prompts[0] + text)
        vector.setflags(write=False)
        return vector

    def _run(self, text: str) -> Vectors:
        encoded = self._tokenizer.encode(self.readable(text))
        feed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
        }
        result: Vectors = self._session.run(["embedding"], feed)[0][0]
        return result


class SentenceTransformerEmbedder:
    """Any sentence-transformers model by name or path, on its ONNX backend where the model brings one."""

    def __init__(self, name: str, query_prompt: str = "", document_prompt: str = "") -> None:
        import torch

        torch.set_num_threads(max(1, torch.get_num_threads() // 2))
        self._model: Any = _load_sentence_transformer(name)
        self._prompts = (query_prompt or None, document_prompt or None)
        self.max_tokens = int(self._model.max_seq_length or 512)
        self.identity = f"{name}:{_weights_checksum(self._model, self._prompts)}"
        self._query = lru_cache(maxsize=256)(self._embed_one)

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encode(list(texts), self._prompts[1])

    def embed_query(self, text: str) -> Vectors:
        return self._query(text)

    def count_tokens(self, text: str) -> int:
        return len(self._ids(text))

    def unreadable_share(self, text: str) -> float:
        ids = self._ids(text)
        unknown = self._model.tokenizer.unk_token_id
        return ids.count(unknown) / len(ids) if ids and unknown is not None else 0.0

    def readable(self, text: str) -> str:
        return text

    def knows(self, word: str) -> bool:
        return self.count_tokens(word) == 1

    def unrelated(self, _: str) -> float:
        return -1.0

    def _embed_one(self, text: str) -> Vectors:
        vector: Vectors = self._encode([text], self._prompts[0])[0]
        vector.setflags(write=False)
        return vector

    def _encode(self, texts: list[str], prompt: str | None) -> Vectors:
        if not texts:
            return np.zeros((0, int(self._model.get_embedding_dimension())), dtype=np.float32)
        rows = self._model.encode(texts, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._model.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
        return ids


def open_embedder(settings: Settings, words: Mapping[str, str] = NO_WORDS, *, set_up: bool = False) -> Embedder:
    """The embedder the settings name. For the built-in model, `words` are Chinese ones with their English, before those of the dictionary,
    and `set_up` exports what is missing, which otherwise is an error."""
    if settings.embedder != BUILT_IN:
        return SentenceTransformerEmbedder(settings.embedder, settings.query_prompt, settings.document_prompt)
    model = export(settings.models) if set_up else exported_file(settings.models)
    if not model.exists():
        raise PlanQueryError(f"the embedding model is not set up in {str(settings.models)!r}; run `python -m ingest`")
    return OnnxEmbedder(model, open_glosses(settings.models, words, set_up=set_up), settings.query_prompt, settings.document_prompt)


def _load_sentence_transformer(name: str) -> Any:
    from sentence_transformers import SentenceTransformer

    has_onnx = any((Path(name) / "onnx").glob("*.onnx")) if Path(name).is_dir() else False
    try:
        return SentenceTransformer(name, backend="onnx" if has_onnx else "torch", device="cpu")
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise PlanQueryError(
            f"embedder {name!r} could not be loaded ({reason}); check PLANQUERY_EMBEDDER: a model name or a folder with a model"
        ) from error


def _weights_checksum(model: Any, prompts: tuple[str | None, ...]) -> str:
    """Checksum over the weights (every 97th value) and prompts: cheap, and changes when the model does."""
    digest = hashlib.sha256(repr(prompts).encode())
    for parameter in model.parameters():
        digest.update(parameter.detach().float().flatten()[::97].numpy().tobytes())
    return digest.hexdigest()[:16]
