"""Which place and year an answer is about."""

import pytest

from assistant.confidence import is_elsewhere, is_other_year, is_out_of_place

SHANXI, NATIONAL = "山西省电子信息制造业规划", "高新技术企业认定管理办法"


@pytest.mark.parametrize(
    ("question", "title", "passage", "is_out"),
    [
        ("陕西省2025年目标是多少?", SHANXI, "山西省达到2300亿元", True),
        ("山西2025年目标是多少?", SHANXI, "全省达到2300亿元", False),
        ("大同的芯片企业奖多少?", NATIONAL, "企业减按15%", True),
        ("山西的高企税率多少?", NATIONAL, "企业减按15%", False),
        ("What does Datong pay?", "Scheme of Taiyuan", "Taiyuan pays 1 million yuan", True),
        ("What does Taiyuan pay?", "Shanxi scheme", "Shanxi pays 1 million yuan", False),
        ("What is paid?", "Scheme of Taiyuan", "Taiyuan pays 1 million yuan", False),
    ],
)
def test_an_answer_from_another_place_is_told(question: str, title: str, passage: str, is_out: bool) -> None:
    assert is_out_of_place(question, title, f"{title} {passage}", [title, SHANXI]) is is_out


def test_a_title_of_another_place_is_told() -> None:
    assert is_elsewhere("What does Shaanxi plan?", "Shanxi's plan to 2025")
    assert not is_elsewhere("What does Shanxi plan?", "Shanxi's plan to 2025")


def test_an_answer_of_another_year_is_told_unless_heading_or_title_name_the_year() -> None:
    assert is_other_year("What is the goal for 2030?", "Targets By 2025, 40 billion", "By 2025, 40 billion")
    assert not is_other_year("What is the goal for 2030?", "Targets for 2030 By 2025, 40 billion", "By 2025, 40 billion")
