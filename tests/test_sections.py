"""The part that a section plays, by its heading, and the part that a question asks for, by its words."""

import pytest

from assistant.kinds import Kind
from assistant.sections import Role, is_out_of_role, role_of, wanted_of, wanted_role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Purpose", "purpose"),
        ("Validity", "validity"),
        ("How to apply", "procedure"),
        ("Conditions for skippers", "conditions"),
        ("Berth rates", "amounts"),
        ("Goals", "targets"),
        ("Support for skippers", "measures"),
        ("Relation to other rules", "relation"),
        ("References", "sources"),
        ("目的", "purpose"),
        ("目的和依据", "purpose"),
        ("附则", "validity"),
        ("申报程序", "procedure"),
        ("适用范围", "conditions"),
        ("补贴标准", "amounts"),
        ("发展目标", "targets"),
        ("保障措施", "measures"),
        ("与其他文件的关系", "relation"),
        ("参考文献", "sources"),
        ("Gulls", None),
        ("海鸥", None),
    ],
)
def test_a_heading_tells_the_part_of_its_section(heading: str, role: Role | None) -> None:
    assert role_of((heading,)) == role


def test_the_innermost_heading_that_tells_decides() -> None:
    assert role_of(("Conditions", "Validity")) == "validity"
    assert role_of(("Conditions", "Gulls")) == "conditions"
    assert role_of(()) is None


@pytest.mark.parametrize("heading", ["Purpose-built nets", "Data sources and nets", "目录外的渔船", "背景音乐之外的渔船"])
def test_a_heading_that_only_begins_like_a_list_of_sources_or_a_preface_is_neither(heading: str) -> None:
    assert role_of((heading,)) is None


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Until when do the berth rules hold?", "validity"),
        ("Are the berth rules still in force?", "validity"),
        ("How does a skipper claim the grant?", "procedure"),
        ("Which requirements must a boat meet?", "conditions"),
        ("泊位规定何时失效？", "validity"),
        ("泊位怎么申请？", "procedure"),
        ("渔船要满足什么门槛？", "conditions"),
        ("How long is the pier?", None),
        ("码头有多长？", None),
    ],
)
def test_the_words_of_a_question_tell_the_part_that_answers_it(question: str, role: Role | None) -> None:
    assert wanted_role(question) == role


@pytest.mark.parametrize(
    ("question", "kind", "role"),
    [
        ("What is a trawler?", "definition", "conditions"),
        ("What is a trawler?", "fact", None),
        ("How do I moor?", "procedure", "procedure"),
        ("Until when is a trawler allowed?", "definition", "validity"),
        ("什么是拖网渔船？", "definition", "conditions"),
    ],
)
def test_the_kind_of_question_tells_the_part_where_its_words_do_not(question: str, kind: Kind, role: Role | None) -> None:
    assert wanted_of(question, kind) == role


@pytest.mark.parametrize(
    ("role", "question", "kind", "is_out"),
    [
        ("sources", "What is the purpose of the pier?", "fact", True),
        ("relation", "What is the berth fee?", "figure", True),
        ("relation", "Which rules does it replace?", "list", False),
        ("relation", "它代替了哪份规定？", "list", False),
        ("relation", "泊位费多少？", "figure", True),
        ("purpose", "What is the berth fee?", "figure", True),
        ("purpose", "泊位费多少？", "figure", True),
        ("purpose", "Who made the rules?", "who", False),
        ("purpose", "码头为什么要修？", "figure", False),
        ("purpose", "How do both papers differ?", "compare", False),
        ("conditions", "What is the berth fee?", "figure", False),
        (None, "What is the berth fee?", "figure", False),
    ],
)
def test_prefaces_and_relations_answer_only_questions_about_them_and_sources_none(
    role: Role | None, question: str, kind: Kind, is_out: bool
) -> None:
    assert is_out_of_role(role, question, kind) is is_out
