"""Conversations, feedback, audit log and gap report, kept in one SQLite file.

Every method opens its own connection, so one `History` serves all sessions and threads; WAL lets readers and one writer work together.
A conversation belongs to one user and is invisible to every other. Deleting one removes its messages and feedback and blanks its
questions in the audit log; secure_delete makes SQLite overwrite the text as well.
"""

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from pydantic import ValidationError

from assistant.schema import Answer, AnswerStatus, Receipt, Turn
from ingest.schema import PlanQueryError, Record

Verdict = Literal["up", "down"]
Outcome = AnswerStatus | Literal["error"]
TITLE_CHARS = 60

# One script a schema version, oldest first; PRAGMA user_version counts those already applied. Never edit a published one: add the next.
MIGRATIONS = (
    """
    CREATE TABLE conversations (id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL);
    CREATE INDEX conversations_of_user ON conversations (user, updated);
    CREATE TABLE messages (
        id INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        role TEXT NOT NULL, text TEXT NOT NULL, answer TEXT, created TEXT NOT NULL);
    CREATE INDEX messages_of_conversation ON messages (conversation, id);
    CREATE TABLE feedback (
        message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL, reasons TEXT NOT NULL, comment TEXT NOT NULL, created TEXT NOT NULL);
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, conversation TEXT, question TEXT, theme TEXT, status TEXT NOT NULL, seconds REAL NOT NULL,
        created TEXT NOT NULL);
    CREATE INDEX audit_of_theme ON audit (status, theme);
    """,
)


class Conversation(Record):
    """A row of the conversation list; `title` is the beginning of its first question."""

    id: str
    title: str
    created: datetime
    updated: datetime


class Message(Record):
    """One stored message. `answer` is None for questions, and for answers kept by a version whose records no longer read."""

    id: int
    role: Literal["user", "assistant"]
    text: str
    answer: Answer | None
    created: datetime

    def turn(self) -> Turn:
        """The message as the assistant wants its history."""
        return Turn(role=self.role, text=self.text)


