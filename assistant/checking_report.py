"""Verdicts to a report in plain text, grouped, for the command line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant import verdict_texts as words
from assistant.applicability import NextQuestion
from assistant.description import Description
from assistant.verdict_groups import Group, grouped
from assistant.verdicts import ConditionResult, Verdict
from ingest.measures import Bilingual, Clause
from ingest.schema import Language, Source

GROUP_NAMES: dict[Group, Bilingual] = {
    "applies": Bilingual(en="Applies", zh="适用"),
    "one_fact_away": Bilingual(en="One fact away", zh="只差一项信息"),
    "needs_information": Bilingual(en="Needs information", zh="需要更多信息"),
    "does_not_apply": Bilingual(en="Does not apply", zh="不适用"),
    "expired": Bilingual(en="Expired", zh="已过期"),
    "direction": Bilingual(en="Directions, no entitlement", zh="政策导向，不构成权益"),
}
MET = {
    True: Bilingual(en="met", zh="满足"),
    False: Bilingual(en="not met", zh="未满足"),
    None: Bilingual(en="not known", zh="尚不清楚"),
}
STATED = Bilingual(en="stated: {}", zh="所述：{}")
NOT_STATED = Bilingual(en="not stated", zh="未说明")
_AS_OF = Bilingual(en="As of {}, {} measures checked.", zh="截至{}，共核对{}项措施。")
_READ = Bilingual(en="Read from the description (correct what is wrong):", zh="从描述中读出（如有误请更正）：")
_FROM = Bilingual(en='{} = {}   from "{}"', zh="{} = {}   出自“{}”")
_UNCLEAR = Bilingual(en='unclear: "{}" - {}', zh="不明确：“{}” - {}")
_NOTHING = Bilingual(en="nothing could be read", zh="未能读出任何信息")
_GIVES = Bilingual(en="gives: {}", zh="内容：{}")
_AMOUNT = Bilingual(en="amount: {}", zh="金额：{}")
_STEP = Bilingual(en="step: {}", zh="档次：{}")
_QUESTIONS = Bilingual(en="Asked next (number of verdicts it helps to settle):", zh="建议补充（可帮助确定的结论数）：")
# Groups whose conditions are spelt out; for the others the reason says what matters.
_SPELT_OUT: tuple[Group, ...] = ("applies", "one_fact_away")


def report(
    verdicts: Sequence[Verdict],
    questions: Sequence[NextQuestion],
    sources: Mapping[str, Source],
    day: date,
    language: Language,
    found: Description | None = None,
) -> Iterator[str]:
    """The lines of the report; `found` is what was read from words, shown first."""
    if found is not None:
        yield from _description(found, language)
    yield words.fill(_AS_OF, language, day.isoformat(), str(len(verdicts)))
    for group, members in grouped(verdicts).items():
        if members:
            yield ""
            yield f"{GROUP_NAMES[group].in_language(language)} ({len(members)})"
        for verdict in members:
            yield from _direction(verdict, language) if group == "direction" else _verdict(verdict, group, sources, language)
    if questions:
        yield ""
        yield _QUESTIONS.in_language(language)
        yield from (f"  ({row.resolves}) {row.question} [{row.fact}]" for row in questions)


def _description(found: Description, language: Language) -> Iterator[str]:
    yield _READ.in_language(language)
    for origin in found.origins:
        note = f" ({origin.note.in_language(language)})" if origin.note else ""
        name, value = words.name_of(origin.field, language), words.written(origin.field, origin.value, language)
        yield "  " + words.fill(_FROM, language, name, value, origin.words) + note
    if not found.origins:
        yield "  " + _NOTHING.in_language(language)
    for row in found.unclear:
        yield "  " + words.fill(_UNCLEAR, language, row.words, row.why.in_language(language))
    yield ""


def _direction(verdict: Verdict, language: Language) -> Iterator[str]:
    yield f"- {verdict.measure.title.in_language(language)} [{verdict.measure_id}]"


def _verdict(verdict: Verdict, group: Group, sources: Mapping[str, Source], language: Language) -> Iterator[str]:
    measure = verdict.measure
    yield f"- {measure.title.in_language(language)} [{verdict.measure_id}]"
    if group not in ("does_not_apply", "expired"):
        yield "    " + words.fill(_GIVES, language, measure.gives.in_language(language))
        yield from _worth(verdict, language)
    yield "    " + verdict.reason(language)
    if group in _SPELT_OUT:
        for result in verdict.conditions:
            yield from _condition(result, sources, language)
    for notice in verdict.notices(language) if group in _SPELT_OUT else ():
        yield f"    ! {notice}"


def _worth(verdict: Verdict, language: Language) -> Iterator[str]:
    worth = verdict.worth(language)
    if worth.formula:
        yield "    " + words.fill(_AMOUNT, language, worth.formula)
    if worth.step:
        yield "    " + words.fill(_STEP, language, worth.step)
    if worth.next_step:
        yield "    " + worth.next_step


def _condition(result: ConditionResult, sources: Mapping[str, Source], language: Language) -> Iterator[str]:
    yield f"    - {MET[result.met].in_language(language)}: {result.needs(language)} ({given(result, language)})"
    clause = result.clause(language)
    if clause is not None:
        yield f"      {quoted(clause.quote, language)} {where(clause, sources)}"


def given(result: ConditionResult, language: Language) -> str:
    """What the profile says of a test's fact: "stated: 18 million yuan", or "not stated"."""
    if result.test.fact is None or result.actual is None:
        return NOT_STATED.in_language(language)
    return words.fill(STATED, language, words.written(result.test.fact, result.actual, language))


def quoted(quote: str, language: Language) -> str:
    """A quote in the quotation marks of the language."""
    return f"“{quote}”" if language == "zh" else f'"{quote}"'


def where(clause: Clause, sources: Mapping[str, Source]) -> str:
    """Title, document number and section of a clause."""
    source = sources.get(clause.document)
    parts = [source.title if source else clause.document, (source.document_number or "") if source else "", clause.section]
    return "(" + " - ".join(part for part in parts if part) + ")"
