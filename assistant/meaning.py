"""Words that change what a sentence says without changing what it is about: negation, duty, permission, direction, condition.

A cue class is a pattern over both languages. Fixed expressions that only look like a cue ("no later than", 不断) are taken out first.
"""

import re
from typing import NamedTuple


class Cue(NamedTuple):
    """A class of cues. `may_be_added`: a claim may use it although its quotes do not; `may_be_dropped`: or leave it out although they do.

    `reach` tells where a cue counts that may not be dropped: in the clause that the claim renders, or anywhere in its sentence.
    """

    name: str
    pattern: re.Pattern[str]
    may_be_added: bool
    may_be_dropped: bool
    reach: str = "clause"


_NO_CUE = re.compile(
    r"not only|no (?:later|less|fewer|more|lower|higher) than|not (?:less|more|lower|higher|exceed\w*|below|above|later) ?(?:than)?|"
    r"\bno\. ?\d|"
    r"without exception|nonetheless|whether or not|(?:as well|as soon|as far) as (?:may|can) be|of may\b|\bmay \d{1,4}\b|\b\d{1,2} may\b|"
    r"不(?:低于|高于|超过|少于|多于|大于|小于|迟于|晚于|早于|足|断|仅|但|只|同|动产|限于|锈钢|可逆)|无(?:论|锡|人机|人驾驶|线|缝|形|机|烟煤|害化|纸化)|未来|非(?:公|遗|晶|常|金属|织造|标)|"
    r"可(?:持续|再生|靠|行|信|控|视|穿戴|编程|追溯|持|降解|研|观|燃|燃冰)|许可|认可|不可或缺|(?:科学|技术|工程|应用|基础)研究|适应|响应|反应|供应|相应|对应|应用|应急|应对|效应|感应|必需品|须知|"
    r"国家规划|[据按]?计划(?:单列|经济|书)|研究(?:院|所|生|开发|中心|机构|人员|成果|型)|大力支持|支持(?:力度|系统|资金)",
    re.IGNORECASE,
)


def _cue(name: str, words: str, *, added: bool = False, dropped: bool = True, reach: str = "clause") -> Cue:
    return Cue(name, re.compile(words, re.IGNORECASE), added, dropped, reach)


CUES = (
    _cue(
        "negation",
        r"\b(?:not|no|never|none|neither|nor|cannot|without|except|excluding|excludes?|excluded|ineligible|unable|fails?|refus\w+|"
        r"prohibit\w*|forbid\w*|forbidden|banned|denied|abolish\w*|cancel\w*|revok\w*|false|untrue|wrong)\b|n['’]t\b|"
        r"不|没有|未|无|非|勿|禁止|严禁|取消|停止|除外|拒绝|错误|虚假|误传",
        dropped=False,
    ),
    _cue(
        "wish",
        r"\b(?:encourag\w*|guid(?:e|es|ed|ing)|explor(?:e|es|ed|ing)|striv\w*|aims?|aimed|aiming|target\w*|goals?|plans? to|planned|"
        r"intend\w*|propos\w*|consider\w*|may|might|could|seek\w*|hopes?|expect\w*|recommend\w*|tr(?:y|ies)|attempt\w*)\b|"
        r"鼓励|引导|探索|力争|争取|拟|可|建议|研究|有望|提倡|倡导|目标|预期|预计|计划|规划|希望|考虑|尝试",
        added=True,
        dropped=False,
    ),
    _cue("duty", r"\b(?:must|shall|required?|requires|obliged|mandatory|compulsory|ha(?:s|ve) to|needs? to)\b|必须|应|须|不得|强制|务必"),
    _cue(
        "giving",
        r"\b(?:grant\w*|award\w*|subsid\w*|reward\w*|bonus\w*|allowances?|rebates?|entitl\w*|pays?|paid|payments?|gives?|given|receiv\w*|"
        r"guarantee\w*|reimburs\w*|funding|incentives?)\b|给予|发放|奖励|奖补|补助|补贴|兑现|享受|资助|奖金|拨付|返还|安排资金",
    ),
    _cue(
        "more",
        r"\b(?:increas\w*|ris(?:e|es|en|ing)|rose|gr(?:ow|ew|ows|own|owing|owth)|rais\w*|expand\w*|doubl\w*)\b|提高|增加|增长|上升|扩大|上调|翻番|提升",
    ),
    _cue(
        "less",
        r"\b(?:decreas\w*|f(?:all|ell|alls|allen|alling)|reduc\w*|cuts?|declin\w*|lower\w*|drop\w*|shrink\w*)\b|降低|减少|下降|缩小|下调|削减",
    ),
    _cue("only", r"\b(?:only|solely|exclusively|unique)\b|仅|只|唯一|专门", dropped=True),
    _cue(
        "every",
        r"\b(?:all|every|each|any|always|entire\w*|whole|everyone|unconditional\w*)\b|所有|全部|一律|任何|均|都|每|无条件",
        dropped=True,
    ),
    _cue(
        "condition",
        r"\b(?:if|unless|provided|subject to|only when|on condition|in case)\b|如果|若|除非|前提|的话",
        added=True,
        dropped=False,
        reach="sentence",
    ),
    _cue(
        "reported",
        r"\b(?:says?|said|claim(?:s|ed)|alleg\w+|reportedly|rumou?r\w*|answer|reply|respond|output|print|pretend)\b|"
        r"据称|声称|谣传|传言|据说|回答|回复|输出|宣称|假装|告诉",
        added=True,
        dropped=False,
        reach="sentence",
    ),
)
_CLAUSE = re.compile(r"[,;:，；：。!?！？\n]|\.(?=\s|$)|、(?=并|且|或)| (?=but |and |while |although |whereas )")


def cues_in(text: str) -> frozenset[str]:
    """Names of the cue classes that a text uses."""
    plain = _NO_CUE.sub(" ", text)
    return frozenset(cue.name for cue in CUES if cue.pattern.search(plain))


def clauses(text: str) -> list[str]:
    """The clauses of a sentence in order, blanks left out."""
    return [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
