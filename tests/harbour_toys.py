"""Toy rules for boats in both languages, each with a section on what it does not state, and single candidates made to order."""

from assistant.candidates import Candidate, candidates
from assistant.schema import Passage
from ingest.schema import Block, Chunk, Language, Source

HARBOUR = """---
title: Harbour rules for fishing boats
language: en
status: in_force
---
# Harbour rules for fishing boats

## Purpose

The rules keep the bay clean and quiet.

## Berths

Owners of fishing boats pay a berth fee of 300 yuan a month. The harbour office assigns the berths.

## Validity

The rules apply from 1 June 2024 until 31 May 2029.

## What is not stated

- The closing date for berth applications is not stated.
- The body that collects the berth fee is not named.
- Whether rowing boats need a berth is not stated.
"""
ORCHARD = """---
title: 果园灌溉办法
language: zh
status: in_force
---
# 果园灌溉办法

## 目的

节约用水，保护水源。

## 补贴标准

果园安装滴灌设备，每亩补贴600元。

## 有效期

本办法自2024年6月1日起施行，有效期五年。

## 未说明的事项

- 申报截止时间未说明。
- 由哪个部门发放补贴未说明。
"""
MEADOW = """---
title: Meadow notice on bee keeping
language: en
status: in_force
---
# Meadow notice on bee keeping

## Hives

A bee keeper receives 80 yuan for each hive. The meadow office counts the hives in spring.
"""
TOYS = {"harbour": HARBOUR, "orchard": ORCHARD, "meadow": MEADOW}


def candidate(
    text: str,
    heading: tuple[str, ...] = (),
    title: str = "A paper",
    language: Language = "en",
    kind: str = "paragraph",
    document: str = "a",
) -> Candidate:
    """A document's only sentence, item or row."""
    source = Source(id=document, title=title, language=language)
    block = Block.model_validate({"kind": kind, "start": 0, "end": len(text)})
    chunk = Chunk(id=document, source=source, heading=heading, start=0, end=len(text), text=text, blocks=(block,), order=0)
    (found,) = candidates([Passage(chunk=chunk, score=1.0, rank=1)])
    return found
