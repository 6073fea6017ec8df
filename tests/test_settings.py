"""Settings: read from the environment, and the table in README.md. `python tests/test_settings.py` writes the table anew."""

import re
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from ingest.build import index_settings
from ingest.settings import PROJECT, Settings

README = PROJECT / "README.md"
BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"


def table() -> str:
    """The settings as a Markdown table, in the order of the class."""
    rows = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `PLANQUERY_{name.upper()}` | {shown(field.default)} | {field.description} |")
    return "\n".join(rows)


def shown(value: object) -> str:
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    text = str(value.relative_to(PROJECT)) if isinstance(value, Path) else text
    return f"`{text}`" if text else ""


def with_table(readme: str) -> str:
    """The README with the table between its marks replaced."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def test_the_readme_lists_the_settings_as_they_are() -> None:
    assert with_table(README.read_text("utf-8")) == README.read_text("utf-8")


def test_every_setting_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"PLANQUERY_([A-Z_]+)", README.read_text("utf-8")))
    assert {name.lower() for name in named} - set(Settings.model_fields) == set()


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Settings.model_fields.items() if not (field.description or "").strip()] == []


def test_settings_come_from_the_environment_and_then_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PLANQUERY_K=5\nPLANQUERY_CHUNK_TOKENS=90\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANQUERY_K", "3")
    settings = Settings()
    assert (settings.k, settings.chunk_tokens) == (3, 90)


def test_a_value_out_of_range_names_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQUERY_CHUNK_TOKENS", "3")
    with pytest.raises(ValidationError, match="chunk_tokens"):
        Settings(_env_file=None)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANQUERY_CHAT_API_KEY", "very-secret")
    monkeypatch.setenv("PLANQUERY_ACCESS_CODE", "very-secret")
    settings = Settings(_env_file=None)
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.chat_api_key.get_secret_value() == "very-secret"


@pytest.mark.parametrize(
    ("name", "value"), [("embedder", "other"), ("query_prompt", "q: "), ("document_prompt", "d: "), ("chunk_tokens", 100)]
)
def test_settings_that_change_the_index_change_its_mark(name: str, value: object) -> None:
    plain = Settings(_env_file=None)
    assert index_settings(plain.model_copy(update={name: value})) != index_settings(plain)


@pytest.mark.parametrize(("name", "value"), [("k", 3), ("chat_model", "ollama:x"), ("max_pages", 10), ("audience", "internal")])
def test_settings_that_do_not_change_the_index_leave_its_mark(name: str, value: object) -> None:
    plain = Settings(_env_file=None)
    assert index_settings(plain.model_copy(update={name: value})) == index_settings(plain)


if __name__ == "__main__":
    sys.exit(0 if README.write_text(with_table(README.read_text("utf-8")), encoding="utf-8") else 1)
