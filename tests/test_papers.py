import pytest

from assistant.papers import is_other_paper, papers_in


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
