"""Spoken amounts to written ones."""

import pytest

from assistant.spoken import written


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("固投6个亿,补几成", "固投6亿元,补几成"),
        ("营收首次过百亿,能拿多少", "营收首次过一百亿元,能拿多少"),
        ("主营收入刚破亿", "主营收入刚破一亿元"),
        ("投资了8000万", "投资了8000万元"),
        ("提高5个点", "提高5个百分点"),
        ("half a billion in sales", "0.5 billion in sales"),
        ("200 grand", "200 thousand"),
        ("sales of 80m", "sales of 80 million"),
        ("12bn yuan", "12 billion yuan"),
    ],
)
def test_an_amount_is_written_as_documents_write_it(said: str, meant: str) -> None:
    assert written(said) == meant


@pytest.mark.parametrize(
    "text", ["营收达到2300亿元", "下午3点开会", "第3点要求", "within 500 m of a school", "Annex 5 B", "65 nm", "we are 300 people"]
)
def test_what_is_no_spoken_amount_stays(text: str) -> None:
    assert written(text) == text
