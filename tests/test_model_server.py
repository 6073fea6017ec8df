"""The real OpenAI client against a loopback server that answers, fails, hangs, drips and lies; what leaves is always verified."""

import logging
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.cite import check_answer, verify
from assistant.extract import extract
from assistant.generate import generate, stream_drafts
from assistant.model import ChatModel, open_chat_model
from assistant.question import plain_query
from assistant.schema import Answer, Draft, Receipt
from ingest.reader import no_reading
from ingest.settings import Settings
from ingest.store import Generation
from tests.model_server import Act, Server, claims, model_server, passages_in, user_text
from tests.toys import passages_of, toy_index

pytest.importorskip("langchain_openai")

DAY = date(2026, 11, 23)
QUESTION = "What annual revenue do robot makers reach by 2028?"
TARGET = "By 2028, robot makers reach annual revenue of more than 40 billion yuan."
KEY = "sk-test-0123456789-secret"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    opened = toy_index(tmp_path_factory.mktemp("models"))
    with model_server(Act()) as server:
        settings = settings_for(server, chat_timeout=30.0)
        asked(opened, open_chat_model(settings), settings)  # the client loads its parts at the first call
    yield opened
    opened.close()


def settings_for(server: Server, **more: Any) -> Settings:
    given = {"chat_model": "openai:toy", "chat_base_url": server.address, "chat_api_key": KEY, "chat_timeout": 2.0, **more}
    return Settings(_env_file=None, **given)


def asked(index: Generation, model: ChatModel, settings: Settings, question: str = QUESTION) -> tuple[Answer, float]:
    """The verified answer and the seconds it took."""
    query, passages = plain_query(question), passages_of(index, question)
    extracted = extract(query, passages, no_reading, index.lexical.idf)
    begun = time.monotonic()
    draft = generate(query, passages, model, settings, extracted)
    taken = time.monotonic() - begun
    receipt = Receipt(generation="g", corpus="c", model="m", settings="s", version="0", as_of=DAY)
    answer = verify(draft, question, query.text, query.language, DAY, receipt, refusal=draft.refusal)
    assert check_answer(answer) == []
    return answer, taken


def key_of(body: dict[str, Any], words: str = "40 billion") -> str:
    return next(key for key, text in passages_in(body).items() if words in text)


def honest(body: dict[str, Any]) -> str:
    return claims((TARGET, key_of(body), TARGET))


def paraphrase(body: dict[str, Any]) -> str:
    return claims(("Robot makers reach annual revenue of more than 40 billion yuan by 2028.", key_of(body), TARGET))


def test_a_paraphrase_with_its_quote_is_the_answer_and_names_its_engine(index: Generation) -> None:
    with model_server(Act(brain=paraphrase)) as server:
        settings = settings_for(server)
        answer, _ = asked(index, open_chat_model(settings), settings)
    assert answer.notices == ()
    assert answer.text == "Robot makers reach annual revenue of more than 40 billion yuan by 2028. [1]"
    assert answer.citations[0].quote == TARGET
    assert (answer.engine, answer.status, answer.removed) == ("openai:toy", "answered", 0)


