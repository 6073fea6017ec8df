from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button
from ui_toys import ENGINE, HOSTILE, TARGET, toy_desk

from assistant.history import Rating
from assistant.schema import Turn
from assistant.ui.style import SCROLL_TO_QUESTION, SCROLL_TO_QUOTE


def ask_page(folder: str, limit: int = 2000, in_chinese: bool = False, user: str = "ann") -> None:
    from pathlib import Path

    from ui_toys import toy_desk

    from assistant.ui import ask

    ask.show(toy_desk(Path(folder), "zh" if in_chinese else "en", user, limit))


def opened(tmp_path: Path, **kwargs: object) -> AppTest:
    page = AppTest.from_function(ask_page, kwargs={"folder": str(tmp_path), **kwargs}, default_timeout=30)
    return page.run()


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.html)


def button(page: AppTest, label: str) -> Button:
    return next(one for one in page.button if one.label == label)


def test_the_first_visit_shows_examples_in_both_languages(tmp_path: Path) -> None:
    page = opened(tmp_path)
    labels = [one.label for one in page.button]
    assert any("2025?" in label for label in labels)
    assert any("2025年" in label for label in labels)
    assert not page.chat_message


def test_an_example_is_asked_with_one_click(tmp_path: Path) -> None:
    page = opened(tmp_path)
    button(page, "What revenue does the plan aim for by 2025?").click().run()
    assert [message.name for message in page.chat_message] == ["user", "assistant"]
    assert TARGET in html(page)


def test_an_answer_shows_status_marks_source_state_and_notice(tmp_path: Path) -> None:
    shown = html(ask(opened(tmp_path), "What revenue?"))
    assert '<span class="pq-badge pq-good">Answered</span>' in shown
    assert 'href="#source-2-1"' in shown
    assert 'id="source-2-1"' in shown
    assert '<span class="pq-badge pq-bad">expired</span>' in shown
    assert "Toy [2022] No. 1 · Chapter 1 › Targets · page 1" in shown
    assert f"<blockquote>{TARGET}</blockquote>" in shown
    assert "The plan&#x27;s horizon has *passed*." in shown


def test_open_at_the_quote_shows_the_section_with_the_quote_marked(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    button(page, "Open at the quote").click().run()
    assert f'The plan covers five sectors. <mark class="pq-quote">{TARGET}</mark> Growth averages' in html(page)


def test_hostile_documents_and_questions_stay_text(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), f"补贴 {HOSTILE}")
    button(page, "Open at the quote").click().run()
    shown = html(page)
    assert "<img" not in shown
    assert "window.hacked" in shown
    scripts = [str(element.proto.body) for element in page.html if "<script" in str(element.proto.body)]
    assert all(script.startswith((SCROLL_TO_QUOTE, SCROLL_TO_QUESTION)) for script in scripts)
    assert not any("javascript:" in str(getattr(element.proto, "url", "")) for element in page.get("link_button"))
    assert not page.markdown
    assert "2 left out." in shown


