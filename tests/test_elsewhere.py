"""Questions about a place against papers of another."""

import pytest

from assistant.elsewhere import is_elsewhere, is_out_of_place
from assistant.home_places import HomePlaces

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


PLACES = HomePlaces(["Harbour plan of Velmor Province", "澜川省港口规划", "Rules of Quenby City"], lambda _: False).find


@pytest.mark.parametrize(
    ("question", "title", "is_other"),
    [
        ("What does Velmor plan?", "澜川省港口规划", True),
        ("What does Velmor plan?", "Harbour plan of Velmor Province", False),
        ("What does Lanchuan plan?", "澜川省港口规划", False),
        ("What does Quenby pay?", "澜川省港口规划", False),
        ("What does Velmor plan?", "Shanxi plan for harbours", True),
        ("What does Velmor plan?", "Rules for harbours", False),
    ],
)
def test_places_that_only_the_documents_know_are_held_against_those_of_their_level(question: str, title: str, is_other: bool) -> None:
    assert is_elsewhere(question, title, PLACES) is is_other
    assert is_out_of_place(question, title, f"{title} The harbour grows.", [title], PLACES) is is_other
