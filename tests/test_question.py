import pytest

from assistant.question import language_of, normalise, plain_query, standalone
from assistant.schema import Turn
from assistant.views import Weights, balanced_view, turn_terms
from ingest.glossary import Glossary, Term
from ingest.lexical import terms

TERMS = Glossary(terms=(Term(id="photovoltaic", kind="sector", zh=("光伏",), en=("photovoltaics",)),))
EVEN = Weights(parts={part: {"constant": 1.0} for part in ("question", "balanced", "balanced_document", "whole_document", "turns")})
HISTORY = (
    Turn(role="user", text="What does the plan do for batteries?"),
    Turn(role="assistant", text="It supports solid-state cells. [1]"),
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is PUE?", "en"),
        ("TOPCon是重点产品吗", "zh"),
        ("What does 光伏 mean in this plan?", "en"),
        ("2024", "en"),
        ("那Lead Specialist呢？", "zh"),
        ("光伏 subsidy", "en"),
    ],
)
def test_language_is_that_of_the_sentence(text: str, language: str) -> None:
    assert language_of(text) == language


def test_width_blanks_and_script_are_folded() -> None:
    assert normalise(" ＰＵＥ　 limit ") == "PUE limit"
    assert normalise("產業鏈鏈主獎勵多少錢？") == "产业链链主奖励多少钱?"
    assert normalise("著名企业的显著优势") == "著名企业的显著优势"


def test_question_without_history_has_one_view_of_full_weight() -> None:
    (view,) = plain_query("What is the PUE limit?").views

    assert (view.weight, view.document_weight) == (1.0, 0.0)


def test_glossary_adds_the_other_language_at_half_weight() -> None:
    weights = dict(plain_query("support for photovoltaics", TERMS).views[0].terms)

    assert weights["光伏"] == 0.5
    assert weights["support"] == 1.0
    assert dict(plain_query("光伏有什么支持", TERMS).views[0].terms)[terms("photovoltaics")[0]] == 0.5


def test_a_term_in_the_other_language_counts_in_full_in_the_questions_and_is_read_in_it() -> None:
    mixed = plain_query("What support is there for 光伏?", TERMS).views[0]
    assert dict(mixed.terms)[terms("photovoltaics")[0]] == 1.0
    assert "光伏" not in mixed.text
    assert dict(plain_query("photovoltaics有什么支持?", TERMS).views[0].terms)["光伏"] == 1.0


def test_conversation_adds_its_words_behind_the_question() -> None:
    query = standalone("How large is the grant for pilot lines?", HISTORY, weights=EVEN)

    assert query.text == "How large is the grant for pilot lines?"
    assert query.views[0].text == query.text
    assert "batteri" in dict(query.views[1].terms)


def test_topic_shift_searches_for_the_question_alone() -> None:
    query = standalone("Different question: what is the PUE limit?", HISTORY)

    assert query.relation == "shift"
    assert len(query.views) == 1


def test_settled_question_outweighs_the_turns_it_replaced() -> None:
    settled = standalone("And for photovoltaics?", HISTORY, TERMS, weights=EVEN)

    assert settled.text == "And for photovoltaics?" or settled.views[0].weight >= 1.0
    assert settled.views[0].weight >= max(view.document_weight for view in settled.views[1:])


def test_long_turns_count_less_a_term_than_short_ones() -> None:
    short = balanced_view("the question", (Turn(role="assistant", text="gallium nitride"),))
    long = balanced_view("the question", (Turn(role="assistant", text="gallium nitride " + " ".join(f"word{i}x" for i in range(90))),))

    assert dict(short.terms)["gallium"] > 2 * dict(long.terms)["gallium"]


def test_older_turns_count_less() -> None:
    view = dict(balanced_view("the question", (Turn(role="user", text="gallium"), Turn(role="user", text="indium"))).terms)

    assert view["indium"] > view["gallium"]


def test_kind_is_that_of_what_is_asked_now() -> None:
    history = (Turn(role="user", text="How many chains are there?"), Turn(role="assistant", text="16. [1]"))

    assert standalone("Who is responsible?", history).kind == "who"


def test_question_about_a_new_thing_leaves_the_conversation_behind() -> None:
    question = "Which targets does the province set for photovoltaics?"
    moved_on = standalone(question, HISTORY, TERMS, weights=EVEN)
    stays = standalone(question, (*HISTORY, Turn(role="user", text="And photovoltaics?")), TERMS, weights=EVEN)

    assert moved_on.relation == stays.relation == "new"
    assert moved_on.views[1].weight < stays.views[1].weight


def test_every_turn_speaks_for_itself_and_older_ones_more_softly() -> None:
    last, first = (dict(turn) for turn in turn_terms("gallium", (Turn(role="user", text="indium"),)))

    assert 0 < first["indium"] < last["gallium"]
