"""A question that names nothing to search for to one short question back."""

import re
from collections.abc import Sequence

from assistant.cues import word_set
from assistant.prompts import sentence
from assistant.question import Query
from assistant.schema import Draft, Passage
from ingest.schema import Language

CHOICES = 3
"""Titles offered at most."""

_EMPTY_EN = word_set(
    "what what's was is are were it its it's they them their that this these those there here about in the a an of for at on by to and or "
    "how much many did does do be would will can could who when where which why then same one ones other another second third first last "
    "next also if now since until from with has have had get gets give gives given go goes got take takes make need needs apply applies "
    "applied end ends start starts begin run runs work works still more tell say show me we i us our my you your please know want any some "
    "else all so ok okay yes no not condition conditions case situation match fit qualified count counts included covered "
    "requirement requirements deadline amount amounts money award awards reward "
    "rewards "
    "cap limit ceiling rate price cost costs validity valid eligible eligibility procedure term long far high big rule rules policy "
    "policies measure measures support subsidy subsidies pay pays paid qualify thing things date year years firm firms company companies"
)
_EMPTY_ZH = re.compile(
    r"多少|什么|怎么样?|怎样|如何|时候|何时|为什么|申请|申报|条件|要求|截止|日期|期限|有效期|上限|下限|门槛|标准|金额|奖励|奖金"
    r"|补贴|补助|支持|政策|措施|办法"
    r"|规定|办理|流程|材料|符合|情况|资格|适用|享受|满足|够格|这样|那样|企业|公司|我们|你们|咱们|可以|能不能|是不是|有没有|还有"
    r"|另外|其他|别的|那个|这个|哪个|哪些|哪里|第[一二三四五\d]|一下"
    r"|[那这它其他她种算另外的地得是在有了呢吗么吧啊呀能给拿领奖补钱多少几个项条款种一二两三]"
    r"|[请问我你您咱要会可就还也都再谁哪啥办做到从和与?。,!、 年月日久长高低大小]"
)


def unclear(query: Query, passages: Sequence[Passage], has_history: bool) -> Draft | None:
    """The question back where the first question of a conversation names no measure, document or topic; None for any other.

    A short question that names its topic ("LFP density?") is complete.
    """
    if has_history or not _is_empty(query.text, query.language):
        return None
    titles = [p.chunk.source.title for p in passages if p.chunk.source.language == query.language]
    choices = list(dict.fromkeys(titles))[:CHOICES]
    asked = sentence("clarify", query.language)
    if len(choices) > 1:
        asked = "\n".join([f"{asked} {sentence('clarify_choices', query.language)}", *(f"- {title}" for title in choices)])
    return Draft(status="clarify", refusal=asked)


def _is_empty(text: str, language: Language) -> bool:
    if language == "zh":
        return not _EMPTY_ZH.sub("", text)
    return all(word.lower() in _EMPTY_EN for word in re.findall(r"[\w'’-]+", text))
