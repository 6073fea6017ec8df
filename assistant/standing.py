"""The documents that a draft quotes to what a reader must know of them: ended, replaced, only a draft, or in the other language."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.prompts import sentence
from assistant.schema import Draft, DraftClaim
from ingest.schema import Language


def noted(draft: Draft, language: Language, as_of: date, titles: Mapping[str, str]) -> Draft:
    """The draft with a notice for each such document behind its own notices. `titles` are those of all documents by id."""
    return draft.model_copy(update={"notices": (*draft.notices, *notices(language, draft.claims, as_of, titles))})


def notices(language: Language, claims: Sequence[DraftClaim], as_of: date, titles: Mapping[str, str]) -> tuple[str, ...]:
    """What there is to know of the documents quoted, each once; () where they are in force and in the language of the question."""
    found: dict[str, None] = {}
    for source in dict.fromkeys(evidence.passage.chunk.source for claim in claims for evidence in claim.evidence):
        status = source.status_on(as_of)
        if status == "expired" and source.valid_to:
            found[sentence("expired", language, title=source.title, day=source.valid_to.isoformat())] = None
        elif status == "superseded":
            between = "》、《" if language == "zh" else ", "
            later = between.join(titles.get(one, one) for one in source.superseded_by) or "?"
            found[sentence("superseded", language, title=source.title, later=later)] = None
        elif status == "draft":
            found[sentence("draft", language, title=source.title)] = None
        if source.language != language:
            found[sentence("other_language", language)] = None
    return tuple(found)
