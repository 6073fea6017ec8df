"""What is told of the documents behind an answer."""

from datetime import date
from pathlib import Path

import pytest

from assistant.extract import extract
from assistant.schema import Draft
from assistant.standing import noted
from ingest.reader import no_reading
from tests.toys import PLAN, passages_of, plain_query, toy_index

DAY = date(2026, 11, 23)
QUESTION = "What annual revenue do robot makers reach by 2028?"


def told(folder: Path, plan: str, day: date = DAY, **titles: str) -> tuple[str, ...]:
    index = toy_index(folder, {"plan": plan})
    draft = extract(plain_query(QUESTION), passages_of(index, QUESTION), no_reading, index.lexical.idf)
    index.close()
    return noted(draft, "en", day, titles).notices


def test_of_a_plan_in_force_nothing_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, PLAN) == ()


def test_a_reader_is_told_what_has_ended(tmp_path: Path) -> None:
    assert "2028-12-31" in told(tmp_path, PLAN, date(2029, 1, 1))[0]


def test_a_reader_is_told_what_is_a_draft(tmp_path: Path) -> None:
    assert "draft" in told(tmp_path, PLAN.replace("status: in_force", "status: draft"))[0]


@pytest.mark.parametrize(("titles", "name"), [({"later": "The plan to 2035"}, "The plan to 2035"), ({}, "later")])
def test_what_replaces_a_plan_is_told_by_its_title(tmp_path: Path, titles: dict[str, str], name: str) -> None:
    replaced = PLAN.replace("status: in_force", "status: superseded\nsuperseded_by: [later]")
    assert told(tmp_path, replaced, **titles)[0].endswith(f"replaced by {name}.")


def test_notices_of_the_draft_come_first(tmp_path: Path) -> None:
    index = toy_index(tmp_path)
    draft = extract(plain_query(QUESTION), passages_of(index, QUESTION), no_reading, index.lexical.idf)
    index.close()
    whole = noted(draft.model_copy(update={"notices": ("The list is given whole.",)}), "zh", DAY, {})
    assert whole.notices[0] == "The list is given whole."
    assert len(whole.notices) == 2


def test_a_refusal_quotes_nothing_and_needs_no_notice() -> None:
    assert noted(Draft(status="not_found", refusal="nothing"), "en", DAY, {}).notices == ()
