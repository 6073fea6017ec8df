"""The year a question asks about against the years that titles name."""

import re

from assistant.years import YEAR

_AFTER = re.compile(r"\b(?:after|beyond|past) (?:19|20)\d\d|(?:19|20)\d\d年?(?:以后|之后|后)", re.IGNORECASE)
"""A year that only bounds the time asked about from below; the documents of that year are the wrong ones."""


def year_agreement(question: str, title: str) -> int:
    """1 where a title names a year of the question, -1 where it names only others, 0 where either names none.

    A title with several years is of all between them ("2021-2025").
    """
    asked, named = ([int(year) for year in YEAR.findall(text)] for text in (_AFTER.sub("", question), title))
    if not asked or not named:
        return 0
    return 1 if any(min(named) <= year <= max(named) for year in asked) else -1
