"""A real llama.cpp server with random weights: nonsense over real HTTP never passes.

Left out unless LLAMA_PYTHON names a Python that has llama-cpp-python[server] and gguf; building those takes minutes.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.generate import generate
from assistant.model import open_chat_model
from assistant.question import plain_query
from assistant.schema import Draft
from ingest.settings import Settings
from tests.toys import passages_of, toy_index

pytestmark = pytest.mark.skipif("LLAMA_PYTHON" not in os.environ, reason="LLAMA_PYTHON names no Python with llama-cpp-python[server]")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("llama")
    python = os.environ["LLAMA_PYTHON"]
    subprocess.run([python, str(Path(__file__).with_name("tiny_gguf.py")), str(folder / "tiny.gguf")], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "llama_cpp.server", "--model", str(folder / "tiny.gguf"), "--n_ctx", "8192", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(port)


@pytest.mark.parametrize("question", ["What annual revenue do robot makers reach by 2028?", "博士安家补贴多少"])
def test_nonsense_never_passes(address: str, tmp_path: Path, question: str) -> None:
    index = toy_index(tmp_path)
    settings = Settings(_env_file=None, chat_model="openai:tiny", chat_base_url=address, chat_timeout=20, chat_max_tokens=200)
    begun = time.monotonic()
    extracted = Draft(status="answered")
    draft = generate(plain_query(question), passages_of(index, question), open_chat_model(settings), settings, extracted)
    index.close()
    assert time.monotonic() - begun < settings.chat_timeout + 1
    assert (draft.engine, draft.claims, len(draft.notices)) == ("extractive", (), 1)
    assert "in time" not in draft.notices[0]
    assert "reached" not in draft.notices[0]
