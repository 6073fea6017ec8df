"""Hand-checked values: the arithmetic stands beside each."""

import math

import pytest

from evals import metrics
from evals.bench_scores import conditional_scores
from evals.facts import missing_facts, normalise, numbers_in, occurs, unlocked_numbers
from evals.intervals import bootstrap, mcnemar, paired_p, sign_flip
from evals.spans import contains, exact_and_f1, numbers, same_evidence


def test_ranking_metrics_of_a_list_with_two_relevant_documents() -> None:
    ranked, relevant = ["x", "a", "y", "b"], {"a", "b"}
    assert metrics.recall_at(ranked, relevant, 3) == 0.5
    assert metrics.hit_at(ranked, relevant, 1) == 0.0
    assert metrics.reciprocal_rank(ranked, relevant) == 0.5
    # a at rank 2: 1/log2(3) = 0.63093; b at rank 4: 1/log2(5) = 0.43068; best: 1 + 0.63093
    assert metrics.ndcg(ranked, {"a": 1, "b": 1}) == pytest.approx((0.63093 + 0.43068) / 1.63093, abs=1e-4)
    assert metrics.ndcg(ranked, {"a": 1, "b": 3}) == pytest.approx((0.63093 + 3 * 0.43068) / (3 + 0.63093), abs=1e-4)


def test_a_relevant_document_beyond_rank_ten_has_no_reciprocal_rank() -> None:
    assert metrics.reciprocal_rank([*"0123456789", "a"], {"a"}) == 0.0


def test_ranking_metrics_without_relevant_documents_are_undefined() -> None:
    assert [metrics.recall_at(["a"], [], 5), metrics.hit_at(["a"], [], 1), metrics.reciprocal_rank(["a"], []), metrics.ndcg(["a"], {})] == [
        None
    ] * 4


def test_shares_percentiles_and_f1_of_nothing_are_undefined() -> None:
    assert (metrics.share([]), metrics.percentile([], 50), metrics.f1(None, 1.0)) == (None, None, None)


def test_percentile_is_the_nearest_rank() -> None:
    assert metrics.percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0  # ceil(0.5 * 4) = 2nd smallest
    assert metrics.percentile(list(range(1, 101)), 95) == 95


@pytest.mark.parametrize(
    ("abstained", "should", "expected"),
    [
        (True, True, {"abstention_precision": 1.0, "abstention_recall": 1.0}),
        (True, False, {"abstention_precision": 0.0, "false_refusals": 1.0}),
        (False, True, {"abstention_recall": 0.0}),
        (False, False, {"false_refusals": 0.0}),
    ],
)
def test_abstention_of_one_case(abstained: bool, should: bool, expected: dict[str, float]) -> None:
    assert metrics.abstention(abstained, should) == expected


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("230 billion yuan", "2300亿元"),
        ("RMB 230bn", "2,300亿元"),
        ("￥２３００亿", "230 billion"),
        ("1.2 trillion yuan", "1.2万亿元"),
        ("30 million", "3000万元"),
        ("5千家", "5,000家"),
        ("百分之40", "40%"),
        ("40 per cent", "４０％"),
        ("15 percentage points", "15个百分点"),
        ("0.50", "0.5"),
        ("2021—2025", "2021-2025"),
        ("Long-Term  plan", "long term plan"),
    ],
)
def test_two_forms_of_one_fact_are_equal(text: str, other: str) -> None:
    assert normalise(text) == normalise(other)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("5", "in 2025"),
        ("23亿", "123亿元"),
        ("40%", "40 firms"),
        ("15%", "15 percentage points"),
        ("no", "it is known, not settled"),
        ("2.3", "12.3"),
        ("30千伏", "30 thousand volts"),
        ("", "anything"),
    ],
)
def test_a_fact_is_not_found_in_what_only_looks_like_it(fact: str, text: str) -> None:
    assert not occurs(fact, text)


def test_words_are_found_with_their_ending_and_numbers_with_their_unit() -> None:
    assert occurs("enterprise", "All Enterprises")
    assert occurs("110千伏", "电压为110 千伏以上")
    assert occurs("2025", "到2025年")


def test_any_alternative_makes_a_fact_and_every_fact_is_needed() -> None:
    assert missing_facts([["230 billion", "2300亿"], ["40%"]], "规模2300亿元") == [["40%"]]


