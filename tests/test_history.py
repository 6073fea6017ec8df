import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from assistant.history import MIGRATIONS, History, Rating
from assistant.schema import Answer, AnswerStatus, Receipt, Turn
from ingest.schema import PlanQueryError

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ticking() -> Callable[[], datetime]:
    """A clock that moves one minute with every look."""
    ticks = iter(range(1_000_000))
    return lambda: START + timedelta(minutes=next(ticks))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history", ticking())


def answer(question: str, text: str = "More than 10 billion yuan [1].", status: AnswerStatus = "answered") -> Answer:
    receipt = Receipt(generation="g1", corpus="c1", model="m1", settings="s1", version="0.1.0", as_of=date(2026, 11, 23))
    return Answer(question=question, query=question, language="en", status=status, text=text, receipt=receipt)


def test_a_conversation_survives_reopening_the_file(tmp_path: Path) -> None:
    first = History(tmp_path, ticking())
    conversation = first.begin("ann", "What is the target?")
    first.add("ann", conversation, answer("What is the target?"))
    messages = History(tmp_path, ticking()).messages("ann", conversation)
    assert [(message.role, message.text) for message in messages] == [
        ("user", "What is the target?"),
        ("assistant", "More than 10 billion yuan [1]."),
    ]
    assert messages[1].answer == answer("What is the target?")


def test_conversations_are_listed_latest_first_and_named_after_the_first_question(history: History) -> None:
    old = history.begin("ann", "First  question\nin two lines")
    history.begin("ann", "x" * 200)
    history.add("ann", old, answer("First question"))
    listed = history.conversations("ann")
    assert [row.title for row in listed] == ["First question in two lines", "x" * 59 + "…"]
    assert listed[0].updated > listed[0].created == START


def test_nobody_reads_writes_rates_or_deletes_the_conversation_of_another(history: History) -> None:
    conversation = history.begin("ann", "secret")
    message = history.add("ann", conversation, answer("secret"))
    assert history.conversations("bob") == ()
    assert history.messages("bob", conversation) == ()
    with pytest.raises(PlanQueryError, match="not among yours"):
        history.add("bob", conversation, answer("intrusion"))
    with pytest.raises(PlanQueryError, match="not in your conversations"):
        history.rate("bob", message, Rating(verdict="down"))
    history.delete("bob", conversation)
    assert len(history.messages("ann", conversation)) == 2


def test_delete_takes_the_text_off_the_disk(tmp_path: Path) -> None:
    history = History(tmp_path, ticking())
    kept = history.begin("ann", "kept")
    conversation = history.begin("ann", "PURPLE-ELEPHANT question")
    message = history.add("ann", conversation, answer("PURPLE-ELEPHANT question", "PURPLE-ELEPHANT answer", "not_found"))
    history.rate("ann", message, Rating(verdict="down", comment="PURPLE-ELEPHANT comment"))
    history.log("PURPLE-ELEPHANT question", "not_found", 0.5, conversation)
    assert any(b"PURPLE-ELEPHANT" in file.read_bytes() for file in tmp_path.iterdir())
    history.delete("ann", conversation)
    assert [row.id for row in history.conversations("ann")] == [kept]
    assert history.feedback() == ()
    assert history.gaps() == ()
    assert [(row.question, row.status) for row in history.audit()] == [(None, "not_found")]
    assert not any(b"PURPLE-ELEPHANT" in file.read_bytes() for file in tmp_path.iterdir())


def test_feedback_carries_question_history_answer_and_receipt(history: History) -> None:
    conversation = history.begin("ann", "first?")
    history.add("ann", conversation, answer("first?", "one"))
    message = history.add("ann", conversation, answer("and then?", "two"))
    history.rate("ann", message, Rating(verdict="down", reasons=("wrong_fact", "outdated"), comment="it is 2024"))
    (case,) = history.feedback()
    assert (case.question, case.history) == ("and then?", (Turn(role="user", text="first?"), Turn(role="assistant", text="one")))
    assert case.rating == Rating(verdict="down", reasons=("wrong_fact", "outdated"), comment="it is 2024")
    assert case.receipt is not None
    assert case.receipt.generation == "g1"


def test_a_second_rating_replaces_the_first(history: History) -> None:
    message = history.add("ann", history.begin("ann", "q"), answer("q"))
    assert history.rating(message) is None
    history.rate("ann", message, Rating(verdict="down", reasons=("other",)))
    history.rate("ann", message, Rating(verdict="up"))
    assert history.rating(message) == Rating(verdict="up")
    assert len(history.feedback()) == 1


def test_gap_report_counts_unanswered_questions_whatever_their_spelling(history: History) -> None:
    for question in ("How much is the subsidy?", "how much is the subsidy", "ＨＯＷ much is the subsidy？", "补贴是多少？", "补贴 是多少"):
        history.log(question, "not_found", 0.1)
    history.log("补贴是多少", "answered", 0.1)
    history.log("weather?", "out_of_scope", 0.1)
    assert [(gap.question, gap.count) for gap in history.gaps()] == [("ＨＯＷ much is the subsidy？", 3), ("补贴 是多少", 2)]


def test_audit_log_is_newest_first_and_names_nobody(tmp_path: Path) -> None:
    history = History(tmp_path, ticking())
    history.log("one", "answered", 0.25, "c1")
    history.log("two", "error", 1.5)
    assert [(row.question, row.status, row.seconds) for row in history.audit()] == [("two", "error", 1.5), ("one", "answered", 0.25)]
    with sqlite3.connect(tmp_path / "history.sqlite3") as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(audit)")}
    db.close()
    assert "user" not in columns


def test_many_threads_write_without_loss(history: History) -> None:
    def work(user: str) -> None:
        conversation = history.begin(user, "q")
        for number in range(10):
            history.add(user, conversation, answer(f"q{number}"))
            history.log(f"q{number}", "answered", 0.1, conversation)

    threads = [Thread(target=work, args=(f"user{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(6):
        (conversation,) = history.conversations(f"user{number}")
        assert len(history.messages(f"user{number}", conversation.id)) == 20
    assert len(history.audit()) == 60


def test_a_file_from_a_newer_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    History(tmp_path, ticking())
    db = sqlite3.connect(tmp_path / "history.sqlite3")
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(PlanQueryError, match="update the program"):
        History(tmp_path, ticking())


def test_a_file_that_is_no_database_gets_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite3").write_text("this is not a database, and long enough to be read as a header of one" * 20)
    with pytest.raises(PlanQueryError, match="cannot be used"):
        History(tmp_path, ticking())


def test_an_answer_that_no_longer_reads_keeps_its_text(tmp_path: Path) -> None:
    history = History(tmp_path, ticking())
    conversation = history.begin("ann", "q")
    history.add("ann", conversation, answer("q", "the text stays"))
    db = sqlite3.connect(tmp_path / "history.sqlite3")
    db.execute("UPDATE messages SET answer = '{\"old\": true}' WHERE role = 'assistant'")
    db.commit()
    db.close()
    stored = history.messages("ann", conversation)[1]
    assert (stored.text, stored.answer) == ("the text stays", None)
