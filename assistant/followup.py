"""A question and the turns before it to a question that stands alone, by rules; one that stands alone already stays as it is."""

import re
from collections.abc import Sequence

from assistant import cues, topics
from assistant.asked import Asked, Resolved, capital, joined
from assistant.bare import bare, conditioned, offered
from assistant.conversion import rescaled
from assistant.folding import language_of, normalise
from assistant.pronouns import referred
from assistant.schema import Turn
from assistant.slots import edition, has_slot, names_subject_and_measure, solid, substitute, without_slots
from assistant.spoken import written
from assistant.years import stepped
from ingest.glossary import Glossary
from ingest.lexical import terms
from ingest.schema import Language

REMEMBERED = 6
"""User turns that are resolved one after the other; a thing not named again for longer is no longer what "it" means."""


def resolve(question: str, history: Sequence[Turn], glossary: Glossary | None = None) -> Resolved:
    """The question as it would be asked without the turns before it, oldest first."""
    turns = tuple(history)
    spoken = [at for at, turn in enumerate(turns) if turn.role == "user"][-REMEMBERED:]
    previous = ""
    for at in spoken:
        if not _is_small_talk(turns[at].text):
            previous = _resolve(normalise(turns[at].text), previous, turns[:at], glossary).text
    return _resolve(normalise(question), previous, turns, glossary)


def _resolve(text: str, previous: str, turns: tuple[Turn, ...], glossary: Glossary | None) -> Resolved:
    if not previous:
        return Resolved(text=text)
    answer = topics.plain(turns[-1].text) if turns and turns[-1].role == "assistant" else ""
    language = language_of(text)
    text = stepped(text, language, previous, answer)
    asked = Asked(text=text, language=language, previous=previous, answer=answer, turns=turns, glossary=glossary)
    rules = (_rescaled, _shifted, _replied, _corrected, _compared, _counted, bare, _replaced, referred)
    return next((found for rule in rules if (found := rule(asked)) is not None), Resolved(text=text))


def _rescaled(asked: Asked) -> Resolved | None:
    """ "In trillions?", "那是多少万元": the last question, answered in another scale."""
    text = rescaled(asked.text, asked.previous)
    return Resolved(text=text, relation="replaced") if text else None


def _shifted(asked: Asked) -> Resolved | None:
    """ "Leaving batteries aside, ...": a new question, unless what follows is itself no more than a fragment."""
    found = cues.SHIFT[asked.language].match(asked.text)
    if found is None:
        return None
    rest = asked.model_copy(update={"text": found["rest"]})
    is_whole = _is_whole(found["rest"], asked.language) and not cues.LEAD[asked.language].match(found["rest"])
    replaced = None if is_whole else _replaced(rest)
    return replaced or Resolved(text=capital(found["rest"]), relation="shift")


def _replied(asked: Asked) -> Resolved | None:
    """Yes or no: to an offer of the assistant, or to what it asked in order to decide."""
    if cues.NO.match(asked.text):
        is_offer = bool(_offer(asked.answer))
        return Resolved(text=asked.text if is_offer else asked.previous, relation="declined" if is_offer else "reply")
    if not cues.YES.match(asked.text):
        return None
    what = _offer(asked.answer)
    if what:
        text = offered(what, asked) or joined(capital(what), asked.previous, asked.language)
        return Resolved(text=text, relation="accepted", asks=what)
    return Resolved(text=asked.previous, relation="reply")


def _offer(answer: str) -> str:
    """What the assistant offered in its last sentence; "" where it ends in no offer."""
    last = re.split(r"(?<=[.!?。])\s*", answer.strip())
    tail = next((part for part in reversed(last) if part), "")
    found = cues.OFFER.search(tail)
    return re.sub(r"^(?:看|查|列出|了解|知道|看看|查看|说明|我)+", "", found["what"].strip()) if found else ""


