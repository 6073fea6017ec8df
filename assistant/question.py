"""A question in its conversation to a query that can stand alone: language, kind and weighted terms."""

from collections.abc import Sequence

from assistant.asked import Relation
from assistant.folding import language_of, normalise
from assistant.followup import resolve
from assistant.kinds import Kind, kind_of
from assistant.romanised import Names, spelled
from assistant.schema import Turn
from assistant.typos import Vocabulary, correct
from assistant.views import View, Weights, conversation_views, view_of
from ingest.glossary import Glossary, TermKind
from ingest.lexical import terms
from ingest.schema import Language, Record

__all__ = ["Query", "View", "language_of", "normalise", "plain_query", "standalone", "view_of"]

TRANSLATED = 0.5
"""Weight of a term that stands for one of the question in the other language; at 1 translations outvote the question's own words."""

SETTLED_BY = frozenset[Relation](("replaced", "corrected", "ordinal", "accepted"))
"""Relations by which the resolved question already holds what it needs of the turns before it."""


SUBJECTS: tuple[TermKind, ...] = ("sector", "technology", "material", "product", "enterprise_kind")
"""Kinds of terms that a question can be about; a place or an award alone may still belong to what was talked of before."""


class Query(Record):
    """What is searched for. The first view is the question itself, later ones are what the conversation adds.

    `relation` says how the question hangs on the turns before it; "new" for one that stands alone. `before` is the question before this
    one where this one may lean on it, else "". `names` are those that the documents write in the other script. `focus` are the words of a
    fragment ("and a small one?") that stand beside those of the question it follows: the answer holds the former, not their counterpart.
    """

    text: str
    language: Language
    kind: Kind
    views: tuple[View, ...]
    relation: Relation = "new"
    before: str = ""
    names: Names = ()
    focus: str = ""


def plain_query(text: str, glossary: Glossary | None = None, vocabulary: Vocabulary | None = None) -> Query:
    """A query for text that stands alone already."""
    return standalone(text, (), glossary, vocabulary)


def standalone(
    question: str,
    history: Sequence[Turn] = (),
    glossary: Glossary | None = None,
    vocabulary: Vocabulary | None = None,
    weights: Weights | None = None,
) -> Query:
    """The question as it would be asked without the turns before it, oldest first, and the views that search for it.

    With a glossary the first view also holds the terms in the other language, with a vocabulary misspelt words are put right; `weights`
    takes the place of the shipped weights of the conversation.
    """
    clean = normalise(question)
    asked = correct(clean, vocabulary) if vocabulary is not None else clean
    resolved = resolve(asked, history, glossary)
    language = language_of(clean)
    turns = () if resolved.relation == "shift" else tuple(history)
    is_settled = resolved.relation in SETTLED_BY or (resolved.relation == "new" and _has_new_subject(resolved.text, turns, glossary))
    own, *others = conversation_views(resolved.text, turns, is_settled=is_settled, weights=weights)
    said = " ".join((resolved.text, *(turn.text for turn in turns)))
    names = vocabulary.romanised.names(said) if vocabulary is not None else ()
    query = Query(
        text=resolved.text,
        language=language,
        kind=kind_of(resolved.asks or resolved.text, language),
        views=tuple(_named(view, names) for view in (_translated(own, glossary), *others)),
        relation=resolved.relation,
        before="" if is_settled else next((turn.text for turn in reversed(turns) if turn.role == "user"), ""),
        names=names,
        focus=resolved.focus,
    )
    return readable(query, glossary) if glossary is not None and language == "en" else query


def _has_new_subject(text: str, turns: Sequence[Turn], glossary: Glossary | None) -> bool:
    """Whether a question that stands alone names things of the glossary, none of which a turn before it named: the talk has moved on."""
    if glossary is None or not turns:
        return False
    named = {mention.term.id for mention in glossary.find(text) if mention.term.kind in SUBJECTS}
    return bool(named) and not any(mention.term.id in named for turn in turns for mention in glossary.find(turn.text))


def _translated(view: View, glossary: Glossary | None) -> View:
    """The view with the preferred form of every glossary term it mentions, in the language it is not mentioned in.

    What is mentioned in another language than the question's ("the 小升规 award") counts in full in the question's language.
    """
    if glossary is None:
        return view
    language = language_of(view.text)
    held = dict(view.terms)
    for mention in glossary.find(view.text):
        other: Language = "zh" if mention.surface.isascii() else "en"
        for term in terms(mention.term.forms(other)[0]):
            held.setdefault(term, 1.0 if other == language else TRANSLATED)
    return view.model_copy(update={"terms": tuple(sorted(held.items()))})


def _named(view: View, names: Names) -> View:
    """The view with those of the names that its text holds as the documents write them; embedded and read are all in Latin letters."""
    lower = view.text.lower()
    other = [spelling if name in view.text else name for name, spelling in names if name in view.text or spelling in lower]
    if not other:
        return view
    held = tuple((term, 1.0) for term in dict.fromkeys(terms(" ".join(other))))
    return view.model_copy(update={"text": spelled(view.text, names), "names": held})


def readable(query: Query, glossary: Glossary) -> Query:
    """An English query whose embedded wording says Chinese terms in English, since the built-in model reads few ideographs."""
    own, *others = query.views
    wording, at = "", 0
    for mention in sorted(glossary.find(own.text), key=lambda found: found.start):
        if mention.start >= at and not mention.surface.isascii() and mention.term.en:
            wording += own.text[at : mention.start] + mention.term.en[0]
            at = mention.end
    own = own.model_copy(update={"text": wording + own.text[at:]})
    return query.model_copy(update={"views": (own, *others)})
