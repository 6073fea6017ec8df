"""The glossary: what it refuses, what it finds, and what it offers for a search in the other language."""

from pathlib import Path

import pytest

from ingest.glossary import Glossary, Term
from ingest.schema import PlanQueryError

CORPUS_GLOSSARY = Path(__file__).parent.parent / "corpus" / "glossary.yaml"

TOY = """
- {id: shanxi, kind: place, zh: [山西, 山西省], en: [Shanxi], not: [陕西, Shaanxi]}
- {id: shaanxi, kind: place, zh: [陕西, 陕西省], en: [Shaanxi]}
- {id: photovoltaic, kind: sector, zh: [光伏, 太阳能], en: [photovoltaic, PV, solar]}
- {id: solar-cell, kind: product, zh: [太阳能电池], en: [solar cell]}
- {id: battery, kind: product, zh: [电池], en: [battery]}
- {id: chain, kind: instrument, zh: [产业链], en: [industrial chain, chain]}
- {id: specialised-town, kind: instrument, zh: [专业镇], en: [specialised town]}
- {id: third-generation, kind: sector, zh: [第三代半导体], en: [third-generation semiconductor]}
- {id: optoelectronics, kind: sector, zh: [光电], en: [optoelectronics], not: [光电转换]}
- {id: led, kind: product, zh: [LED, 发光二极管], en: [LED]}
"""


def load(folder: Path, text: str) -> Glossary:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return Glossary.load(path)


@pytest.fixture
def toy(tmp_path: Path) -> Glossary:
    return load(tmp_path, TOY)


def found(glossary: Glossary, text: str) -> list[tuple[str, str]]:
    return [(mention.term.id, mention.surface) for mention in glossary.find(text)]


def test_mentions_come_in_reading_order_with_offsets_of_the_given_text(toy: Glossary) -> None:
    text = "Does Shanxi back PV?  山西支持光伏吗"
    mentions = toy.find(text)
    assert [mention.term.id for mention in mentions] == ["shanxi", "photovoltaic", "shanxi", "photovoltaic"]
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("太阳能电池", [("solar-cell", "太阳能电池")]),  # not "solar" and not "battery"
        ("solar cells", [("solar-cell", "solar cells")]),
        ("industrial chains", [("chain", "industrial chains")]),
        ("山西省", [("shanxi", "山西省")]),
    ],
)
def test_the_longest_form_wins(toy: Glossary, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(toy, text) == expected


def test_a_longer_form_wins_over_one_that_begins_earlier(tmp_path: Path) -> None:
    glossary = load(
        tmp_path, "- {id: a, kind: body, zh: [中国电], en: [a body]}\n- {id: b, kind: sector, zh: [电子信息], en: [a sector]}\n"
    )
    assert found(glossary, "中国电子信息") == [("b", "电子信息")]


@pytest.mark.parametrize("text", ["supply chained", "unchain", "PVC pipes", "solaris", "SHANXIAN"])
def test_a_latin_form_matches_whole_words_only(toy: Glossary, text: str) -> None:
    assert found(toy, text) == []


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("BATTERIES", "battery"),
        ("batteries", "battery"),
        ("specialized towns", "specialised-town"),
        ("third generation semiconductors", "third-generation"),
        ("third-generation\nsemiconductor", "third-generation"),
        ("ＬＥＤ", "led"),
        ("Shanxi's", "shanxi"),
        ("扩大LED产能", "led"),
    ],
)
def test_case_width_hyphen_spelling_and_plural_do_not_matter(toy: Glossary, text: str, term: str) -> None:
    assert [mention.term.id for mention in toy.find(text)] == [term]


def test_full_width_text_keeps_its_own_surface_and_offsets(toy: Glossary) -> None:
    (mention,) = toy.find("用ＬＥＤ照明")
    assert (mention.start, mention.end, mention.surface) == (1, 4, "ＬＥＤ")


def test_shanxi_and_shaanxi_are_told_apart(toy: Glossary) -> None:
    assert found(toy, "陕西和山西, Shaanxi or Shanxi") == [
        ("shaanxi", "陕西"),
        ("shanxi", "山西"),
        ("shaanxi", "Shaanxi"),
        ("shanxi", "Shanxi"),
    ]


def test_a_look_alike_blocks_the_match_it_overlaps_and_no_other(toy: Glossary) -> None:
    assert found(toy, "光电转换效率") == []
    assert found(toy, "光电产业的光电转换效率") == [("optoelectronics", "光电")]


