"""Every sentence of the chat window, in English and Chinese; `say` picks one. Answers' own fixed sentences are in `assistant.prompts`."""

from typing import Final

from assistant.ui.texts_asking import ASKING
from assistant.ui.texts_browsing import BROWSING
from assistant.ui.texts_evaluation import EVALUATION
from assistant.ui.texts_measures import MEASURES
from ingest.schema import Language

EXAMPLES: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        "What revenue does the plan aim for by 2025?",
        "Which key sectors does the plan develop?",
        "Who can apply to be a chain-lead enterprise?",
        "How much is the subsidy in the plan?",
    ),
    "zh": (
        "规划到2025年的营业收入目标是多少？",
        "规划重点发展哪些产业？",
        "哪些企业可以申报“链主”企业？",
        "规划里的补贴金额是多少？",
    ),
}

TOPICS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("semiconductor", "photovoltaic", "computing", "new chemical battery", "intelligent electronics", "funding", "talent", "tax"),
    "zh": ("半导体", "光伏", "计算", "新型化学电池", "智能电子", "资金支持", "人才", "税收"),
}
TEXTS: Final[dict[str, tuple[str, str]]] = ASKING | BROWSING | MEASURES | EVALUATION


def say(language: Language, key: str, **values: object) -> str:
    """The sentence `key` in `language`, with its {names} filled in. KeyError when there is no such sentence."""
    english, chinese = TEXTS[key]
    return (chinese if language == "zh" else english).format(**values)
