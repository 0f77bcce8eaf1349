"""The client."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping
from urllib.parse import quote

from .address import find_address
from .errors import ExperimentFailed, WaitTimeout
from .http import Http
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

    def experiments(self, **query: Any) -> Iterator[Mapping[str, Any]]:
        """Summaries, newest first. query: state, name, protocol, verdict; see GET /v1/experiments."""
        yield from self.pages("/v1/experiments", **query)

    def upload(self, file: str | Path, *, name: str | None = None) -> str:
        """Stores a file, such as an ONNX model. The same bytes are stored once. Returns their SHA-256."""
        path = Path(file)
        query = {"name": name or path.name}
        return self._http.json("POST", "/v1/artifacts", query=query, body=path.read_bytes(), repeatable=True)["hash"]

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
    return "".join(f": {notice}" for notice in raw.get("notices", [])[:1])
