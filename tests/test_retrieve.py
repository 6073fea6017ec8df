"""A query to passages: both sides joined, filters kept, nothing invented."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from toys import DOCUMENTS, PLAN, TALENT, ToyEmbedder, passages_of, read_documents, toy_index, write_index

from assistant.question import plain_query
from assistant.retrieve import (
    GLOSSED_WEIGHT,
    Filters,
    HybridRetriever,
    dense_weight,
    dense_weights,
    lexical_scores,
    search,
    title_weight,
    turn_scores,
)
from assistant.title_years import year_agreement
from ingest.embed import Embedder
from ingest.lexical import terms
from ingest.schema import PlanQueryError, Source
from ingest.store import Generation, open_generation, publish

TOY = ToyEmbedder()
INTERNAL = TALENT.replace("language: zh", "language: zh\naudience: internal")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    generation = toy_index(tmp_path)
    yield generation
    generation.close()


def found(index: Generation, question: str, **filters: object) -> list[str]:
    """Ids of the documents found, best first."""
    passages = search(index, TOY, plain_query(question), 8, Filters.model_validate(filters))
    return list(dict.fromkeys(passage.chunk.source.id for passage in passages))


def test_the_passage_that_speaks_of_the_question_comes_first(index: Generation) -> None:
    english, chinese = passages_of(index, "What annual revenue do robot makers reach?"), passages_of(index, "博士有什么安家补贴？")
    assert english[0].chunk.path() == ("Targets",)
    assert chinese[0].chunk.path() == ("安家补贴",)
    for passages in (english, chinese):
        assert [passage.rank for passage in passages] == list(range(1, len(passages) + 1))
        assert [passage.score for passage in passages] == sorted((passage.score for passage in passages), reverse=True)


def test_no_more_than_k_passages_come(index: Generation) -> None:
    assert len(passages_of(index, "robot makers plan", k=2)) == 2
    assert len(passages_of(index, "robot makers plan", k=50)) <= index.info.chunks


def test_words_that_no_document_holds_still_give_a_ranked_list_or_nothing(index: Generation) -> None:
    passages = passages_of(index, "quux blarg")
    assert [passage.lexical for passage in passages] == [0.0] * len(passages)


def test_a_filter_names_documents_by_id_or_its_leading_part(tmp_path: Path) -> None:
    index = toy_index(tmp_path, {"s16-en": PLAN, "s16-zh": TALENT, "s1-en": PLAN})
    assert set(found(index, "robot makers", documents=["s16"])) == {"s16-en", "s16-zh"}
    assert found(index, "robot makers", documents=["s1-en"]) == ["s1-en"]
    with pytest.raises(PlanQueryError, match="no document 's2' in the index"):
        found(index, "robot makers", documents=["s2"])
    index.close()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"plan", "talent"}),
        ({"languages": ["zh"]}, {"talent"}),
        ({"published_from": date(2024, 5, 15)}, {"talent"}),
        ({"published_to": date(2024, 5, 15)}, {"plan"}),
        ({"statuses": ["in_force"], "as_of": date(2029, 1, 1)}, {"talent"}),
        ({"statuses": ["expired"], "as_of": date(2029, 1, 1)}, {"plan"}),
        ({"statuses": ["draft"]}, set()),
    ],
)
def test_filters_hold(filters: dict[str, object], expected: set[str], index: Generation) -> None:
    assert set(found(index, "robot makers 安家补贴", **filters)) == expected


def test_internal_documents_are_found_by_insiders_only(tmp_path: Path) -> None:
    index = toy_index(tmp_path, DOCUMENTS | {"talent": INTERNAL})
    assert "talent" not in found(index, "安家补贴")
    assert found(index, "安家补贴", audience="internal")[0] == "talent"
    index.close()


def test_a_document_without_a_date_fails_a_date_filter() -> None:
    source = Source(id="d", title="D", language="en")
    assert Filters().admits(source)
    assert not Filters(published_from=date(1900, 1, 1)).admits(source)


def test_where_the_embedder_cannot_read_the_dense_side_has_no_weight() -> None:
    assert dense_weight(TOY, plain_query("What revenue?"), 0.0) > 0
    assert dense_weight(TOY, plain_query("营业收入是多少？"), 0.0) == 0
    assert dense_weight(TOY, plain_query("What revenue?"), 0.95) == 0


CHINESE = {
    "talent": TALENT,
    "museum": "# 河谷博物馆开放办法\n\n博物馆星期一闭馆。\n\n学生门票半价。\n",
    "trees": "# 河谷植树条例\n\n每年三月种树。\n",
}
ENGLISH = {
    "plan": PLAN,
    "museum": "# Opening of the valley museum\n\nThe museum is closed on Mondays.\n",
    "trees": "# Planting of trees\n\nTrees are planted in March.\n",
}


@pytest.mark.parametrize(
    ("question", "papers", "expected"),
    [
        ("How much is the housing subsidy for a newly recruited doctor?", CHINESE, "talent"),
        ("On which day is the museum closed?", CHINESE, "museum"),
        ("到2028年机器人制造商的年收入是多少？", ENGLISH, "plan"),
        ("博物馆星期几闭馆？", ENGLISH, "museum"),
    ],
)
def test_a_question_finds_documents_in_the_other_language_without_a_glossary(
    question: str, papers: dict[str, str], expected: str, tmp_path: Path, embedder: Embedder
) -> None:
    write_index(tmp_path / "store", "g1", read_documents(tmp_path / "files", papers), embedder)
    publish(tmp_path / "store", "g1")
    index = open_generation(tmp_path / "store")
    assert search(index, embedder, plain_query(question), 4, Filters())[0].chunk.source.id == expected
    index.close()


def test_a_chinese_query_is_compared_by_its_glosses_above_all_with_the_other_language(embedder: Embedder) -> None:
    abroad = np.array([True, False])
    assert dense_weights(embedder, plain_query("营业收入是多少？"), 0.0, abroad).tolist() == [1.0, GLOSSED_WEIGHT]
    assert dense_weights(embedder, plain_query("What revenue?"), 0.0, abroad).tolist() == [1.0, 1.0]
    assert not dense_weights(TOY, plain_query("营业收入是多少？"), 0.0, abroad).any()


def test_langchain_gets_documents_with_their_source(index: Generation) -> None:
    retriever = HybridRetriever(generation=index, embedder=TOY, k=2, filters=Filters(languages=("en",)))
    first, _ = retriever.invoke("annual revenue of robot makers")
    assert "40 billion" in first.page_content
    assert (first.metadata["document_id"], first.metadata["rank"]) == ("plan", 1)
    assert first.id in index.row_ids()


def test_a_document_is_scored_by_its_best_row_for_each_turn(index: Generation) -> None:
    one, two = ((("batteri", 1.0),), (("talent", 1.0),))
    both = turn_scores(index, (one, two))

    assert np.allclose(both, turn_scores(index, (one,)) + turn_scores(index, (two,)))
    assert all(len(set(both[index.document_rows == document].tolist())) == 1 for document in set(index.document_rows.tolist()))


def test_the_title_counts_beside_the_text(index: Generation) -> None:
    words = tuple((term, 1.0) for term in terms(index.sources[0].title))
    rows = index.document_rows == 0

    assert (lexical_scores(index, words, 0.4)[rows] > lexical_scores(index, words)[rows]).all()


def test_turns_take_the_place_of_the_title_in_english() -> None:
    assert title_weight("en", has_turns=False) > title_weight("en", has_turns=True) == 0
    assert title_weight("zh", has_turns=True) > 0


@pytest.mark.parametrize(
    ("question", "title", "agreement"),
    [
        ("2014年名单有哪些?", "2014年推荐名单", 1),
        ("2014年名单有哪些?", "2013年推荐名单", -1),
        ("What was the award in 2023?", "Plan for 2021-2025", 1),
        ("What was the award in 2027?", "Plan for 2021-2025", -1),
        ("What was the award in 2023?", "Rules for awards", 0),
        ("What is the award?", "Rules of 2023", 0),
        ("2026年以后的办法怎么补?", "2026年办法", 0),
        ("What is the award after 2026?", "Rules of 2026", 0),
    ],
)
def test_a_title_speaks_for_the_years_it_names(question: str, title: str, agreement: int) -> None:
    assert year_agreement(question, title) == agreement


YEARS = {f"list-{year}": f"---\ntitle: Award list {year}\nlanguage: en\n---\nThe award goes to boat yards.\n" for year in (2013, 2014)}


def test_of_pages_in_the_same_words_the_one_of_the_year_asked_about_comes_first(tmp_path: Path) -> None:
    write_index(tmp_path / "store", "g1", read_documents(tmp_path / "files", YEARS), ToyEmbedder())
    publish(tmp_path / "store", "g1")
    opened = open_generation(tmp_path / "store")
    try:
        assert [found(opened, f"Who got the award in {year}?")[0] for year in (2013, 2014)] == ["list-2013", "list-2014"]
    finally:
        opened.close()


EDITIONS = {
    "boats-en": "---\ntitle: Boat rules\nlanguage: en\n---\n# Boat rules\n\nA boat yard 船厂 receives 5 million yuan.\n",
    "boats-zh": "---\ntitle: 船厂办法\nlanguage: zh\n---\n# 船厂办法\n\n船厂奖励500万元。\n",
}


def test_of_two_editions_the_one_in_the_questions_language_is_searched(tmp_path: Path) -> None:
    documents = read_documents(tmp_path / "files", EDITIONS)
    linked = [one.model_copy(update={"source": one.source.model_copy(update={"translation_of": "boats-en"})}) for one in documents[1:]]
    write_index(tmp_path / "store", "g1", [documents[0], *linked], ToyEmbedder())
    publish(tmp_path / "store", "g1")
    opened = open_generation(tmp_path / "store")
    try:
        assert set(found(opened, "船厂奖励多少?")) == {"boats-zh"}
        assert set(found(opened, "How much does a boat yard get?")) == {"boats-en"}
        assert set(found(opened, "船厂奖励多少?", documents=("boats-en",))) == {"boats-en"}
    finally:
        opened.close()
