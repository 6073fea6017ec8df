import pytest

from assistant.asked import Resolved
from assistant.followup import resolve
from assistant.schema import Turn
from ingest.glossary import Glossary, Term

TERMS = Glossary(
    terms=(
        Term(id="semiconductor", kind="sector", zh=("半导体",), en=("semiconductor",)),
        Term(id="photovoltaic", kind="sector", zh=("光伏",), en=("photovoltaics",)),
        Term(id="taiyuan", kind="place", zh=("太原",), en=("Taiyuan",)),
        Term(id="datong", kind="place", zh=("大同",), en=("Datong",)),
        Term(id="revenue", kind="indicator", zh=("营业收入",), en=("revenue",)),
        Term(id="growth", kind="indicator", zh=("增速",), en=("growth rate",)),
    )
)
LIST = "- Power price support [1]\n- Equipment renewal [2]\n- Chain incentives [3]"


def talk(*texts: str) -> list[Turn]:
    """A conversation, the user first."""
    return [Turn(role="assistant" if at % 2 else "user", text=text) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("history", "question", "text", "relation"),
    [
        (
            ("What does the plan do for semiconductors?", "It helps. [1]"),
            "And for photovoltaics?",
            "What does the plan do for photovoltaics?",
            "replaced",
        ),
        (("规划对半导体有什么措施？", "培育企业。[1]"), "那光伏呢？", "规划对光伏有什么措施?", "replaced"),
        (
            ("How much revenue does the plan want by 2025?", "230 billion."),
            "And the growth rate?",
            "What growth rate does the plan want by 2025?",
            "replaced",
        ),
        (("2025年营业收入目标是多少？", "2300亿元。"), "2027年呢？", "2027年营业收入目标是多少?", "replaced"),
        (("太原的奖励是多少？", "100万元。"), "大同呢", "大同的奖励是多少?", "replaced"),
        (("县域第一档奖多少？", "100万元。"), "第三档？", "县域第三档奖多少?", "replaced"),
        (("How much is the award?", "1 million."), "What about 2024?", "How much is the award in 2024?", "ellipsis"),
        (
            ("What is the award in the 2023 edition?", "0.2 percent."),
            "Sorry, I meant the revised one.",
            "What is the award in the revised edition?",
            "corrected",
        ),
        (("What is the award of 2024?", "10%."), "no, I meant 2021", "What is the award of 2021?", "corrected"),
        (("2023版奖励怎么算？", "2‰。"), "不是，我是说修订版。", "修订版奖励怎么算?", "corrected"),
        (("Which policies help?", LIST), "How long does the third of these last?", "How long does Chain incentives last?", "ordinal"),
        (
            ("五个行业是哪些？", "半导体、光伏、计算产业、新化学电池、智能电子。[1]"),
            "第二个的重点产品有哪些？",
            "光伏的重点产品有哪些?",
            "ordinal",
        ),
        (("链核企业有哪两类？", "第一类是潜在链主类，第二类是核心配套类。"), "第二类有什么要求？", "核心配套类有什么要求?", "ordinal"),
        (
            ("When was the manufacturing regulation passed?", "On 28 March."),
            "When did it take effect?",
            "When did the manufacturing regulation take effect?",
            "reference",
        ),
        (("数字经济条例是什么时候通过的？", "去年。"), "它从哪天起施行？", "数字经济条例从哪天起施行?", "reference"),
        (
            ("How much is the award in the zone?", "1 million."),
            "What are the conditions?",
            "What are the conditions for the award in the zone?",
            "ellipsis",
        ),
        (
            ("What subsidy did the 2021 rules give?", "15 percent."),
            "Until when?",
            "Until when (subsidy, 2021 rules)?",
            "ellipsis",
        ),
        (
            ("What subsidy did the 2021 rules give?", "15 percent."),
            "And without a loan?",
            "What subsidy did the 2021 rules give without a loan?",
            "ellipsis",
        ),
        (("What is an SRDI firm?", "A small one."), "How do we become one?", "How do we become an SRDI firm?", "reference"),
        (("用贷款搞技改能拿什么支持？", "贴息。"), "要是自己出钱呢？", "自己出钱搞技改能拿什么支持?", "ellipsis"),
        (("扩产奖励最高多少？", "3000万元。"), "有什么条件？", "扩产奖励有什么条件?", "ellipsis"),
        (("太原的奖励是多少？", "100万元。"), "不是太原，是大同", "大同的奖励是多少?", "corrected"),
        (("光伏的奖励是多少？", "100万元。"), "半导体也一样吗？", "半导体的奖励是多少?", "replaced"),
        (("Who was Ada Lovelace?", "A mathematician."), "Where did she live?", "Where did Ada Lovelace live?", "reference"),
        (
            ("Who was Ada Lovelace?", "A mathematician.", "Whom did she work with?", "Charles Babbage."),
            "Where did she live?",
            "Where did Ada Lovelace live?",
            "reference",
        ),
        (("Can I get a loan?", "Did you serve?"), "Yes", "Can I get a loan?", "reply"),
    ],
)
def test_follow_up_becomes_a_question_of_its_own(history: tuple[str, ...], question: str, text: str, relation: str) -> None:
    resolved = resolve(question, talk(*history), TERMS)

    assert (resolved.text, resolved.relation) == (text, relation)


