"""Exceptions. All of them are a GoalpostError."""

from __future__ import annotations

from typing import Any, Mapping, Sequence


class GoalpostError(Exception):
    """The service refused a request.

    code: stable, e.g. ``invalid-spec``; docs/cli.md lists them.
    status: HTTP status, None if there was no response.
    issues: one per faulty field: ``pointer`` (RFC 6901), ``message``, and ``remedy`` where there is one.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "internal",
        status: int | None = None,
        issues: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__("\n".join([message, *(_describe(issue) for issue in issues)]))
        self.code = code
        self.status = status
        self.issues = list(issues)


class NotReachable(GoalpostError):
    """No response after all retries."""


class ExperimentFailed(GoalpostError):
    """The experiment ended as failed or cancelled."""


class WaitTimeout(GoalpostError):
    """What was waited for had not ended in the given time; it keeps running."""


def _describe(issue: Mapping[str, Any]) -> str:
    remedy = f" ({issue['remedy']})" if issue.get("remedy") else ""
    return f"  {issue.get('pointer') or 'the body'}: {issue.get('message', '')}{remedy}"