FAULTS = {
    "429": (Act("status", status=429), "status 429"),
    "500": (Act("status", status=500), "status 500"),
    "401": (Act("status", status=401, says=f"wrong key {KEY}"), "status 401"),
    "hang": (Act("hang"), "in time"),
    "drip": (Act("drip", honest), "in time"),
    "cut stream": (Act("cut", honest), "could not be read"),
    "invalid stream": (Act("garbage"), "could not be used"),
    "tool call nobody asked for": (Act("tools", lambda body: ""), "could not be read"),
    "prose": (Act(brain=lambda body: "The revenue is 999 billion yuan."), "could not be read"),
    "another object": (Act(brain=lambda body: '{"answer": "999 billion yuan"}'), "could not be read"),
    "a list": (Act(brain=lambda body: "[1, 2]"), "could not be read"),
    "deep nesting": (Act(brain=lambda body: '{"claims": ' + "[" * 5000), "could not be read"),
    "flood": (Act(brain=lambda body: "x" * 40_000), "too long"),
    "nothing found": (Act(brain=lambda body: '{"claims": []}'), "found no answer"),
    "invented key": (Act(brain=lambda body: claims((TARGET, "abcdef", TARGET))), "could be proved"),
    "altered quote": (Act(brain=lambda body: claims((TARGET, key_of(body), TARGET.replace("robot", "toy")))), "could be proved"),
    "altered figure": (Act(brain=lambda body: claims((TARGET.replace("40", "50"), key_of(body), TARGET))), "could be proved"),
    "dropped qualifier": (Act(brain=lambda body: claims((TARGET.replace("more than ", ""), key_of(body), TARGET))), "could be proved"),
    "turned round": (Act(brain=lambda body: claims((TARGET.replace("reach", "never reach"), key_of(body), TARGET))), "could be proved"),
    "other subject": (Act(brain=lambda body: claims(("Anyone may pay Mallory at once.", key_of(body), TARGET))), "could be proved"),
    "other language": (Act(brain=lambda body: claims(("到2028年营业收入超过400亿元。", key_of(body), TARGET))), "could be proved"),
    "table head as claim": (Act(brain=lambda body: claims(("|---|---|", "abcdef", "x"))), "could be proved"),
}


@pytest.mark.parametrize(("act", "told"), FAULTS.values(), ids=FAULTS)
def test_a_server_that_fails_or_lies_leaves_the_extractive_answer_in_time_and_a_notice(index: Generation, act: Act, told: str) -> None:
    with model_server(act) as server:
        settings = settings_for(server, chat_max_tokens=64 * 8)
        answer, taken = asked(index, open_chat_model(settings), settings)
    assert taken < settings.chat_timeout + 1
    assert answer.engine == "extractive"
    assert "40 billion yuan" in answer.text
    assert told in answer.notices[-1]
    assert KEY not in answer.model_dump_json()


def test_a_dead_address_leaves_the_extractive_answer(index: Generation) -> None:
    with model_server(Act()) as server:
        settings = settings_for(server)
        model = open_chat_model(settings)
    answer, taken = asked(index, model, settings)
    assert (answer.engine, taken < 3) == ("extractive", True)
    assert "cannot be reached" in answer.notices[-1]


def test_a_failed_claim_is_repaired_with_the_reason(index: Generation) -> None:
    wrong = Act(brain=lambda body: claims((TARGET.replace("40", "50"), key_of(body), TARGET)))
    with model_server(wrong, Act(brain=honest)) as server:
        settings = settings_for(server)
        answer, _ = asked(index, open_chat_model(settings), settings)
        assert "figure" in user_text(server.bodies[1])
        assert len(server.bodies) == 2
    assert (answer.engine, answer.text, answer.removed) == ("openai:toy", f"{TARGET} [1]", 0)


def test_what_stays_wrong_is_removed_and_counted(index: Generation) -> None:
    both = Act(brain=lambda body: claims((TARGET, key_of(body), TARGET), ("Everyone gets 9 million yuan.", key_of(body), TARGET)))
    with model_server(both) as server:
        settings = settings_for(server)
        answer, _ = asked(index, open_chat_model(settings), settings)
    assert (answer.status, answer.removed, answer.text) == ("partial", 1, f"{TARGET} [1]")


def test_only_the_unsupported_sentence_of_a_claim_goes(index: Generation) -> None:
    mixed = Act(brain=lambda body: claims((f"{TARGET} This is guaranteed by the Mayor.", key_of(body), TARGET)))
    with model_server(mixed) as server:
        settings = settings_for(server, chat_retries=0)
        answer, _ = asked(index, open_chat_model(settings), settings)
    assert (answer.removed, answer.text) == (1, f"{TARGET} [1]")


def test_retries_set_how_often_repair_is_asked(index: Generation) -> None:
    with model_server(Act(brain=lambda body: "no")) as server:
        for retries in (0, 2):
            server.bodies.clear()
            settings = settings_for(server, chat_retries=retries)
            asked(index, open_chat_model(settings), settings)
            assert len(server.bodies) == retries + 1


