"""The chat window in a real Chromium: what AppTest cannot see (clicks on marks, scrolling, cookies, layout, requests)."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from test_app import ENGLISH
from ui_toys import TARGET

from ingest.build import build_index
from ingest.settings import Settings

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).parent.parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TOY_APP = """
import os
from pathlib import Path

import streamlit as st
from ui_toys import toy_desk

from assistant.ui import ask, documents, explore, visitor
from assistant.ui.style import FAVICON, STYLE

st.set_page_config(page_title="Toy", page_icon=FAVICON, layout="wide")
st.html(STYLE)
language = visitor.language()
with st.sidebar:
    visitor.language_switch(language)
visitor.keep_cookies()
desk = toy_desk(Path(os.environ["TOY_HISTORY"]), language, visitor.visitor_id())
pages = {"ask": ask.show, "explore": explore.show, "documents": documents.show}
entries = [st.Page(lambda show=show: show(desk), title=name, url_path=name, default=name == "ask") for name, show in pages.items()]
st.navigation(entries).run()
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI"):
        pytest.fail("no Chromium on the path; CI must run the browser tests: install the package chromium")
    if path is None:
        pytest.skip("no Chromium on the path; install the package chromium to run the browser tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def serve(script: Path, folder: Path, **environment: str) -> Iterator[str]:
    """Run a Streamlit script with the project's own configuration; yields its address once it is healthy."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.headless", "true"]
    paths = os.pathsep.join([str(PROJECT), str(PROJECT / "tests")])
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": paths, **environment}, stdout=log, stderr=log)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_healthy(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as reply:  # noqa: S310
                if reply.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
        if server.poll() is not None:
            break
    pytest.fail(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def toy_window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("toy")
    script = folder / "toy_app.py"
    script.write_text(TOY_APP, encoding="utf-8")
    yield from serve(script, folder, TOY_HISTORY=str(folder / "history"))


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1360, "height": 900}, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def opened(visitor: BrowserContext, address: str) -> Page:
    page = visitor.new_page()
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled(timeout=30_000)
    return page


def ask(page: Page, question: str) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")


def test_a_mark_leads_to_its_source_and_the_source_opens_at_the_quote(visitor: BrowserContext, toy_window: str) -> None:
    page = opened(visitor, toy_window)
    page.get_by_role("button", name="What revenue does the plan aim for by 2025?").click()
    expect(page.locator("a.pq-ref").first).to_be_visible()
    # A run that has not ended may still replace the sources, and a target replaced is none.
    expect(page.locator('[data-test-script-state="notRunning"]')).to_be_visible()
    page.locator("a.pq-ref").first.click()
    assert re.search(r"#source-\d+-1$", page.url)
    expect(page.locator(".pq-source:target")).to_be_in_viewport()
    page.get_by_role("button", name="Open at the quote").click()
    expect(page.locator("mark.pq-quote")).to_have_text(TARGET)
    expect(page.locator("mark.pq-quote")).to_be_in_viewport()


def test_a_reload_keeps_conversation_and_language_and_another_browser_sees_neither(
    chromium: Browser, visitor: BrowserContext, toy_window: str
) -> None:
    page = opened(visitor, toy_window)
    page.get_by_test_id("stSidebar").get_by_text("中文").click()
    ask(page, "What revenue?")
    expect(page.get_by_text("已回答")).to_be_visible()
    page.reload()
    expect(page.get_by_text("已回答")).to_be_visible()
    stranger = chromium.new_context(locale="en-GB")
    other = opened(stranger, page.url)
    expect(other.get_by_text("Ask about the plan and its policies")).to_be_visible()
    expect(other.get_by_text("Your conversations are kept here.")).to_be_attached()
    stranger.close()


def test_a_look_at_another_page_keeps_the_conversation(visitor: BrowserContext, toy_window: str) -> None:
    page = opened(visitor, toy_window)
    ask(page, "What revenue?")
    expect(page.get_by_text("Answered")).to_be_visible()
    page.get_by_test_id("stSidebarNav").get_by_text("documents").click()
    expect(page.get_by_text("2 of 2 documents")).to_be_visible()
    page.get_by_test_id("stSidebarNav").get_by_text("ask").click()
    expect(page.get_by_text("Answered")).to_be_visible()


def test_no_second_question_can_be_sent_while_one_is_answered(visitor: BrowserContext, toy_window: str) -> None:
    page = opened(visitor, toy_window)
    ask(page, "slow revenue")
    expect(page.get_by_text("Searching the documents…")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_disabled()
    expect(page.get_by_role("button", name="New conversation")).to_be_disabled()
    expect(page.get_by_text("Answered")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled()


def test_hostile_text_runs_nothing_and_no_request_leaves_the_machine(visitor: BrowserContext, toy_window: str) -> None:
    foreign: list[str] = []
    visitor.on("request", lambda request: None if re.match(rf"{toy_window}|data:|blob:", request.url) else foreign.append(request.url))
    page = opened(visitor, toy_window)
    ask(page, '补贴 <img src=x onerror="window.hacked=1">')
    page.get_by_role("button", name="打开原文位置").click()
    expect(page.locator("mark.pq-quote")).to_be_visible()
    for path in ("documents", "documents?document=t02-evil", "explore"):
        page.goto(f"{toy_window}/{path}")
        expect(page.get_by_test_id("stHeading").first).to_be_visible()
        assert page.evaluate("window.hacked") is None
    assert foreign == []


def test_on_a_phone_sources_stand_below_the_answer_and_nothing_is_cut(chromium: Browser, toy_window: str) -> None:
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = opened(phone, toy_window)
    expect(page.get_by_text("Ask about the plan and its policies")).to_be_in_viewport()
    ask(page, "What revenue?")
    answer, source = page.locator(".pq-answer").bounding_box(), page.locator(".pq-source").bounding_box()
    assert answer is not None
    assert source is not None
    assert source["y"] >= answer["y"] + answer["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.close()


def test_on_a_desktop_sources_stand_beside_the_answer(visitor: BrowserContext, toy_window: str) -> None:
    page = opened(visitor, toy_window)
    ask(page, "What revenue?")
    answer, source = page.locator(".pq-answer").bounding_box(), page.locator(".pq-source").bounding_box()
    assert answer is not None
    assert source is not None
    assert source["x"] >= answer["x"] + answer["width"]


def test_the_conversation_is_saved_as_a_file(visitor: BrowserContext, toy_window: str, tmp_path: Path) -> None:
    page = opened(visitor, toy_window)
    ask(page, "What revenue?")
    page.get_by_role("button", name="Save this conversation").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    download.value.save_as(tmp_path / "saved.md")
    assert "230 billion yuan" in (tmp_path / "saved.md").read_text(encoding="utf-8")
    assert download.value.suggested_filename == "plan-query-2026-11-23.md"


def test_a_row_of_the_document_table_opens_the_document(visitor: BrowserContext, toy_window: str) -> None:
    page = visitor.new_page()
    page.goto(f"{toy_window}/documents")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    box = table.bounding_box()
    assert box is not None
    # The table is a canvas: the first row's tick box stands one and a half rows of 35 pixels down.
    page.mouse.click(box["x"] + 17, box["y"] + 53)
    expect(page.get_by_text("Chapter 2 › Semiconductors")).to_be_visible()
    page.get_by_role("button", name="All documents").click()
    expect(page.get_by_text("2 of 2 documents")).to_be_visible()


@pytest.fixture(scope="module")
def real_window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("real")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "plan.md").write_text(ENGLISH, encoding="utf-8")
    build_index([folder / "corpus"], Settings(store=folder / "store"))
    yield from serve(
        PROJECT / "app.py",
        folder,
        PLANQUERY_STORE=str(folder / "store"),
        PLANQUERY_HISTORY=str(folder / "history"),
        PLANQUERY_ACCESS_CODE="open-sesame",
    )


def test_the_real_window_signs_in_once_and_answers_with_a_source_that_opens(visitor: BrowserContext, real_window: str) -> None:
    foreign: list[str] = []
    visitor.on("request", lambda request: None if re.match(rf"{real_window}|data:|blob:", request.url) else foreign.append(request.url))
    page = visitor.new_page()
    page.goto(real_window)
    expect(page.get_by_text("Sign in")).to_be_visible(timeout=60_000)
    page.get_by_label("Access code").fill("open-sesame")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_enabled(timeout=60_000)
    ask(page, "What revenue should robot makers reach by 2028?")
    expect(page.locator(".pq-answer")).to_contain_text("more than 40 billion yuan", timeout=60_000)
    page.get_by_role("button", name="Open at the quote").first.click()
    expect(page.locator("mark.pq-quote")).to_contain_text("more than 40 billion yuan")
    expect(page.locator("mark.pq-quote")).to_be_in_viewport()
    page.reload()
    expect(page.locator(".pq-answer")).to_contain_text("more than 40 billion yuan", timeout=60_000)
    for name in ("Explore", "Documents"):
        page.get_by_test_id("stSidebarNav").get_by_text(name).click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert foreign == []
