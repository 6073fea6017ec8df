"""What an earlier turn was about: the thing a pronoun can stand for, and the items an ordinal can count."""

import re
import unicodedata
from collections.abc import Sequence

from assistant.cues import word_set
from ingest.schema import Language
from ingest.sentences import sentence_spans

_MARK = re.compile(r"\s*\[\d+\]")
_WORD = re.compile(r"[A-Za-z0-9][\w'’./&%-]*|[,;:?!.()\"]")
SHORT = 120
"""Longest sentence, in characters, that counts as an item of a list."""

_TITLE = re.compile(r"《[^》]{2,60}》|[“\"][^”\"]{2,60}[”\"]")

# English words that end a noun phrase: auxiliaries, the commonest verbs of questions, pronouns, prepositions, conjunctions.
_DO = word_set("do does did can could will would shall should may might must")
_AUXILIARIES = _DO | word_set("is are was were be been being am has have had")
_VERBS = word_set(
    "please tell give explain describe list show name know want need get pay go make take say mean think talk mention use work help "
    "happen occur exist apply live come find start begin end look see help run hold"
)
_FUNCTION = (
    _AUXILIARIES
    | _VERBS
    | word_set(
        "a an the this that these those some any all each every no not it its they their them he him his she her i me my we us our you "
        "your who whom whose what which when where why how and or but so if then than as of to in on at by for from with about into "
        "over under between after before during since until through there here also too very much many more most other another same "
        "such only just there's what's it's i'm don't does't ok okay yes thanks first last next now still ever kind kinds type types"
    )
)
_COPULA = re.compile(
    r"(?:what|who|when|where|why|how(?: (?:much|many|long|high|large|big|old|far|often))?)(?:'s|’s| is| are| was| were) "
    r"(?P<thing>(?!(?:it|they|this|that|there|he|she)\b)[\w'’%-]+(?: [\w'’%-]+){1,8}?)(?: (?!need|speed|seed)\w{2,}(?:ed|en))?\s*\?*$",
    re.IGNORECASE,
)
"""A question whose whole rest, but for a participle at its end, is the thing asked about ("When was | the regulation | passed?")."""

_OWNED_ZH = re.compile(
    r"(?P<owner>[^,。?]{2,20}?)(?:现在|目前|还)?(?:有|能拿|能享受|可以拿|可以享受|给|获得)(?:什么|哪些|哪几[项类种])(?P<thing>[^,。?]{2,8}?)[?]*$"
)
"""What somebody has or gets, asked for ("软件企业有什么税收优惠")."""

_PARTICIPLE = re.compile(r".{3,}(?:ed|ing)$")

_ZH_BREAK = re.compile(
    r"现在|目前|能(?=[拿享申领得获])|(?<=.{4})要求(?=.)|是(?!否)|有(?!限|关|机|色|效期)|在(?!线)|什么|哪|多少|怎么|怎样|如何|为什么|为何|[几吗呢]|被|将|由|从|对(?!外|口)"
    r"|给予?|能否|可以|能不能|是否|需要|达到|要(?!素|求)"
    r"|[,。;:?!]"
)
_ZH_HEAD = re.compile(r"^(?:请问|请|那么|那|关于|根据|按照|介绍一下|说说|告诉我|想知道|我想知道|你知道|在)+")
_ZH_TAIL = re.compile(r"(?:[的了都会还也就]|分别|主要|目前|现在|最高|一共|总共|所属|成立)+$")


def plain(text: str) -> str:
    """A turn without its [n] marks, full-width signs folded."""
    return unicodedata.normalize("NFKC", _MARK.sub("", text)).strip()


def topic(question: str, language: Language) -> str:
    """What a question is about, in its own words; "" where nothing stands out."""
    titled = _TITLE.search(question)
    if titled:
        return titled.group()
    return _zh_topic(question) if language == "zh" else _en_topic(question)


def about(question: str, language: Language) -> str:
    """The thing a question asks about with all that belongs to it ("the award in the reform zone"); what it names, set apart by commas,
    where it is no phrase; "" where nothing stands out.
    """
    if language == "zh":
        owned = _OWNED_ZH.match(_ZH_HEAD.sub("", question))
        return f"{owned['owner']}的{owned['thing']}" if owned else topic(question, language)
    found = _COPULA.match(question.strip())
    if found:
        return re.sub(r"^(?:responsible|in charge|eligible) (?:for|of) ", "", found["thing"].strip())
    named = [phrase for _, phrase in _phrases([word.rstrip(".") or word for word in _WORD.findall(question)])]
    return ", ".join(dict.fromkeys(named))


def _zh_topic(question: str) -> str:
    """A Chinese question names its subject first: what stands before the first verb or question word."""
    text = _ZH_HEAD.sub("", question)
    found = _ZH_BREAK.search(text)
    return _ZH_TAIL.sub("", text[: found.start()] if found else text.rstrip("?。")).strip(" ,")


def _en_topic(question: str) -> str:
    """The proper name after the first word, else the phrase behind the auxiliary (the subject), else the last phrase."""
    words = [word.rstrip(".") or word for word in _WORD.findall(question)]
    names = _names(words[1:])
    if names:
        return max(names, key=len)
    phrases = _phrases(words)
    behind = next((i for i, word in enumerate(words) if word.lower() in _AUXILIARIES), len(words))
    subject = next((phrase for at, phrase in phrases if at > behind), "") or (phrases[-1][1] if phrases else "")
    return re.split(r"['’]s?(?= |$)", subject)[0]


