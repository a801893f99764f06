"""The runbook schema, judged by a validator that shares no code with the tool."""

import json
import pathlib

import jsonschema
import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schema" / "runbook.schema.json").read_text())
STEP = {"id": "s", "probe": "http", "with": {"url": "http://a"}}


def errors(runbook):
    return sorted(jsonschema.Draft7Validator(SCHEMA).iter_errors(runbook), key=str)


def runbook(step=STEP, **more):
    return {"migrate": 1, "runbook": "r", "phases": [{"id": "p", "steps": [step]}], **more}


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(ROOT.glob("runbooks/*/runbook.yaml")), ids=lambda path: path.parent.name)
def test_bundled_runbooks_fit(path):
    assert errors(yaml.safe_load(path.read_text())) == []


@pytest.mark.parametrize(
    "step",
    [
        STEP,
        {"id": "s", "probe": "tcp", "with": {"host": "a", "port": "${port}"}},
        {"id": "s", "soak": "5m", "watch": [{"probe": "http", "with": {"url": "u"}, "advisory": True}]},
        {"id": "s", "confirm": "cutover", "title": {"en": "Yes?", "ko": "예?"}},
        {"id": "s", "do": "logs.group", "with": {"name": "g"}, "rollback": {"none": "evidence"}},
        {"id": "s", "do": "logs.group", "with": {"name": "g", "retention_days": None}, "rollback": "keep"},
        {"id": "s", "probe": "http", "with": {"url": "u"}, "for_each": {"x": "${list}"}, "retry": {"for": "10m"}},
    ],
)
def test_sound_steps_fit(step):
    assert errors(runbook(step)) == []


@pytest.mark.parametrize(
    "step",
    [
        {"id": "s"},
        {"probe": "http", "with": {"url": "u"}},
        {"id": "s", "probe": "http"},
        {"id": "s", "probe": "htp", "with": {"url": "u"}},
        {"id": "s", "probe": "http", "do": "logs.group", "with": {"url": "u"}},
        {"id": "s", "probe": "http", "with": {"url": "u", "ulr": "u"}},
        {"id": "s", "probe": "tcp", "with": {"host": "a", "port": "https"}},
        {"id": "s", "probe": "http", "with": {"url": "u", "timeout": 5}},
        {"id": "s", "probe": "http", "with": {"url": "u"}, "wiht": {}},
        {"id": "s", "soak": "5 minutes"},
        {"id": "s", "probe": "http", "with": {"url": "u"}, "retry": {"attempts": 3, "for": "5m"}},
        {"id": "s", "do": "logs.group", "with": {"name": "g"}, "rollback": "none"},
        {"id": "s", "do": "logs.group", "with": {"name": "g"}, "rollback": {"do": "nosuch"}},
        {"id": "s", "probe": "http", "with": {"url": "u"}, "verify": []},
    ],
)
def test_broken_steps_do_not_fit(step):
    assert errors(runbook(step)) != []


@pytest.mark.parametrize(
    "change",
    [
        {"migrate": 2},
        {"runbook": "Not A Name"},
        {"phases": []},
        {"variables": {"1st": {}}},
        {"secrets": {"token": {"file": "x"}}},
        {"approvals": {"go": {"min": 0}}},
        {"phase": []},
    ],
)
def test_broken_heads_do_not_fit(change):
    assert errors(runbook() | change) != []


def test_editors_have_words_for_every_kind():
    step = SCHEMA["definitions"]["step"]["properties"]
    for member in ("probe", "do"):
        assert len(step[member]["enum"]) == len(step[member]["enumDescriptions"]) > 20
        assert all(step[member]["enumDescriptions"])
