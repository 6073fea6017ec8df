"""Settings to a chat model that answers within its time or tells why it did not. No provider is imported unless one is configured.

All calls run on one background event loop: there a call can be cut off for good at its deadline, even while a server drips bytes.
"""

import asyncio
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from ingest.schema import PlanQueryError, Record
from ingest.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TO_MEND = "to mend: "
"""How a line for `doctor` begins that names a fault."""
_GRACE = 0.3
"""Seconds the caller waits beyond the deadline for the event loop to report, before it goes on without."""
_LONGEST_TOKEN = 12
"""Characters a token may stand for at most; a server that sends more than the tokens asked for is cut off."""
_CLOSED = object()
_MAY_BE_THE_SCHEMA = ("status 400", "status 422", "status 500", "status 501")
"""How servers answer that know no JSON schema: most with 400, the one of llama-cpp-python 0.3.36 with 500."""

Message = tuple[str, str]
"""Role (system, human, ai) and text."""


class Provider(NamedTuple):
    """What the three kinds of server need. The address is always passed, so that no variable of a library can redirect a call unseen."""

    package: str
    address: str
    key_variable: str


PROVIDERS = {
    "ollama": Provider("langchain-ollama", "http://127.0.0.1:11434", ""),
    "openai": Provider("langchain-openai", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    "anthropic": Provider("langchain-anthropic", "https://api.anthropic.com", "ANTHROPIC_API_KEY"),
}


class Reply(Record):
    """What came back. `fault` is "" for a whole reply, else "timeout", "unreachable", "status 429", "failed" or "too long".

    A fault never repeats what the server said: that text may be hostile, or hold the key.
    """

    text: str
    fault: str = ""


class ChatModel:
    """One configured chat model. `name` is "<provider>:<model>"; calls above the limit wait, within their own deadline."""

    def __init__(
        self,
        name: str,
        model: "BaseChatModel",
        structured: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None,
        max_tokens: int = 1200,
        concurrency: int = 2,
    ) -> None:
        self.name = name
        self._model = model
        self._structured = structured
        self._longest = max_tokens * _LONGEST_TOKEN
        self._slots = asyncio.Semaphore(concurrency)

    def stream(self, messages: Sequence[Message], schema: Mapping[str, Any], until: float) -> Generator[str, None, Reply]:
        """Pieces of the reply as they come; the generator returns the whole. `until` is a time of `time.monotonic`.

        `schema` (JSON) is passed on where the server can hold a model to it; a server that refuses it is asked again without.
        """
        pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(self._read(messages, schema, pieces.put, until), _loop())
        text, fault = "", "timeout"
        try:
            while True:
                piece = pieces.get(timeout=max(0.0, until - time.monotonic()) + _GRACE)
                if isinstance(piece, tuple):
                    fault = piece[1]
                    break
                text += piece
                yield piece
        except queue.Empty:
            pass
        finally:
            task.cancel()
        return Reply(text=text, fault=fault)

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any], until: float) -> Reply:
        """The whole reply."""
        reading = self.stream(messages, schema, until)
        while True:
            try:
                next(reading)
            except StopIteration as end:
                reply: Reply = end.value
                return reply

    async def _read(self, messages: Sequence[Message], schema: Mapping[str, Any], put: Callable[[Any], None], until: float) -> None:
        """Put each piece, and at the end (_CLOSED, fault)."""
        from langsmith import tracing_context

        fault = ""
        try:
            # The environment of a developer may switch LangSmith on; then every prompt would leave for a third party.
            with tracing_context(enabled=False):
                async with asyncio.timeout(until - time.monotonic()), self._slots:
                    fault = await self._pieces(messages, schema, put)
        except Exception as error:  # whatever a provider raises, the user gets an answer and a notice
            fault = _fault(error)
        put((_CLOSED, fault))

    async def _pieces(self, messages: Sequence[Message], schema: Mapping[str, Any], put: Callable[[Any], None]) -> str:
        options = self._structured(schema) if self._structured else {}
        try:
            return await self._piece_by_piece(messages, options, put)
        except Exception as error:
            if not options or _fault(error) not in _MAY_BE_THE_SCHEMA:
                raise
        fault = await self._piece_by_piece(messages, {}, put)
        self._structured = None
        return fault

    async def _piece_by_piece(self, messages: Sequence[Message], options: dict[str, Any], put: Callable[[Any], None]) -> str:
        length = 0
        async for chunk in self._model.astream(list(messages), **options):
            piece = str(chunk.text)
            length += len(piece)
            if length > self._longest:
                return "too long"
            if piece:
                put(piece)
        return ""


def open_chat_model(settings: Settings) -> ChatModel:
    """The model of `settings.chat_model`; PlanQueryError names the package, key or setting that is missing. Sends nothing."""
    provider, model = _split(settings)
    try:
        import_module(PROVIDERS[provider].package.replace("-", "_"))
        from langchain.chat_models import init_chat_model

        opened = init_chat_model(model, model_provider=provider, **_options(provider, settings))
    except ImportError as error:
        raise PlanQueryError(
            f"chat model {settings.chat_model!r} needs {PROVIDERS[provider].package}; "
            f"run `pip install -e '.[{provider}]'` in the project's folder"
        ) from error
    structured = _STRUCTURED.get(provider)
    return ChatModel(settings.chat_model, opened, structured, settings.chat_max_tokens, settings.chat_concurrency)


