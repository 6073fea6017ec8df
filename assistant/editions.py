"""Years and words for editions to the documents that are meant: "the 2021 rules", "前后两版"."""

import re
from collections.abc import Sequence

from assistant.comparison import Side
from assistant.question import Query
from assistant.schema import Passage
from assistant.years import YEAR
from ingest.lexical import terms
from ingest.schema import Language, Source

SAME = 0.7
"""Share of words that the titles of two editions have in common, their years aside; set by reading the titles of the corpus."""

_EDITION = re.compile(r"revised|draft|final|修订|征求意见|暂行|试行", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:both|the two|two successive|the old and (?:the )?new|the new and (?:the )?old)(?: \w+)? (?:editions?|versions?|plans?|rules)\b"
    r"|前后两[版个次](?:版本|方案|文件)?|(?:新旧|新老|前后)(?:两[版个])?(?:版本|版|方案|办法|规定|文件)?|两[版个]版?本?(?=[的之]|分别|各|有|,)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\d+|[()()—–-]|\b(?:edition|version|revised|draft|final)\b|修订版?|年|版|本|征求意见稿|暂行|试行", re.IGNORECASE)


def named_documents(name: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Ids of the documents found that a side names by year or edition; () where it names none, or none of those found."""
    years, words = set(YEAR.findall(name)), {word.lower() for word in _EDITION.findall(name)}
    if not years and not words:
        return ()
    sources = dict.fromkeys(passage.chunk.source for passage in passages)
    by_title = [source.id for source in sources if _fits(source.title, years, words)]
    by_date = [source.id for source in sources if not words and years & dates_of(source) and not YEAR.search(source.title)]
    return tuple(by_title or by_date)


def _fits(title: str, years: set[str], words: set[str]) -> bool:
    return years <= set(YEAR.findall(title)) and words <= {word.lower() for word in _EDITION.findall(title)}


def dates_of(source: Source) -> set[str]:
    """The years in which a document was published and came into force."""
    return {str(day.year) for day in (source.published, source.valid_from) if day is not None}


def apart(sides: Sequence[Side], found: Sequence[Sequence[Passage]]) -> list[Side]:
    """The sides with the documents that they name, where each names another; as they were otherwise."""
    named = [named_documents(side.name, passages) for side, passages in zip(sides, found, strict=True)]
    is_apart = all(named) and not any(set(one) & set(other) for at, one in enumerate(named) for other in named[at + 1 :])
    if not is_apart or not _are_papers(sides, named, found):
        return list(sides)
    # Within the one document its name tells nothing: every section stands under it.
    return [
        side.model_copy(update={"documents": ids, "question": side.question.replace(side.name, "").strip(" ,的")})
        for side, ids in zip(sides, named, strict=True)
    ]


def _are_papers(sides: Sequence[Side], named: Sequence[Sequence[str]], found: Sequence[Sequence[Passage]]) -> bool:
    """Whether the sides mean papers: sides that differ in year and edition alone may ask for two figures of one thing, unless the papers
    that bear the years are editions of each other."""
    if len({_MARKS.sub("", side.name).strip() for side in sides}) > 1:
        return True
    sources = {passage.chunk.source.id: passage.chunk.source for passages in found for passage in passages}
    first, *others = [sources[ids[0]] for ids in named]
    return all(is_edition_of(other, first) for other in others)


def two_editions(query: Query, passages: Sequence[Passage], sources: Sequence[Source]) -> tuple[Side, ...]:
    """The editions of the document found that a question about "both editions" means, earlier first; () where there are no two."""
    found = _BOTH.search(query.text)
    if found is None or not passages:
        return ()
    question = f"{query.text[: found.start()]}{query.text[found.end() :]}"
    best = passages[0].chunk.source
    family = [source for source in sources if source.language == best.language and (source.id == best.id or is_edition_of(source, best))]
    ordered = sorted(family, key=lambda source: (YEAR.findall(source.title)[:1] or ["9999"], source.id))
    return tuple(Side(name=source.title, question=question, documents=(source.id,)) for source in ordered) if len(family) > 1 else ()


def is_edition_of(source: Source, other: Source) -> bool:
    """Whether two documents are editions of one: linked as such, or the same but for years and words for editions in their titles."""
    if source.id in (*other.supersedes, *other.superseded_by):
        return True
    one, two = (set(terms(_MARKS.sub(" ", title.title))) for title in (source, other))
    return bool(one | two) and len(one & two) >= SAME * len(one | two)


def in_language(name: str, language: Language, sources: Sequence[Source]) -> str:
    """The edition of a document in the asker's language, where there is one."""
    best = next(source for source in sources if source.id == name)
    if best.language == language:
        return name
    others = [source for source in sources if source.language == language]
    return next((other.id for other in others if other.translation_of == name or best.translation_of == other.id), name)
