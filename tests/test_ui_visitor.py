from streamlit.testing.v1 import AppTest

from assistant.ui.visitor import Doorkeeper


def window() -> None:
    import streamlit as st

    from assistant.ui import visitor
    from ingest.settings import Settings

    language = visitor.language()
    visitor.language_switch(language)
    settings = Settings(access_code="right-code", _env_file=None)
    if visitor.has_signed_in(settings):
        visitor.keep_cookies()
        st.text(f"in {visitor.visitor_id()}")
    else:
        visitor.sign_in(settings, language)


def opened(locale: str = "en-GB") -> AppTest:
    page = AppTest.from_function(window, default_timeout=30)
    page.context["locale"] = locale
    return page.run()


def give(page: AppTest, code: str) -> AppTest:
    page.text_input[0].input(code)
    return page.button[0].click().run()


def test_nothing_is_shown_before_the_right_code() -> None:
    page = opened()
    assert not page.text
    assert "not right" in give(page, "wrong-code").error[0].value
    assert not page.text
    assert give(page, "right-code").text[0].value.startswith("in ")


def test_the_pass_is_kept_as_a_cookie_and_the_id_is_not_the_secret() -> None:
    page = give(opened(), "right-code")
    scripts = " ".join(str(element.proto.body) for element in page.html)
    assert "planquery_pass=" in scripts
    assert "SameSite=Strict" in scripts
    assert "right-code" not in scripts
    assert page.text[0].value.removeprefix("in ") not in scripts


def test_two_visitors_have_two_ids() -> None:
    assert give(opened(), "right-code").text[0].value != give(opened(), "right-code").text[0].value


def test_the_language_is_the_browsers_until_one_is_chosen() -> None:
    assert opened("zh-CN").button[0].label == "登录"
    page = opened("en-GB")
    assert page.button[0].label == "Sign in"
    page.segmented_control(key="language").set_value("zh").run()
    assert page.button[0].label == "登录"


def test_many_wrong_codes_close_the_door_for_a_minute() -> None:
    time = [0.0]
    door = Doorkeeper(lambda: time[0])
    for _ in range(10):
        assert not door.admits("wrong", "right")
    assert not door.admits("right", "right")
    time[0] = 59.0
    assert not door.admits("right", "right")
    time[0] = 61.0 + 59.0
    assert door.admits("right", "right")


def test_codes_in_chinese_are_compared_too() -> None:
    assert Doorkeeper(lambda: 0.0).admits("访问码", "访问码")
