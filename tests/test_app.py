"""The whole window on a real index: app.py, the assistant, the embedder and Chroma, without a browser."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ingest.build import build_index
from ingest.settings import Settings

APP = str(Path(__file__).parent.parent / "app.py")
ENGLISH = """---
title: Valley plan for robot making to 2028
title_zh: 河谷机器人制造规划（到2028年）
language: en
issuer: Valley Office of Industry
document_number: Valley Office [2024] No. 7
published: 2024-05-01
status: in_force
---
# Valley plan for robot making

## Targets

By 2028, robot makers reach annual revenue of more than 40 billion yuan. Exports grow by about 9 percent a year.

## Key sectors

The plan develops the following sectors:

- joint motors
- force sensors
- motion controllers
"""
CHINESE = """---
title: 河谷机器人人才办法
language: zh
issuer: 河谷工业办公室
document_number: 河谷工〔2024〕9号
published: 2024-06-01
status: in_force
---
# 河谷机器人人才办法

## 安家补贴

对新引进的博士，一次性给予安家补贴20万元。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "plan.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "talent.md").write_text(CHINESE, encoding="utf-8")
    store = tmp_path_factory.mktemp("store")
    report = build_index([folder], Settings(store=store))
    assert report.generation is not None
    return store


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("PLANQUERY_HISTORY", str(tmp_path / "history"))
    monkeypatch.setenv("PLANQUERY_STORE", str(tmp_path / "no-index-here"))
    yield
    st.cache_resource.clear()
    gc.collect()


def opened() -> AppTest:
    window = AppTest.from_file(APP, default_timeout=60)
    window.context["locale"] = "en-GB"
    window.run()
    assert not window.exception
    return window


def ask(window: AppTest, question: str) -> AppTest:
    window.chat_input[0].set_value(question).run()
    assert not window.exception
    return window


def html(window: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in window.html)


def test_a_figure_is_answered_with_its_qualifier_and_opens_at_the_quote(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setenv("PLANQUERY_STORE", str(store))
    window = ask(opened(), "What revenue should robot makers reach by 2028?")
    assert "more than 40 billion yuan" in html(window)
    assert "Valley Office [2024] No. 7" in html(window)
    next(one for one in window.button if one.label == "Open at the quote").click().run()
    assert "more than 40 billion yuan" in html(window).split('<mark class="pq-quote">')[1]


def test_a_chinese_question_turns_the_window_chinese(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setenv("PLANQUERY_STORE", str(store))
    window = ask(opened(), "新引进的博士安家补贴是多少？")
    assert "20万元" in html(window)
    assert "已回答" in html(window)
    assert window.segmented_control(key="language").value == "zh"


def test_what_is_not_in_the_documents_is_not_answered(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setenv("PLANQUERY_STORE", str(store))
    window = ask(opened(), "How many hospital beds does the plan fund?")
    assert "Not in the documents" in html(window)
    assert "<blockquote>" not in html(window)


def test_a_new_index_is_picked_up_by_the_next_question(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLANQUERY_STORE", str(tmp_path / "store"))
    settings = Settings(store=tmp_path / "store")
    plan = tmp_path / "corpus" / "plan.md"
    plan.parent.mkdir()
    plan.write_text(ENGLISH, encoding="utf-8")
    build_index([plan.parent], settings)
    window = ask(opened(), "What revenue should robot makers reach by 2028?")
    assert "40 billion" in html(window)
    plan.write_text(ENGLISH.replace("40 billion", "55 billion"), encoding="utf-8")
    build_index([plan.parent], settings)
    window.button(key="new_conversation").click().run()
    assert "55 billion" in html(ask(window, "What revenue should robot makers reach by 2028?"))


def test_a_missing_index_is_said_plainly_with_the_remedy() -> None:
    window = opened()
    assert "python -m ingest" in window.error[0].value
    ask(window, "What revenue?")
    assert any("python -m ingest" in error.value for error in window.error)
    assert not window.chat_message


def test_an_access_code_keeps_the_window_shut(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setenv("PLANQUERY_STORE", str(store))
    monkeypatch.setenv("PLANQUERY_ACCESS_CODE", "open-sesame")
    window = opened()
    assert not window.chat_input
    window.text_input[0].input("open-sesame")
    window.button[0].click().run()
    assert window.chat_input


def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQUERY_K", "many")
    assert "k\n" in opened().error[0].value