def test_a_form_of_two_kinds_gives_a_mention_for_each(tmp_path: Path) -> None:
    glossary = load(
        tmp_path, "- {id: a, kind: sector, zh: [电池产业], en: [battery]}\n- {id: b, kind: product, zh: [电池], en: [battery]}\n"
    )
    assert found(glossary, "battery") == [("a", "battery"), ("b", "battery")]


def test_translations_offer_every_form_of_the_other_language_once(toy: Glossary) -> None:
    assert toy.translations("光伏和光伏", "zh") == ("photovoltaic", "PV", "solar")
    assert toy.translations("solar support", "en") == ("光伏", "太阳能")


def test_translations_leave_out_what_the_text_already_says(toy: Glossary) -> None:
    assert toy.translations("光伏 (pv)", "zh") == ("photovoltaic", "solar")


def test_a_text_without_terms_has_neither_mentions_nor_translations(toy: Glossary) -> None:
    assert toy.find("") == ()
    assert toy.find("nothing here") == ()
    assert toy.translations("没有", "zh") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- {id: a, kind: planet, zh: [甲], en: [a]}", ["entry 1 (a)", "field kind"]),
        ("- {id: a, kind: sector, zh: [], en: [a]}", ["entry 1 (a)", "field zh"]),
        ("- {id: a, kind: sector, zh: [甲], en: [a], colour: red}", ["entry 1 (a)", "field colour"]),
        ("- {id: a, kind: sector, zh: [甲], en: [no]}", ["entry 1 (a)", "field en.0"]),  # YAML reads a bare no as false
        ("- just text", ["entry 1 (not a mapping)"]),
        ("id: a", ["list of entries"]),
        ("- {id: a", ["cannot be read as a YAML glossary"]),
        ("- {id: a, kind: sector, zh: [甲], en: [a]}\n- {id: a, kind: sector, zh: [乙], en: [b]}", ["entry 2 (a)", "field id"]),
        (
            "- {id: a, kind: sector, zh: [甲], en: [a]}\n- {id: b, kind: sector, zh: [乙], en: [A]}",
            ["entry 2 (b)", "field en", "belongs to a"],
        ),
    ],
)
def test_a_fault_names_file_entry_and_field(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(PlanQueryError) as caught:
        load(tmp_path, text)
    assert all(part in str(caught.value) for part in ["glossary.yaml", *parts])


def test_a_shared_form_is_accepted_when_the_entries_declare_it(tmp_path: Path) -> None:
    text = "- {id: a, kind: tax, zh: [甲], en: [relief]}\n- {id: b, kind: tax, zh: [乙], en: [relief], same: [a]}\n"
    assert [mention.term.id for mention in load(tmp_path, text).find("relief")] == ["a", "b"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanQueryError, match=r"absent\.yaml"):
        Glossary.load(tmp_path / "absent.yaml")


def test_a_glossary_survives_being_stored_as_json(toy: Glossary) -> None:
    assert Glossary.model_validate(toy.model_dump(mode="json")) == toy


def test_terms_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Term(id="a", kind="tax", zh=("税",), en=("tax",)).id = "b"  # type: ignore[misc]


def test_the_corpus_glossary_is_large_and_finds_its_own_forms() -> None:
    glossary = Glossary.load(CORPUS_GLOSSARY)
    assert len(glossary.terms) >= 330
    lost = [form for term in glossary.terms for form in (*term.zh, *term.en) if term not in [m.term for m in glossary.find(form)]]
    assert lost == []


def test_every_chinese_form_is_glossed_by_the_preferred_english_one() -> None:
    term = Term(id="pv", kind="sector", zh=("光伏", "太阳能"), en=("photovoltaic", "solar"))
    assert Glossary(terms=(term,)).glosses() == {"光伏": "photovoltaic", "太阳能": "photovoltaic"}


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("山西的太阳能企业能拿多少补贴?", {"shanxi", "photovoltaic", "enterprise", "subsidy"}),
        (
            "Which solar firms in Shaanxi may apply for the award?",
            {"shaanxi", "photovoltaic", "enterprise", "application-procedure", "award"},
        ),
        ("规上企业的营收目标", {"above-designated-size", "operating-revenue", "target"}),
        ("responsible bodies and validity of the cluster plan", {"responsible-body", "validity", "cluster", "plan"}),
    ],
)
def test_the_corpus_glossary_knows_how_people_ask(question: str, terms: set[str]) -> None:
    assert terms <= {mention.term.id for mention in Glossary.load(CORPUS_GLOSSARY).find(question)}