def _corrected(asked: Asked) -> Resolved | None:
    """ "No, I meant 2021": the word replaced in the last question; a whole question after "I meant" is the question."""
    found = cues.CORRECTION[asked.language].match(asked.text) or (asked.language == "zh" and cues.NOT_BUT_ZH.match(asked.text))
    if not found:
        return None
    meant, old = found["x"].strip(), (found["old"] or "").strip()
    first, _, more = re.sub(r"(?<=[.?!。])\s+|(?<=[?。])(?=.)", "\n", meant).partition("\n")
    if _is_whole(meant, asked.language) or more:
        return Resolved(text=capital(f"{more} ({first.rstrip('.?!。 ')})" if more else meant), relation="corrected")
    if old and old.lower() in asked.previous.lower():
        text = re.sub(re.escape(old), lambda _: meant, asked.previous, flags=re.IGNORECASE)
    else:
        text = substitute(asked.previous, meant, asked.language, asked.glossary) or _added(meant, asked)
    return Resolved(text=text, relation="corrected")


def _compared(asked: Asked) -> Resolved | None:
    """ "Did the later edition change that?", "新版改了吗": the last question, asked of another edition."""
    named = edition(asked.text, asked.language)
    rest = asked.text.replace(named, " ") if named else ""
    if solid(cues.CHANGE[asked.language].sub("", rest), asked.language):
        return None
    if not cues.IS_CHANGE.search(rest):
        text = substitute(asked.previous, named, asked.language, asked.glossary) if named and cues.SAYS.search(rest) else ""
        return Resolved(text=text, relation="replaced") if text else None
    return Resolved(text=joined(asked.text, asked.previous, asked.language), relation="reference", asks=asked.text)


def _counted(asked: Asked) -> Resolved | None:
    """ "The third of these": the ordinal replaced by the item of the list that was counted last."""
    found = cues.ORDINAL[asked.language].search(asked.text)
    if found is None or (asked.language == "en" and not _is_reference(found.group(), asked.text[found.end() :])):
        return None
    item = next((item for answer in _lists(asked) if (item := _item(found, answer))), "")
    if not item:
        return None
    return Resolved(text=capital(asked.text[: found.start()] + item + asked.text[found.end() :].lstrip("呢")), relation="ordinal")


def _is_reference(ordinal: str, after: str) -> bool:
    """ "The second one", "the third of these", "the fourth?", but not "the first batch"."""
    has_noun = re.search(r"(?:one|kind|type|these|those|them|item|point|option)$", ordinal, re.IGNORECASE)
    return (
        bool(has_noun)
        or not re.match(r"\s+\w", after)
        or bool(re.match(r"\s+(?:need|get|is|are|was|were|do|does|cost|give|have|has|mean)\b", after))
    )


def _lists(asked: Asked) -> list[str]:
    """Answers that list something, the one to look in first; who counts on ("and the fourth") counts in the same list."""
    answers = [turn.text for turn in asked.turns if turn.role == "assistant"]
    users = [turn.text for turn in asked.turns if turn.role == "user"]
    listing = [answer for answer in reversed(answers) if topics.items(answer) or cues.ORDINAL[asked.language].search(answer)]
    was_counting = bool(users and cues.ORDINAL[asked.language].search(normalise(users[-1])))
    return listing[1:] + listing[:1] if was_counting and len(listing) > 1 and listing[0] == answers[-1] else listing


def _item(found: re.Match[str], answer: str) -> str:
    word = (found["n"] or "last").lower()
    number = (
        cues.NUMBERS.get(word)
        if word in cues.NUMBERS
        else cues.DIGITS.find(word) + 1
        if word in cues.DIGITS
        else int(re.sub(r"\D", "", word) or 0)
    )
    named = topics.named_by(word if word in cues.NUMBERS else found.group().rstrip("呢"), answer)
    listed = topics.items(answer)
    return named or (listed[(number or 0) - 1] if listed and (number or 0) <= len(listed) else "")


