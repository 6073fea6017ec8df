"""The whole path with a chat model on a real server: answers, follow-ups, and what stays as it is without one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.cite import check_answer
from assistant.model import open_chat_model
from assistant.schema import Answer, Turn
from ingest.settings import Settings
from ingest.store import Generation
from tests.model_server import Act, Server, claims, model_server, passages_in, user_text
from tests.toys import ToyEmbedder, toy_index

pytest.importorskip("langchain_openai")

TARGET = "By 2028, robot makers reach annual revenue of more than 40 billion yuan."
QUESTION = "What annual revenue do robot makers reach by 2028?"
KEY = "sk-test-0123456789"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Generation]:
    opened = toy_index(tmp_path)
    yield opened
    opened.close()


def assistant_of(index: Generation, server: Server, **more: Any) -> Assistant:
    settings = Settings(_env_file=None, chat_model="openai:toy", chat_base_url=server.address, chat_api_key=KEY, chat_timeout=20, **more)
    return Assistant(settings, index, ToyEmbedder(), open_chat_model(settings))


def honest(body: dict[str, Any]) -> str:
    found = [key for key, text in passages_in(body).items() if "40 billion" in text]
    return claims(("Robot makers reach more than 40 billion yuan of annual revenue by 2028.", found[0], TARGET)) if found else "{}"


def test_an_answer_of_the_model_is_verified_and_names_it(index: Generation) -> None:
    with model_server(Act(brain=honest)) as server:
        answer = assistant_of(index, server).ask(QUESTION)
    assert (answer.engine, answer.status) == ("openai:toy", "answered")
    assert answer.text.startswith("Robot makers reach more than 40 billion yuan")
    assert check_answer(answer) == []
    assert KEY not in answer.model_dump_json()


@pytest.mark.parametrize(("provider", "path"), [("ollama", ""), ("anthropic", ""), ("openai", "/v1")])
def test_each_provider_answers_through_its_own_client(index: Generation, provider: str, path: str) -> None:
    pytest.importorskip(f"langchain_{provider}")
    with model_server(Act(brain=honest)) as server:
        address = server.address.removesuffix("/v1") + path
        settings = Settings(_env_file=None, chat_model=f"{provider}:toy", chat_base_url=address, chat_api_key=KEY, chat_timeout=20)
        answer = Assistant(settings, index, ToyEmbedder(), open_chat_model(settings)).ask(QUESTION)
        assert KEY in str(server.headers)
    assert (answer.engine, answer.status) == (f"{provider}:toy", "answered")
    assert answer.notices == ()


def test_each_claim_is_shown_verified_before_the_answer_and_the_last_one_is_the_answer(index: Generation) -> None:
    def brain(body: dict[str, Any]) -> str:
        found = next(key for key, text in passages_in(body).items() if "40 billion" in text)
        true = ("Robot makers reach more than 40 billion yuan of annual revenue by 2028.", found, TARGET)
        again = ("By 2028, robot makers reach annual revenue of more than 40 billion yuan.", found, TARGET)
        return claims(true, ("Robot makers reach 99 billion yuan by 2028.", found, TARGET), again)

    with model_server(Act(brain=brain)) as server:
        steps = list(assistant_of(index, server, chat_retries=0).stream(QUESTION))
    answers = [step for step in steps if isinstance(step, Answer)]
    assert [step for step in steps if isinstance(step, str)] == ["rewriting", "searching", "reading", "checking"]
    assert not isinstance(steps[3], str)
    assert len(answers[0].claims) == 1
    assert len(answers[-1].claims) == 2
    assert answers[-1].removed == 1
    assert all(check_answer(answer) == [] and "99" not in answer.text for answer in answers)


def test_what_was_shown_of_a_reply_that_broke_off_is_replaced_by_the_extractive_answer(index: Generation) -> None:
    def brain(body: dict[str, Any]) -> str:
        first = honest(body)[:-2]
        return first + first.replace('{"claims": [', ",") + " " * 2000

    with model_server(Act("cut", brain=brain)) as server:
        *steps, answer = assistant_of(index, server).stream(QUESTION)
    assert any(isinstance(step, Answer) and step.engine == "openai:toy" for step in steps)
    assert isinstance(answer, Answer)
    assert answer.engine == "extractive"
    assert any("openai:toy" in notice for notice in answer.notices)


@pytest.mark.parametrize("question", ["hello", "你好", "Write me a poem about robots"])
def test_greetings_and_strange_questions_never_reach_the_model(index: Generation, question: str) -> None:
    with model_server(Act(brain=honest)) as server:
        answer = assistant_of(index, server).ask(question)
        assert server.bodies == []
    assert answer.status == "out_of_scope"


def test_a_follow_up_is_searched_as_the_model_completes_it_from_the_words_said(index: Generation) -> None:
    whole = "What annual revenue do robot makers reach by 2028?"

    def brain(body: dict[str, Any]) -> str:
        return json.dumps({"question": whole}) if "passage" not in user_text(body).split("\n")[0] else honest(body)

    history = (
        Turn(role="user", text="Which annual revenue do joint motor makers and robot makers reach?"),
        Turn(role="assistant", text="Robot makers reach more than 40 billion yuan."),
    )
    with model_server(Act(brain=brain)) as server:
        answer = assistant_of(index, server).ask("What do they reach by 2028?", history)
        assert len(server.bodies) == 2
    assert answer.query == whole


def test_a_dead_server_changes_nothing_but_the_notice(index: Generation) -> None:
    with model_server(Act("status", status=503)) as server:
        with_model = assistant_of(index, server).ask(QUESTION)
    alone = Assistant(Settings(_env_file=None), index, ToyEmbedder()).ask(QUESTION)
    assert (with_model.text, with_model.citations, with_model.engine) == (alone.text, alone.citations, "extractive")
    assert set(with_model.notices) - set(alone.notices)
