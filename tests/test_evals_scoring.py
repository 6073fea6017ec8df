"""Each broken assistant is caught by the metric meant for it, and the right one by none."""

import pytest
from evals_toys import DAY, TEXTS, CitesAnother, CitesWrongDocument, KnowItAll, OffByOne, Refuser, ToyAssistant, answer, cases, refusal

from assistant.schema import Answer
from evals.run import asked
from evals.schema import AnswerCase, ApplicabilityCase, RetrievalCase
from evals.scoring import answer_faults, score_answer, score_applicability, score_case, score_retrieval, spoken
from evals.subject import answer_record
from evals.summary import estimates


def means(asker: ToyAssistant) -> dict[str, float]:
    """The toy suite's metrics for an assistant."""
    rows = [score_case("toy", one, asked(asker, one.question, one.history, (), TEXTS.get, DAY)) for one in cases()]
    return {name: one.value for name, one in estimates(rows).items()}


def test_the_right_assistant_is_right_everywhere() -> None:
    assert means(ToyAssistant()) == {
        **dict.fromkeys(("accuracy", "status", "fact_recall", "forbidden_avoided"), 1.0),
        **dict.fromkeys(("evidence_precision", "evidence_recall", "evidence_f1"), 1.0),
        **dict.fromkeys(("quotes_found", "claims_cited", "numbers_locked", "claims_borne_out"), 1.0),
        **dict.fromkeys(("followup_resolved", "abstention_precision", "abstention_recall"), 1.0),
        "false_refusals": 0.0,
    }


def test_always_refusing_is_caught_by_false_refusals() -> None:
    scores = means(Refuser())
    assert (scores["false_refusals"], scores["abstention_recall"], scores["accuracy"]) == (1.0, 1.0, 0.2)
    assert scores["abstention_precision"] == 0.2
    assert "quotes_found" not in scores  # nothing was cited, so nothing can be said of citations


def test_always_answering_is_caught_by_abstention_recall() -> None:
    scores = means(KnowItAll())
    assert (scores["abstention_recall"], scores["false_refusals"]) == (0.0, 0.0)
    assert "abstention_precision" not in scores


def test_numbers_altered_by_one_are_caught_by_the_number_lock_and_the_facts() -> None:
    scores = means(OffByOne())
    assert scores["numbers_locked"] == 0.0
    assert scores["fact_recall"] == 0.0
    assert scores["quotes_found"] == 1.0


def test_citations_shuffled_among_answers_are_caught_by_the_number_lock_and_the_wording() -> None:
    scores = means(CitesAnother())
    assert scores["quotes_found"] == 1.0
    assert scores["numbers_locked"] == 0.0
    assert scores["claims_borne_out"] == 0.0
    assert scores["evidence_f1"] < 0.5


def test_quotes_given_to_another_document_are_caught_by_the_stored_text() -> None:
    assert means(CitesWrongDocument())["quotes_found"] == 0.0


def right() -> Answer:
    return ToyAssistant().ask("How large is revenue in 2025?")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"status": "partial"}, "status is partial, expected answered"),
        ({"text": "It grows. [1]"}, "fact not found: 2300亿元"),
        ({"text": "230 billion yuan, 500 firms [1]"}, "forbidden text found: 500"),
        ({"citations": ()}, "no citation at an expected source: plan-en"),
        ({"text": "230 billion yuan " + "and more " * 80}, "737 characters long, expected 1 to 600 for figure"),
    ],
)
def test_one_fault_makes_a_case_wrong_and_is_named(change: dict[str, object], fault: str) -> None:
    case = cases()[0]
    assert answer_faults(case, answer_record(right())) == []
    assert answer_faults(case, answer_record(right().model_copy(update=change))) == [fault]


def test_a_citation_of_the_right_document_with_another_quote_is_not_at_the_source() -> None:
    elsewhere = answer("How large is revenue in 2025?", "plan-en", "More than 500 firms take part.", "500")
    assert any("no citation" in fault for fault in answer_faults(cases()[0], answer_record(elsewhere)))


def test_citation_marks_are_no_figures_of_the_answer() -> None:
    assert spoken(answer_record(right().model_copy(update={"text": "Two [1], document [2024] 5"}))) == "Two, document [2024] 5"


def test_refusing_otherwise_than_expected_is_wrong_but_still_abstains() -> None:
    case = AnswerCase(id="x", question="?", lang="en", kind="out_of_scope", expected_status="out_of_scope")
    scores, faults = score_answer(case, {"answer": answer_record(refusal("?")), "quotes_found": []})
    assert (scores["accuracy"], scores["abstention_recall"]) == (0.0, 1.0)
    assert faults == ["status is not_found, expected out_of_scope"]


def test_retrieval_counts_each_expected_prefix_once() -> None:
    case = RetrievalCase(id="r", question="q", lang="en", expected_documents=("plan-", "notice"))
    scores, faults = score_retrieval(case, {"documents": ["plan-zh", "plan-en", "other", "notice-en"]})
    # the two plans are one hit, so the list is plan-, other, notice
    assert (scores["recall@1"], scores["recall@3"], scores["MRR@10"]) == (0.5, 1.0, 1.0)
    assert faults == []


def test_verdicts_and_missing_facts_are_scored_by_measure() -> None:
    case = ApplicabilityCase(
        id="a",
        as_of=DAY,
        profile={},
        expected_verdicts={"grant": "needs_information", "loan": "applies"},
        expected_missing={"grant": ("employees", "city")},
    )
    scores, faults = score_applicability(
        case, {"verdicts": {"grant": {"status": "needs_information", "missing": ["employees", "sectors"]}}}
    )
    assert scores == {"accuracy": 0.0, "verdict_accuracy": 0.5, "missing_recall": 0.5, "missing_precision": 0.5}
    assert faults == ["loan: no verdict, expected applies", "grant: missing fact not named: city"]


def test_verdicts_without_expected_missing_facts_leave_their_recall_undefined() -> None:
    case = ApplicabilityCase(id="a", as_of=DAY, profile={}, expected_verdicts={"grant": "applies"})
    scores, _ = score_applicability(case, {"verdicts": {"grant": {"status": "applies", "missing": []}}})
    assert scores == {"accuracy": 1.0, "verdict_accuracy": 1.0}
