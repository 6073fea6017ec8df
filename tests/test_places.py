"""Names of places: a capital that stands for its government is none."""

import pytest

from assistant.places import places_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How much does Taiyuan pay?", ["太原"]),
        ("What does a firm in Beijing get?", ["北京"]),
        ("Beijing's city award", ["北京"]),
        ("北京市的奖励", ["北京"]),
        ("Beijing's plan for servers", []),
        ("How does Beijing intend to keep makers from overbuilding?", []),
        ("Is Beijing more ambitious than Shanxi?", ["山西"]),
    ],
)
def test_places_are_found_by_their_chinese_names(text: str, names: list[str]) -> None:
    found = places_in(text)
    assert [name for _, name, _, _ in found] == names
    assert all(text[start:end].lower() in ("taiyuan", "beijing", "北京", "shanxi") for _, _, start, end in found)
