"""Text to vectors with the built-in model, and with any other model by setting."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from ingest.embed import Embedder, OnnxEmbedder, SentenceTransformerEmbedder, open_embedder
from ingest.export import EMBEDDER, adapted, export, exported_file, package_folder
from ingest.gloss import Glosses
from ingest.schema import PlanQueryError
from ingest.settings import Settings

SENTENCES = [
    "By 2028, robot makers reach annual revenue of more than 40 billion yuan.",
    "The income of firms that build robots passes 40 billion a year.",
    "Bakeries sell fresh bread every morning before eight.",
]


def test_vectors_have_length_one_and_near_meanings_are_near(embedder: Embedder) -> None:
    vectors = embedder.embed_documents(SENTENCES)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(embedder: Embedder) -> None:
    together = embedder.embed_documents([*SENTENCES, "long " * 400])
    assert np.array_equal(together[:3], np.array([embedder.embed_query(text) for text in SENTENCES]))


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_documents([]).shape == (0, 384)


def test_a_query_vector_cannot_be_changed_by_its_receiver(embedder: Embedder) -> None:
    vector = embedder.embed_query("robots")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0
    assert np.array_equal(vector, embedder.embed_query("robots"))


def test_tokens_are_counted_beyond_the_limit_of_the_model(embedder: Embedder) -> None:
    assert embedder.count_tokens("robots") == 1
    assert embedder.count_tokens("robots " * 1000) == 1000 > embedder.max_tokens


def test_the_share_that_cannot_be_read_is_low_for_english_and_high_for_chinese(embedder: Embedder) -> None:
    assert embedder.unreadable_share("Annual revenue passes 40 billion yuan.") == 0
    assert embedder.unreadable_share("对新引进的博士，一次性给予安家补贴。") > 0.3
    assert embedder.unreadable_share("") == 0


AGAINST = ("How much is the subsidy for new energy vehicles?", "The museum is closed on Mondays.")


def test_prompts_change_the_vectors(embedder: Embedder) -> None:
    prompted = OnnxEmbedder(exported_file(Settings(_env_file=None).models), Glosses({}), "query: ", "passage: ")
    assert float(prompted.embed_query(SENTENCES[0]) @ embedder.embed_query(SENTENCES[0])) < 0.999
    assert float(prompted.embed_documents(SENTENCES)[0] @ prompted.embed_query(SENTENCES[0])) < 0.999


def test_chinese_is_embedded_by_its_glosses_and_other_glosses_are_another_model(embedder: Embedder) -> None:
    assert embedder.readable("补贴多少") == "subsidy how much"
    assert embedder.readable(SENTENCES[0]) == SENTENCES[0]
    near, far = (float(embedder.embed_query("新能源汽车的补贴是多少？") @ embedder.embed_query(text)) for text in AGAINST)
    assert near > far + 0.2
    other = OnnxEmbedder(exported_file(Settings(_env_file=None).models), Glosses({"补贴": "grant"}))
    assert other.readable("补贴") == "grant"
    assert other.identity != embedder.identity


def test_the_export_is_made_once(embedder: Embedder) -> None:
    models = Settings(_env_file=None).models
    before = exported_file(models).stat().st_mtime_ns
    assert export(models) == exported_file(models)
    assert exported_file(models).stat().st_mtime_ns == before


def test_a_model_that_is_not_set_up_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match=r"not set up in .*run `python -m ingest`"):
        open_embedder(Settings(_env_file=None, models=tmp_path))


def test_the_built_in_model_agrees_with_its_original_in_sentence_transformers(embedder: Embedder) -> None:
    original = open_embedder(Settings(_env_file=None, embedder=str(package_folder())))
    assert isinstance(original, SentenceTransformerEmbedder)
    assert original.identity != embedder.identity
    ours, packaged = embedder.embed_documents(SENTENCES), original.embed_documents(SENTENCES)
    original._model[0].auto_model.load_state_dict(adapted(load_file(str(EMBEDDER))).state_dict())
    theirs = original.embed_documents(SENTENCES)
    assert (ours * theirs).sum(axis=1).min() > 0.97
    assert (ours * packaged).sum(axis=1).min() < 0.97, "what was fitted is added"
    assert original.count_tokens(SENTENCES[0]) == embedder.count_tokens(SENTENCES[0])
    assert original.unreadable_share("一次性给予") == embedder.unreadable_share("一次性给予") > 0


def test_a_folder_without_a_model_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match="PLANQUERY_EMBEDDER"):
        open_embedder(Settings(_env_file=None, embedder=str(tmp_path)))
