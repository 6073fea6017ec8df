"""Statements to targets: which figures of a text are aims for a year, and not outturns, conditions, awards or calculations."""

import re
from collections.abc import Iterable, Iterator

from ingest.figures import Figure, find_figures
from ingest.qualifiers import Qualifier
from ingest.schema import Record
from ingest.statements import Statement, Terms


class Target(Record):
    """One aim: `indicator` is to have `value` (as written) in `year`. `base` and `scope` are "" where the text names none."""

    indicator: str
    value: str
    figures: tuple[Figure, ...]
    unit: str
    qualifier: Qualifier
    year: int | None
    base: str
    scope: str
    start: int
    end: int


# What the words of an aim are; a bare noun ("sets targets for 2025", 提出目标) only mentions one.
_AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)? (?:to|for(?! 20\d\d)|at|is|was|of)|wants?|striv(?:e|es|ing)|seeks?|intends?|ambition is)\b"
    r"|\b(?:target(?:s|ed)?|goal|objective)(?: (?:value|figure))?(?: (?:for|in|by) (?:the end of )?20\d\d)?(?: of\b| is\b| was\b|:)"
    r"|\b(?:aims|targets|goals) (?:are|were)\b"
    r"|\btarget(?:s|ed|ing)? (?:(?:more than|over|about|at least) )?(?=\d|[$¥])"
    r"|\b(?:is|are|was|were) (?:each |all |also )?to (?!be (?:found|seen|read)\b)[a-z]+"
    r"|\b(?:plan(?:s|ned)?|expect(?:s|ed)?|hopes?|pledges?) to\b|\b(?:will|shall) (?:have|be|grow|reach|exceed|rise)\b"
    r"|力争|目标(?:值)?(?:为|是|：|达|定为|设定为)|争取|确保|(?:计划|规划|提出|预期)到|要达到|将达到|将超过|预期(?:达到|增长|目标)",
    re.IGNORECASE,
)
_AIM_HEADING = re.compile(r"\b(?:targets?|goals?|aims?|objectives?)\b|目标|指标", re.IGNORECASE)
_OUTTURN_HEADING = re.compile(r"\b(?:met|outturns?|results?|progress|achieved|performance)\b|是否|完成|实绩|进展|实际", re.IGNORECASE)
_DEADLINE_CUE = (
    r"(?:\b(?:by|until|before|to)\s(?:the\s)?(?:year[- ])?(?:(?:end|close)[\s-])?(?:of\s)?(?:year\s)?"
    r"|到[“\"]?|至|\b(?:end|late)[- ](?:of )?)"
)
_DEADLINE = re.compile(rf"{_DEADLINE_CUE}20\d\d|到[“\"]?十.五|20\d\d年(?:底|末|前)|十.五[”\"]?(?:末|期末|期间)", re.IGNORECASE)
_ENDS_IN_CUE = re.compile(rf"{_DEADLINE_CUE}$", re.IGNORECASE)
_OUTTURN = re.compile(
    r"\b(?:had|was|were|reached|grew|rose|risen|fell|totall?ed|amounted|exceeded|stood|accounted|achieved|increased|recorded|gave|came to"
    r"|made up)\b"
    r"(?! aimed| planned| to )"
    r"|\b(?:has|have) (?:reached|grown|been|risen|exceeded|already)\b|\bactual\b"
    r"|已(?:达|经|有|建|超|实现|完成|累计|形成|由)|达到了|实现了|同比|比上年|上年|完成情况|实际|累计(?:完成|实现)|截至",
    re.IGNORECASE,
)
_NOT_A_TARGET = re.compile(
    r"\b(?:calculat\w+|would|award(?:s|ed)?|grants?|reward(?:s|ed)?|subsid\w+|bonus|tax(?:es|ed|able)?|deduct\w*|refund\w*|exempt\w*"
    r"|not (?:seen|stated|known|counted)|unanswerable|cannot|eligib\w+|defin\w+|counted as)\b"
    r"|测算|奖励|补助|补贴|给予|贴息|税率|减按|免征|扣除|退税|未载明|未见|没有说明|不计入|是指|无法|方可|条件",
    re.IGNORECASE,
)
# Clauses that compare an aim, or ask after it, only mention it.
_MENTIONS = re.compile(
    r"\b(?:aim|target|goal)s?\b[^.;,]{0,40}\b(?:is|was|are|were) (?:lower|higher|met)\b|\bnot explain\b|没有解释"
    r"|目标(?:低于|高于|是否|为何)"
    r"|conver(?:t|sion)|折合|折算|约合|换算|\bequivalent\b",
    re.IGNORECASE,
)
_ATTAINS = re.compile(
    r"\b(?:reach|exceed|have|having|make up|making up|account|grow|generat|achiev|rise|rising|increas|hit|total|keep|attain|rais|expand|add"
    r"|build|cultivat|form|creat|develop|surpass|stay|cover|attract|set up|bring|train|lift|cut|reduc|fall|take"
    r"|wants?|aim(?:s|ed)? (?:for|at)|be)"
    r"|达到|超过|突破|增长|提高|提升|建成|新增|实现|形成|培育|打造|保持|占|不低于|不少于|控制|完成|引进|发展|建设|达|增至|降至|下降|集聚|认定|制定|修订"
    r"|拥有|增加|目标为|为",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，；;。]|,\s(?!\d)|\.\s|\sand\s(?=aims?\b|wants?\b|plans?\b)|、(?=[^、，]{0,20}(?:达到|超过|增长|占))")