@pytest.mark.parametrize(
    "question",
    [
        "What is the PUE limit for large data centres?",
        "How does Calico enforce its policies?",
        "Is it possible to apply twice for the renewal award?",
        "What is universalism?",
        "太原对新认定的高新技术企业奖励多少?",
    ],
)
def test_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    history = talk("What does the plan do for semiconductors?", "It helps leading firms. [1]")

    assert resolve(question, history, TERMS).text == question


def test_topic_shift_drops_the_old_topic() -> None:
    history = talk("How much is the award for batteries?", "1 million. [1]")

    shifted = resolve("Leaving batteries aside, what is the PUE limit?", history)
    assert shifted == Resolved(text="What is the PUE limit?", relation="shift")
    assert resolve("换个问题，小升规奖多少？", talk("加计扣除到哪年？", "2027年。")).relation == "shift"


def test_shift_to_a_fragment_still_replaces() -> None:
    resolved = resolve(
        "Leaving semiconductors aside, and photovoltaics?", talk("What does the plan do for semiconductors?", "It helps."), TERMS
    )

    assert resolved.text == "What does the plan do for photovoltaics?"


@pytest.mark.parametrize(
    ("answer", "reply", "asks"),
    [
        ("Up to 30 million. [1] Would you like the conditions?", "Yes please.", "the conditions"),
        ("最高3000万元。[1] 需要看条件吗？", "要的。", "条件"),
    ],
)
def test_yes_to_an_offer_asks_for_what_was_offered(answer: str, reply: str, asks: str) -> None:
    resolved = resolve(reply, talk("What award does the zone give?", answer))

    assert resolved.relation == "accepted"
    assert resolved.asks == asks
    assert resolved.text.lower().startswith(asks)


def test_no_to_an_offer_is_declined() -> None:
    assert resolve("No, thanks", talk("What is the award?", "1 million. Would you like the conditions?")).relation == "declined"


@pytest.mark.parametrize(("question", "named"), [("did the later edition change that?", "later edition"), ("新版改了吗?", "新版")])
def test_edition_shift_keeps_question_and_edition(question: str, named: str) -> None:
    resolved = resolve(question, talk("What is the award in the first call?", "1 million."))

    assert named in resolved.text
    assert "award in the first call" in resolved.text


def test_ordinals_go_on_counting_in_the_same_list() -> None:
    history = talk("五个行业是哪些？", "半导体、光伏、计算产业、新化学电池、智能电子。", "第三个的核心是什么？", "核心是信创、主板、硬盘。")

    assert resolve("第四个的重点产品有哪些？", history).text == "新化学电池的重点产品有哪些?"


def test_follow_ups_are_resolved_one_after_the_other() -> None:
    history = talk(
        "What does the plan do for semiconductors?", "It helps.", "And for photovoltaics?", "Less.", "Thank you", "You are welcome."
    )

    assert resolve("And in Datong for semiconductors?", history, TERMS).text.startswith("What does the plan do for semiconductors")


def test_without_history_nothing_is_added() -> None:
    assert resolve("And for photovoltaics?", ()).text == "And for photovoltaics?"


