"""A glossary file to terms, and any text to the terms it mentions, in either language.

Texts are compared folded: full width becomes half width, case is ignored, and a run of spaces, hyphens and line breaks counts as one
space. Offsets always speak of the text as it was given.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ConfigDict, Field, ValidationError

from ingest.schema import Language, PlanQueryError, Record

TermKind = Literal[
    "sector", "technology", "material", "product", "instrument", "enterprise_kind", "place", "body", "tax", "indicator", "document_kind"
]

_SPACE = frozenset(" \t\r\n\u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
_SPELLINGS = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("centre", "center"), ("fibre", "fiber"), ("labour", "labor"))


class Term(Record):
    """One idea: preferred form first, then aliases. `not_` (`not` in the file) holds look-alikes; a match that overlaps one is dropped.

    `same` names entries of the same kind that may share a form with this one, because both meanings are right.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(min_length=1)
    kind: TermKind
    zh: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")
    same: tuple[str, ...] = ()

    def forms(self, language: Language) -> tuple[str, ...]:
        """The forms in one language, preferred first."""
        return self.zh if language == "zh" else self.en


class Mention(Record):
    """A term found in a text at `text[start:end] == surface`."""

    term: Term
    start: int
    end: int
    surface: str


class Glossary(Record):
    """All terms. Build it once and keep it: the first `find` compiles the look-up."""

    terms: tuple[Term, ...]

    @classmethod
    def load(cls, path: Path) -> "Glossary":
        """Read and check a glossary file; raises PlanQueryError naming file, entry and field."""
        try:
            rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise PlanQueryError(f"{path}: cannot be read as a YAML glossary ({error}); save it as UTF-8 YAML") from error
        if not isinstance(rows, list):
            raise PlanQueryError(f"{path}: a glossary is a list of entries, each beginning with '- id:'")
        terms = tuple(_term(path, number, row) for number, row in enumerate(rows, start=1))
        _refuse_duplicates(path, terms)
        return cls(terms=terms)

    def glosses(self) -> dict[str, str]:
        """Every Chinese form with the English one that is preferred."""
        return {form: term.en[0] for term in self.terms for form in term.zh}

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """Terms by their id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def _terms_by_form(self) -> dict[str, tuple[Term, ...]]:
        table: dict[str, dict[Term, None]] = {}
        for term in self.terms:
            for form in (*term.zh, *term.en):
                for folded in _variants(form):
                    table.setdefault(folded, {})[term] = None
        return {folded: tuple(terms) for folded, terms in table.items()}

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """How long the forms are that begin with given two characters (a form of one character stands under itself)."""
        table: dict[str, set[int]] = {}
        for folded in self._terms_by_form:
            table.setdefault(folded[:2], set()).add(len(folded))
        return {start: tuple(lengths) for start, lengths in table.items()}

    def find(self, text: str) -> tuple[Mention, ...]:
        """Mentions in reading order, longest first where forms overlap; a form shared by terms gives one mention for each."""
        folded, offsets = _fold(text)
        taken = bytearray(len(folded))
        kept: list[tuple[int, int, tuple[Term, ...]]] = []
        for start, end, terms in sorted(self._candidates(folded), key=lambda found: (found[0] - found[1], found[0])):
            if not any(taken[start:end]):
                kept.append((start, end, terms))
                taken[start:end] = b"\x01" * (end - start)
        mentions: list[Mention] = []
        for start, end, terms in sorted(kept, key=lambda found: found[0]):
            # The end is the offset after the last matched character: blanks that follow the form are not part of it.
            first, last = offsets[start], offsets[end - 1] + 1
            mentions.extend(Mention(term=term, start=first, end=last, surface=text[first:last]) for term in terms)
        return tuple(mentions)

    def _candidates(self, folded: str) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
        """Every span that is a form of some terms, overlapping ones included."""
        for start in range(len(folded)):
            if start and _is_latin(folded[start]) and _is_latin(folded[start - 1]):
                continue  # inside a word
            for length in (*self._lengths.get(folded[start : start + 2], ()), 1):
                end = start + length
                terms = self._terms_by_form.get(folded[start:end])
                if terms and end <= len(folded) and _ends_word(folded, end):
                    allowed = tuple(term for term in terms if not _is_blocked(folded, start, end, term))
                    if allowed:
                        yield start, end, allowed

    def translations(self, text: str, language: Language) -> tuple[str, ...]:
        """Other-language forms of the terms that `text`, written in `language`, mentions; () when it mentions none."""
        other: Language = "en" if language == "zh" else "zh"
        already = _fold(text)[0]
        forms = (form for mention in self.find(text) for form in mention.term.forms(other))
        return tuple(dict.fromkeys(form for form in forms if _fold_form(form) not in already))


def _term(path: Path, number: int, row: object) -> Term:
    name = row.get("id", "without id") if isinstance(row, dict) else "not a mapping"
    try:
        return Term.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        raise PlanQueryError(f"{path}: entry {number} ({name}), field {field}: {first['msg']}; correct that line") from error


def _refuse_duplicates(path: Path, terms: tuple[Term, ...]) -> None:
    ids: set[str] = set()
    owners: dict[tuple[str, str], list[Term]] = {}
    for number, term in enumerate(terms, start=1):
        if term.id in ids:
            raise PlanQueryError(f"{path}: entry {number} ({term.id}), field id: the id is used twice; rename one of the entries")
        ids.add(term.id)
        for language, forms in (("zh", term.zh), ("en", term.en)):
            for form in forms:
                shared = owners.setdefault((term.kind, _fold_form(form)), [])
                for other in shared:
                    if other is not term and other.id not in term.same and term.id not in other.same:
                        raise PlanQueryError(
                            f"{path}: entry {number} ({term.id}), field {language}: {form!r} also belongs to {other.id} of the same kind; "
                            f"remove it from one, or declare 'same: [{other.id}]'"
                        )
                shared.append(term)


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    if character in _SPACE:
        return " "
    plain = unicodedata.normalize("NFKC", _QUOTES.get(character, character)).lower()
    return plain if len(plain) == 1 else character


def _fold(text: str) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the offset in `text`."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        folded = _fold_character(character)
        if folded == " " and characters and characters[-1] == " ":
            continue
        characters.append(folded)
        offsets.append(offset)
    return "".join(characters), offsets


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"  # everything from the CJK radicals on is written without spaces


def _variants(form: str) -> Iterator[str]:
    """The folded form, its British and American spellings and the simple plural of each."""
    folded = _fold_form(form)
    spellings = {folded} | {folded.replace(british, american) for british, american in _SPELLINGS}
    for spelling in sorted(spellings):
        yield spelling
        if re.search(r"[a-z]$", spelling):
            yield _plural(spelling)


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _ends_word(folded: str, end: int) -> bool:
    """Latin words match whole words only; Chinese has no word boundary to ask for."""
    return not _is_latin(folded[end - 1]) or end == len(folded) or not _is_latin(folded[end])


@lru_cache(maxsize=20_000)
def _fold_form(form: str) -> str:
    return _fold(form)[0].strip()


def _is_blocked(folded: str, start: int, end: int, term: Term) -> bool:
    for look_alike in term.not_:
        other = _fold_form(look_alike)
        at = folded.find(other, max(0, start - len(other) + 1), end + len(other) - 1)
        if at >= 0:
            return True
    return False
