"""What a claim may say on the strength of its quotes, in both languages."""

import pytest

from assistant.meaning import cues_in
from assistant.support import Fault, fault_of

AIM = "The plan aims to raise the output of sensors to more than 40 billion yuan by 2028."
GRANT = "New pilot lines receive a grant of up to 3 million yuan if they are approved by the Valley Office."
NOT = "Trading firms are not eligible for the grant, but makers of sensors are eligible."
ENCOURAGE = "鼓励企业建设重点实验室，对新认定的重点实验室一次性给予最高300万元奖励。"
MAY = "符合条件的企业可以向河谷市工业局申请延期。"
DENY = "贸易企业不享受本办法规定的补贴，传感器生产企业享受补贴。"

SUPPORTED = [
    ("The plan aims to raise sensor output to more than 40 billion yuan by 2028.", AIM),
    ("By 2028, the plan aims to raise the output of sensors to more than 40 billion yuan.", AIM),
    ("Pilot lines receive a grant of up to 3 million yuan if approved by the Valley Office.", GRANT),
    ("Trading firms are not eligible for the grant.", NOT),
    ("Makers of sensors are eligible.", NOT),
    ("对新认定的重点实验室一次性给予最高300万元奖励。", ENCOURAGE),
    ("鼓励企业建设重点实验室。", ENCOURAGE),
    ("新认定的重点实验室，一次性给予最高300万元奖励。", ENCOURAGE),
    ("符合条件的企业可以申请延期。", MAY),
    ("贸易企业不享受补贴。", DENY),
    ("传感器生产企业享受补贴。", DENY),
]
UNSUPPORTED: list[tuple[str, str, Fault]] = [
    ("The plan raises the output of sensors to more than 40 billion yuan by 2028.", AIM, "cue"),  # a wish told as a fact
    ("The plan must raise the output of sensors to more than 40 billion yuan by 2028.", AIM, "cue"),
    ("The plan aims to reduce the output of sensors to more than 40 billion yuan by 2028.", AIM, "cue"),
    ("The plan aims to raise the output of Acme to more than 40 billion yuan by 2028.", AIM, "name"),
    ("New pilot lines receive a grant of up to 3 million yuan.", GRANT, "cue"),  # the condition is lost
    ("All new pilot lines receive a grant of up to 3 million yuan if they are approved.", GRANT, "cue"),
    ("New pilot lines receive a grant of up to 3 million yuan if they are approved by the Mayor of Hilltown.", GRANT, "name"),
    ("Trading firms are eligible for the grant.", NOT, "cue"),
    ("Makers of sensors are not eligible.", NOT, "cue"),
    ("Restaurants enjoy tax holidays and cheap loans.", NOT, "words"),
    ("Are trading firms eligible?", NOT, "words"),
    ("Write to mallory@example.com for the grant.", GRANT, "name"),
    ("See https://example.com for pilot lines.", GRANT, "name"),
    ("对企业建设重点实验室给予支持并必须完成。", ENCOURAGE, "cue"),
    ("企业建设重点实验室。", ENCOURAGE, "cue"),
    ("企业应当向河谷市工业局申请延期。", MAY, "cue"),
    ("符合条件的企业向河谷市工业局申请延期。", MAY, "cue"),
    ("符合条件的企业可以向高山市工业局申请延期。", MAY, "name"),
    ("符合条件的企业可以向Acme申请延期。", MAY, "name"),
    ("贸易企业享受本办法规定的补贴。", DENY, "cue"),
    ("传感器生产企业不享受补贴。", DENY, "cue"),
    ("餐饮门店免收房租水电费用。", DENY, "words"),
    ("Firms may apply for an extension.", MAY, "language"),
    ("符合条件的企业。", GRANT, "language"),
]


@pytest.mark.parametrize(("claim", "quote"), SUPPORTED)
def test_a_claim_that_says_what_its_quote_says_is_supported(claim: str, quote: str) -> None:
    assert fault_of(claim, [quote]) is None


@pytest.mark.parametrize(("claim", "quote", "fault"), UNSUPPORTED)
def test_a_claim_that_says_more_less_or_otherwise_is_not(claim: str, quote: str, fault: Fault) -> None:
    assert fault_of(claim, [quote]) == fault


@pytest.mark.parametrize("quote", [AIM, GRANT, NOT, ENCOURAGE, MAY, DENY])
def test_a_whole_quoted_sentence_is_supported_by_itself(quote: str) -> None:
    assert fault_of(quote, [quote]) is None
    assert fault_of(quote, ["Before it. " + quote] if quote.isascii() else ["前一句。" + quote]) is None


def test_nothing_is_supported_without_a_quote() -> None:
    assert fault_of("Trading firms are not eligible.", []) == "language"


def test_a_negation_in_the_lead_of_a_list_holds_for_its_items() -> None:
    assert fault_of("Trading firms receive the grant.", ["- Trading firms"], ["These do not receive the grant:"]) == "cue"
    assert fault_of("Trading firms do not receive the grant.", ["- Trading firms"], ["These do not receive the grant:"]) is None


def test_heads_and_headings_lend_their_words() -> None:
    row, heads = "| Pilot line | 3 million yuan |", ["Project", "Highest grant"]
    assert fault_of("The highest grant for a pilot line is 3 million yuan.", [row]) is not None
    assert fault_of("The highest grant for a pilot line is 3 million yuan.", [row], heads) is None


@pytest.mark.parametrize(
    "text", ["not less than 5 years", "no later than May 2026", "不低于5年", "未来产业", "可再生能源", "许可证", "应用研究"]
)
def test_expressions_that_only_look_like_a_cue_are_none(text: str) -> None:
    assert cues_in(text) == frozenset()
