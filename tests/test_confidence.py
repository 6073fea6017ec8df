"""Which place and year an answer is about."""

from assistant.confidence import is_other_year


def test_an_answer_of_another_year_is_told_unless_heading_or_title_name_the_year() -> None:
    assert is_other_year("What is the goal for 2030?", "Targets By 2025, 40 billion", "By 2025, 40 billion")
    assert not is_other_year("What is the goal for 2030?", "Targets for 2030 By 2025, 40 billion", "By 2025, 40 billion")