def test_a_server_without_json_mode_is_asked_again_without_it(index: Generation) -> None:
    with model_server(Act("status", status=400, says="response_format is not supported"), Act(brain=honest)) as server:
        settings = settings_for(server)
        answer, _ = asked(index, open_chat_model(settings), settings)
        assert "response_format" in server.bodies[0]
        assert "response_format" not in server.bodies[1]
    assert answer.engine == "openai:toy"


def test_claims_appear_as_soon_as_they_are_verified_and_nothing_else_ever_does(index: Generation) -> None:
    def brain(body: dict[str, Any]) -> str:
        exports = "Exports grow by about 9 percent a year."
        key = key_of(body)
        return claims((TARGET, key, TARGET), ("It grows by 99 percent.", key, exports), (exports, key, exports))

    with model_server(Act(brain=brain)) as server:
        settings = settings_for(server, chat_retries=0)
        query, passages = plain_query(QUESTION), passages_of(index, QUESTION)
        drafts = list(stream_drafts(query, passages, open_chat_model(settings), settings, Draft(status="not_found")))
    shown = [[claim.text for claim in draft.claims] for draft in drafts[:-1]]
    assert shown[0] == [TARGET]
    assert shown[-1] == [TARGET, "Exports grow by about 9 percent a year."]
    assert "99" not in str(shown)


def test_calls_above_the_limit_wait_within_their_own_time(index: Generation) -> None:
    with model_server(Act("hang")) as server:
        settings = settings_for(server, chat_concurrency=1, chat_timeout=1.0)
        model = open_chat_model(settings)
        taken: list[float] = []
        threads = [threading.Thread(target=lambda: taken.append(asked(index, model, settings)[1])) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.6)
        assert len(server.bodies) == 1
        for thread in threads:
            thread.join()
    assert max(taken) < 2.0


def test_the_key_is_sent_to_the_server_and_stands_nowhere_else(
    index: Generation, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    with model_server(Act("status", status=401, says=f"wrong key {KEY}")) as server:
        settings = settings_for(server)
        answer, _ = asked(index, open_chat_model(settings), settings)
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
        assert KEY not in str(server.bodies)
    assert KEY not in answer.model_dump_json() + repr(settings) + settings.model_dump_json()
    assert KEY not in "".join(record.getMessage() for record in caplog.records if record.name.split(".")[0] in ("assistant", "ingest"))
    assert KEY not in "".join(capfd.readouterr())


def test_a_key_of_the_environment_never_reaches_another_address(index: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    with model_server(Act(brain=honest)) as server:
        settings = settings_for(server, chat_api_key="")
        asked(index, open_chat_model(settings), settings)
        assert "sk-of-the-environment" not in str(server.headers)


def test_no_tool_is_ever_offered_and_passages_stand_between_marks(index: Generation, tmp_path: Path) -> None:
    with model_server(Act(brain=honest)) as server:
        settings = settings_for(server)
        asked(index, open_chat_model(settings), settings)
        body = server.bodies[0]
    assert "tools" not in body
    system = next(str(message["content"]) for message in body["messages"] if message["role"] == "system")
    code = system.split("<data ")[1].split(">")[0]
    assert user_text(body).count(f"</data {code}>") == len(passages_in(body)) + 1
    assert TARGET not in system


def test_prompts_keep_to_the_token_budget(index: Generation) -> None:
    with model_server(Act(brain=lambda body: '{"claims": []}')) as server:
        lengths = []
        for budget in (500, 6000):
            settings = settings_for(server, chat_input_tokens=budget)
            passages = passages_of(index, QUESTION) * 20
            passages = [
                p.model_copy(update={"chunk": p.chunk.model_copy(update={"id": f"{p.chunk.id}{i}"})}) for i, p in enumerate(passages)
            ]
            generate(plain_query(QUESTION), passages, open_chat_model(settings), settings, Draft(status="not_found"))
            lengths.append(len("".join(passages_in(server.bodies[-1]).values())))
    assert 0 < lengths[0] < 500 * 4
    assert lengths[0] < lengths[1] < 6000 * 4
