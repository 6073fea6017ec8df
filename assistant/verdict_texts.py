"""Every sentence of a verdict, in both languages, and how facts and sums are written in them."""

from collections.abc import Sequence
from typing import Any

from assistant.profile import FieldKind, kind_of, label
from ingest.measures import Bilingual, Condition
from ingest.schema import Language

_DERIVED_LABELS = {"rd_spend": Bilingual(en="R&D spending (R&D share x revenue)", zh="研发费用（研发占比×营业收入）")}
SECTOR_NAMES = {
    "semiconductor": ("semiconductors", "半导体"),
    "photovoltaic": ("photovoltaics", "光伏"),
    "computing": ("computing", "计算产业"),
    "new_chemical_battery": ("new chemical batteries", "新化学电池"),
    "intelligent_electronics": ("intelligent electronics", "智能电子"),
    "software": ("software", "软件"),
    "other_strategic_emerging": ("another strategic emerging industry", "其他战略性新兴产业"),
    "other": ("another sector", "其他行业"),
}
_PLACES = {"山西": "Shanxi", "陕西": "Shaanxi", "太原": "Taiyuan"}
_NEEDS = {
    ">=": ("at least {}", "不低于{}"),
    "<=": ("at most {}", "不超过{}"),
    ">": ("more than {}", "超过{}"),
    "<": ("less than {}", "低于{}"),
    "==": ("{}", "{}"),
    "in": ("one of {}", "属于{}之一"),
    "includes_any": ("one of {}", "属于{}之一"),
    "first_reaches": ("reaching one of {} for the first time", "首次达到{}之一"),
}

ALL_MET = Bilingual(en="All stated conditions are met.", zh="所列条件均已满足。")
TO_CONFIRM = Bilingual(en="To be confirmed: {}.", zh="尚需确认：{}。")
NOT_MET = Bilingual(en="Not met: {}.", zh="未满足：{}。")
NOT_KNOWN = Bilingual(en="Not known: {}.", zh="尚不清楚：{}。")
NOT_ASKED = Bilingual(en="Not asked by the profile, to be checked with the authority: {}.", zh="企业信息中未涉及，需向主管部门核实：{}。")
LEFT_OPEN = Bilingual(en="The text leaves open whether this counts: {}.", zh="文本未明确以下情形是否适用：{}。")
NO_CONDITION = Bilingual(
    en="No condition stated: the text names no test that a firm could meet or fail, so it is a direction and not an entitlement.",
    zh="文本未载明条件：没有企业可以对照的标准，属于政策导向，不构成可申领的权益。",
)
EXPIRED = Bilingual(en="Expired: the stated term ended on {}.", zh="已过期：所载期限已于{}届满。")
EXPIRED_CALCULATED = Bilingual(en="Expired: by our calculation the stated term ended about {}.", zh="已过期：据测算，所载期限约于{}届满。")
NOT_YET = Bilingual(en="Not yet in force: it applies from {}.", zh="尚未施行：自{}起施行。")
END_NOT_STATED = Bilingual(
    en="The end of validity is not stated; ask whether it still applies.", zh="有效期截止日期未载明，是否仍然有效需核实。"
)
START_UNKNOWN = Bilingual(
    en="Its start is not stated; it was first seen to apply on {}, so it cannot be said whether it applied on the day asked about.",
    zh="施行日期未载明，最早见于{}，无法判断在所问日期是否已施行。",
)
SUPERSEDED = Bilingual(en="A later edition exists: {}.", zh="已有后续版本：{}。")
EXCLUDES = Bilingual(en="Cannot be added to: {}.", zh="不能与以下政策叠加：{}。")
UP_TO = Bilingual(en="up to {}", zh="最高{}")
CAPPED = Bilingual(en=", capped at {}", zh="，上限{}")
NEXT_STEP = Bilingual(en="next step: {fact} of {at_least} gives {gives}", zh="下一档：{fact}达到{at_least}，可得{gives}")
MIGHT_BE_OTHER = Bilingual(en="may be another step, depending on: {}", zh="档次可能不同，取决于：{}")
CHANGE = Bilingual(en="{label}: now {actual}, needs {needs}", zh="{label}：现为{actual}，要求{needs}")
ALREADY_REACHED = Bilingual(
    en="{label}: {reached} was already reached in an earlier year and counts only once", zh="{label}：以往年度已达到{reached}，只计首次"
)
NEXT_UNREACHED = Bilingual(en="; the next step is {}", zh="；下一档为{}")
NEVER_MET = Bilingual(en="none: the measure is outside its dates", zh="无：不在施行期内")
HOLDS = Bilingual(en="{label}: {needs}", zh="{label}：{needs}")
PROVED = Bilingual(en="shown by: {}", zh="由以下资格证明：{}")


def name_of(fact: str, language: Language) -> str:
    """The label of a profile field or of a fact worked out from fields."""
    return _DERIVED_LABELS[fact].in_language(language) if fact in _DERIVED_LABELS else label(fact, language)


def written(fact: str, value: Any, language: Language) -> str:
    """A value of a fact as people write it: 20 million yuan, 2000万元， 5%, yes."""
    if isinstance(value, (list, tuple)):
        return _joined([written(fact, item, language) for item in value], language)
    kind: FieldKind = "yuan" if fact in _DERIVED_LABELS else kind_of(fact)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
    if kind == "yuan":
        return money(value, language)
    if kind == "share":
        return f"{value * 100:.10g}%"
    if kind == "choice" and value in SECTOR_NAMES:
        return SECTOR_NAMES[value][language == "zh"]
    if fact in ("province", "city"):
        return _PLACES.get(value, str(value)) if language == "en" else str(value)
    return f"{value:,.10g}" if isinstance(value, (int, float)) else str(value)


def money(yuan: float, language: Language) -> str:
    """A sum in its usual unit: 1.2 billion yuan, 20 million yuan, 390,000 yuan; 12亿元， 2000万元， 8500元."""
    if language == "zh":
        for size, unit in ((100_000_000, "亿元"), (10_000, "万元")):
            if abs(yuan) >= size:
                return f"{yuan / size:.10g}{unit}"
        return f"{yuan:.10g}元"
    for size, unit in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if abs(yuan) >= size:
            return f"{yuan / size:.10g} {unit} yuan"
    return f"{yuan:,.10g} yuan"


def needs(test: Condition, language: Language) -> str:
    """What a test asks for, in words: "at least 20 million yuan"."""
    if test.fact is None:
        return test.asks.in_language(language) if test.asks else ""
    return _NEEDS[test.operator or "=="][language == "zh"].format(written(test.fact, test.value, language))


def stated(test: Condition, language: Language) -> str:
    """A test as one line: its label and what it asks for."""
    if test.fact is None:
        return needs(test, language)
    return HOLDS.in_language(language).format(label=name_of(test.fact, language), needs=needs(test, language))


def fill(text: Bilingual, language: Language, *parts: str) -> str:
    """`text` in `language` with its blanks filled."""
    return text.in_language(language).format(*parts)


def listed(parts: Sequence[str], language: Language) -> str:
    """Parts as one enumeration, separated so that their own commas do not confuse."""
    return ("; " if language == "en" else "；").join(parts)


def _joined(parts: Sequence[str], language: Language) -> str:
    return (", " if language == "en" else "、").join(parts)
