"""Headings to the part that a section plays in a document, and questions to the part that answers them.

Policy papers are built alike everywhere: what they are for, to whom they apply, what they give, how to apply, until when.
"""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.kinds import Kind

Role = Literal["purpose", "validity", "relation", "sources", "conditions", "amounts", "targets", "procedure", "measures"]

_HEADINGS: tuple[tuple[Role, str], ...] = (
    ("sources", r"^\W*(?:(?:data )?sources?|references|bibliography|contents|来源|资料来源|参考文献|目录)\W*$"),
    ("relation", r"\brelation to\b|\brelated (?:documents|rules|policies)|\bsee also\b|\bother documents\b|与其他文件|相关文件"
    r"|有关文件|衔接"),
    ("purpose", r"^\W*(?:purposes?|aims? of .*|introduction|background|about .*|preamble|why it matters)\W*$|^\W*(?:目的.*|前言"
    r"|引言|背景|概述|总则|制定依据|意义)\W*$"),
    ("validity", r"\bvalidity\b|\bin force\b|\bentry into force\b|\beffective\b|\bduration\b|\bterm of\b|有效期|施行|生效"
    r"|实施时间|期限|附则"),
    ("procedure", r"\bprocedures?\b|\bhow to apply\b|\bapplication\b|\bapplying\b|\bsteps\b|程序|流程|申报|办理"),
    ("conditions", r"\bconditions?\b|\beligib|\bwho (?:is|can|may)\b|\brequirements?\b|\bcriteria\b|\bscope\b|条件|适用对象"
    r"|适用范围|要求|资格"),
    ("amounts", r"\bamounts?\b|\brates?\b|\bawards?\b|\brewards?\b|\bgrants?\b|\bsubsid|\bfunding\b|\bwhat it gives\b|标准|金额"
    r"|奖励|奖补|补贴|补助|税率|政策内容"),
    ("targets", r"\btargets?\b|\bgoals?\b|\bobjectives?\b|目标|指标"),
    ("measures", r"\bmeasures\b|\btasks?\b|\bsupport\b|措施|任务|扶持|支持"),
)  # fmt: skip
_ASKED: tuple[tuple[Role, str], ...] = (
    (
        "validity",
        r"\b(?:in|into) (?:force|effect)\b|\btak(?:es?|ing) effect|\btook effect|\beffective\b|\bexpir\w*|\bvalid\w*"
        r"|\bstill (?:apply|applies|valid|run)"
        r"|\b(?:start|begin|began|cease|stop)\w*\b.{0,20}\bappl|\bbinding\b|\bterm of\b.{0,80}\bend|\bterm\b.{0,80}\b(?:end"
        r"|came)|\brun (?:out|until|till|from)"
        r"|\b(?:until|till|since) (?:when|what|which)\b|\b(?:when|what day|which day|what date)\b.{0,80}\b(?:apply|applies|lapse"
        r"|end|ends)\b"
        r"|施行|生效|有效|失效|到期|截止|作废|废止|管到|管用|什么时候开始|哪天(?:起|开始)|何时(?:起|开始)|用到|执行到|从什么时候",
    ),
    ("procedure", r"\bwhere\b.{0,30}\b(?:appl|hand in|submit|fil)|\bhow (?:do|does|can|should|must|to)\b.{0,60}\b(?:appl|claim"
    r"|recogni|get|becom|certif)|\bsteps?\b"
    r"|\bstages?\b|\bprocedure|\bpaperwork"
        r"|流程|程序|步骤|手续|怎么(?:申报|申请|报|办|评|认定)|如何(?:申报|申请|认定|评)|几步|经过哪些"),
    ("conditions", r"\b(?:condition|requirement|criteri|eligib|qualif)\w*|\bwhat does it take\b|\bcounts? as\b"
    r"|\bto be (?:recogni[sz]ed|named|admitted)|\bwho (?:can|may|could)\b"
        r"|条件|要求|门槛|怎么才?算|才算|够不够|资格|硬杠杠|硬指标|才能?(?:报|申报|申请|享受)|哪些对象|什么对象|给谁|面向谁"
        r"|哪(?:些|类)(?:企业|单位|人)(?:能|可以)|还(?:要|需要?|得)|[得须]满足"),
)  # fmt: skip
_OWN_PLACE = re.compile(
    r"\b(?:purpose|aims? at|what for|why)\b|\b(?:replac|supersed|repeal|relat|follow|came after|before|instead|later|earlier"
    r"|previous|predecessor|successor)"
    r"|目的|为什么|干什么|代替|取代|废止|接替|顶替|前身|后来|之前|关系|以前|原来|还",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[ivxIVX]+|第?[一二三四五六七八九十]+[章节条]?)[.、:：)）\s]+")
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _HEADINGS)
_CUES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ASKED)
_OF_KIND: dict[Kind, Role] = {"definition": "conditions", "eligibility": "conditions", "procedure": "procedure"}
_INTRODUCED: frozenset[Kind] = frozenset(("who", "date", "summary", "reason", "fact", "measure"))
"""Kinds that a purpose may answer: who issued it and when, what it is for."""


def role_of(path: Sequence[str]) -> Role | None:
    """The part that a section plays, by its innermost heading that tells; None where none does."""
    for heading in reversed(path):
        plain = _NUMBER.sub("", heading)
        for role, pattern in _ROLES:
            if pattern.search(plain):
                return role
    return None


def wanted_role(text: str) -> Role | None:
    """The part of a document that answers a question by the way it is asked; None where its words do not tell."""
    return next((role for role, pattern in _CUES if pattern.search(text)), None)


def wanted_of(text: str, kind: Kind) -> Role | None:
    """The same by the kind of question as well: what counts as a thing is told by its conditions."""
    return wanted_role(text) or _OF_KIND.get(kind)


def is_out_of_role(role: Role | None, text: str, kind: Kind) -> bool:
    """Whether a section says what a document is for or how it stands to others, and the question asks for neither."""
    if role == "sources":
        return True
    if _OWN_PLACE.search(text) or kind in ("compare", "reason"):
        return False
    return role == "relation" or (role == "purpose" and kind not in _INTRODUCED)
