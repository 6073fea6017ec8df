"""A model server on loopback with a scripted brain: real HTTP, real streaming, and every way a server can fail.

It speaks as OpenAI-compatible servers do, and, where nothing fails, as Ollama (`/api/chat`) and Anthropic (`/v1/messages`) do.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Brain = Callable[[dict[str, Any]], str]
"""The body of a request to the text of the reply."""


class Act(NamedTuple):
    """What the server does with a request: `kind` "reply", "status", "hang", "drip", "cut", "garbage" or "tools"."""

    kind: str = "reply"
    brain: Brain = lambda body: "{}"
    status: int = 500
    says: str = "the server is unwell"


class Server(NamedTuple):
    """A running server: its address, the requests it got, and the headers they came with, names in lower case."""

    address: str
    bodies: list[dict[str, Any]]
    headers: list[dict[str, str]]


@contextmanager
def model_server(*acts: Act) -> Iterator[Server]:
    """A server that does `acts` in order, the last one for every further request."""
    bodies: list[dict[str, Any]] = []
    headers: list[dict[str, str]] = []
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            act = acts[min(len(bodies), len(acts) - 1)]
            bodies.append(body)
            headers.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            try:
                _perform(self, act, body, stopped)
            except OSError:
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/v1", bodies, headers)
    finally:
        stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _perform(handler: BaseHTTPRequestHandler, act: Act, body: dict[str, Any], stopped: threading.Event) -> None:
    if act.kind == "status":
        _send(handler, act.status, "application/json", json.dumps({"error": {"message": act.says, "type": "x"}}).encode())
    elif act.kind == "hang":
        stopped.wait(30)
    elif handler.path == "/api/chat":
        _send(handler, 200, "application/x-ndjson", _as_ollama(act.brain(body)))
    elif handler.path == "/v1/messages":
        _send(handler, 200, "text/event-stream", _as_anthropic(act.brain(body)))
    elif act.kind == "garbage":
        _send(handler, 200, "text/event-stream", b"data: {not json at all\n\ndata: [DONE]\n\n")
    else:
        _stream(handler, act, body, stopped)


def _send(handler: BaseHTTPRequestHandler, status: int, kind: str, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(content)))
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(content)


def _stream(handler: BaseHTTPRequestHandler, act: Act, body: dict[str, Any], stopped: threading.Event) -> None:
    """The reply in server-sent events of eight characters; "cut" stops in the middle, "drip" sends a byte every tenth of a second."""
    text = act.brain(body)
    pieces = [text[i : i + 8] for i in range(0, len(text), 8)]
    events = [_event({"role": "assistant", "content": ""})]
    if act.kind == "tools":
        call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "delete_index", "arguments": '{"all": true}'}}
        events.append(_event({"tool_calls": [call]}))
    events += [_event({"content": piece}) for piece in (pieces[: len(pieces) // 2] if act.kind == "cut" else pieces)]
    if act.kind != "cut":
        events += [_event({}, "stop"), b"data: [DONE]\n\n"]
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for event in events:
        if act.kind != "drip":
            handler.wfile.write(event)
            continue
        for byte in event:
            if stopped.wait(0.1):
                return
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()


def _event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "r1", "object": "chat.completion.chunk", "created": int(time.time()), "model": "toy", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _as_ollama(text: str) -> bytes:
    said = {"model": "toy", "created_at": "2026-11-23T00:00:00Z"}
    rows = [
        {**said, "message": {"role": "assistant", "content": text}, "done": False},
        {**said, "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"},
    ]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def _as_anthropic(text: str) -> bytes:
    message = {
        "id": "m1",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "toy",
        "stop_reason": None,
        "stop_sequence": None,
    }
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**message, "usage": {"input_tokens": 1, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 2}},
        {"type": "message_stop"},
    ]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events).encode()


def user_text(body: dict[str, Any]) -> str:
    """Everything the request says in the role of the user."""
    return "\n".join(str(message["content"]) for message in body["messages"] if message["role"] == "user")


def passages_in(body: dict[str, Any]) -> dict[str, str]:
    """Key to text of the passages in a request, read as a model would read them."""
    found: dict[str, str] = {}
    for field in user_text(body).split("<data ")[1:]:
        head, _, rest = field.partition("\n")
        if "> passage " in head:
            found[head.split("> passage ")[1].strip()] = rest.split("\n</data ")[0].split("\n\n", 1)[-1]
    return found


def claims(*rows: tuple[str, str, str]) -> str:
    """The reply for claims given as (text, key, quote)."""
    return json.dumps(
        {"claims": [{"text": text, "quotes": [{"key": key, "quote": quote}]} for text, key, quote in rows]}, ensure_ascii=False
    )