def test_a_refusal_names_its_state_and_offers_covered_topics(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What is the weather?")
    assert "Not in the documents" in html(page)
    assert any("You can ask about these" in caption.value for caption in page.caption)
    topic = next(one for one in page.button if one.label.startswith("Semiconductors"))
    topic.click().run()
    assert ENGINE.asked[-1][0] == "What does “Toy plan to 2025” say about “Semiconductors”?"


def test_a_follow_up_is_sent_with_the_turns_before_it(tmp_path: Path) -> None:
    ask(ask(opened(tmp_path), "What revenue?"), "And the weather?")
    question, history, documents, day = ENGINE.asked[-1]
    assert question == "And the weather?"
    assert [turn.role for turn in history] == ["user", "assistant"]
    assert history[0] == Turn(role="user", text="What revenue?")
    assert (documents, str(day)) == ((), "2026-11-23")


def test_limits_reach_the_assistant(tmp_path: Path) -> None:
    page = opened(tmp_path)
    page.multiselect(key="limit_documents").select("t01-plan").run()
    ask(page, "What revenue?")
    assert ENGINE.asked[-1][2] == ("t01-plan",)


def test_a_reload_brings_the_conversation_back_and_others_do_not_see_it(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    address = "".join(page.query_params["conversation"])
    for user, is_shown in (("ann", True), ("bob", False)):
        again = AppTest.from_function(ask_page, kwargs={"folder": str(tmp_path), "user": user}, default_timeout=30)
        again.query_params["conversation"] = address
        assert (TARGET in html(again.run())) is is_shown


def test_new_conversation_starts_empty_and_the_list_opens_the_old_one(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    button(page, "New conversation").click().run()
    assert not page.chat_message
    next(one for one in page.button if one.label.startswith("What revenue")).click().run()
    assert TARGET in html(page)


def test_delete_removes_the_conversation_for_good(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    page.button(key="delete").click().run()
    assert not page.chat_message
    assert toy_desk(tmp_path).history.conversations("ann") == ()


def test_a_question_that_is_too_long_is_refused_with_its_length(tmp_path: Path) -> None:
    page = opened(tmp_path, limit=50)
    asked = len(ENGINE.asked)
    ask(page, "x" * 51)
    (error,) = page.error
    assert error.value == "The question has 51 characters; at most 50 can be read. Shorten it and send it again."
    assert len(ENGINE.asked) == asked
    ask(page, "What revenue?")
    assert not page.error


def test_a_missing_index_is_a_plain_message_and_not_an_answer(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "broken")
    assert [error.value for error in page.error] == ["This could not be done: the index folder 'x' is missing; run python -m ingest"]
    history = toy_desk(tmp_path).history
    assert history.conversations("ann") == ()
    assert [(row.question, row.status) for row in history.audit()] == [("broken", "error")]


def test_a_fault_of_ours_is_said_and_logged_and_leaves_the_window_usable(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "crash")
    assert "failed on this question" in page.error[0].value
    assert [row.status for row in toy_desk(tmp_path).history.audit()] == ["error"]
    assert TARGET in html(ask(page, "What revenue?"))


def two_questions(folder: str) -> None:
    from pathlib import Path

    import streamlit as st
    from ui_toys import toy_desk

    from assistant.ui import ask

    for question in ("one", "two"):
        ask.put(toy_desk(Path(folder)), question)
    st.text(st.session_state["pending"])


def test_a_second_question_does_not_push_out_the_one_being_answered(tmp_path: Path) -> None:
    page = AppTest.from_function(two_questions, kwargs={"folder": str(tmp_path)}).run()
    assert page.text[0].value == "one"


@pytest.mark.parametrize(("thumb", "verdict"), [(1, "up"), (0, "down")])
def test_a_thumb_is_stored_at_once(tmp_path: Path, thumb: int, verdict: str) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    page.feedback[0].set_value(thumb).run()
    (case,) = toy_desk(tmp_path).history.feedback()
    assert (case.question, case.rating.verdict) == ("What revenue?", verdict)


def test_a_thumb_down_takes_reasons_and_a_comment(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue?")
    page.feedback[0].set_value(0).run()
    page.pills[0].select("outdated")
    page.text_input[0].input("It is 2026 now")
    button(page, "Send").click().run()
    (case,) = toy_desk(tmp_path).history.feedback()
    assert case.rating == Rating(verdict="down", reasons=("outdated",), comment="It is 2026 now")
    assert any("Thank you" in caption.value for caption in page.caption)


def test_the_audit_log_records_status_and_seconds(tmp_path: Path) -> None:
    ask(opened(tmp_path), "What is the weather?")
    history = toy_desk(tmp_path).history
    assert [(row.question, row.status, row.seconds) for row in history.audit()] == [("What is the weather?", "not_found", 0.12)]
    assert [(gap.question, gap.count) for gap in history.gaps()] == [("What is the weather?", 1)]


def test_the_chinese_window_says_everything_in_chinese(tmp_path: Path) -> None:
    page = ask(opened(tmp_path, in_chinese=True), "营业收入目标？")
    assert "已回答" in html(page)
    assert "玩具规划（到2025年）" in html(page)
    assert {"新对话", "打开原文位置"} <= {one.label for one in page.button}


def test_the_last_of_several_verified_answers_is_the_one_stored(tmp_path: Path) -> None:
    page = ask(opened(tmp_path), "What revenue, piecewise?")
    assert TARGET in html(page)
    assert "The first claim alone." not in html(page)
    history = toy_desk(tmp_path).history
    (one,) = history.conversations("ann")
    assert [message.role for message in history.messages("ann", one.id)] == ["user", "assistant"]
    assert [row.status for row in history.audit()] == ["answered"]


def parts_page() -> None:
    import streamlit as st
    from ui_toys import toy_answer

    from assistant.ui.answer import draw_partial

    place = st.empty()
    for text in ("first claim", "first claim & <b>second</b> [1]"):
        draw_partial(place, toy_answer("What revenue?").model_copy(update={"text": text}))


def test_a_part_of_an_answer_takes_the_place_of_the_part_before_it() -> None:
    (shown,) = AppTest.from_function(parts_page).run().html
    assert str(shown.proto.body) == '<div class="pq-partial"><p>first claim &amp; &lt;b&gt;second&lt;/b&gt; [1]</p></div>'


def model_page(folder: str, model: str, address: str) -> None:
    from pathlib import Path

    from ui_toys import toy_desk

    from assistant.ui import ask

    ask.show(toy_desk(Path(folder), chat_model=model, chat_base_url=address))


@pytest.mark.parametrize(
    ("model", "address", "said"),
    [
        ("", "", "nothing leaves this machine"),
        ("ollama:qwen3", "", "Nothing leaves this machine"),
        ("openai:gpt", "https://gateway.example/v1", "Sent to gateway.example"),
        ("anthropic:claude", "", "Sent to api.anthropic.com"),
    ],
)
def test_the_page_says_who_answers_and_what_leaves_the_machine(tmp_path: Path, model: str, address: str, said: str) -> None:
    page = AppTest.from_function(model_page, kwargs={"folder": str(tmp_path), "model": model, "address": address}, default_timeout=30)
    captions = [caption.value.replace("\\", "").replace("\u2060", "") for caption in page.run().caption]
    assert not page.exception
    (found,) = [one for one in captions if said in one]
    assert model in found