@pytest.mark.parametrize(
    ("history", "question", "text"),
    [
        (("What was the output in 2023?", "2,095."), "And the year after?", "What was the output in 2024?"),
        (("What was the output in 2023?", "2,095."), "What was it the previous year?", "What was the output in 2022?"),
        (("What is the target for 2027?", "60."), "And three years later?", "What is the target for 2030?"),
        (("What is the target?", "60 by 2027."), "And a year earlier?", "What is the target in 2026?"),
        (("2023年末挂牌了多少产品？", "337个。"), "那再往前一年呢？", "2022年末挂牌了多少产品?"),
        (("2027年的目标是多少？", "60。"), "次年呢？", "2028年的目标是多少?"),
        (("2027年的目标是多少？", "60。"), "再过三年后呢？", "2030年的目标是多少?"),
    ],
)
def test_a_year_told_by_its_distance_is_counted_from_the_one_before(history: tuple[str, ...], question: str, text: str) -> None:
    assert resolve(question, talk(*history)).text == text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What was the output?", "And the year after?"),
        ("What was the output in 2023?", "What happened the year after the plan was issued?"),
        ("2023年认定的企业第一年补多少？", "那第二年呢？"),
    ],
)
def test_no_year_is_invented(before: str, question: str) -> None:
    assert "2024" not in resolve(question, talk(before, "Nothing is known.")).text


def test_a_thing_told_by_its_size_takes_the_place_of_one_in_the_same_unit() -> None:
    wafers = talk("What is the capacity of 12-inch wafers?", "80.")
    assert resolve("And the 8-inch one?", wafers).text == "What is the capacity of 8-inch wafers?"
    assert resolve("那14纳米的呢？", talk("28纳米产线补多少？", "10%。")).text == "14纳米产线补多少?"
    assert "12-inch" in resolve("And the 8-year one?", wafers).text


def test_a_fragment_without_a_counterpart_is_what_the_answer_must_hold() -> None:
    beside = resolve("And a small one?", talk("What counts as a micro firm?", "Up to 9 people."))
    assert (beside.text, beside.focus) == ("A small one: What counts as a micro firm?", "a small one")
    assert resolve("那个体工商户呢？", talk("大型企业租算力能补多少？", "三成。")).focus == "个体工商户"
    assert resolve("And in 2024?", talk("What was the output in 2023?", "2,095.")).focus == ""


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("What is paid for an investment of 150 million?", "Above half a billion?", "What is paid for an investment of above 0.5 billion?"),
        ("What do firms above 100 million yuan get?", "And 50 million?", "What do firms above 50 million get?"),
        ("投资1.5亿元补多少？", "超过6个亿呢？", "投资超过6亿元补多少?"),
        ("营业收入1亿元以上的企业奖多少？", "5亿元以上呢？", "营业收入5亿元以上的企业奖多少?"),
    ],
)
def test_an_amount_takes_its_place_as_it_is_said_and_with_its_limit(before: str, question: str, text: str) -> None:
    assert resolve(question, talk(before, "5%.")).text == text


def test_who_is_in_charge_is_asked_of_what_was_spoken_of() -> None:
    assert resolve("归哪个部门管？", talk("设备更新奖励最高多少？", "550万元。")).text == "设备更新奖励归哪个部门管?"
    assert resolve("Who is responsible?", talk("What is the cap of the renewal award?", "5.5 million.")).text != "Who is responsible?"


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (
            "How far does the fund subsidise a loan?",
            "Sorry, wrong year: I was after the 2018 rules. What rates did those have?",
            "(the 2018 rules)",
        ),
        ("首批链主一共多少户？", "我说错年份了，要的是2023年的户数", "2023年的户数"),
        ("认定成链主有多少奖励？", "说错了，我们认的是链核不是链主，改成这个再答一遍", "认定成链核有多少奖励?"),
    ],
)
def test_a_correction_may_say_what_was_wrong_and_ask_again(before: str, question: str, text: str) -> None:
    found = resolve(question, talk(before, "100."))
    assert found.relation == "corrected"
    assert text in found.text


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("What toll applies in June 2026?", "And in March 2027?", "What toll applies in March 2027?"),
        ("What toll applied on 3 May 2026?", "And in July?", "What toll applied on 3 July 2026?"),
        ("2026年6月的通行费是多少？", "那2027年1月呢？", "2027年1月的通行费是多少?"),
        ("2026年6月的通行费是多少？", "12月呢？", "2026年12月的通行费是多少?"),
    ],
)
def test_a_month_takes_the_place_of_a_month(before: str, question: str, text: str) -> None:
    assert resolve(question, talk(before, "100.")).text == text


def test_another_edition_is_asked_the_last_question() -> None:
    assert resolve("老版本当时是多少？", talk("电池能量密度现在卡多少？", "230。")).text == "老版本当时是多少:电池能量密度现在卡多少?"
