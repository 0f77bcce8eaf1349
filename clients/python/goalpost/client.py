"""The client."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from .address import find_address
from .errors import ExperimentFailed, WaitTimeout
from .http import Http
from .models import GateCheck, GateRun, Version, VersionReference, check_gates, read_version, register_version
from .models import wait_for_gates
from .results import Results

_ENDED = frozenset({"succeeded", "failed", "cancelled"})
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0


class Client:
    """A service.

    url, api_key: default GOALPOST_URL and GOALPOST_API_KEY, else the service that runs on this machine.
    timeout: seconds for one attempt at a request. retries: further attempts when the service is busy or away.
    """

    def __init__(
        self, url: str | None = None, api_key: str | None = None, *, timeout: float = 30.0, retries: int = 5
    ) -> None:
        self._http = Http(find_address(url, api_key), timeout=timeout, retries=retries)

    def submit(self, spec: Mapping[str, Any] | str | Path, *, idempotency_key: str | None = None) -> Experiment:
        """Submits an experiment: a dict, YAML text, or the path of a file.

        The same key with the same spec gives the same experiment. Without one, each call makes its own, also when the
        request has to be sent again.
        """
        body = spec.read_text() if isinstance(spec, Path) else spec
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        view = self._http.json("POST", "/v1/experiments", body=body, headers=headers, repeatable=True)
        return Experiment(self._http, view)

    def preview(self, spec: Mapping[str, Any] | str | Path) -> Mapping[str, Any]:
        """What a spec would run: conditions, tasks, estimated seconds, warnings. Stores nothing."""
        body = spec.read_text() if isinstance(spec, Path) else spec
        return self._http.json("POST", "/v1/experiments/preview", body=body, repeatable=True)

    def experiment(self, id: str) -> Experiment:
        return Experiment(self._http, self._http.json("GET", f"/v1/experiments/{quote(id, safe='')}"))

    def experiment_by_name(self, name: str) -> Experiment:
        """The newest experiment of that name; experiments(named=name) has all of them."""
        return Experiment(self._http, self._http.json("GET", f"/v1/experiments/by-name/{quote(name, safe='')}"))

    def experiments(self, **query: Any) -> Iterator[Mapping[str, Any]]:
        """Summaries, newest first. query: state, name, protocol, verdict, sort; see GET /v1/experiments."""
        yield from self.pages("/v1/experiments", **query)

    def upload(self, file: str | Path | bytes, *, name: str | None = None) -> str:
        """Stores a file or bytes, such as an ONNX model. The same bytes are stored once. Returns their SHA-256."""
        content, own_name = (file, "model.onnx") if isinstance(file, bytes) else (Path(file).read_bytes(), Path(file).name)
        query = {"name": name or own_name}
        return self._http.json("POST", "/v1/artifacts", query=query, body=content, repeatable=True)["hash"]

    def register(
        self,
        model: str,
        file: str | Path | bytes,
        *,
        step: int | None = None,
        commit: str | None = None,
        alias: str | Sequence[str] = (),
        tags: Sequence[str] = (),
        metadata: Mapping[str, Any] | None = None,
        parent: VersionReference | None = None,
        name: str | None = None,
    ) -> Version:
        """Registers a file, or its bytes, as the next version of a model; the first one creates the model.

        A file that the model already has is the same version: its aliases move and its tags grow, the rest stays.
        step: of the training. commit: of the training code. alias: one or several, moved to this version.
        metadata: anything else worth keeping, as JSON. parent: the version that it was trained from. name: of the file.
        """
        given = {"step": step, "commit": commit, "metadata": metadata, "parent": parent}
        registration = {
            "artifact": self.upload(file, name=name),
            "aliases": [alias] if isinstance(alias, str) else list(alias),
            "tags": list(tags),
            **{field: value for field, value in given.items() if value is not None},
        }
        return register_version(self._http, model, registration)

    def version(self, model: str, version: VersionReference = "latest") -> Version:
        """One version: by number, by alias, or the latest."""
        return read_version(self._http, model, version)

    def apply_gate(self, name: str, gate: Mapping[str, Any] | str | Path) -> Mapping[str, Any]:
        """Creates a gate, or changes the one of this name: a dict, YAML text, or the path of a file."""
        body = gate.read_text() if isinstance(gate, Path) else gate
        return self._http.json("PUT", f"/v1/gates/{quote(name, safe='')}", body=body)

    def check(self, model: str, version: VersionReference = "latest") -> GateCheck:
        """What the gates of a model have found about a version so far."""
        return check_gates(self._http, model, version, pages=self.pages)

    def wait_for_gates(
        self,
        model: str,
        version: VersionReference = "latest",
        *,
        timeout: float | None = None,
        on_change: Callable[[GateRun], None] | None = None,
    ) -> GateCheck:
        """Returns when every gate of the model has tested the version, whatever was found.

        Gates that have not begun are started. timeout: seconds; then WaitTimeout, and the runs continue.
        on_change: called with a run after each of its changes.
        """
        return wait_for_gates(self._http, self.check(model, version), timeout=timeout, on_change=on_change)

    def pages(self, path: str, **query: Any) -> Iterator[Mapping[str, Any]]:
        """The items of every page of a list."""
        cursor = None
        while True:
            page = self._http.json("GET", path, query={**query, "cursor": cursor})
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return


class Experiment:
    """A submitted experiment. `raw` is the latest answer of the API as a dict."""

    def __init__(self, http: Http, raw: Mapping[str, Any]) -> None:
        self._http = http
        self._etag: str | None = None
        self.raw = raw

    @property
    def id(self) -> str:
        return self.raw["id"]

    @property
    def name(self) -> str:
        return self.raw["name"]

    @property
    def state(self) -> str:
        """waiting, running, succeeded, failed or cancelled, as of the last request."""
        return self.raw["state"]

    @property
    def ended(self) -> bool:
        return self.state in _ENDED

    def refresh(self) -> Experiment:
        """Reads it again; costs next to nothing while it has not changed."""
        headers = {} if self._etag is None else {"If-None-Match": self._etag}
        answer = self._http.send("GET", self._path(), headers=headers)
        if answer.status != 304:
            self.raw = answer.json()
            self._etag = answer.headers.get("etag") or answer.headers.get("ETag")
        return self

    def wait(
        self, timeout: float | None = None, *, on_change: Callable[[Experiment], None] | None = None
    ) -> Experiment:
        """Returns once it has succeeded.

        timeout: seconds; then WaitTimeout, and it keeps running. Raises ExperimentFailed if it fails or is cancelled.
        on_change: called with this object after each change.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        pause, revision = _FIRST_PAUSE, None
        while not self.refresh().ended:
            if on_change is not None and self.raw["revision"] != revision:
                on_change(self)
            pause = _FIRST_PAUSE if self.raw["revision"] != revision else min(_LONGEST_PAUSE, pause * 1.5)
            revision = self.raw["revision"]
            left = pause if deadline is None else deadline - time.monotonic()
            if left <= 0:
                raise WaitTimeout(f"{self.name} ({self.id}) is still {self.state} after {timeout} s", code="timeout")
            time.sleep(min(pause, left))
        if on_change is not None:
            on_change(self)
        if self.state != "succeeded":
            raise ExperimentFailed(
                f"{self.name} ({self.id}) {'failed' if self.state == 'failed' else 'was cancelled'}"
                f"{_reason(self.raw)}",
                code=f"experiment-{self.state}",
            )
        return self

    def results(self) -> Results:
        """Verdicts and measures; partial while it runs."""
        raw = self._http.json("GET", f"{self._path()}/results")
        return Results(raw, self.refresh().raw["verdicts"])

    def cancel(self) -> Experiment:
        self.raw = self._http.json("POST", f"{self._path()}/cancel")
        return self

    def retry(self) -> Experiment:
        """Retries failed and cancelled tasks."""
        self.raw = self._http.json("POST", f"{self._path()}/retry")
        return self

    def _path(self) -> str:
        return f"/v1/experiments/{quote(self.raw['id'], safe='')}"


def _reason(raw: Mapping[str, Any]) -> str:
    stopped = raw.get("stopReason")
    reasons = raw.get("notices", [])[:1] if stopped is None else [stopped]
    return "".join(f": {reason}" for reason in reasons)
