"""Opening a chat model: what is refused, what is imported, what is told about it."""

import subprocess
import sys

import pytest

from assistant.model import PROVIDERS, describe_model, open_chat_model
from ingest.schema import PlanQueryError
from ingest.settings import Settings
from tests.model_server import Act, model_server


def settings_of(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["gpt-5", "openai:", "palm:bison", ":x"])
def test_a_name_without_a_known_provider_is_refused(name: str) -> None:
    with pytest.raises(PlanQueryError, match="PLANQUERY_CHAT_MODEL"):
        open_chat_model(settings_of(chat_model=name))


@pytest.mark.parametrize("address", ["localhost:8080", "file:///etc/passwd", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(PlanQueryError, match="PLANQUERY_CHAT_BASE_URL"):
        open_chat_model(settings_of(chat_model="openai:x", chat_base_url=address))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_missing_package_is_named_with_the_command_that_brings_it(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PROVIDERS[provider].package.replace("-", "_"), None)
    with pytest.raises(PlanQueryError, match=rf"pip install -e '\.\[{provider}\]'"):
        open_chat_model(settings_of(chat_model=f"{provider}:x", chat_api_key="k"))


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_missing_key_is_named(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROVIDERS[provider].key_variable, raising=False)
    with pytest.raises(PlanQueryError, match="PLANQUERY_CHAT_API_KEY"):
        open_chat_model(settings_of(chat_model=f"{provider}:x"))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_provider_opens_without_a_call(provider: str) -> None:
    pytest.importorskip(PROVIDERS[provider].package.replace("-", "_"))
    assert open_chat_model(settings_of(chat_model=f"{provider}:x", chat_api_key="k")).name == f"{provider}:x"


def test_variables_of_the_libraries_redirect_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai")
    for name in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.setenv(name, "http://evil.example/v1")
    opened = open_chat_model(settings_of(chat_model="openai:x", chat_api_key="k"))
    assert str(opened._model.openai_api_base) == PROVIDERS["openai"].address  # type: ignore[attr-defined]


def test_no_provider_is_imported_without_a_chat_model() -> None:
    code = (
        "import sys, assistant, assistant.generate\n"
        "bad = [n for n in sys.modules if n.split('.')[0] in "
        "('langchain_openai', 'langchain_ollama', 'langchain_anthropic', 'openai', 'ollama', 'anthropic')]\n"
        "assert not bad, bad"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).stderr == b""


def test_without_a_model_nothing_is_said_to_leave() -> None:
    assert describe_model(settings_of()) == ["chat model: none, answers are extractive; nothing leaves this machine"]


def test_a_model_here_is_told_apart_from_one_elsewhere() -> None:
    with model_server(Act()) as server:
        lines = "\n".join(describe_model(settings_of(chat_model="openai:toy", chat_base_url=server.address, chat_api_key="sk-secret")))
        assert server.bodies == []
    assert "stays on this machine" in lines
    assert "can be reached" in lines
    assert "sk-secret" not in lines


def test_a_dead_address_is_to_be_mended_and_its_password_is_not_shown() -> None:
    with model_server(Act()) as server:
        address = server.address.replace("http://", "http://user:hush@")
    lines = "\n".join(describe_model(settings_of(chat_model="openai:toy", chat_base_url=address)))
    assert "to mend" in lines
    assert "hush" not in lines
