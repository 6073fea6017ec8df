"""Fields that a chat model claims to have read in a firm's own words, kept only where code can find them there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.describe import describe
from assistant.description import Description, Origin
from assistant.profile import FIELDS, Profile, kind_of
from assistant.profile_input import amount_of, read_profile
from ingest.figures import find_figures
from ingest.glossary import Glossary
from ingest.schema import PlanQueryError


def verified(text: str, claims: Mapping[str, tuple[Any, str]], glossary: Glossary, as_of: date) -> Description:
    """What `describe` reads, with the claims (field -> value and the words for it) that hold added for fields it leaves open.

    A claim holds when its words stand in `text`, its value passes the profile's own checks, and a number is one of the words'
    figures. A claim never overrules the reading by rule and never fills what that found unclear.
    """
    read = describe(text, glossary, as_of)
    taken = {origin.field for origin in read.origins} | {item.field for item in read.unclear}
    origins = list(read.origins)
    for field, (value, words) in claims.items():
        start = text.find(words) if words else -1
        if field not in FIELDS or field in taken or start < 0 or not _holds(field, value, words):
            continue
        checked = getattr(read_profile({field: value}).profile, field)
        origins.append(Origin(field=field, value=checked, words=words, start=start, end=start + len(words)))
    profile = Profile.model_validate({origin.field: origin.value for origin in origins})
    return Description(profile=profile, origins=tuple(origins), unclear=read.unclear)


def _holds(field: str, value: Any, words: str) -> bool:
    try:
        reading = read_profile({field: value})
    except PlanQueryError:
        return False
    kind = kind_of(field)
    if kind in ("yes_no", "choice", "text"):
        return True
    checked = getattr(reading.profile, field)
    if kind == "list":
        return all(item in words for item in checked or ())
    return any(figure.high is None and amount_of(figure, kind, field) == checked for figure in find_figures(words))
