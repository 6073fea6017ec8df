"""A profile as people write it (JSON, a form, a CSV row) to a Profile, with every interpretation said aloud.

A number given as text is read ("1.2亿" is 120,000,000 yuan) and reported for confirmation; what cannot be read is refused by field.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.places import SHANXI, place_name, province_of
from assistant.profile import FIELDS, SECTORS, FieldKind, Profile, kind_of
from assistant.verdict_texts import SECTOR_NAMES, written
from ingest.figures import Figure, find_figures
from ingest.measures import Bilingual
from ingest.schema import PlanQueryError, Record

_UNSET = {"", "unknown", "not known", "not stated", "n/a", "na", "-", "?", "null", "none", "未知", "不详", "不清楚", "不知道", "未说明"}
_YES = {"yes", "y", "true", "1", "是", "有", "对", "已认定"}
_NO = {"no", "n", "false", "0", "否", "无", "没有", "不是", "未认定"}
_LIST_BREAK = re.compile(r"\s*[,;，；、|]\s*")
_SECTOR_OF = {name.casefold(): sector for sector, names in SECTOR_NAMES.items() for name in (sector, *names)}
_READ_AS = Bilingual(en="{field}: {given!r} is read as {value}; please confirm", zh="{field}：“{given}”按{value}理解，请确认")
_BARE_UNITS: dict[FieldKind, tuple[str, ...]] = {
    "yuan": ("", "yuan"),
    "share": ("", "percent"),
    "count": ("", "persons", "count:", "count:patent", "count:firm"),
    "years": ("", "years"),
    "number": ("", "m", "v"),
}


class Interpretation(Record):
    """A value that was not written as its field wants it: the text given and what it was taken to mean."""

    field: str
    given: str
    value: Any
    text: Bilingual


class ProfileReading(Record):
    """A profile and what had to be interpreted to get it; the interpretations are shown before the profile counts."""

    profile: Profile
    interpretations: tuple[Interpretation, ...] = ()


def read_profile(given: Mapping[str, Any]) -> ProfileReading:
    """The profile of a mapping of fields; PlanQueryError names the field and the remedy. Null and "unknown" leave a field unset."""
    values: dict[str, Any] = {}
    interpretations: list[Interpretation] = []
    for field, raw in given.items():
        if field not in FIELDS:
            raise PlanQueryError(f"profile: unknown field {field!r}; the fields are {', '.join(FIELDS)}")
        if raw is None or (isinstance(raw, str) and raw.strip().casefold() in _UNSET):
            continue
        value = _value(field, raw)
        values[field] = value
        if isinstance(raw, str) and kind_of(field) in _BARE_UNITS and not re.fullmatch(r"\s*-?\d+(?:\.\d+)?\s*", raw):
            interpretations.append(_interpretation(field, raw, value))
    _check_places(values)
    try:
        return ProfileReading(profile=Profile.model_validate(values), interpretations=tuple(interpretations))
    except ValidationError as error:
        raise _refused(error, given) from error


def amount_of(figure: Figure, kind: FieldKind, field: str) -> float | None:
    """The value of a figure in the unit of its field; None when its unit does not fit the field.

    "120m" is metres to the reader of figures and 120 million in a field of money; nanometres and kilovolts come back from m and v.
    """
    value = float(figure.value)
    if kind == "yuan" and figure.unit == "m" and re.fullmatch(r"[\d.,]+\s?m", figure.surface, re.IGNORECASE):
        return value * 1_000_000
    if figure.unit not in _BARE_UNITS.get(kind, ()) and not (kind == "count" and figure.unit.startswith("count:")):
        return None
    if figure.unit == "m":
        return round(value * 1e9, 6) if field == "line_width_nm" else None
    if figure.unit == "v":
        return round(value / 1000, 6) if field == "grid_voltage_kv" else None
    return value / 100 if figure.unit == "percent" else value


def _check_places(values: Mapping[str, Any]) -> None:
    """Refuse places that contradict each other: a verdict on either would be wrong."""
    province = place_name(values["province"]) if "province" in values else None
    implied = province_of(place_name(values["city"])) if "city" in values else None
    if province and implied and province != implied:
        raise PlanQueryError(f"profile: city {values['city']!r} lies in {implied}, but province is {values['province']!r}; correct one")
    if values.get("reform_zone") is True and (province or implied or SHANXI) != SHANXI:
        raise PlanQueryError("profile: reform_zone is the zone of Shanxi, but province or city lie elsewhere; correct one")


def _value(field: str, raw: Any) -> Any:
    kind = kind_of(field)
    if kind == "yes_no":
        return _truth(field, raw)
    if kind in ("list", "choice"):
        return _items(field, raw)
    if kind == "text":
        return _text(field, raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise PlanQueryError(f"profile: {field} takes a number, not {raw!r}")
    return _number(field, kind, raw) if isinstance(raw, str) else _checked(field, kind, raw)


def _truth(field: str, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise PlanQueryError(f"profile: {field} takes true or false, not {raw!r}; leave it out when it is not known")


def _items(field: str, raw: Any) -> tuple[str, ...]:
    items = [part for part in _LIST_BREAK.split(raw.strip()) if part] if isinstance(raw, str) else raw
    if not isinstance(items, (list, tuple)) or not all(isinstance(item, str) for item in items):
        raise PlanQueryError(f"profile: {field} takes a list of texts, not {raw!r}")
    if field != "sectors":
        return tuple(items)
    strange = next((item for item in items if item.strip().casefold() not in _SECTOR_OF), None)
    if strange is not None:
        raise PlanQueryError(f"profile: sectors does not know {strange!r}; choose from {', '.join(SECTORS)}")
    return tuple(dict.fromkeys(_SECTOR_OF[item.strip().casefold()] for item in items))


def _text(field: str, raw: Any) -> str:
    if not isinstance(raw, str):
        raise PlanQueryError(f"profile: {field} takes a text, not {raw!r}")
    return raw.strip()


def _number(field: str, kind: FieldKind, raw: str) -> float:
    text = raw.strip().replace("个亿", "亿")
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
        return _checked(field, kind, float(text))
    figures = find_figures(text)
    if len(figures) != 1 or figures[0].end - figures[0].start < len(text.rstrip("。. ")) - 3:
        raise PlanQueryError(f"profile: {field} takes one number, and {raw!r} cannot be read as one; write digits, such as 120000000")
    if figures[0].high is not None:
        raise PlanQueryError(f"profile: {field} takes one value, and {raw!r} is a range; give the value, or leave the field out")
    value = amount_of(figures[0], kind, field)
    if value is None:
        raise PlanQueryError(f"profile: {field} does not take the unit of {raw!r}; {_UNIT_HINT[kind]}")
    return _checked(field, kind, value)


_UNIT_HINT: dict[FieldKind, str] = {
    "yuan": "write an amount in yuan",
    "share": "write a share between 0 and 1, or a percentage such as 5%",
    "count": "write a whole number",
    "years": "write a number of years",
    "number": "write the number alone",
}


def _checked(field: str, kind: FieldKind, value: float) -> float:
    if kind == "share" and 1 < value <= 100:
        raise PlanQueryError(f"profile: {field} is a share between 0 and 1: for {value:g} percent write {value / 100:g}")
    if value < 0 and field != "taxable_income":
        raise PlanQueryError(f"profile: {field} is {value:g} and cannot be negative")
    return value


def _interpretation(field: str, raw: str, value: float) -> Interpretation:
    en, zh = written(field, value, "en"), written(field, value, "zh")
    text = Bilingual(en=_READ_AS.en.format(field=field, given=raw, value=en), zh=_READ_AS.zh.format(field=field, given=raw, value=zh))
    return Interpretation(field=field, given=raw, value=value, text=text)


def _refused(error: ValidationError, given: Mapping[str, Any]) -> PlanQueryError:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else "profile"
    return PlanQueryError(f"profile: {field} cannot be {given.get(field)!r}: {first['msg'][0].lower()}{first['msg'][1:]}")
