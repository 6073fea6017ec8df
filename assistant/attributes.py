"""Texts to the attributes that they name: an amount, a share, a closing date, a body, a document number.

Questions and lists of what a document leaves open speak of them in other words ("几月几号截止申报", "申报截止时间").
"""

import re

from assistant.kinds import Kind

_WORDS: dict[str, tuple[str, ...]] = {
    "number": (
        r"\b(?:document|file|official|reference|announcement|notice) (?:number|no\b|title|code)|\bnumber \(文号\)",
        "文号|正式名称|正式标题|文件全称|公告编号",
    ),
    "body": (
        r"\bwho\b|\b(?:which|what|responsible|issuing) (?:department|body|bodies|office|bureau|agency|ministry|authorit)",
        r"\bdepartments?\b|\bbod(?:y|ies)\b|\bin charge\b|\bresponsible\b",
        "谁|由哪|部门|单位|机构|牵头|责任|主管",
    ),
    "amount": (
        r"\b(?:award|reward|bonus|subsid|grant|payment|budget|funding|amount|sum|money|price|cost|fine|penalt|tariff|fees?\b|dut(?:y"
        r"|ies)\b|relief)",
        r"\bpays?\b|\bpaid\b|\binvestment total|\bhow much .{0,30}\bgets?\b",
        "多少钱|收费|费用|奖多少|补多少|给多少|发多少|罚多少|金额|奖励|补贴|补助|奖金|资金|预算|价格|电价|罚款|优惠|几万|几百万|几千万",
    ),
    "share": (
        r"\bpercent|\bper cent|\bshare\b|\brates?\b|\bratio|\bproportion|\bbreakdown\b",
        "比例|比率|百分|几成|占比|占.{0,12}多少|份额|利率|税率|各占|几个点",
    ),
    "deadline": (
        r"\bdeadlines?\b|\bclosing date|\bby (?:when|what (?:day|date))|\bapplication (?:date|calendar|period)",
        r"\buntil (?:when|which date|what date) (?:may|can|could)",
        r"\b(?:appl|fil|submit)\w*\b.{0,30}\b(?:dates?|deadlines?|time limits?|day)\b",
        r"\b(?:dates?|deadline|time limits?|when)\b.{0,40}\b(?:appl|fil|submit|evaluation)",
        "截止(?!日期)|申报截止|申报时间|时间安排|时限|(?:程序|方式|流程).{0,5}时间|什么时候.{0,4}(?:申报|申请|报)",
        "(?:几月|几号|哪天|月份).{0,6}(?:申报|申请|报)|申报.{0,8}(?:时间|日期)|何时(?:申报|申请)",
    ),
    "end": (
        r"\bend of (?:the )?validity|\bexpir\w+|\bvalid(?:ity)?\b|\brun out\b|\brepeal|\blater rounds",
        r"\bhow long\b.{0,40}\b(?:last|valid|run|force)|\buntil (?:when|which|what)\b",
        "有效期|失效|到期|截止日期|有效年限|废止|期限|管到|何时结束|作废",
    ),
    "start": (
        r"\b(?:date|day) of (?:issue|entry)|\bentry into force\b|\bdate of the\b|\b(?:official|exact) dates?\b|\bsince when",
        r"\btakes? effect|\bissued\b",
        "印发日期|发布日期|施行日期|生效|日期|何时(?:印发|发布|施行)",
    ),
    "duration": (r"\bhow (?:long|many (?:years|months|days))|\blasts?\b", "几年|多久|多长|年限"),
    "procedure": (
        r"\bhow\b.{0,30}\b(?:appl|fil|claim|join|admit)\w*|\bprocedures?\b|\bsteps?\b|\bwhere\b.{0,20}\bappl",
        "程序|流程|如何申报|怎么(?:申报|申请|报|办)|向谁申报|步骤|手续",
    ),
    "papers": (r"\b(?:papers|documents (?:to|for|and)|list of documents|paperwork|forms?)\b", "材料|哪些文件"),
    "condition": (
        r"\bconditions?\b|\bthresholds?\b|\bentry (?:line|requirement)|\bminimum\b|\bcriteria\b|\bto be (?:admitted|picked)|\beligib",
        "条件|门槛|标准|要求|入选|资格|最低|至少",
    ),
    "names": (
        r"\blists?\b|\bnames?\b|\bwhich (?:firms|companies|provinces|fields|industries|products|projects)|\bcontents?\b"
        r"|\btext of\b|\beach of\b",
        "名单|清单|名称|目录|哪几|哪些|内容|叫什么|每项",
    ),
    "result": (
        r"\bw(?:as|ere) .{0,40}\b(?:met|reached|achieved)|\bactual(?:ly)?\b|\boutturn|\bmissed\b|\bbeaten\b|\bcame to\b|\bhow far\b",
        "是否完成|是否实现|实际|完成了|完成情况|达成|实绩",
    ),
    "output": (
        r"\btake in\b|\bearn(?:ed)?\b|\brevenue|\boutput\b|\bturnover|\bsales\b|\bproduction value|\bcapacity",
        "营收|营业收入|产值|收入|产能",
    ),
    "target": (r"\btargets?\b|\bgoals?\b|\baims?\b|\bsupposed to\b|\bmeant to\b|\bto reach\b", "目标|要达到|达到多少|要做到"),
    "jobs": (r"\bjobs?\b|\bemployment", "就业|岗位"),
    "export": (r"\bexports?\b", "出口"),
    "base": (r"\bbase (?:year|period)|\bstart(?:s|ing)? from\b|\breference year", "基年|基期|起始年|从哪一?年|以哪一?年"),
    "steps": (r"\bgrades?\b|\btiers?\b|\bbrackets?\b|\bsteps? below|\btable \d", r"分档|档次|各档|分级|表\d|梯次|梯队"),
    "formula": (r"\bformula|\bcalculat", "公式|如何计算|测算方法"),
    "definition": (r"\bwhat counts as\b|\bdefin|\bmeaning of", "什么算|怎么认定|定义|具体标准"),
    "combining": (r"\bcombin\w+|\bon top of\b|\bboth awards|\bstack", "叠加|同时享受|兼得|重复享受"),
    "count": (r"\bhow many\b|\bnumbers? of\b|\bnumbers\b", "多少[家个户项名条]|几[家个户项名条]|数量|数目|人数"),
}  # fmt: skip
_PATTERNS = {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in _WORDS.items()}
_GENERAL = frozenset({"amount", "condition", "names", "target", "output", "count", "duration"})
"""Attributes that stand back where the same text names a closer one: "the closing date for the award" is about a date."""
_TIMES = frozenset({"deadline", "end", "start", "base", "duration"})
_OF_KIND: dict[Kind, frozenset[str]] = {
    "who": frozenset({"body"}),
    "procedure": frozenset({"procedure"}),
    "list": frozenset({"names"}),
    "definition": frozenset({"definition"}),
    "count": frozenset({"count"}),
}


def named_attributes(text: str) -> frozenset[str]:
    """All attributes that a text names; empty where it names none."""
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(text))


def attributes(text: str) -> frozenset[str]:
    """The attributes that a text is about: the closest ones that it names."""
    found = named_attributes(text)
    return found - _GENERAL or found


def asked_attributes(text: str, kind: Kind) -> frozenset[str]:
    """The attributes that a question asks for; those of its kind where its words name none."""
    own = attributes(text)
    if kind == "date" and not own & _TIMES:
        return frozenset({"start"})
    return own or _OF_KIND.get(kind, frozenset())