def test_numbers_keep_their_percent_sign() -> None:
    assert numbers_in("40% of 3 million, 2 pp") == ["#40#%", "#3000000#", "#2#pp"]


@pytest.mark.parametrize(
    ("claim", "quotes", "unlocked"),
    [
        ("规模 2300亿元", "产业 | 2300 | 亿元", []),  # a table cell: the scale stands in the head
        ("growth of 12%", "growth | 12", []),
        ("2301亿元", "产业 | 2300", ["#230100000000#"]),
        ("2300万元", "2300亿元", ["#23000000#"]),  # another scale is another number
        ("40%", "40 percent", []),
    ],
)
def test_numbers_are_locked_to_quotes_and_table_cells(claim: str, quotes: str, unlocked: list[str]) -> None:
    assert unlocked_numbers(claim, quotes) == unlocked


def test_english_f1_counts_words_without_articles() -> None:
    # "cat sat" against "cat sat down": 2 common, 2*2/(2+3)
    assert exact_and_f1("The cat sat!", ["a cat sat down"], "en") == pytest.approx((0.0, 0.8))
    assert exact_and_f1("The cat", ["cat."], "en") == (1.0, 1.0)


def test_chinese_f1_counts_the_longest_common_run() -> None:
    # 产业规模 (4) against 产业的规模 (5): longest run 2, 2*2/(4+5)
    assert exact_and_f1("产业规模", ["产业的规模"], "zh") == pytest.approx((0.0, 4 / 9))
    assert exact_and_f1("“伤病”。", ["伤病"], "zh") == (1.0, 1.0)


def test_only_an_empty_answer_is_right_where_no_answer_exists() -> None:
    assert exact_and_f1("", [], "en") == (1.0, 1.0)
    assert exact_and_f1("否", [], "zh") == (0.0, 0.0)


def test_containment_is_by_whole_words_in_english() -> None:
    assert not contains("Warsawa", "Warsaw", "en")
    assert contains("在Warsaw市", "warsaw", "zh")
    assert contains("在华沙市", "华沙", "zh")
    assert not contains("x", "。", "zh")


def test_evidence_half_alike_is_the_same() -> None:
    assert same_evidence("one two three", "one two four", "en")
    assert not same_evidence("one two", "three four", "en")


def test_numbers_in_brackets_are_negative() -> None:
    assert numbers("(1,200) and $3.5%") == [-1200.0, 3.5]


def test_extra_answers_of_conditionalqa_are_discounted() -> None:
    one = conditional_scores([("yes", ())], [("yes", ())])
    assert one == {"cqa_EM": 1.0, "cqa_EM_cond": 1.0, "cqa_F1": 1.0, "cqa_F1_cond": 1.0}
    two = conditional_scores([("yes", ()), ("no", ())], [("yes", ("if old",))])
    assert two["cqa_EM"] == pytest.approx(math.exp(-1))
    assert two["cqa_EM_cond"] == 0.0


def test_bootstrap_is_repeatable_and_surrounds_the_mean() -> None:
    low, high = bootstrap([0.0, 1.0] * 50) or (1, 0)
    assert 0.35 < low < 0.5 < high < 0.65
    assert bootstrap([0.0, 1.0] * 50) == (low, high)
    assert bootstrap([1.0]) is None


def test_mcnemar_of_one_lost_and_five_won() -> None:
    assert mcnemar(5, 1) == pytest.approx(2 * (1 + 6) / 64)
    assert mcnemar(0, 0) == 1.0


def test_sign_flip_of_three_equal_gains_reaches_a_quarter() -> None:
    # of the 8 sign patterns, +++ and --- are as far from 0: p = 1/4
    assert sign_flip([0.5, 0.5, 0.5]) == pytest.approx(0.25, abs=0.02)
    assert sign_flip([0.0, 0.0]) == 1.0


def test_binary_values_are_tested_by_mcnemar_and_graded_ones_are_not() -> None:
    assert paired_p([0.0] * 6, [1.0] * 6) == pytest.approx(2 / 64)
    assert paired_p([0.1] * 6, [0.9] * 6) == pytest.approx(2 / 64, abs=0.01)
