"""A toy scheme in two editions with a table of tiers, for what rules prefer."""

from toys import ToyEmbedder

from assistant.question import plain_query
from assistant.ranked import Ranked, rank
from assistant.retrieve import Filters, search
from ingest.reader import no_reading
from ingest.store import Generation

TIERS = """---
title: Valley award scheme for robot makers, 2023 edition
language: en
---
# Valley award scheme for robot makers, 2023 edition

## Purpose

The Valley award scheme for robot makers, 2023 edition, pays awards to robot makers of the valley.

## Awards

The table shows the awards by sales.

| Sales of the robot maker | Award |
|---|---|
| up to 50 million yuan | 1 million yuan |
| more than 50 million yuan and up to 200 million yuan | 2 million yuan |
| more than 200 million yuan | 4 million yuan |

## Validity

It runs until 31 December 2026.

## Sources

Awards of robot makers by sales were read at the office.
"""
REVISED = """---
title: Valley award scheme for robot makers, revised edition
language: en
---
# Valley award scheme for robot makers, revised edition

## Recognition

A robot maker that is recognised receives an award of 7 million yuan.
"""
EDITIONS = {"tiers": TIERS, "revised": REVISED}


def ranked(index: Generation, question: str) -> Ranked:
    """The candidates for a question, best first."""
    query = plain_query(question)
    passages = search(index, ToyEmbedder(), query, 8, Filters())
    return rank(query, passages, no_reading, index.lexical.idf)