_VALUE_KINDS = frozenset({"amount", "percent", "count", "number"})
_DURATIONS = frozenset({"years", "months", "days", "age"})
_CONDITION_AFTER = re.compile(
    r"(?:以上|及以上)?的[^，。；]{0,12}(?:企业|项目|单位|机构|产品|市|县|设备|人员)|级|-(?:level|class)|\s?(?:steps?|batch)|[^，。；]{0,8}[中里](?=[，。])"
)
# Counts that say how a text is built: two targets, five sectors, 七项行动.
_OUTLINE_AFTER = re.compile(
    r"(?:\s[\w-]+){0,2}?\s(?:targets?|goals?|aims|measures?|tasks?|actions?|sectors?|areas?|fields?|steps)\b|\s?(?:大|个|项)?[^，。\d]{0,6}?(?:目标|任务|举措|措施|行动|领域|行业)"
)
_CONDITION_BEFORE = re.compile(
    r"(?:\b(?:with|having|those|if|where|whose)\b|对|凡|符合|满足)[^,，。；;]{0,60}$"
    r"|(?:\bthe|\ball|\bthese|\bits|\bfirst|\btop|\bonly|\bof the|\bat the level of|前|这|首批|上述|其余|仅|第一批)\s?$",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:compared (?:with|to)|from(?: a base of)?|over|on|relative to|against) (?:the )?(20\d\d)(?: levels?| base)?\b"
    r"|(?:比|较|以)(20\d\d)年",
    re.IGNORECASE,
)
_BASE_HEAD = re.compile(r"\bbase(?:line)?\b|基期|基数|现状", re.IGNORECASE)
_SCOPE = re.compile(
    r"above[- ](?:designated[- ])?size|whole province|province[- ]wide|nationwide|the province|national(?:ly)?"
    r"|规模以上|限额以上|全省|全国|全市|全区|全县|全行业",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s(?:for|in|by)\s")
_SIZE_LINK = re.compile(r"(?: (?!and\b|or\b)[\w-]+){1,4}\s+(?:of|with|at|worth)(?: the level of)? ")
_EDGES = re.compile(r"^[\s，,、；;:：。.|《》]+|[\s，,、；;:：。.|《》]+$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_YEAR_DIVISOR = {"year": 1, "month": 100, "day": 10**4}


def targets_of(statement: Statement, published_year: int | None, terms: Terms | None) -> Iterator[Target]:
    """The targets of one statement; a document's publication year tells aims from outturns where the words do not."""
    if statement.block.kind == "table_row":
        yield from _of_row(statement, terms)
        return
    # What stands in brackets repeats or converts; blanked, it keeps the offsets.
    text = _BRACKETS.sub(lambda match: " " * len(match.group()), statement.text)
    figures = find_figures(text)
    under_aims = _is_about_aims(statement.heading[-2:]) or bool(_AIM.search(statement.lead))
    if _states_aim(statement, text, figures, published_year, under_aims):
        for figure in figures:
            if _is_value(figure, figures, text, under_aims):
                yield _target(statement, text, figure, figures, terms)


def _is_about_aims(headings: Iterable[str]) -> bool:
    return any(_AIM_HEADING.search(heading) and not _OUTTURN_HEADING.search(heading) for heading in headings)


def _states_aim(statement: Statement, text: str, figures: tuple[Figure, ...], published_year: int | None, under_aims: bool) -> bool:
    if _NOT_A_TARGET.search(statement.text) or _NOT_A_TARGET.search(statement.lead):
        return False
    if any(_NOT_A_TARGET.search(heading) for heading in statement.heading[-1:]):
        return False
    years = [_year_of(figure) for figure in figures if figure.unit in _YEAR_DIVISOR]
    is_past = bool(years) and published_year is not None and max(years) < published_year
    has_aim = _AIM.search(text) is not None
    if not has_aim and (is_past or _OUTTURN.search(text)):
        return False
    attains = _ATTAINS.search(text) is not None
    has_deadline = bool(years) and _DEADLINE.search(text) is not None
    is_listed = statement.block.kind == "list_item"
    return has_aim or (attains and (has_deadline or under_aims)) or (under_aims and is_listed)


def _is_value(figure: Figure, figures: tuple[Figure, ...], text: str, under_aims: bool) -> bool:
    """Whether a figure is what is aimed at, rather than a condition, a conversion, an outturn or the size of what is spoken of."""
    if figure.kind not in _VALUE_KINDS or figure.unit in _DURATIONS:
        return False
    before, after = text[: figure.start], text[figure.end :]
    if _CONDITION_AFTER.match(after) or _CONDITION_BEFORE.search(before):
        return False
    if figure.kind in ("count", "number") and _OUTLINE_AFTER.match(after):
        return False
    begin, end = _clause(text, figure)
    clause = text[begin:end]
    is_outturn = _OUTTURN.search(clause) is not None and not _AIM.search(clause)
    is_before_aim = not under_aims and not (_AIM.search(text, 0, end) or _DEADLINE.search(text, 0, end))
    return not (
        is_outturn
        or is_before_aim
        or _MENTIONS.search(clause)
        or _is_scope(figure, figures, text)
        or _is_size_of_counted(figure, figures, text)
    )


def _clause(text: str, figure: Figure) -> tuple[int, int]:
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, figure.start)), default=0)
    stop = _CLAUSE.search(text, figure.end)
    return begin, stop.start() if stop else len(text)


