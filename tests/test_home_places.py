"""Places learnt from the titles of an index."""

import pytest

from assistant.home_places import HomePlaces, known_places

TITLES = [
    "Harbour plan of Velmor Province (2026-2030)",
    "State of Quenby: port rules",
    "关于组织申报2026年度澜川省港口资金的通知",
    "云棹市港口办法",
]


def is_word(word: str) -> bool:
    return word in {"harbour", "城市", "上市", "全省"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("What does Velmor pay?", {("velmor", "province")}),
        ("How long is the pier of Quenby?", {("quenby", "province")}),
        ("澜川省的港口有多少?", {("lanchuan", "province")}),
        ("How many ports has Lanchuan?", {("lanchuan", "province")}),
        ("云棹奖多少?", {("yunzhao", "city")}),
        ("太原和澜川哪个多?", {("太原", "city"), ("lanchuan", "province")}),
        ("How much is paid?", set()),
    ],
)
def test_places_of_the_titles_are_found_in_both_scripts(text: str, places: set[tuple[str, str]]) -> None:
    assert HomePlaces(TITLES, is_word).find(text) == places


@pytest.mark.parametrize("title", ["Harbour Province rules", "支持企业在城市投资的办法", "企业上市办法", "全省港口规划", "山西省港口规划"])
def test_words_are_no_names(title: str) -> None:
    text = f"What does {title} say?"
    assert HomePlaces([title], is_word).find(text) == known_places(text)
