"""A small real index and a suite for it: two documents, one answerable question in each language, one that nothing answers."""

from pathlib import Path
from typing import Any

from ingest.build import build_index
from ingest.settings import Settings

PLAN = """---
title: Valley plan for robot making to 2028
language: en
status: in_force
---
# Valley plan for robot making

## Targets

By 2028, robot makers reach annual revenue of more than 40 billion yuan. Exports grow by about 9 percent a year.

## Key sectors

Joint motors, force sensors and motion controllers are developed first.
"""
RULES = """---
title: 河谷机器人人才办法
language: zh
status: in_force
---
# 河谷机器人人才办法

## 安家补贴

对新引进的博士，一次性给予安家补贴20万元。
"""
FURTHER = """---
title: Hill notice on fishing boats
language: en
status: in_force
---
# Hill notice on fishing boats

## Subsidy

Owners of fishing boats receive 3 million yuan for new engines.
"""
REVENUE: dict[str, Any] = {
    "id": "revenue",
    "question": "What annual revenue do robot makers reach by 2028?",
    "lang": "en",
    "kind": "figure",
    "expected_status": "answered",
    "expected_facts": [["40 billion"]],
    "expected_sources": [{"document": "plan", "quote": None}],
}
SUBSIDY: dict[str, Any] = REVENUE | {
    "id": "subsidy",
    "question": "新引进的博士安家补贴是多少？",
    "lang": "zh",
    "expected_facts": [["20万元"]],
    "expected_sources": [{"document": "rules", "quote": None}],
}
CASES = [REVENUE, SUBSIDY]


def small_index(folder: Path) -> Path:
    """The documents in `folder`/corpus, indexed in `folder`/store, which is returned; `folder`/further holds one more document."""
    for path, text in (("corpus/plan.md", PLAN), ("corpus/rules.md", RULES), ("further/boats.md", FURTHER)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    report = build_index([folder / "corpus"], Settings(_env_file=None, store=folder / "store"))
    assert report.generation is not None
    return folder / "store"
