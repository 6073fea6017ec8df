import pytest

from assistant.papers import is_not_the_paper, is_other_paper, papers_in


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What does the plan say of berths?", "Harbour rules, 2021"),
        ("What does the plan say of berths?", "Harbours of the north"),
        ("条例怎么规定泊位？", "港口发展规划"),
    ],
)
def test_a_paper_of_another_kind_is_told(question: str, title: str) -> None:
    assert is_other_paper(question, title)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What does the plan say of berths?", "Action plan for harbours"),
        ("When did the law on harbours start to apply?", "Harbour Promotion Regulation"),
        ("How deep is the harbour?", "Harbour rules, 2021"),
        ("办法怎么规定泊位？", "港口管理办法"),
    ],
)
def test_the_kind_asked_about_or_none_is_no_other(question: str, title: str) -> None:
    assert not is_other_paper(question, title)


def test_a_text_may_name_several_kinds() -> None:
    assert len(papers_in("Which rules follow the plan?")) == 2
    assert papers_in("How deep is it?") == frozenset()


def test_a_paper_named_by_its_kind_alone_is_no_other_kind() -> None:
    for question in ("How deep are berths in the plan?", "规划中的泊位有多深？", "泊位有多深，这个规划里怎么说？"):
        assert is_not_the_paper(question, "Harbour rules, 2021")
        assert not is_not_the_paper(question, "Action plan for harbours 行动计划 规划")
    assert not is_not_the_paper("How deep are berths in the plan?", "Implementation scheme for harbours")
    assert not is_not_the_paper("这个方案里的泊位有多深？", "港口发展规划")
    for question in ("How deep are berths in the plan for harbours?", "港口发展规划中的泊位有多深？", "How deep are berths?"):
        assert not is_not_the_paper(question, "Harbour rules, 2021")


def test_rules_are_no_law() -> None:
    assert papers_in("港口管理办法") == papers_in("harbour rules")
    assert papers_in("港口法") == papers_in("harbour law")
