"""The row that an amount falls into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tier_toys import EDITIONS, ranked
from toys import toy_index

from assistant.tiers import graded
from ingest.figures import find_figures
from ingest.store import Generation


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(Path(tmp_path_factory.mktemp("tiers")), EDITIONS)
    yield opened
    opened.close()


def _own_rows(index: Generation, amount: str) -> list[str]:
    found = ranked(index, "awards of robot makers by sales").found
    return [found[number].text for number, is_own in graded(find_figures(amount), found).items() if is_own]


@pytest.mark.parametrize(
    ("amount", "award"),
    [
        ("30 million yuan", "1 million yuan"),
        ("50 million yuan", "1 million yuan"),
        ("51 million yuan", "2 million yuan"),
        ("3亿元", "4 million yuan"),
        ("90 million", "2 million yuan"),
    ],
)
def test_an_amount_falls_into_one_row(index: Generation, amount: str, award: str) -> None:
    rows = _own_rows(index, amount)
    assert len(rows) == 1
    assert rows[0].endswith(award)


@pytest.mark.parametrize("amount", ["20 percent", "in 2023", "200 persons"])
def test_what_the_table_does_not_grade_by_falls_nowhere(index: Generation, amount: str) -> None:
    assert _own_rows(index, amount) == []


def test_a_bare_small_number_is_no_size(tmp_path: Path) -> None:
    facts = "# Awards\n\nOne of these replaces the score of 60:\n\n- an award among the top 3\n- a place among the top 500\n"
    opened = toy_index(tmp_path, {"awards": facts})
    found = ranked(opened, "award or place instead of a score").found
    assert graded(find_figures("Our score is below sixty."), found) == {}
    assert graded(find_figures("We scored 60."), found) == {}
    opened.close()
