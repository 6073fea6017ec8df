"""Tables of a comparison: rows under their own heads, or one row a side, every word in them with evidence."""

from collections.abc import Iterator

import pytest

from assistant.side_tables import LONG_LEAD, own_table, shared_table
from ingest.store import Generation
from tests.toys import candidate_of, toy_index

LONG = f"The valley, {'which thinks of everybody, ' * 8}gives grants to these builders:"
GRANTS = f"""---
title: Valley grants for robot makers
language: en
status: in_force
---
# Valley grants for robot makers

## Fees

| Kind of permit | Fee in 2021 | Fee in 2024 |
|---|---|---|
| Water permit | 200 yuan | 300 yuan |
| Noise permit | 100 yuan | 150 yuan |

## Sectors

The plan gives grants to these firms:

- makers of joint motors
- makers of force sensors

## Builders

{LONG}

- builders of houses
- builders of bridges

## Centres

A test centre receives 5 million yuan | once.
"""
FEES = """---
title: 河谷收费办法
language: zh
status: in_force
---
# 河谷收费办法

## 费用

| 许可 | 费用 |
|---|---|
| 取水许可 | 200元 |
| 噪声许可 | 100元 |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("tables"), {"grants": GRANTS, "fees": FEES})
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "parts", "head", "rows"),
    [
        (
            "permit fee",
            ("Water permit", "Noise permit"),
            "| Kind of permit | Fee in 2021 | Fee in 2024 |",
            ("| Water permit | 200 yuan | 300 yuan |", "| Noise permit | 100 yuan | 150 yuan |"),
        ),
        ("许可费用", ("取水许可", "噪声许可"), "| 许可 | 费用 |", ("| 取水许可 | 200元 |", "| 噪声许可 | 100元 |")),
    ],
)
def test_rows_of_one_table_stand_once_under_its_heads(
    index: Generation, question: str, parts: tuple[str, str], head: str, rows: tuple[str, str]
) -> None:
    found = [candidate_of(index, question, part) for part in parts]
    first, second = shared_table(found)
    assert first.text.splitlines()[0] == head
    assert (first.text.splitlines()[-1], second.text) == rows
    assert [evidence.quote for evidence in first.evidence] == [found[0].text, head.strip("| ")]
    assert [evidence.quote for evidence in second.evidence] == [found[1].text]


def test_each_side_is_a_row_and_the_head_stands_over_the_first_alone(index: Generation) -> None:
    sides = [("water", candidate_of(index, "permit fee", "Water permit")), ("centre", candidate_of(index, "test centre", "test centre"))]
    first, second = own_table(sides, "en")
    assert first.text.splitlines()[0] == "| Compared | What the documents say |"
    assert first.text.endswith("| water | Kind of permit: Water permit; Fee in 2021: 200 yuan; Fee in 2024: 300 yuan |")
    assert [evidence.quote for evidence in first.evidence] == [sides[0][1].text, "Kind of permit | Fee in 2021 | Fee in 2024"]
    # A bar of the text would open another column.
    assert second.text == "| centre | A test centre receives 5 million yuan / once. |"
    assert own_table([("取水", candidate_of(index, "许可费用", "取水许可"))], "zh")[0].text.startswith("| 比较对象 | 文件规定 |")


def test_a_name_with_a_figure_that_nothing_proves_gives_way_to_the_title(index: Generation) -> None:
    motors, water = candidate_of(index, "joint motors", "joint motors"), candidate_of(index, "取水许可费用", "取水许可")
    (unproved,) = own_table([("motors of 2099", motors)], "en")
    assert "2099" not in unproved.text
    assert "| Valley grants for robot makers |" in unproved.text
    (proved,) = own_table([("200元的许可", water)], "zh")
    assert "| 200元的许可 |" in proved.text


def test_an_item_is_told_and_proved_with_its_lead_unless_that_is_long(index: Generation) -> None:
    motors, houses = candidate_of(index, "joint motors", "joint motors"), candidate_of(index, "builders of houses", "of houses")
    assert len(houses.lead) > LONG_LEAD
    (short,), (long,) = own_table([("motors", motors)], "en"), own_table([("houses", houses)], "en")
    assert short.text.endswith("| motors | The plan gives grants to these firms: makers of joint motors |")
    assert [evidence.quote for evidence in short.evidence] == ["makers of joint motors", "The plan gives grants to these firms:"]
    assert long.text.endswith("| houses | builders of houses |")
    assert [evidence.quote for evidence in long.evidence] == ["builders of houses"]