class Rating(Record):
    """What a user said of one answer; `reasons` are language-neutral codes."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    comment: str = ""


class Feedback(Record):
    """A rating with all that is needed to make an evaluation case of it; `history` is what came before the question."""

    message: int
    question: str
    history: tuple[Turn, ...]
    rating: Rating
    answer: Answer | None
    created: datetime

    @property
    def receipt(self) -> Receipt | None:
        """What is needed to replay the answer."""
        return self.answer.receipt if self.answer is not None else None


class AuditRow(Record):
    """One question in the audit log, without its user; `question` is None after its conversation was deleted."""

    question: str | None
    status: Outcome
    seconds: float
    created: datetime


class Gap(Record):
    """A question the documents did not answer: its latest wording and how often it was asked."""

    question: str
    count: int
    last: datetime


class History:
    """The file `history.sqlite3` in `folder`; `now` is the clock. Raises PlanQueryError where the file cannot be used."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._now = now
        self._file = folder / "history.sqlite3"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise PlanQueryError(
                f"cannot make the history folder {str(folder)!r} ({error}); set PLANQUERY_HISTORY to another one"
            ) from error
        self._migrate()

    def begin(self, user: str, question: str) -> str:
        """Start a conversation named after its first question; returns its id."""
        conversation, now = uuid4().hex, self._stamp()
        title = " ".join(question.split())
        title = title if len(title) <= TITLE_CHARS else title[: TITLE_CHARS - 1] + "…"
        with self._connection() as db:
            db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", (conversation, user, title, now, now))
        return conversation

    def conversations(self, user: str) -> tuple[Conversation, ...]:
        """The user's conversations, latest first."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT id, title, created, updated FROM conversations WHERE user = ? ORDER BY updated DESC, rowid DESC", (user,)
            )
            return tuple(Conversation.model_validate(dict(row)) for row in rows)

    def add(self, user: str, conversation: str, answer: Answer) -> int:
        """Store a question with its answer; returns the answer's message id. Raises when the conversation is not the user's."""
        now = self._stamp()
        with self._connection() as db:
            self._must_own(db, user, conversation)
            row = "INSERT INTO messages (conversation, role, text, answer, created) VALUES (?, ?, ?, ?, ?)"
            db.execute(row, (conversation, "user", answer.question, None, now))
            stored = db.execute(row, (conversation, "assistant", answer.text, answer.model_dump_json(), now))
            db.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, conversation))
            return int(stored.lastrowid or 0)

    def messages(self, user: str, conversation: str) -> tuple[Message, ...]:
        """The conversation, oldest message first; empty when it does not exist or belongs to someone else."""
        with self._connection() as db:
            return _messages(db, user, conversation)

    def delete(self, user: str, conversation: str) -> None:
        """Remove a conversation of the user for good; nothing happens when it does not exist or is not theirs."""
        with self._connection() as db:
            if db.execute("DELETE FROM conversations WHERE id = ? AND user = ?", (conversation, user)).rowcount:
                db.execute("UPDATE audit SET question = NULL, theme = NULL WHERE conversation = ?", (conversation,))
        with self._connection() as db:
            # The write-ahead log still holds the old pages; a checkpoint that truncates it takes the text off the disk.
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def rate(self, user: str, message: int, rating: Rating) -> None:
        """Store the user's rating of an answer, in place of an earlier one. Raises when the answer is not theirs."""
        reasons = " ".join(rating.reasons)
        with self._connection() as db:
            owner = db.execute(
                "SELECT c.user FROM messages m JOIN conversations c ON c.id = m.conversation WHERE m.id = ? AND m.role = 'assistant'",
                (message,),
            ).fetchone()
            if owner is None or owner["user"] != user:
                raise PlanQueryError(f"answer {message!r} is not in your conversations; reload the page")
            db.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?, ?) ON CONFLICT (message) DO UPDATE SET verdict = excluded.verdict, "
                "reasons = excluded.reasons, comment = excluded.comment, created = excluded.created",
                (message, rating.verdict, reasons, rating.comment, self._stamp()),
            )

    def rating(self, message: int) -> Rating | None:
        """The rating of an answer; None when nobody rated it."""
        with self._connection() as db:
            row = db.execute("SELECT verdict, reasons, comment FROM feedback WHERE message = ?", (message,)).fetchone()
        return _rating(row) if row is not None else None

    def feedback(self) -> tuple[Feedback, ...]:
        """All ratings of all users, oldest first, ready to become evaluation cases."""
        with self._connection() as db:
            rows = db.execute(
                "SELECT f.*, m.conversation, c.user FROM feedback f JOIN messages m ON m.id = f.message "
                "JOIN conversations c ON c.id = m.conversation ORDER BY f.created, f.message"
            ).fetchall()
            return tuple(_feedback(row, _messages(db, row["user"], row["conversation"])) for row in rows)

    def log(self, question: str, status: Outcome, seconds: float, conversation: str | None = None) -> None:
        """Add a line to the audit log; `conversation` lets a later deletion blank the question."""
        row = (conversation, question, _theme(question), status, seconds, self._stamp())
        with self._connection() as db:
            db.execute("INSERT INTO audit (conversation, question, theme, status, seconds, created) VALUES (?, ?, ?, ?, ?, ?)", row)

    def audit(self, limit: int = 1000) -> tuple[AuditRow, ...]:
        """The latest lines of the audit log, newest first."""
        with self._connection() as db:
            rows = db.execute("SELECT question, status, seconds, created FROM audit ORDER BY id DESC LIMIT ?", (limit,))
            return tuple(AuditRow.model_validate(dict(row)) for row in rows)

    def gaps(self, limit: int = 50) -> tuple[Gap, ...]:
        """Questions that found nothing, most frequent first; wordings that differ in case, width, spaces or punctuation count as one."""
        # SQLite takes the bare column from the row that holds max(id), which is the latest wording.
        query = (
            "SELECT question, COUNT(*) AS count, MAX(id) AS latest, MAX(created) AS last FROM audit "
            "WHERE status = 'not_found' AND question IS NOT NULL GROUP BY theme ORDER BY count DESC, latest DESC LIMIT ?"
        )
        with self._connection() as db:
            return tuple(Gap(question=row["question"], count=row["count"], last=row["last"]) for row in db.execute(query, (limit,)))

    def _stamp(self) -> str:
        return self._now().isoformat()

    def _must_own(self, db: sqlite3.Connection, user: str, conversation: str) -> None:
        if db.execute("SELECT 1 FROM conversations WHERE id = ? AND user = ?", (conversation, user)).fetchone() is None:
            raise PlanQueryError(f"conversation {conversation!r} is not among yours (deleted in another window?); start a new one")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction: committed at the end, rolled back when the block raises, always closed."""
        db: sqlite3.Connection | None = None
        try:
            db = sqlite3.connect(self._file, timeout=10)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            with db:
                yield db
        except sqlite3.Error as error:
            raise PlanQueryError(f"the history file {str(self._file)!r} cannot be used ({error}); mend or move it and reload") from error
        finally:
            if db is not None:
                db.close()

    def _migrate(self) -> None:
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > len(MIGRATIONS):
                raise PlanQueryError(
                    f"the history file {str(self._file)!r} has schema {version}, this version knows {len(MIGRATIONS)}; update the program"
                )
            for script in MIGRATIONS[version:]:
                for statement in filter(str.strip, script.split(";")):
                    db.execute(statement)
            db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _messages(db: sqlite3.Connection, user: str, conversation: str) -> tuple[Message, ...]:
    rows = db.execute(
        "SELECT m.id, m.role, m.text, m.answer, m.created FROM messages m JOIN conversations c ON c.id = m.conversation "
        "WHERE c.id = ? AND c.user = ? ORDER BY m.id",
        (conversation, user),
    )
    return tuple(Message.model_validate({**dict(row), "answer": _answer(row["answer"])}) for row in rows)


def _answer(stored: str | None) -> Answer | None:
    try:
        return Answer.model_validate_json(stored) if stored is not None else None
    except ValidationError:
        return None


def _rating(row: sqlite3.Row) -> Rating:
    return Rating(verdict=row["verdict"], reasons=tuple(row["reasons"].split()), comment=row["comment"])


def _feedback(row: sqlite3.Row, messages: tuple[Message, ...]) -> Feedback:
    place = next(index for index, message in enumerate(messages) if message.id == row["message"])
    return Feedback(
        message=row["message"],
        question=messages[place - 1].text,
        history=tuple(message.turn() for message in messages[: place - 1]),
        rating=_rating(row),
        answer=messages[place].answer,
        created=row["created"],
    )


def _theme(question: str) -> str:
    """The letters and digits of a question, in one case and width: what the gap report counts by."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", question).casefold() if sign.isalnum())
