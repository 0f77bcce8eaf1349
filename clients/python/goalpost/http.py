"""HTTP with retries, on urllib."""

from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Mapping, NamedTuple

from .address import Address
from .errors import GoalpostError, NotReachable

# These say that the request was not carried out, or may safely be sent again.
_RETRIED = frozenset({429, 502, 503, 504})
_LONGEST_PAUSE = 30.0

Query = Mapping[str, Any]


class Response(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Http:
    """Sends requests to one service.

    timeout: seconds for one attempt. retries: further attempts after a lost connection, 429, 502, 503 or 504, with
    growing pauses, or as long as Retry-After says. Only requests that are safe to repeat are sent again: GET and PUT,
    and POST with an idempotency key.
    """

    def __init__(
        self,
        address: Address,
        *,
        timeout: float = 30.0,
        retries: int = 5,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = address
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep

    def json(self, method: str, path: str, **request: Any) -> Any:
        return self.send(method, path, **request).json()

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> Response:
        """Any response below 400, or 304. Raises GoalpostError.

        body: bytes as they are, a string as YAML, anything else as JSON.
        """
        request = self._request(method, path, query, body, headers or {})
        attempts = 1 + (self._retries if (method in ("GET", "PUT") if repeatable is None else repeatable) else 0)
        for attempt in range(attempts):
            last = attempt == attempts - 1
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                    return Response(answer.status, dict(answer.headers.items()), answer.read())
            except urllib.error.HTTPError as error:
                if error.code == 304:
                    return Response(304, dict(error.headers.items()), b"")
                if error.code not in _RETRIED or last:
                    raise _refusal(error) from None
                pause = _retry_after(error.headers.get("retry-after"))
            except (OSError, http.client.HTTPException) as error:
                if last:
                    raise NotReachable(
                        f"No answer from {self._address.url}: {error}. Is Goalpost running there?", code="unavailable"
                    ) from error
                pause = None
            self._sleep(_backoff(attempt) if pause is None else pause)
        raise AssertionError("unreachable")

    def _request(
        self, method: str, path: str, query: Query | None, body: Any, headers: Mapping[str, str]
    ) -> urllib.request.Request:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        url = f"{self._address.url}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        content, media_type = _encode(body)
        kind = {} if media_type is None else {"Content-Type": media_type}
        return urllib.request.Request(
            url,
            method=method,
            data=content,
            headers={"Authorization": f"Bearer {self._address.api_key}", **kind, **headers},
        )


def _encode(body: Any) -> tuple[bytes | None, str | None]:
    if body is None:
        return None, None
    if isinstance(body, (bytes, bytearray)):
        return bytes(body), "application/octet-stream"
    if isinstance(body, str):
        return body.encode(), "application/yaml"
    return json.dumps(body, allow_nan=False).encode(), "application/json"


def _backoff(attempt: int) -> float:
    """Seconds; doubles from half a second, with jitter so that many clients do not return at once."""
    return min(_LONGEST_PAUSE, 0.5 * 2**attempt) * random.uniform(0.5, 1)


def _retry_after(text: str | None) -> float | None:
    """Seconds from a Retry-After header; None if it has another form."""
    return min(_LONGEST_PAUSE, float(text)) if text is not None and text.isdigit() else None


def _refusal(error: urllib.error.HTTPError) -> GoalpostError:
    """The service's problem details (RFC 9457); proxies send bodies of their own."""
    try:
        problem = json.loads(error.read())
        return GoalpostError(
            problem["detail"], code=problem["code"], status=error.code, issues=problem.get("issues") or ()
        )
    except (ValueError, KeyError, TypeError, OSError):
        return GoalpostError(f"{error.url} answers {error.code} {error.reason}", status=error.code)
