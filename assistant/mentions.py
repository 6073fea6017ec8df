"""Texts to the glossary terms in them, remembered: the same passages, leads and titles come up in question after question."""

from functools import lru_cache

from ingest.glossary import Glossary, Mention

MOST = 20_000
"""Texts remembered at most; of the corpus here, with all its passages, leads and rows, some 10,000."""


class Mentions:
    """The terms of a glossary in texts; none where there is no glossary."""

    def __init__(self, glossary: Glossary | None) -> None:
        self._glossary = glossary
        self.find = lru_cache(maxsize=MOST)(self._find)

    def _find(self, text: str) -> tuple[Mention, ...]:
        return tuple(self._glossary.find(text)) if self._glossary is not None else ()