def describe_model(settings: Settings) -> list[str]:
    """Lines for `doctor`: which model, where, what leaves the machine, whether its address can be reached. Sends nothing but a connect."""
    if not settings.chat_model:
        return ["chat model: none, answers are extractive; nothing leaves this machine"]
    provider, _ = _split(settings)
    place = urlsplit(address(settings))
    port = place.port or (443 if place.scheme == "https" else 80)
    shown = f"{place.scheme}://{place.hostname}:{port}{place.path}"
    is_here = stays_here(settings)
    leaves = "stays on this machine" if is_here else "leaves this machine"
    lines = [
        f"chat model: {settings.chat_model} at {shown}",
        f"sent there: the question, its conversation and the passages found; this {leaves}",
        f"key: {'set' if _key(provider, settings) else 'none'}; time limit {settings.chat_timeout:g} s, "
        f"then the extractive answer; {settings.chat_concurrency} calls at a time",
    ]
    if place.scheme == "http" and not is_here:
        lines.append(f"{TO_MEND}the address is not encrypted; use https")
    try:
        socket.create_connection((place.hostname or "", port), timeout=2).close()
        lines.append("address: can be reached")
    except OSError as error:
        remedy = "start the server or check PLANQUERY_CHAT_BASE_URL"
        lines.append(f"{TO_MEND}{place.hostname}:{port} cannot be reached ({type(error).__name__}); {remedy}")
    return lines


def address(settings: Settings) -> str:
    """Where the model is asked."""
    return settings.chat_base_url or PROVIDERS[_split(settings)[0]].address


def stays_here(settings: Settings) -> bool:
    """Whether the configured model is asked on this machine, so that nothing leaves it."""
    return urlsplit(address(settings)).hostname in ("localhost", "127.0.0.1", "::1")


def _split(settings: Settings) -> tuple[str, str]:
    provider, _, model = settings.chat_model.partition(":")
    if provider not in PROVIDERS or not model:
        known = ", ".join(f"`{name}:MODEL`" for name in PROVIDERS)
        raise PlanQueryError(f"PLANQUERY_CHAT_MODEL is {settings.chat_model!r}; give one of {known}, or nothing for extractive answers")
    place = urlsplit(settings.chat_base_url)
    if settings.chat_base_url and (place.scheme not in ("http", "https") or not place.hostname):
        raise PlanQueryError("PLANQUERY_CHAT_BASE_URL is no address; give one such as `http://127.0.0.1:8080/v1`, or nothing")
    return provider, model


def _key(provider: str, settings: Settings) -> str:
    """The key to send; the provider's own variable counts only at the provider's own address, so a key never reaches another server."""
    own = "" if settings.chat_base_url else os.environ.get(PROVIDERS[provider].key_variable, "")
    return settings.chat_api_key.get_secret_value() or own


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    key = _key(provider, settings)
    if not key and provider != "ollama" and not settings.chat_base_url:
        variable = PROVIDERS[provider].key_variable
        raise PlanQueryError(f"chat model {settings.chat_model!r} needs a key; set PLANQUERY_CHAT_API_KEY or {variable} in the environment")
    place, seconds = address(settings), settings.chat_timeout
    if provider == "ollama":
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        client = {"timeout": seconds, "headers": headers}
        return {"base_url": place, "num_predict": settings.chat_max_tokens, "temperature": 0, "client_kwargs": client}
    # A server without keys still wants the header; langchain would otherwise look for one in the environment.
    common = {"base_url": place, "api_key": key or "none", "timeout": seconds, "max_retries": 0}
    if provider == "openai" and settings.chat_base_url:
        # Compatible servers know the older name of the limit, and no address but that of chat completions.
        return {**common, "temperature": 0, "use_responses_api": False, "extra_body": {"max_tokens": settings.chat_max_tokens}}
    return {**common, "max_tokens": settings.chat_max_tokens}


# Bound to the call rather than through `with_structured_output`, which yields nothing until the reply is whole and parsed: here each
# claim is checked as it comes. Claude keeps to the format it is told.
_STRUCTURED: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "openai": lambda schema: {
        "response_format": {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": dict(schema)}}
    },
    "ollama": lambda schema: {"format": dict(schema)},
}


def _fault(error: BaseException) -> str:
    """A word of our own for what went wrong."""
    status = getattr(error, "status_code", None)
    names = [kind.__name__ for one in (error, error.__cause__, error.__context__) if one is not None for kind in type(one).__mro__]
    if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
        return "timeout"
    if isinstance(status, int) and status > 0:
        return f"status {status}"
    return "unreachable" if any("Connect" in name for name in names) else "failed"


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """One loop for the whole process: the providers' clients keep connections that belong to the loop they were made on."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop
