import pytest

from assistant.kinds import kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How much does a chain-lead get?", "figure"),
        ("What percentage of revenue must go to research?", "figure"),
        ("How many chains are there?", "count"),
        ("When does the plan end?", "date"),
        ("Until when?", "date"),
        ("Which sectors are in focus?", "list"),
        ("What does the plan do for photovoltaics?", "fact"),
        ("What is meant by above designated size?", "definition"),
        ("Who is responsible for the fund?", "who"),
        ("Is silicon carbide in focus?", "yesno"),
        ("Are we eligible for the award?", "eligibility"),
        ("What limits must a qualified firm keep to?", "figure"),
        ("How do I apply for the award?", "procedure"),
        ("Summarise the section on batteries", "summary"),
        ("What is the difference between the 2021 and the 2024 edition?", "compare"),
        ("Hello!", "greeting"),
        ("Sales ceiling for a small firm?", "figure"),
        ("Sensor maker in the city, sales above half a billion: the city's award?", "figure"),
        ("What did the makers turn over in 2022?", "figure"),
        ("How much can we get?", "figure"),
        ("Does the regulation say how much firms get?", "yesno"),
        ("When is a factory a micro enterprise?", "definition"),
        ("Which fields sit in the third tier?", "list"),
    ],
)
def test_english_cues_decide_the_kind(text: str, kind: str) -> None:
    assert kind_of(text, "en") == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("链主企业奖励多少?", "figure"),
        ("符合条件的企业奖励多少?", "figure"),
        ("有多少条产业链?", "count"),
        ("什么时候施行?", "date"),
        ("重点产品有哪些?", "list"),
        ("什么是规模以上工业企业?", "definition"),
        ("归哪个部门管?", "who"),
        ("碳化硅是重点产品吗?", "yesno"),
        ("我们能不能申请?", "eligibility"),
        ("是否符合小巨人条件?", "eligibility"),
        ("怎么申请补助?", "procedure"),
        ("概括一下第三章", "summary"),
        ("两版有什么区别?", "compare"),
        ("你好", "greeting"),
        ("出口退几个点的税?", "figure"),
        ("省里奖多少?", "figure"),
        ("2022年通信业收入?", "figure"),
        ("链长制是怎么回事?", "definition"),
        ("又添了哪六条链?", "list"),
        ("省里奖不奖?", "yesno"),
    ],
)
def test_chinese_cues_decide_the_kind(text: str, kind: str) -> None:
    assert kind_of(text, "zh") == kind
