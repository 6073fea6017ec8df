"""A small corpus with reviewed measures: a grant, an award by steps, a tax rate, an expired bonus and a direction, in both languages."""

from pathlib import Path
from shutil import copy

from toys import ToyEmbedder, read_documents, write_files, write_index

from assistant.service import Assistant
from ingest.glossary import Glossary
from ingest.measures import Measure, check_quotes, load_measures
from ingest.settings import PROJECT, Settings
from ingest.store import open_generation, publish

GLOSSARY = PROJECT / "corpus" / "glossary.yaml"
ENGLISH = """---
title: Valley rules for the support of firms
language: en
document_number: Valley Office [2024] No. 3
published: 2024-05-01
status: in_force
---
# Valley rules for the support of firms

## Crossing award

A firm in Shanxi whose annual revenue reaches 20 million yuan for the first time receives the crossing award of 300,000 yuan.

## Robot grant

A maker of robots with at least 50 employees receives the robot grant of 1 million yuan. It must be an industrial firm.

## Tax

A certified high-tech firm pays corporate income tax at the reduced rate of 15 percent.

## Old bonus

Until the end of 2022 every industrial firm received the export bonus of 40,000 yuan.

## Directions

The valley encourages firms to build shared test benches.
"""
CHINESE = """---
title: 河谷企业扶持办法
language: zh
document_number: 河谷办〔2024〕3号
published: 2024-05-01
status: in_force
---
# 河谷企业扶持办法

## 跨线奖励

山西企业年营业收入首次达到2000万元的，给予跨线奖励30万元。

## 机器人补助

从业人员不少于50人的机器人制造企业，给予机器人补助100万元。申报企业须为工业企业。

## 税收

经认定的高新技术企业，减按15%的税率征收企业所得税。

## 原有奖金

2022年底以前，工业企业均可获得出口奖金4万元。

## 方向

鼓励企业共建测试平台。
"""
DOCUMENTS = {"rules": ENGLISH, "rules-zh": CHINESE}
MEASURES = """
measures:
  - id: t1-crossing-award
    title: {en: Crossing award, zh: 跨线奖励}
    kind: entitlement
    gives: {en: "300,000 yuan", zh: 30万元}
    document: rules
    section: Crossing award
    region: {en: Shanxi, zh: 山西}
    amount: {value: 300000}
    gives_clause: gives
    conditions:
      all_of:
        - {fact: province, operator: ==, value: 山西, clause: gives}
        - {fact: annual_revenue, operator: first_reaches, value: [20000000], previous: previous_best_revenue, clause: gives}
    clauses:
      gives:
        en: {document: rules, section: Crossing award, quote: "A firm in Shanxi whose annual revenue reaches 20 million yuan for the
              first time receives the crossing award of 300,000 yuan."}
        zh: {document: rules-zh, section: 跨线奖励, quote: 山西企业年营业收入首次达到2000万元的，给予跨线奖励30万元。}
  - id: t2-robot-grant
    title: {en: Robot grant, zh: 机器人补助}
    kind: entitlement
    gives: {en: 1 million yuan, zh: 100万元}
    document: rules
    section: Robot grant
    valid_from: 2024-05-01
    valid_to: 2028-12-31
    region: {en: whole country, zh: 全国}
    gives_clause: gives
    conditions:
      all_of:
        - {fact: employees, operator: '>=', value: 50, clause: gives}
        - {fact: industrial, operator: ==, value: true, clause: industrial}
    clauses:
      gives:
        en: {document: rules, section: Robot grant, quote: A maker of robots with at least 50 employees receives the robot grant of 1
              million yuan.}
        zh: {document: rules-zh, section: 机器人补助, quote: 从业人员不少于50人的机器人制造企业，给予机器人补助100万元。}
      industrial:
        en: {document: rules, section: Robot grant, quote: It must be an industrial firm.}
        zh: {document: rules-zh, section: 机器人补助, quote: 申报企业须为工业企业。}
  - id: t3-reduced-tax-rate
    title: {en: Reduced income tax, zh: 所得税优惠}
    kind: entitlement
    gives: {en: corporate income tax at 15 percent, zh: 减按15%的税率征收企业所得税}
    document: rules
    section: Tax
    valid_from: 2024-05-01
    valid_to: 2028-12-31
    region: {en: whole country, zh: 全国}
    gives_clause: gives
    conditions: {fact: hnte, operator: ==, value: true, clause: gives}
    clauses:
      gives:
        en: {document: rules, section: Tax, quote: A certified high-tech firm pays corporate income tax at the reduced rate of 15 percent.}
        zh: {document: rules-zh, section: 税收, quote: 经认定的高新技术企业，减按15%的税率征收企业所得税。}
  - id: t4-export-bonus
    title: {en: Export bonus, zh: 出口奖金}
    kind: entitlement
    gives: {en: "40,000 yuan", zh: 4万元}
    document: rules
    section: Old bonus
    valid_to: 2022-12-31
    gives_clause: gives
    conditions: {fact: industrial, operator: ==, value: true, clause: gives}
    clauses:
      gives:
        en: {document: rules, section: Old bonus, quote: "Until the end of 2022 every industrial firm received the export bonus of 40,000
              yuan."}
        zh: {document: rules-zh, section: 原有奖金, quote: 2022年底以前，工业企业均可获得出口奖金4万元。}
  - id: t5-shared-benches
    title: {en: Shared test benches, zh: 共建测试平台}
    kind: direction
    gives: {en: a direction, zh: 政策导向}
    document: rules
    section: Directions
    gives_clause: gives
    no_condition_stated: true
    clauses:
      gives:
        en: {document: rules, section: Directions, quote: The valley encourages firms to build shared test benches.}
        zh: {document: rules-zh, section: 方向, quote: 鼓励企业共建测试平台。}
"""


def write_corpus(folder: Path) -> Path:
    """The documents, the measures and the project's own glossary in one folder, as ingest takes them."""
    write_files(folder, DOCUMENTS)
    (folder / "measures.yaml").write_text(MEASURES, encoding="utf-8")
    copy(GLOSSARY, folder / "glossary.yaml")
    return folder


def toy_measures(folder: Path) -> tuple[Measure, ...]:
    """The measures alone, their quotes checked against the documents."""
    measures = load_measures(write_corpus(folder) / "measures.yaml")
    check_quotes(measures, {document.source.id: document.text for document in read_documents(folder, DOCUMENTS)})
    return measures


def toy_assistant(folder: Path) -> Assistant:
    """An assistant over the corpus with the toy embedder; the caller closes it."""
    measures = toy_measures(folder / "corpus")
    extras = {
        "measures": [measure.model_dump(mode="json", by_alias=True) for measure in measures],
        "glossary": Glossary.load(GLOSSARY).model_dump(mode="json"),
    }
    write_index(folder / "store", "g1", read_documents(folder / "corpus", DOCUMENTS), ToyEmbedder(), extras)
    publish(folder / "store", "g1")
    return Assistant(Settings(store=folder / "store", _env_file=None), open_generation(folder / "store"), ToyEmbedder())
