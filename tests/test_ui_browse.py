from pathlib import Path

from streamlit.testing.v1 import AppTest
from ui_toys import TARGET


def documents_page(folder: str) -> None:
    from pathlib import Path

    from ui_toys import toy_desk

    from assistant.ui import documents

    documents.show(toy_desk(Path(folder)))


def explore_page(folder: str) -> None:
    from pathlib import Path

    from ui_toys import toy_desk

    from assistant.ui import explore

    explore.show(toy_desk(Path(folder)))


def documents(tmp_path: Path, **address: str) -> AppTest:
    page = AppTest.from_function(documents_page, kwargs={"folder": str(tmp_path)}, default_timeout=30)
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def html(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.html)


def test_the_list_shows_each_document_with_its_state_today(tmp_path: Path) -> None:
    rows = documents(tmp_path).dataframe[0].value
    assert list(rows["Status today"]) == ["expired", "draft"]
    assert list(rows["Number"]) == ["Toy [2022] No. 1", "—"]
    assert list(rows["Audience"]) == ["public", "internal"]


def test_search_narrows_the_list(tmp_path: Path) -> None:
    page = documents(tmp_path)
    page.text_input(key="documents_search").input("toy office").run()
    assert list(page.dataframe[0].value["Title"]) == ["Toy plan to 2025"]
    page.text_input(key="documents_search").input("no such thing").run()
    assert "No document matches" in page.info[0].value


def test_choosing_a_document_opens_it_and_back_closes_it(tmp_path: Path) -> None:
    page = documents(tmp_path)
    page.selectbox(key="chosen").select("t01-plan").run()
    assert "".join(page.query_params["document"]) == "t01-plan"
    assert "Chapter 2 › Semiconductors" in html(page)
    assert 'pq-badge pq-bad">expired' in html(page)
    page.button[0].click().run()
    assert "document" not in page.query_params
    assert page.dataframe


def test_an_address_opens_a_document_at_its_quote(tmp_path: Path) -> None:
    start = 8 + len("The plan covers five sectors. ")
    page = documents(tmp_path, document="t01-plan", start=str(start), end=str(start + len(TARGET)))
    assert f'<mark class="pq-quote">{TARGET}</mark>' in html(page)


def test_find_marks_and_counts_what_stands_in_the_text(tmp_path: Path) -> None:
    page = documents(tmp_path, document="t01-plan", start="0", end="3")
    page.text_input[0].input("FIRMS").run()
    assert any(caption.value == "1 found" for caption in page.caption)
    assert html(page).count("<mark") == 1
    assert '<mark class="pq-quote">firms</mark>' in html(page)


def test_bad_addresses_do_no_harm(tmp_path: Path) -> None:
    assert "is not in the index" in documents(tmp_path, document="../../etc/passwd").warning[0].value
    for start, end in (("x", "y"), ("-5", "3"), ("5", "999999"), ("9", "3")):
        page = documents(tmp_path, document="t01-plan", start=start, end=end)
        assert not page.exception
        assert "<mark" not in html(page)


def test_a_hostile_document_stays_text(tmp_path: Path) -> None:
    page = documents(tmp_path, document="t02-evil")
    assert "&lt;script&gt;window.hacked" in html(page)
    assert "<img" not in html(page)
    assert "javascript" not in "".join(str(element.proto.url) for element in page.get("link_button"))


def explore(tmp_path: Path) -> AppTest:
    return AppTest.from_function(explore_page, kwargs={"folder": str(tmp_path)}, default_timeout=30).run()


def test_explore_shows_passages_of_a_typed_topic_with_the_words_marked(tmp_path: Path) -> None:
    page = explore(tmp_path)
    assert "<blockquote>" not in html(page)
    page.text_input(key="explore_topic").input("silicon carbide").run()
    assert 'Leading firms in <mark class="pq-quote">silicon carbide</mark>' in html(page)


def test_explore_opens_a_passage_in_its_section(tmp_path: Path) -> None:
    page = explore(tmp_path)
    page.pills[0].select("tax").run()
    page.button(key="passage-t01-plan-1").click().run()
    assert '<mark class="pq-quote">Leading firms' in html(page)


def test_explore_keeps_to_documents_and_states_asked_for(tmp_path: Path) -> None:
    page = explore(tmp_path)
    page.text_input(key="explore_topic").input("revenue").run()
    page.multiselect(key="explore_documents").select("t02-evil").run()
    assert html(page).count("<blockquote>") == 1
    page.toggle(key="explore_in_force").set_value(True).run()
    assert "No passage found" in page.info[0].value


def test_explore_says_so_when_nothing_is_found(tmp_path: Path) -> None:
    page = explore(tmp_path)
    page.text_input(key="explore_topic").input("nothing").run()
    assert "No passage found" in page.info[0].value


def test_explore_lists_the_targets_of_a_document_with_their_sentences(tmp_path: Path) -> None:
    page = explore(tmp_path)
    page.selectbox(key="explore_document").select("t01-plan").run()
    targets = page.dataframe[0].value
    assert any("230 billion" in value for value in targets["Value"])
    assert TARGET in list(targets["Sentence"])
