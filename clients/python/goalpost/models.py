"""Versions of models, and the gates that test them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Mapping, Sequence, Union
from urllib.parse import quote

from .errors import GoalpostError, WaitTimeout
from .http import Http

Json = Mapping[str, Any]
VersionReference = Union[int, str]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
# The worst first. None: the run has not ended.
_ORDER = ("fail", None, "undecided", "warn", "pass")


@dataclass(frozen=True)
class Version:
    """A registered file."""

    model: str
    number: int
    hash: str  # SHA-256
    step: int | None
    aliases: Sequence[str]
    created: bool  # False if the model had this file before
    raw: Json


@dataclass(frozen=True)
class Rule:
    """What a run found about one rule of its gate."""

    name: str
    state: str  # holds, violated or open
    reason: str
    value: float | None  # from the line of the rule: negative on the bad side; None if nothing was measured
    low: float | None
    high: float | None


@dataclass(frozen=True)
class GateRun:
    """One test of a version."""

    gate: str
    id: str
    version: int
    outcome: str | None  # pass, warn, fail or undecided; None while it runs
    message: str | None  # why it ended without a decision about its rules
    units: int  # e.g. levels
    rules: Sequence[Rule]
    raw: Json


@dataclass(frozen=True)
class GateCheck:
    """The latest run of every gate of a model on one version."""

    model: str
    version: int
    runs: Sequence[GateRun]
    untested: Sequence[str]  # gates that have not tested the version

    @property
    def outcome(self) -> str | None:
        """The worst of the outcomes. None if a run has not ended or a gate has not tested it, unless another failed."""
        found = [each.outcome for each in self.runs] + [None] * len(self.untested)
        return next((outcome for outcome in _ORDER if outcome in found), None)

    @property
    def ended(self) -> bool:
        return not self.untested and all(each.outcome is not None for each in self.runs)

    @property
    def passed(self) -> bool:
        """Whether every gate has tested the version, and no rule of severity fail is violated or undecided."""
        return self.outcome in ("pass", "warn")


def read_version(http: Http, model: str, version: VersionReference) -> Version:
    return _version(http.json("GET", _model_path(model, "versions", str(version))), created=False)


def register_version(http: Http, model: str, registration: Json) -> Version:
    # The same file is the same version, so the request may be sent again.
    answer = http.send("POST", _model_path(model, "versions"), body=registration, repeatable=True)
    return _version(answer.json(), created=answer.status == 201)


def check_gates(http: Http, model: str, version: VersionReference, *, pages: Callable[..., Iterable[Json]]) -> GateCheck:
    """Errors: not-found if there is no such model, version or gate."""
    number = read_version(http, model, version).number
    gates = [each["name"] for each in pages("/v1/gates", model=model)]
    if not gates:
        raise GoalpostError(f"There is no gate for the model {model}", code="not-found")
    found = {gate: _latest_run(http, gate, number) for gate in gates}
    runs = [run for run in found.values() if run is not None]
    return GateCheck(model, number, runs, [gate for gate, run in found.items() if run is None])


def wait_for_gates(
    http: Http,
    checked: GateCheck,
    *,
    timeout: float | None = None,
    on_change: Callable[[GateRun], None] | None = None,
) -> GateCheck:
    """Starts the runs that are missing, and returns when all have ended."""
    deadline = None if timeout is None else time.monotonic() + timeout
    runs = [*checked.runs, *(_start_run(http, gate, checked.version) for gate in checked.untested)]
    for index, run in enumerate(runs):
        runs[index] = _wait_for_run(http, run, deadline=deadline, on_change=on_change)
    return GateCheck(checked.model, checked.version, runs, [])


def _wait_for_run(
    http: Http, run: GateRun, *, deadline: float | None, on_change: Callable[[GateRun], None] | None
) -> GateRun:
    pause = _FIRST_PAUSE
    while run.outcome is None:
        left = pause if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise WaitTimeout(f"The gate {run.gate} is still testing version {run.version}", code="timeout")
        time.sleep(min(pause, left))
        newer = _run(http.json("GET", f"/v1/gates/{quote(run.gate, safe='')}/runs/{run.id}"))
        pause = _FIRST_PAUSE if newer != run else min(_LONGEST_PAUSE, pause * 1.5)
        if newer != run and on_change is not None:
            on_change(newer)
        run = newer
    return run


def _latest_run(http: Http, gate: str, version: int) -> GateRun | None:
    """Probes of a search stop at another certainty than a gate's own runs."""
    page = http.json("GET", f"/v1/gates/{quote(gate, safe='')}/runs", query={"version": version, "limit": 10})
    return next((_run(each) for each in page["items"] if each["trigger"] != "bisect"), None)


def _start_run(http: Http, gate: str, version: int) -> GateRun:
    return _run(http.json("POST", f"/v1/gates/{quote(gate, safe='')}/runs", body={"version": version}))


def _model_path(model: str, *rest: str) -> str:
    return "/".join(["/v1/models", *(quote(part, safe="") for part in (model, *rest))])


def _version(raw: Json, *, created: bool) -> Version:
    fields = ("model", "number", "hash", "step", "aliases")
    return Version(**{field: raw[field] for field in fields}, created=created, raw=raw)


def _run(raw: Json) -> GateRun:
    fields = ("gate", "id", "version", "outcome", "message", "units")
    return GateRun(**{field: raw[field] for field in fields}, rules=[_rule(each) for each in raw["rules"]], raw=raw)


def _rule(raw: Json) -> Rule:
    difference = raw["difference"] or {}
    bounds = {field: difference.get(field) for field in ("value", "low", "high")}
    return Rule(name=raw["rule"], state=raw["state"], reason=raw["reason"], **bounds)