def _replaced(asked: Asked) -> Resolved | None:
    """ "And for photovoltaics?", "那2024年呢": a fragment takes the place of its counterpart; with none, both are kept."""
    first, _, rest = asked.text.partition("?")
    if rest.strip():
        head = _replaced(asked.model_copy(update={"text": first + "?"}))
        return head and head.model_copy(update={"text": f"{head.text} {rest.strip()}", "asks": rest.strip()})
    fragment = written(cues.TRAIL.sub("", cues.LEAD[asked.language].sub("", asked.text)).strip(" ,"))
    has_lead = cues.LEAD[asked.language].match(asked.text) is not None or bool(cues.SAME_ZH.search(asked.text))
    is_owned = bool(cues.PRONOUN_ZH.match(fragment) and solid(cues.PRONOUN_ZH.sub("", fragment), "zh"))
    if not fragment or is_owned or not _is_fragment(fragment, has_lead, asked):
        return None
    is_said_of = re.match(
        r"(?:\w+ )*?(?:did|does|do|will|would|can|is|was|were|are) (?:it|they|this|that)\s+[a-z]+\b(?<!\bin)(?<!\bfor)(?<!\bat)",
        fragment,
        re.I,
    )
    if has_lead and (cues.UNDER.match(fragment) or cues.IF_ZH.match(asked.text)) and (otherwise := conditioned(fragment, asked)):
        return Resolved(text=otherwise, relation="ellipsis")
    text = "" if is_said_of or cues.UNDER.match(fragment) else substitute(asked.previous, fragment, asked.language, asked.glossary)
    if text and not (asked.language == "zh" and not has_lead and cues.OWN_ZH.search(asked.text)):
        return Resolved(text=text, relation="replaced")
    if not has_lead and not edition(fragment, asked.language):
        return None
    if otherwise := conditioned(cues.OPENING.sub("", asked.text).rstrip("?. "), asked):
        return Resolved(text=otherwise, relation="ellipsis")
    own = "" if cues.SETTING.fullmatch(fragment) else fragment
    return Resolved(text=_added(fragment, asked), relation="ellipsis", asks=own, focus=own)


def _added(fragment: str, asked: Asked) -> str:
    """A fragment without a counterpart beside the last question: a year inside it, anything else in front of it."""
    if cues.SETTING.fullmatch(fragment):
        year = re.sub(r"\D", "", fragment)
        return f"{year}年{asked.previous}" if asked.language == "zh" else f"{asked.previous.rstrip('?. ')} in {year}?"
    return joined(capital(fragment), asked.previous, asked.language)


def _is_fragment(fragment: str, has_lead: bool, asked: Asked) -> bool:
    """A phrase without a verb after "and", or words that ask nothing once years, editions and terms are taken out."""
    rest = without_slots(fragment, asked.language, asked.glossary)
    is_named = has_slot(fragment, asked.language, asked.glossary)
    if asked.language == "zh":
        is_phrase = has_lead and not cues.ASKS_ZH.search(fragment) and len(fragment) <= 16
        is_whole = not has_lead and bool(cues.ASKS_ZH.search(fragment)) and names_subject_and_measure(fragment, asked.glossary)
        return is_phrase or (is_named and not is_whole and len(solid(rest, "zh")) <= (1 if has_lead else 0))
    is_phrase = has_lead and not cues.VERB_EN.search(fragment) and len(fragment.split()) <= 7
    is_question = not has_lead and bool(cues.ASKING.match(fragment)) and not cues.IT_IN.search(fragment)
    return is_phrase or (not solid(rest, "en") and not is_question and (is_named or len(rest.split()) <= 3))


def _is_whole(text: str, language: Language) -> bool:
    """Whether a text is a question of its own."""
    if language == "zh":
        return bool(cues.ASKS_ZH.search(text)) and len(text) > 6
    return (
        bool(re.match(r"(?:who|what|when|where|why|how|which|is|are|do|does|did|can|will)\b", text, re.IGNORECASE))
        and len(text.split()) > 3
    )


def _is_small_talk(text: str) -> bool:
    """Thanks and the like, which a later pronoun never means; a yes is kept out as well, since it names nothing."""
    clean = normalise(text)
    rest = re.sub(
        r"\b(?:ok(?:ay)?|thanks?|thank you|great|good|fine|that is|bye|hello|hi|you|very|much|so|cool|perfect)\b|谢谢|好的|你好|您好|多谢",
        "",
        clean,
        flags=re.I,
    )
    return not terms(rest) or bool(cues.YES.match(clean) or cues.NO.match(clean))