def _names(words: Sequence[str]) -> list[str]:
    """Runs of capitalised words; "of", "the", "and" and "for" may stand inside a run."""
    runs: list[list[str]] = [[]]
    for word in words:
        if word[0].isupper() and word != "I" and word.lower() not in _FUNCTION:
            runs[-1].append(re.sub(r"['’]s$", "", word))
        elif runs[-1] and word in ("of", "the", "and", "for"):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run[: 1 + max(i for i, word in enumerate(run) if word[0].isupper())]) for run in runs if run]


def _phrases(words: Sequence[str]) -> list[tuple[int, str]]:
    """Runs of content words with their place, without the verb that ends them: "(did) the fund (pay)", "(was) the law (passed)"."""
    phrases: list[tuple[int, str]] = []
    run: list[str] = []
    helper = ""
    for at, word in enumerate([*words, "?"]):
        if word.lower() not in _FUNCTION and word[0].isalnum():
            run.append(word)
            continue
        kept = list(run)
        while len(kept) > 1 and _PARTICIPLE.match(kept[-1]):
            kept.pop()
        if len(kept) == len(run) > 1 and helper in _DO and word.lower() not in _VERBS:
            kept.pop()
        is_phrase = bool(kept) and not (len(kept) == 1 and (kept[0].isdigit() or _PARTICIPLE.match(kept[0])))
        if is_phrase:
            phrases.append((at - len(run), " ".join(kept)))
            helper = ""
        helper = word.lower() if word.lower() in _AUXILIARIES else helper
        run = []
    return phrases


def has_phrase(text: str) -> bool:
    """Whether English words name anything at all."""
    return bool(_phrases(_WORD.findall(text)))


def person(turns: Sequence[str]) -> str:
    """Whom "he" or "she" means: the name of two words or more that most turns mention by any of its words, the first of equals.

    A talk about somebody names them at its beginning; names that its answers bring up later are mostly of others. Seen on rewrite_en.
    """
    names: dict[str, int] = {}
    for text in turns:
        for name in re.findall(r"\b[A-Z][\w'’-]+(?: (?:(?:de|van|von|al|bin|of) )?[A-Z][\w'’-]+)+", text):
            words = name.split()
            kept = words[1:] if words[0].lower() in _FUNCTION else words
            if len(kept) > 1:
                names.setdefault(" ".join(kept), 0)
    for name in names:
        names[name] = sum(any(word in text for word in name.split() if len(word) > 3) for text in turns)
    return max(names, key=lambda name: names[name], default="")


def items(answer: str) -> tuple[str, ...]:
    """What an answer lists: list or table lines, else the longest enumeration of a sentence, else its sentences where all are short.

    () for fewer than two.
    """
    text = plain(answer)
    lines = [line.strip() for line in text.splitlines()]
    bullets = [_first_cell(line) for line in lines if re.match(r"(?:[-*•]|\d+[.)、]|[((]?[一二三四五六七八九十\d]+[))、])\s*\S", line)]
    rows = [_first_cell(line) for line in lines if line.startswith("|") and not re.fullmatch(r"[|:\s-]+", line)][1:]
    inline = max((_enumerated(sentence) for sentence in _sentences(text)), key=len, default=())
    sentences = [sentence for sentence in _sentences(text) if len(sentence) <= SHORT]
    best = next(
        (found for found in (bullets, rows, inline) if len(found) > 1), sentences if len(sentences) == len(_sentences(text)) else []
    )
    return tuple(best) if len(best) > 1 else ()


def named_by(ordinal: str, answer: str) -> str:
    """The item that a sentence of the answer gives for an ordinal ("The second kind is X"); "" without such a sentence."""
    for sentence in re.split(r"(?<=[.!?;。;,])\s*", plain(answer)):
        found = re.match(rf"(?:the )?{re.escape(ordinal)}\s*\w*?\s*(?:is|are|was|是|为)\s*(.+?)[.!?;。,]*$", sentence, re.IGNORECASE)
        if found:
            return found.group(1)
    return ""


def _first_cell(line: str) -> str:
    """A list or table line without its mark: the first cell of a row, the name before a colon where there is one."""
    if line.startswith("|"):
        return line.strip("| ").split("|")[0].strip()
    text = re.sub(r"^(?:[-*•]|\d+[.)、]|[((]?[一二三四五六七八九十\d]+[))、])\s*", "", line)
    head = re.match(r"([^:,。;]{2,60}):\s*\S", text)
    return (head.group(1) if head else text).rstrip(".。;")


def _enumerated(sentence: str) -> tuple[str, ...]:
    """The members of "A, B and C" or "A、B和C"; () for fewer than three, two in Chinese."""
    is_zh = "、" in sentence
    body = re.split(r"(?:是|为|包括|包含|分别|有|:)(?=[^、]*、)" if is_zh else r":|\b(?:are|is|include[sd]?|covers?|names?)\b", sentence)[
        -1
    ]
    last = r"、|,|和(?=[^、]*$)|以及|与(?=[^、]*$)" if is_zh else r",\s*(?:and\s+)?|;\s*(?:and\s+)?|\s+and\s+(?=[^,]*$)"
    parts = [part.strip(" .。;") for part in re.split(last, body)]
    parts = [re.sub(r"^the ", "", part) for part in parts if part]
    return tuple(parts) if len(parts) >= (2 if is_zh else 3) and all(len(part) <= 80 for part in parts) else ()


def _sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentence_spans(text)]
