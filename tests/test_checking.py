"""`python -m assistant check` on a real index of a small corpus, run as a user runs it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from measure_toys import write_corpus

from assistant.__main__ import main
from ingest.build import build_index
from ingest.settings import Settings
from tests.model_server import Act, model_server

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("store")
    build_index([write_corpus(tmp_path_factory.mktemp("corpus"))], Settings(store=store, _env_file=None))
    return store


def check(store: Path, *options: str) -> int:
    return main(["check", "--store", str(store), "--as-of", DAY, *options])


def profile_file(folder: Path, fields: Any) -> str:
    path = folder / "profile.json"
    path.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    return str(path)


def checked(store: Path, folder: Path, capsys: pytest.CaptureFixture[str], fields: Any) -> dict[str, Any]:
    assert check(store, "--profile", profile_file(folder, fields), "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_profile_gives_verdicts_and_next_questions(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(store, tmp_path, capsys, {"province": "山西", "annual_revenue": 25_000_000, "employees": 60})
    status = {row["measure_id"]: row["status"] for row in found["verdicts"]}
    assert found["as_of"] == DAY
    assert status["t1-crossing-award"] == "needs_information"
    assert status["t4-export-bonus"] == "does_not_apply"
    assert {row["fact"] for row in found["next_questions"]} == {"previous_best_revenue", "industrial", "hnte"}


def test_each_citation_names_its_document_and_number(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(store, tmp_path, capsys, {"hnte": True})
    (tax,) = [row for row in found["verdicts"] if row["measure_id"] == "t3-reduced-tax-rate"]
    assert tax["status"] == "applies"
    (citation,) = tax["citations"]
    assert citation["document_number"] == "Valley Office [2024] No. 3"
    assert citation["document_status"] == "in_force"


def test_a_profile_comes_from_standard_input(store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"hnte": false}'))
    assert check(store, "--profile", "-") == 0
    assert "Does not apply (1)\n- Reduced income tax" in capsys.readouterr().out


def test_the_report_groups_verdicts_and_keeps_directions_apart(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(store, "--profile", profile_file(tmp_path, {"province": "山西", "annual_revenue": 25_000_000, "hnte": True})) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if line and not line.startswith((" ", "-", "As of", "Asked"))]
    assert heads == ["Applies (1)", "One fact away (1)", "Needs information (1)", "Expired (1)", "Directions, no entitlement (1)"]
    assert any("reduced rate of 15 percent" in line and "Valley Office [2024] No. 3" in line for line in lines)


def test_the_report_speaks_chinese(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(store, "--profile", profile_file(tmp_path, {"hnte": True}), "--language", "zh") == 0
    assert "适用 (1)\n- 所得税优惠" in capsys.readouterr().out


def test_words_are_read_with_their_origin_before_the_verdicts(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(store, "--describe", "我们是山西企业，去年营收2500万元，此前最高1800万元") == 0
    said = capsys.readouterr().out
    assert "年营业收入 = 2500万元   出自“2500万元”" in said
    assert said.index("从描述中读出") < said.index("截至2026-11-23")


def test_a_description_in_json_holds_profile_and_words(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(store, "--describe", "We have 60 to 80 employees in Taiyuan", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["profile"] == {"city": "太原"}
    assert found["unclear"][0]["field"] == "employees"
    assert [row["words"] for row in found["read_from"]] == ["Taiyuan"]


def test_a_chat_model_adds_only_fields_whose_words_were_said(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("langchain_openai")
    rows = [
        {"field": "employees", "value": 73, "words": "73 pairs of hands"},
        {"field": "invention_patents", "value": 12, "words": "12 invention patents"},
        {"field": "city", "value": "大同", "words": "Taiyuan"},
    ]
    monkeypatch.setenv("PLANQUERY_CHAT_MODEL", "openai:toy")
    with model_server(Act(brain=lambda body: json.dumps({"fields": rows}))) as server:
        monkeypatch.setenv("PLANQUERY_CHAT_BASE_URL", server.address)
        assert check(store, "--describe", "In Taiyuan 73 pairs of hands work for us", "--json") == 0
    assert json.loads(capsys.readouterr().out)["profile"] == {"city": "太原", "employees": 73}


def test_a_number_written_with_its_unit_is_read_and_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = checked(store, tmp_path, capsys, {"province": "山西", "annual_revenue": "1.2亿"})
    assert found["interpretations"][0]["value"] == 120_000_000
    assert "1.2亿" in found["interpretations"][0]["text"]["en"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"turnover": 5}, "unknown field 'turnover'"),
        ({"annual_revenue": -1}, "annual_revenue is -1 and cannot be negative"),
        ({"rd_ratio": 9}, "for 9 percent write 0.09"),
        ([{"hnte": True}], "holds a list; give one JSON object"),
    ],
)
def test_a_bad_profile_is_refused_by_name(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], fields: Any, named: str) -> None:
    assert check(store, "--profile", profile_file(tmp_path, fields)) == 2
    assert named in capsys.readouterr().err


def test_broken_json_is_named_with_its_file_and_line(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{\n "hnte": }', encoding="utf-8")
    assert check(store, "--profile", str(path)) == 2
    assert f"{str(path)!r}: line 2, column 10" in capsys.readouterr().err
    assert check(store, "--profile", str(tmp_path / "none.json")) == 2
    assert "none.json" in capsys.readouterr().err


def test_what_to_check_must_be_unambiguous(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--describe", "x", "--profile", "y"], ["--batch", "z"]):
        assert check(store, *options) == 2
    assert "give one of --profile" in capsys.readouterr().err


def batch(store: Path, folder: Path, lines: list[str], *options: str) -> tuple[int, list[dict[str, Any]]]:
    cases, out = folder / "in.jsonl", folder / "out.jsonl"
    cases.write_text("\n".join(lines), encoding="utf-8")
    code = check(store, "--batch", str(cases), "--out", str(out), *options)
    return code, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_a_batch_answers_each_line_on_its_own_day(store: Path, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "as_of": "2022-06-01", "profile": {"industrial": true}, "note": "ignored"}',
        '{"id": "b", "profile": {"industrial": true}}',
    ]
    code, rows = batch(store, tmp_path, lines)
    assert code == 0
    status = [{verdict["measure_id"]: verdict["status"] for verdict in row["verdicts"]}["t4-export-bonus"] for row in rows]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert status == ["applies", "does_not_apply"]
    assert rows[0]["verdicts"][1]["conditions"][0]["quote"].startswith("A maker of robots")


def test_a_bad_line_is_an_error_and_the_others_go_on(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        '{"id": "a", "profile": {"employees": "many"}}',
        "not json",
        '{"id": "c", "profile": [], "as_of": "2026-01-01"}',
        '{"id": "d", "profile": {}, "as_of": 20260101}',
        '{"id": "e", "profile": {"annual_revenue": "2500万"}}',
    ]
    code, rows = batch(store, tmp_path, lines, "--brief")
    assert code == 1
    assert ["error" in row for row in rows] == [True, True, True, True, False]
    assert rows[0]["error"].startswith("line 1: profile: employees takes one number")
    assert rows[4]["interpretations"][0]["value"] == 25_000_000
    assert set(rows[4]["verdicts"][0]) == {"measure_id", "status", "missing"}
    assert "1 of 5 checked" in capsys.readouterr().err
