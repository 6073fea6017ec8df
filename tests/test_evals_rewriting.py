"""The report on rewritten follow-ups: what is counted of one, how a pool of standalone questions is searched, what a file must hold."""

import json
from pathlib import Path

import pytest

from assistant.schema import Turn
from evals.rewriting import Pair, read_pairs, reciprocal_ranks, report, rewrite_scores
from ingest.schema import PlanQueryError

BEFORE = (Turn(role="user", text="How much is the award for batteries?"), Turn(role="assistant", text="One million."))
NEEDED = Pair("Who pays?", BEFORE, "Who pays the battery award?")
WHOLE = Pair("What is the PUE limit?", BEFORE, "What is the PUE limit?")


def test_a_rewrite_is_scored_by_the_terms_it_shares_with_a_persons() -> None:
    assert rewrite_scores(NEEDED, "Who pays the award in Datong?") == {"P": 2 / 3, "R": 2 / 3, "F1": 2 / 3, "added": 0.5}


def test_a_question_that_needed_nothing_is_kept_only_as_it_was() -> None:
    assert rewrite_scores(WHOLE, "What is the PUE limit?")["kept"] == 1
    assert rewrite_scores(WHOLE, "What is the PUE limit for batteries?")["kept"] == 0


def test_the_rank_of_the_own_standalone_question_tells_what_a_search_would_do() -> None:
    other = Pair("And the award?", BEFORE, "Who pays the award for chips in the zone?")
    assert reciprocal_ranks([NEEDED, other], ["battery award", "award"]) == [1.0, 0.5]


def test_report_compares_the_rules_with_the_last_turn_and_with_all_turns(tmp_path: Path) -> None:
    history = [{"role": turn.role, "text": turn.text} for turn in BEFORE]
    rows = [{"question": pair.question, "history": history, "answers": [pair.gold]} for pair in (NEEDED, WHOLE)]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in [*rows, {"question": "x", "history": []}]), "utf-8")
    lines = report(read_pairs(path))
    assert lines[0] == "2 pairs"
    assert [line[:12].strip() for line in lines[2:]] == ["ours", "last turn", "all turns"]


def test_a_line_without_a_standalone_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "history": [{"role": "user", "text": "x"}], "answers": []}', "utf-8")
    with pytest.raises(PlanQueryError, match="line 1: IndexError"):
        read_pairs(path)
