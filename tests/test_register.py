"""Targets, provisions and obligations found in text of both languages."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.read import read_file
from ingest.register import Register, find_register
from ingest.schema import Document
from ingest.settings import PROJECT, Settings
from ingest.targets import Target

HAND = yaml.safe_load((Path(__file__).parent / "targets_by_hand.yaml").read_text(encoding="utf-8"))


def document(text: str, tmp_path: Path) -> Document:
    path = tmp_path / "plan.md"
    path.write_text(text, encoding="utf-8")
    return read_file(path, Settings(), "plan")


def register(text: str, tmp_path: Path) -> Register:
    return find_register(document(text, tmp_path))


def values(text: str, tmp_path: Path) -> list[tuple[str, int | None]]:
    return [(target.value, target.year) for target in register(text, tmp_path).targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By 2030 the city aims to have 40 parks and exports of over 9 billion yuan.", [("40", 2030), ("over 9 billion yuan", 2030)]),
        ("到2030年，全市出口额突破90亿元，年均增长8%以上。", [("突破90亿元", 2030), ("8%以上", 2030)]),
        ("力争到2030年底，新建园区40个。", [("40个", 2030)]),
        ("The target for 2030 is 9 billion yuan.", [("9 billion yuan", 2030)]),
        ("Output was 9 billion yuan in 2020, up 8 percent.", []),
        ("2020年全市产值为90亿元，同比增长8%。", []),
        ("截至2024年，全市已建成园区40个。", []),
        ("对年产值达到1亿元以上的企业，给予奖励50万元。", []),
        ("Firms with revenue of 20 million yuan or more receive an award of 1 million yuan by 2030.", []),
        ("By 2030 output is to reach 9 billion yuan, which the press converts into 1.3 billion dollars.", [("9 billion yuan", 2030)]),
        ("The plan lists two targets and five tasks to 2030.", []),
        ("By 2030 three cities are each to have exports above 1 billion yuan.", [("above 1 billion yuan", 2030)]),
        ("Compared with 2020, energy use is to fall by 13 percent by 2030.", [("13 percent", 2030)]),
        ("2020年产值30亿元，2030年目标为90亿元。", [("90亿元", 2030)]),
        ("到2030年，出口实现两位数增长。", []),
        ("The note sets the aims for 2030, which five boards follow.", []),
        ("The town is building a hall of 15 square kilometres and aims to draw more than 100 firms.", [("more than 100", None)]),
        ("Within 2030 the town wants more than 1,500 firms.", [("more than 1,500", 2030)]),
        ("By 2030 the rules have 12 chapters.\n\n## Sources\n\n- The plan aims at 9 billion yuan by 2030.", [("12", 2030)]),
    ],
)
def test_aims_are_targets_but_outturns_and_awards_are_not(text: str, expected: list[tuple[str, int]], tmp_path: Path) -> None:
    assert values(text, tmp_path) == expected


def test_a_target_names_indicator_scope_base_and_place(tmp_path: Path) -> None:
    text = "到2030年，全省规模以上企业研发投入比2020年提高20%左右。"
    source = document(text, tmp_path)
    (target,) = find_register(source).targets
    assert target.indicator == "全省规模以上企业研发投入"
    assert (target.year, target.base, target.unit, target.qualifier) == (2030, "2020", "percent", "about")
    assert target.scope == "全省; 规模以上"
    assert source.text[target.start : target.end] == text


def test_rows_under_a_target_heading_are_targets_and_their_base_columns_are_not(tmp_path: Path) -> None:
    text = "## Main targets\n\n| Indicator | 2020 (base) | 2030 |\n|---|---|---|\n| Exports | 3 billion yuan | 9 billion yuan |\n"
    (target,) = register(text, tmp_path).targets
    assert (target.indicator, target.value, target.year) == ("Exports", "9 billion yuan", 2030)


def test_items_take_aim_and_year_from_their_lead(tmp_path: Path) -> None:
    text = "By 2030 the city aims at the following:\n\n- more than 40 parks;\n- exports of 9 billion yuan.\n"
    assert values(text, tmp_path) == [("more than 40", 2030), ("9 billion yuan", 2030)]


def test_a_provision_names_actor_action_instrument_and_object(tmp_path: Path) -> None:
    found = register("市财政局对首次入库的企业给予一次性奖励50万元。\n\nThe county encourages firms to build test centres.", tmp_path)
    gives, encourages = found.provisions
    assert (gives.actor, gives.action, gives.instrument, gives.strength) == ("市财政局", "给予", "奖励", "gives")
    assert gives.object == "一次性奖励50万元"
    assert (encourages.actor, encourages.strength) == ("The county", "encourages")


def test_obligations_are_counted_by_strength(tmp_path: Path) -> None:
    found = register(
        "企业应当每年报告。\n\n可以申请延期。\n\nApplicants must register and may appeal in May 2030.\n\n支持建设平台。", tmp_path
    )
    assert found.by_strength() == {"shall": 2, "may": 2, "encourages": 1}


def test_words_that_only_hold_a_cue_oblige_nobody(tmp_path: Path) -> None:
    assert register("产业供应链相应延长，可持续性好，须知附后。The month of May is warm.", tmp_path).obligations == ()


def test_a_statement_of_not_knowing_provides_nothing(tmp_path: Path) -> None:
    assert register("奖励金额本摘要未载明。\n\nThe award is not stated.", tmp_path).provisions == ()


def corpus_file(stem: str) -> Path:
    """The text a document is built from where there is one, so that the register is measured and not the PDF reader."""
    found = [*(PROJECT / "corpus" / "sources").glob(f"{stem}.md"), *(PROJECT / "corpus" / "documents").glob(f"{stem}.*")]
    return found[0]


def score(listed: dict[str, Any]) -> tuple[float, float]:
    """Precision and recall over documents: a hit agrees in sentence, value and year."""
    hits = found_count = wanted_count = 0
    for stem, row in listed.items():
        source = read_file(corpus_file(stem), Settings(), stem)
        found = [target for target in find_register(source).targets if not is_restated(source, target, row.get("restated", []))]
        wanted = list(row["targets"])
        for target in found:
            match = next((one for one in wanted if agrees(source, target, one)), None)
            if match:
                wanted.remove(match)
                hits += 1
        found_count += len(found)
        wanted_count += len(row["targets"])
    return hits / found_count, hits / wanted_count


def is_restated(source: Document, target: Target, fragments: list[str]) -> bool:
    sentence = " ".join(source.text[target.start : target.end].split())
    return any(fragment in sentence for fragment in fragments)


def agrees(source: Document, target: Target, wanted: list[Any]) -> bool:
    fragment, value, year = wanted
    sentence = " ".join(source.text[target.start : target.end].split())
    return fragment in sentence and target.value == value and target.year == year


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_targets_of_the_corpus_are_found_as_listed_by_hand(part: str) -> None:
    precision, recall = score(HAND[part])
    assert precision >= 0.9
    assert recall >= 0.9
