"""What people type to one form."""

import pytest

from assistant.folding import normalise


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("修订版跟23版比", "修订版跟2023版比"),
        ("25、26两年的方案", "2025年、2026年的方案"),
        ("国家方案23、24年增加值", "国家方案2023年、2024年增加值"),
        ("24年本前后", "2024年本前后"),
        ("22年8月那份", "2022年8月那份"),
        ("more than it was for 2023-24?", "more than it was for 2023-2024?"),
        ("the '23 edition", "the 2023 edition"),
        ("经营期15年以上", "经营期15年以上"),
        ("经营期20年的", "经营期20年的"),
        ("until 2024-03", "until 2024-03"),
        ("until 2024-12-31", "until 2024-12-31"),
        ("２０２３版　產業鏈", "2023版 产业链"),
    ],
)
def test_years_are_written_in_full_and_lengths_of_time_stay(typed: str, folded: str) -> None:
    assert normalise(typed) == folded
