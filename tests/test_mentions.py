from assistant.mentions import Mentions
from ingest.glossary import Glossary, Term


def test_terms_are_found_and_remembered() -> None:
    mentions = Mentions(Glossary(terms=(Term(id="berth", kind="indicator", zh=("泊位",), en=("berth",)),)))

    first, again = mentions.find("a berth and 泊位"), mentions.find("a berth and 泊位")

    assert [(one.start, one.end, one.term.id) for one in first] == [(2, 7, "berth"), (12, 14, "berth")]
    assert again is first


def test_without_a_glossary_nothing_is_found() -> None:
    assert Mentions(None).find("a berth") == ()
