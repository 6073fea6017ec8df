"""Each rule on a sentence it changes and on one it leaves alone, and the consistency of toy answers."""

from collections.abc import Callable

import pytest
from evals_toys import DAY, TEXTS, ToyAssistant, answer, cases, refusal

from evals import metamorphic
from evals.facts import normalise
from evals.run import jobs_of
from evals.schema import AnswerCase, Suite
from evals.subject import answer_record


def asking(question: str) -> AnswerCase:
    lang = "en" if question.isascii() else "zh"
    return AnswerCase.model_validate({"id": "x", "question": question, "lang": lang, "kind": "figure", "expected_status": "answered"})


@pytest.mark.parametrize(
    ("rule", "question", "expected"),
    [
        (metamorphic.typo, "What is the target?", "What is the tagret?"),
        (metamorphic.typo, "产业规模多大？", "产业模规多大？"),
        (metamorphic.typo, "How big is it?", None),
        (metamorphic.width, "By 2025?", "By ２０２５？"),
        (metamorphic.width, "规模是多少？", "规模是多少？"),
        (metamorphic.script, "产业规模", "產業規模"),
        (metamorphic.script, "size", None),
        (metamorphic.order, "By 2025, how many firms?", "how many firms, By 2025?"),
        (metamorphic.order, "到2025年，企业有多少家？", "企业有多少家，到2025年？"),
        (metamorphic.order, "How many firms?", None),
        (metamorphic.units, "不超过5000万元吗", "不超过0.5亿元吗"),
        (metamorphic.units, "12000亿元和40%", "1.2万亿元和百分之40"),
        (metamorphic.units, "over 30 billion or 40%", "over 30 bn or 40 percent"),
        (metamorphic.units, "1.2万亿元", "1.2万亿元"),
    ],
)
def test_rules(rule: Callable[[AnswerCase], str | None], question: str, expected: str | None) -> None:
    made = rule(asking(question))
    assert made == expected if rule is not metamorphic.width or expected != question else made in (question, "规模是多少?")


@pytest.mark.parametrize("question", ["不超过5000万元、300百万元或1200亿元吗", "over 30 billion, 5 million or 40%"])
def test_unit_forms_keep_their_value(question: str) -> None:
    assert normalise(metamorphic.units(asking(question)) or "") == normalise(question)


def test_rules_that_change_nothing_give_no_variant() -> None:
    made = metamorphic.variants(Suite(name="toy", cases=(asking("How big?"),), sha256=""))
    assert [case.id for case in made.cases] == ["x~width"]


def test_consistency_asks_for_status_and_a_shared_quote() -> None:
    one = answer_record(answer("q", "plan-en", "By 2025, revenue reaches 230 billion yuan.", "230"))
    part = answer_record(answer("q", "plan-en", "revenue reaches 230 billion", "230"))
    other = answer_record(answer("q", "plan-en", "More than 500 firms take part.", "500"))
    nothing = answer_record(refusal("q"))
    assert metamorphic.consistency(one, part)["consistency"] == 1.0
    assert metamorphic.consistency(one, other) == {"consistency": 0.0, "same_status": 1.0}
    assert metamorphic.consistency(one, nothing) == {"consistency": 0.0, "same_status": 0.0}
    assert metamorphic.consistency(nothing, nothing)["consistency"] == 1.0


def test_an_assistant_that_stumbles_over_typos_is_found_by_rule() -> None:
    suite = Suite(name="toy", cases=tuple(cases()), sha256="")
    variants, again = metamorphic.variants(suite), metamorphic.again(suite)
    jobs = jobs_of([suite, variants, again], ToyAssistant(), None, TEXTS.get, DAY)
    answers = {(job.suite, job.id): job.act() for job in jobs}
    typo = {row.id: row for row in metamorphic.score_variants(variants, answers, suite) if row.slices["rule"] == ("typo",)}
    # the toy knows its questions to the letter, so a typo makes it refuse; the refusal of Shaanxi stays one
    assert typo["figure-en~typo"].scores == {"consistency": 0.0, "same_status": 0.0, "accuracy": 0.0, "kept": 0.0}
    assert typo["figure-en~typo"].reasons[0] == "answered otherwise than the original"
    assert typo["shaanxi~typo"].scores == {"consistency": 1.0, "same_status": 1.0, "accuracy": 1.0, "kept": 1.0}
    assert all(row.scores["consistency"] == 1 for row in metamorphic.score_variants(again, answers, suite))
