"""Documents of the board: nights of the lgtm runbook at one moment or another, made from its real steps."""

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Step = dict[str, Any]

#: Two o'clock at night in Seoul; every document is as of this moment.
NOW = datetime(2026, 11, 21, 17, 0, 0, tzinfo=UTC)
OLD = "203.0.113.10"
NEW = "lgtm-alb-9998074760.ap-northeast-2.elb.amazonaws.com"
HOST = "grafana.lgtm.example."
HEAD = "53a1cbb0e3e5b8e4c3ad1b8c6f8d0c6ae2f4a49c3ae8fdc0a1e7c1c7d85f29b1"
SERVERS = ["198.51.100.1:53", "198.51.100.2:53", "198.51.100.3:53", "198.51.100.4:53"]


def at(seconds: float) -> str:
    """A time of the document, `seconds` from its own moment."""
    return (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def lgtm() -> Document:
    """The runbook before anything has run."""
    given = json.loads((Path(__file__).parent / "lgtm.json").read_text(encoding="utf-8"))
    for phase in given["phases"]:
        phase |= {"started_at": None, "ended_at": None, "passed": False, "taken_seconds": None}
        for step in phase["steps"]:
            step["note_when_done"] = step.pop("note")
            step |= {"note": None, "problem": None, "state": "pending", "attempts": 0, "started_at": None,
                     "ended_at": None, "waits_until": None, "approval": step.get("approval")}
    run = {
        "runbook": given["runbook"], "title": given["title"], "environment": "prod", "run": 3, "status": "pending",
        "status_text": "nothing has run yet", "initiator": "kim", "holder": None, "pause": None, "kept": [],
        "next": "`migrate plan` shows what would happen, `migrate run` begins", "not_exercised": [], "as_of": at(0),
        "changed_at": at(0), "started_at": None, "time_scale": 1, "events": 0, "chain": {"events": 0, "head": HEAD},
    }
    return {"schema": 1, "run": run, "phases": given["phases"], "shifts": [], "log": [], "readiness": [],
            "approvals": [], "deviations": [], "costs": None, "evidence": None}


def steps_of(document: Document) -> list[Step]:
    return [step for phase in document["phases"] for step in phase["steps"]]


def step_of(document: Document, name: str) -> Step:
    return next(step for step in steps_of(document) if step["id"] == name)


def finish(step: Step, start: float, length: float) -> None:
    """Makes a step succeed, at a time beside the document's."""
    step |= {"state": "succeeded", "attempts": 1, "started_at": at(start), "ended_at": at(start + length),
             "note": step["note_when_done"]}


def walk_to(document: Document, last: str, until: float) -> None:
    """Makes everything succeed up to the step `last`, in the days before the night; the last phase up to `until`."""
    days = {"phase-1": -9 * 86400, "phase-2": -8 * 86400, "phase-3": -6 * 86400, "phase-4": -5 * 86400,
            "phase-5": -5400, "phase-6": -1200}
    number = 0
    for phase in document["phases"]:
        start = float(days[phase["id"]])
        phase["started_at"] = at(start)
        names = [step["id"] for step in phase["steps"]]
        count = names.index(last) + 1 if last in names else len(names)
        room = (until - start) if last in names else 5 * 3600
        lengths = [1 + number % 7 * number % 97 for number in range(count)]
        unit = room / sum(lengths)
        begin = start
        for step, length in zip(phase["steps"][:count], lengths, strict=True):
            finish(step, begin, length * unit)
            begin += length * unit
            number += 1
            document["log"].append({"number": number, "at": step["ended_at"], "step": step["id"], "tone": "good",
                                    "text": f"{step['id']} succeeded: {step['note'] or 'done'}"})
        if last in names:
            break
        phase |= {"ended_at": phase["steps"][-1]["ended_at"], "passed": True}
    document["run"] |= {"started_at": document["phases"][0]["started_at"], "status": "in_progress", "events": number * 4,
                        "chain": {"events": number * 4, "head": HEAD}, "changed_at": at(-2)}
    document["run"]["status_text"] = "in progress"
    document["readiness"] = readiness(document)


def readiness(document: Document) -> list[dict[str, Any]]:
    lines = []
    for step in steps_of(document):
        if step["state"] != "succeeded" or step["rollback"] == "not_needed":
            continue
        state = {"keep": "not_needed"}.get(step["rollback"], "ready")
        lines.append({"step": step["id"], "way": f"undo {step['title']['en']}", "state": state, "reason": None})
    if len(lines) > 4:
        lines[1] |= {"state": "unknown", "reason": "ecr:DescribeRepositories was refused: no permission"}
        lines[3] |= {"state": "blocked", "reason": "instance `i-0d4fb27653ef6aa0a` is stopped and has lost its address"}
    return lines


def holder() -> dict[str, Any]:
    return {"epoch": 2, "user": "kim", "host": "bastion", "process": 28586, "operation": "run phase-5",
            "acquired_at": at(-5400), "renewed_at": at(-4)}


def say(document: Document, when: float, step: str | None, text: str, tone: str = "plain") -> None:
    number = len(document["log"]) + 1
    document["log"].append({"number": number, "at": at(when), "step": step, "text": text, "tone": tone})


def approval(given: int) -> dict[str, Any]:
    people = [("kim", -2300, "dashboards compared, alarms quiet"), ("park", -2250, "전환 진행해 주세요")]
    return {"name": "cutover", "step": "approve", "needed": 2, "digest": "c64aa9334be3edc1", "expires_at": at(1500),
            "given": [{"by": by, "at": at(when), "comment": words} for by, when, words in people[:given]]}


def shift_at(weights: list[tuple[float, float]], drain: float | None, returned: bool = False) -> dict[str, Any]:
    """A shift with its weights, and shares that were seen about them."""
    share = []
    ends = [when for when, _ in weights[1:]] + [0.0]
    for (start, weight), end in zip(weights, ends, strict=True):
        number, when = 0, start + 20
        while when < end:
            seen = max(0.0, min(100.0, weight * (0.4 + number * 0.35 if number < 2 else 1) + (number * 7 % 5 - 2) * 0.4))
            share.append({"at": at(when), "weight": weight, "percent": round(seen, 1)})
            number, when = number + 1, when + 45
    answers = [{"server": server, "answers": [OLD] if place % 2 or returned else ["198.51.100.77"],
                "ttl": 60 - place * 7, "at": at(-8 - place)} for place, server in enumerate(SERVERS)]
    return {"step": "shift", "name": HOST, "ttl": 300, "old": OLD, "new": NEW, "target": 100, "returned": returned,
            "points": [{"at": at(when), "weight": weight} for when, weight in weights], "share": share,
            "answers": answers, "drain_until": None if drain is None else at(drain)}


def middle_of_shift() -> Document:
    """Ten per cent are on the new side, watched for three more minutes."""
    document = lgtm()
    walk_to(document, "shift/w10", -110)
    step_of(document, "shift/soak-w10").update(
        state="soaking", started_at=at(-108), waits_until=at(192), attempts=1, note="alarms quiet, 200 in 14ms")
    document["run"] |= {
        "status": "waiting", "status_text": "waiting until 17:03:12", "holder": holder(),
        "next": "nothing to do before 17:03:12, in 3m 12s; `migrate back-out` brings traffic home"}
    document["shifts"] = [shift_at([(-900, 0), (-700, 1), (-110, 10)], 190)]
    document["approvals"] = [approval(2)]
    document["deviations"] = [
        {"step": "task-role/inline-storage", "kind": "retried", "by": "kim", "at": at(-760000), "reason": "role was not visible yet"},
        {"step": "panels", "kind": "skipped", "by": "park", "at": at(-430000),
         "reason": "one panel shows a data source that is retired with the old side"}]
    say(document, -700, "shift/w1", f"new side of {HOST}: 0 % → 1 %", "good")
    say(document, -110, "shift/w10", f"new side of {HOST}: 1 % → 10 %", "good")
    say(document, -108, "shift/soak-w10", "waiting until 17:03:12", "wait")
    document["costs"] = {"currency": "USD", "total": 431.2, "items": [
        {"name": "Fargate, 9 tasks", "monthly": 322.4, "document": 310.0},
        {"name": "Application load balancer", "monthly": 24.3, "document": 25.0},
        {"name": "S3, 2 TB", "monthly": 84.5, "document": None}]}
    return document


def waiting_for_approval() -> Document:
    document = lgtm()
    walk_to(document, "short-connections", -60)
    step_of(document, "approve").update(state="waiting_approval", started_at=at(-55), attempts=1, waits_until=at(1500))
    document["run"] |= {
        "status": "waiting", "status_text": "waiting for approval `cutover`", "holder": holder(),
        "next": "`migrate approve cutover` or `migrate reject cutover` before 17:25:00"}
    document["approvals"] = [approval(1)]
    say(document, -55, "approve", "waiting for approval until 17:25:00", "wait")
    return document


def paused() -> Document:
    """A watch failed at fifty per cent, and nothing returns by itself."""
    document = middle_of_shift()
    walk_to(document, "shift/w50", -60)
    step_of(document, "shift/soak-w50").update(
        state="failed", started_at=at(-58), ended_at=at(-6), attempts=1, waits_until=None, note=None,
        problem={"message": "watch `cloudwatch.alarms_ok` failed: alarm `lgtm-5xx` is ALARM: 14 errors in 60 s, "
                            "threshold 5", "hint": "`migrate back-out` brings traffic home in one batch"})
    document["shifts"] = [shift_at([(-1500, 0), (-1300, 1), (-700, 10), (-60, 50)], 240)]
    document["run"] |= {
        "status": "paused", "pause": "watch", "holder": holder(), "status_text": "paused, watching the traffic that is "
        "away: a watch of `shift/soak-w50` failed, and from here nothing returns by itself",
        "next": "`migrate back-out` brings traffic home, `migrate run` goes on with it where it is"}
    say(document, -60, "shift/w50", f"new side of {HOST}: 10 % → 50 %", "good")
    say(document, -6, "shift/soak-w50", "alarm `lgtm-5xx` is ALARM: 14 errors in 60 s, threshold 5", "bad")
    return document


def failed() -> Document:
    """Services of phase 4: three are there, one failed, one is in doubt, one goes on."""
    document = lgtm()
    walk_to(document, "services[loki]", -400)
    document["phases"][3]["started_at"] = at(-4100)
    states = {"tempo": "failed", "pyroscope": "in_doubt", "grafana": "in_progress", "alloy": "inconclusive"}
    for place, (name, state) in enumerate(states.items()):
        step = step_of(document, f"services[{name}]")
        step.update(state=state, started_at=at(-380 + place), attempts=place + 1, note="deployment is IN_PROGRESS, 0 of 1")
        if state != "in_progress":
            step.update(ended_at=at(-100 - place), problem={
                "message": f"service `{name}`: 3 tasks stopped in a row: `CannotPullContainerError: manifest unknown`",
                "hint": f"`migrate show 'push[{name}]'` has the digest that was pushed"})
    document["run"] |= {
        "status": "paused", "pause": "failed_step", "status_text": "paused: step `services[tempo]` failed",
        "holder": None, "next": "`migrate show 'services[tempo]'`; once mended `migrate run` tries it again, or "
        "`migrate skip 'services[tempo]' --reason WHY`"}
    say(document, -100, "services[tempo]", "tasks stopped: `CannotPullContainerError`", "bad")
    say(document, -99, "services[pyroscope]", "nobody can tell whether the change happened", "warn")
    return document


def rolled_back() -> Document:
    document = lgtm()
    walk_to(document, "mark", -600)
    for phase in document["phases"]:
        phase |= {"passed": False, "ended_at": None}
        for step in phase["steps"]:
            way = step["rollback"]
            if step["state"] == "succeeded" and way != "not_needed":
                step["state"] = "kept" if way == "keep" else "rolled_back"
    document["run"] |= {
        "status": "rolled_back", "status_text": "rolled back", "changed_at": at(-120), "kept": [
            step["id"] for step in steps_of(document) if step["state"] == "kept"],
        "next": "`migrate run` begins a new run; `migrate rollback --all --include-kept` undoes what was kept too"}
    document["shifts"] = [shift_at([(-3300, 0), (-3100, 1), (-2500, 10), (-1900, 50), (-1300, 100), (-420, 0)], None, True)]
    document["readiness"] = []
    document["approvals"] = [approval(2)]
    say(document, -420, "shift/convert", "traffic is home", "good")
    say(document, -120, None, "rolled back", "good")
    return document


def report() -> Document:
    """The paused night as a report, with evidence of its steps."""
    document = paused()
    document["evidence"] = {step["id"]: evidence(step) for step in steps_of(document) if step["state"] != "pending"}
    return document


def evidence(step: Step) -> list[dict[str, Any]]:
    return [
        {"attempt": 1, "at": step["started_at"], "subject": f"{step['kind']} {step['id']}", "outcome": "HTTP 200",
         "stages": {"dns_ms": 2, "connect_ms": 5, "tls_ms": 11, "first_byte_ms": 34, "total_ms": 35},
         "text": '{\n  "status": "ok",\n  "id": "' + step["id"] + '"\n}'},
        {"attempt": 1, "at": step["ended_at"] or step["started_at"], "subject": "verdict",
         "outcome": "fail" if step["problem"] else "pass", "stages": None, "text": step["note"]},
    ]


def many(count: int = 1000) -> Document:
    """A runbook of `count` steps that do not fold together, in six phases."""
    document = lgtm()
    document["log"] = []
    for place, phase in enumerate(document["phases"]):
        template = phase["steps"][0]
        phase["steps"] = [
            {**copy.deepcopy(template), "id": f"step-{place}-{number}", "composite": None, "approval": None,
             "title": {"en": f"Step {number} of phase {place + 1} looks at the world", "ko": f"{number}번째 단계"}}
            for number in range(count // 6 + (place < count % 6))]
    walk_to(document, "step-4-60", -30)
    step_of(document, "step-4-61").update(state="in_progress", started_at=at(-20), attempts=1, note="asks")
    document["run"] |= {"holder": holder()}
    return document


HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script></script>&lt;b&gt;"\'`'


def hostile() -> Document:
    """Every text of the document holds markup, and names that objects are made of."""
    document = report()
    document["evidence"]["__proto__x"] = []

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poison(inner, key) for inner in value]
        if isinstance(value, str) and key in {
                "en", "ko", "note", "message", "hint", "text", "reason", "by", "comment", "subject", "outcome", "kind",
                "way", "answers", "server", "old", "new", "status_text", "next", "runbook", "environment", "initiator"}:
            return value + HOSTILE
        return value

    evidence_of = document.pop("evidence")
    document = poison(document)
    document["evidence"] = {name: poison(pieces) for name, pieces in evidence_of.items()}
    first = document["phases"][0]["steps"]
    first[0] |= {"id": HOSTILE, "state": "__proto__"}
    first[1] |= {"state": "constructor"}
    first[2] |= {"state": "quantum_leap", "title": None}
    document["evidence"][HOSTILE] = evidence(first[0])
    document["run"]["kept"] = [HOSTILE]
    return document


WORLDS = {
    "pending": lgtm, "shift": middle_of_shift, "approval": waiting_for_approval, "paused": paused, "failed": failed,
    "rolled-back": rolled_back, "many": many, "hostile": hostile, "report": report,
}
