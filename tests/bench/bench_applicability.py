"""Time to check 10,000 made-up profiles against all measures: `python tests/bench/bench_applicability.py`."""

import random
import time
from datetime import date
from typing import Any

from assistant.applicability import check
from assistant.profile import FIELDS, SECTORS, Profile, kind_of
from ingest.measures import load_measures
from ingest.settings import PROJECT

PROFILES = 10_000
STATED = 0.7


def made_up(chance: random.Random) -> Profile:
    """A profile in which each field is stated with the probability STATED."""
    values: dict[str, Any] = {
        "yes_no": lambda: chance.random() < 0.5,
        "yuan": lambda: chance.random() * 1e9,
        "share": chance.random,
        "count": lambda: chance.randrange(2000),
        "years": lambda: chance.randrange(20),
        "number": lambda: chance.randrange(250),
        "text": lambda: chance.choice(["山西", "太原", "Shaanxi"]),
        "list": lambda: ["chips"],
        "choice": lambda: [chance.choice(SECTORS)],
    }
    return Profile(**{field: values[kind_of(field)]() for field in FIELDS if chance.random() < STATED})


def main() -> None:
    """Print seconds for statuses alone and for the missing facts of all open verdicts."""
    measures = load_measures(PROJECT / "corpus" / "measures.yaml")
    chance = random.Random(1)  # noqa: S311, made-up firms need no secrecy
    profiles = [made_up(chance) for _ in range(PROFILES)]
    for day in (date(2025, 7, 1), date(2026, 11, 23)):
        start = time.perf_counter()
        verdicts = [check(measures, profile, day) for profile in profiles]
        middle = time.perf_counter()
        missing = sum(len(verdict.missing) for row in verdicts for verdict in row)
        end = time.perf_counter()
        print(f"{day}: {PROFILES} profiles x {len(measures)} measures {middle - start:.2f} s; {missing} missing facts {end - middle:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main()
