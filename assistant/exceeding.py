"""A question whether, or by how much, one thing exceeds another ("is A higher than B?", "A的奖励比B高吗?") to what each of them is."""

import re

from assistant.comparison import Side, Split, named_in_full
from ingest.schema import Language

_MORE = r"(?:higher|lower|more|less|larger|smaller|bigger|stricter|better|longer|shorter|greater|looser)"
_OF = r"(?:for|of|on|in|under|from|by)"
_THAT = r"(?:(?:that|those|the ones?|it (?:is|was)|they (?:are|were)) )?"
_EN_OF_EACH = re.compile(
    rf"^(?:is|are|was|were) (?P<x>(?:(?! {_OF} ).)+?) (?P<p>{_OF}) (?P<a>.+?) (?:any |much )?{_MORE} than {_THAT}(?:{_OF} )(?P<b>.+?)\W*$",
    re.IGNORECASE,
)
_EN_EACH = re.compile(rf"^(?:is|are|was|were) (?P<a>.+?) (?:any |much )?{_MORE} than (?P<b>.+?)\W*$", re.IGNORECASE)
_EN_DOES = re.compile(
    rf"^(?P<aux>do|does|did|can|could|will|would) (?P<a>.+?)"
    rf" (?P<verb>get|receive|pay|offer|give|earn|need|require|allow|have|grant|cost|award)"
    rf"s? (?:any |much |a )?{_MORE}(?: (?P<x>[\w -]+?))? than (?P<b>.+?)(?: (?:do|does|did))?(?P<tail> (?:for|to|on) .+?)?\W*$",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:it|this|that|they|these|those|before|now|usual|ever|expected|planned)$|^(?:it|this|that|they|there)\b"
    r"|^[¥$]?\d[\d,.]*%?(?: ?(?:thousand|million|billion|trillion|percent|yuan|[百千万亿]+|元))*$"
    r"|^(?:以前|之前|此前|原来|过去|往年|上次|现在|目前|这个?|那个?|它)",
    re.IGNORECASE,
)
_LESS_ZH = r"(?:高|低|多|少|大|小|严格?|宽松?|长|短|贵|强)"
_ZH = re.compile(
    r"^(?P<a>[^,。?]+?)比(?![例率重较亚如])(?P<b>[^,。?]+?)(?P<verb>(?:奖励?|补贴?|给|拿|领|要求)得?)?"
    rf"(?:要|更|还|是不是|是否|会不会|会)*(?P<more>{_LESS_ZH})"
    r"(?:出|了)?(?P<asks>多少|几倍|几个百分点|些?吗|不[高低多少大小]|么|吗)\W*$"
)
_ZH_WHETHER_FIRST = re.compile(r"(?:是不是|是否|会不会)(?=比)")
_MEASURED = re.compile(
    r"(?P<a>.+?)的?(?P<x>(?:奖励|奖金|补贴|补助|标准|比例|金额|额度|上限|下限|门槛|税率|增速|目标|要求|规模|收入|能量|功率|密度|效率|年限|投资|寿命)+)$"
)
_OWN = re.compile(r"^(?P<a>.+)的(?P<x>[^的]{1,12})$")


def exceeding(text: str, language: Language) -> Split | None:
    """The two things with the question what each is; None for other questions, and where one of them is a pronoun, a time or a figure.

    Never sure: a sentence that sets the two side by side may answer it as well.
    """
    sides = _of_chinese(text) if language == "zh" else _of_english(text)
    if sides is None or any(_NO_THING.search(side.name) for side in sides):
        return None
    return Split(sides=sides, is_sure=False)


def _of_english(text: str) -> tuple[Side, Side] | None:
    if found := _EN_OF_EACH.match(text):
        one, other = found["a"], found["b"]
        return Side(name=one, question=f"What is {found['x']} {found['p']} {one}?"), Side(
            name=other, question=f"What is {found['x']} {found['p']} {other}?"
        )
    if found := _EN_DOES.match(text):
        asked, (one, other) = f"How much{' ' + found['x'] if found['x'] else ''} {found['aux'].lower()}", (found["a"], found["b"])
        rest = f"{found['verb']}{found['tail'] or ''}?"
        return Side(name=one, question=f"{asked} {one} {rest}"), Side(name=other, question=f"{asked} {other} {rest}")
    if found := _EN_EACH.match(text):
        one, other = found["a"], found["b"]
        return Side(name=one, question=f"What is {one}?"), Side(name=other, question=f"What is {other}?")
    return None


def _of_chinese(text: str) -> tuple[Side, Side] | None:
    found = _ZH.match(_ZH_WHETHER_FIRST.sub("", text))
    if found is None:
        return None
    parted = _OWN.match(found["a"]) or _MEASURED.match(found["a"])
    one, what = (parted["a"], parted["x"]) if parted is not None else (found["a"], "")
    if not what and not found["verb"]:
        return None
    held = re.sub(rf"的?{re.escape(what)}$", "", found["b"]) if what else found["b"]
    other = named_in_full(held.rstrip("的"), one, "zh")
    asked = f"的{what}是多少" if what else f"{found['verb'].rstrip('得')}多少"
    return Side(name=one, question=f"{one}{asked}?"), Side(name=other, question=f"{other}{asked}?")