def _is_size_of_counted(figure: Figure, figures: tuple[Figure, ...], text: str) -> bool:
    """`12 firms of 10 billion yuan`: the amount says which firms are counted."""
    counted = [other for other in figures if other.kind in ("count", "number") and other.end <= figure.start]
    if figure.kind != "amount" or not counted:
        return False
    between = text[counted[-1].end : figure.start]
    return re.fullmatch(r"(?: [\w-]+){1,4} (?:\s*)(?:of|with|at|worth)(?: the level of)? ", between) is not None and not _ATTAINS.search(
        between
    )


def _is_scope(figure: Figure, figures: tuple[Figure, ...], text: str) -> bool:
    """`five provinces are to exceed 1 trillion`: a figure before the verb, in a clause that has another after it, only says of what."""
    begin, end = _clause(text, figure)
    later = [other for other in figures if figure.end <= other.start < end and other.kind in _VALUE_KINDS]
    stands_before_verb = not _ATTAINS.search(_without_dates(text, begin, figure.start, figures))
    return stands_before_verb and any(_ATTAINS.search(text[figure.end : other.end]) for other in later)


def _without_dates(text: str, start: int, end: int, figures: tuple[Figure, ...]) -> str:
    for figure in figures:
        if figure.kind == "date" and start <= figure.start < end:
            text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text[start:end]


def _target(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], terms: Terms | None) -> Target:
    base = _BASE.search(text)
    return Target(
        indicator=_indicator(statement, text, figure, figures, terms),
        value=figure.surface.strip(),
        figures=(figure,),
        unit=figure.unit,
        qualifier=figure.qualifier,
        year=_year(statement, text, figure, figures, base),
        base=(base.group(1) or base.group(2)) if base else "",
        scope=_scope(text, terms),
        start=statement.start,
        end=statement.end,
    )


def _year(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], base: re.Match[str] | None) -> int | None:
    """The deadline nearest before the figure, else after it, else any other year of the statement, its lead or its heading."""
    base_span = base.span() if base else (-1, -1)
    dated = [one for one in figures if one.unit in _YEAR_DIVISOR and not base_span[0] <= one.start < base_span[1]]
    due = [one for one in dated if one.high is not None or _ENDS_IN_CUE.search(text[: one.start])]
    beside = [one for one in dated if _BESIDE.fullmatch(text[figure.end : one.start])]
    for group in (beside, due, dated):
        before = [one for one in group if one.start < figure.start]
        for one in [*before[::-1], *group][:1]:
            return _year_of(one)
    for context in (statement.lead, *(statement.heading[::-1] if _is_about_aims(statement.heading) else ())):
        years = [one for one in find_figures(context) if one.unit in _YEAR_DIVISOR]
        if years:
            return _year_of(years[-1])
    return None


