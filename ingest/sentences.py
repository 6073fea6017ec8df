"""Text to sentences: where each sentence of an English or Chinese text starts and ends.

Only cuts are chosen here and the pieces between two cuts are trimmed, so no character other than a blank can be lost.
"""

import re

_CLOSERS = r"""(?:["'”’»)\]）】」』》]|\[\d{1,3}\])*"""
_CANDIDATE = re.compile(
    rf"(?P<cjk>[。！？]+{_CLOSERS})|(?P<latin>[.!?]+{_CLOSERS}(?=\s|$|[\u4e00-\u9fff]))|(?P<clause>[；;])|(?P<line>[ \t\r\f\u3000]*\n\s*)"
)
_LIST_MARK = re.compile(
    r"[-*+•·●○◦▪■□◆–—|#>]\s*|(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)、）](?!\d)|[(（](?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[一二三四五六七八九十]{1,3}(?:、|是)|第[一二三四五六七八九十百零\d]{1,4}[章节条款项编部]|[①-⑳]"
)
_LINE_MARK = re.compile(r"(?:^|\n)[ \t>#*\-(]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})$")
_LAST_WORD = re.compile(r"[^\s(\[（“\"']+$")
_NEXT_WORD = re.compile(r"[\s\"'“‘(\[（]*([^\s,;:.)]+)")
_CJK = re.compile(r"[\u3400-\u9fff]")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Never the end of a sentence when more text follows on the line.
_BINDING = _words("mr mrs ms dr prof st mt gen gov sen rep hon rev capt col lt sgt messrs vs cf viz e.g i.e eg ie approx ca incl resp al")
# Bind only a number or a numeral ("No. 17", "Art. IV", "p. 3"); elsewhere their stop is a stop.
_BEFORE_NUMBER = _words(
    "no nos art arts sec secs fig figs eq eqs vol vols ch chap para paras p pp cl app tab jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May stand inside or at the end of a sentence: the next word decides.
_OPEN = _words("inc ltd co corp llc plc bros jr sr etc dept univ assn ave blvd est govt max min a.m p.m ph.d b.sc m.sc")
_STARTERS = _words(
    "the this these those that there a an it its he she they we you i in on at by for from to if when where while after before as with "
    "under since because although however moreover furthermore therefore thus hence also and but or our their his her such each every all "
    "some any no not what which who why how both most many other another during between among according meanwhile finally then"
)
_CLAUSE_LENGTH = 30
"""A Chinese clause before ； shorter than this stays with the next one: enumerations stay whole, provisions come apart."""
_WRAP_WIDTH = 45
"""A paragraph whose longest line is shorter (half of it in Chinese) is taken for separate lines, not for wrapped text."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of `text`, in order, without surrounding blanks; [] for blank text."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _is_cut(text, start, match):
            _add(text, start, match.end(), spans)
            start = match.end()
    _add(text, start, len(text), spans)
    return spans


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    trimmed = piece.strip()
    if trimmed:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(trimmed)))


def _is_cut(text: str, start: int, match: re.Match[str]) -> bool:
    if match.lastgroup == "cjk":
        return True
    if match.lastgroup == "latin":
        return _latin_stop(text, start, match)
    if match.lastgroup == "clause":
        return match.group() == "；" and _clause_stop(text, start, match.end())
    return not _continues(text, match)


def _clause_stop(text: str, start: int, end: int) -> bool:
    """Whether ； closes a clause that can stand alone: a long one, or one before the next mark of an enumeration."""
    following = text[end : end + 12].lstrip()
    if _LIST_MARK.match(following):
        return True
    is_long = end - start >= _CLAUSE_LENGTH
    rest_is_long = not re.search(r"[；。！？\n]", text[end : end + _CLAUSE_LENGTH // 2])
    return is_long and rest_is_long


def _latin_stop(text: str, start: int, match: re.Match[str]) -> bool:
    mark, at, end = match.group(), match.start(), match.end()
    following = _NEXT_WORD.match(text, end, end + 60)
    if following is None:
        return True
    word = following.group(1)
    if "\n" in text[end : following.start(1)]:
        same_line = text[end : following.start(1)].count("\n") == 1 and word[0].islower()
        return not same_line
    if mark[0] != "." or mark.startswith(".."):
        return not word[0].islower()
    before = _LAST_WORD.search(text, max(start, at - 30), at)
    last = before.group() if before else ""
    if _CJK.match(word) and end == following.start(1):
        return len(last) > 1 and not last[-1].isdigit()
    return _word_stop(text, start, at, last, word)


def _word_stop(text: str, start: int, at: int, last: str, word: str) -> bool:
    """Whether the stop at `at`, after the word `last` and before `word` on the same line, ends a sentence."""
    low = last.lower()
    is_list_number = _LINE_MARK.search(text[max(start - 1, 0, at - 14) : at]) is not None
    if is_list_number or word[0].islower() or low in _BINDING:
        return False
    if low in _BEFORE_NUMBER:
        return not (word[0].isdigit() or re.fullmatch(r"[IVXLC]+", word))
    is_initial = len(last) == 1 and last.isupper()
    is_dotted = re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last) is not None
    if is_initial or is_dotted or low in _OPEN:
        return word.lower() in _STARTERS
    return True


def _continues(text: str, match: re.Match[str]) -> bool:
    """Whether the line break is only a wrap: the line above is unfinished and the line below goes on with it."""
    gap = match.group()
    begin, end = match.start(), match.end()
    if gap.count("\n") > 1 or begin == 0 or end == len(text):
        return False
    last, first = text[begin - 1], text[end]
    above = text[text.rfind("\n", 0, begin) + 1 : begin]
    stop = text.find("\n", end)
    below = text[end : stop if stop >= 0 else len(text)]
    if last in "。！？；：:;|" or _LIST_MARK.match(text, end) or above.lstrip()[:1] in ("#", "|"):
        return False
    if last in ",，、-–(（" or first in ",，、。；：)）":
        return True
    if first.islower():
        return len(above.split()) > 1 or last.islower()
    return _is_full(above, below, bool(_CJK.match(last)), bool(_CJK.match(first)))


def _is_full(above: str, below: str, ends_cjk: bool, starts_cjk: bool) -> bool:
    """Whether the line above fills the column, so that its break says nothing."""
    width = _WRAP_WIDTH // 2 if ends_cjk or starts_cjk else _WRAP_WIDTH
    first_word = len(below) if starts_cjk else len(below.split(" ", 1)[0])
    longest = max(len(above), len(below))
    reaches_edge = len(above) + (1 if starts_cjk else first_word + 1) >= 0.9 * longest
    return longest >= width and len(above) >= width and reaches_edge