def _year_of(figure: Figure) -> int:
    return int(figure.high or figure.value) // _YEAR_DIVISOR[figure.unit]


def _scope(text: str, terms: Terms | None) -> str:
    """Places and size limits named in the statement, in reading order."""
    found = [(match.start(), match.group()) for match in _SCOPE.finditer(text)]
    if terms:
        found += [(mention.start, mention.surface) for mention in terms.find(text) if mention.term.kind == "place"]
    return "; ".join(dict.fromkeys(surface for _, surface in sorted(found)))


def _indicator(statement: Statement, text: str, figure: Figure, figures: tuple[Figure, ...], terms: Terms | None) -> str:
    """What is measured: what a count counts, the indicator term nearest before the figure, else the subject of its clause."""
    begin, end = _clause(text, figure)
    if figure.kind in ("count", "number") and (noun := _COUNTED_NOUN.match(text[figure.end : end])):
        return noun.group().strip()
    named = [mention.surface for mention in terms.find(text[: figure.start]) if mention.term.kind == "indicator"] if terms else []
    if named:
        return named[-1]
    before = _trimmed(_DATE_PHRASE.sub(" ", _without_dates(text, begin, figure.start, figures)))
    verbs = list(_ATTAINS.finditer(before))
    subject = _trimmed(before[: verbs[-1].start()] if verbs else before)
    following = _trimmed(text[figure.end : end])
    return subject or following or (statement.heading[-1] if statement.heading else "")


_COUNTED_NOUN = re.compile(r"\s?(?:(?!by\b|in\b|and\b|or\b|with\b|at\b|of\b|to\b)[A-Za-z0-9-]+ ?){1,5}")
_DATE_PHRASE = re.compile(r"(?:到|至|\b(?:by|in|until|up to|to)(?: the)?(?: end)?(?: of)?)\s{3,}[年底末前]*", re.IGNORECASE)
_OPENING = re.compile(
    r"^.*?(?:力争|目标[是为]?|提出|计划|争取|确保)|^.*?\b(?:wants?|aim(?:s|ed)? (?:to|for|at)|plans? to)\b"
    r"|\b(?:is|are|was|were|to)\s*$"
    r"|^曾|[也就比较]$",
    re.IGNORECASE,
)


def _trimmed(words: str) -> str:
    """A subject without the cue and the deadline that open its clause."""
    for _ in range(3):
        words = _OPENING.sub("", _EDGES.sub("", words), count=1)
    return re.sub(r"\s+", " ", _EDGES.sub("", words))


def _of_row(statement: Statement, terms: Terms | None) -> Iterator[Target]:
    """A table row under targets: each cell with a figure, except the first, which names the indicator."""
    cells = statement.block.cells
    texts = [statement.text[cell.start - statement.start : cell.end - statement.start] for cell in cells]
    context = " ".join([*statement.heading[-2:], statement.lead])
    if _NOT_A_TARGET.search(statement.lead) or len(cells) < 2:
        return
    marks_aims = any(_AIM_HEADING.search(cell.head) for cell in cells)
    for cell, text in list(zip(cells, texts, strict=True))[1:]:
        is_aim = bool(_AIM_HEADING.search(cell.head)) if marks_aims else _is_about_aims([context])
        is_past = bool(_OUTTURN.search(cell.head + text) or _BASE_HEAD.search(cell.head))
        values = [figure for figure in find_figures(text) if figure.kind in _VALUE_KINDS]
        if values and is_aim and not is_past:
            yield _cell_target(statement, texts[0], cell.head, text, values[0], terms)


def _cell_target(statement: Statement, name: str, head: str, text: str, figure: Figure, terms: Terms | None) -> Target:
    years = [
        one for where in (text, head, statement.lead, *statement.heading[::-1]) for one in find_figures(where) if one.unit in _YEAR_DIVISOR
    ]
    return Target(
        indicator=name.strip(),
        value=figure.surface.strip(),
        figures=(figure,),
        unit=figure.unit,
        qualifier=figure.qualifier,
        year=_year_of(years[0]) if years else None,
        base="",
        scope=_scope(f"{name} {head}", terms),
        start=statement.start,
        end=statement.end,
    )
