"""Results of an experiment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What was found for one condition."""

    condition: str
    name: str  # stable, e.g. "goal-misgeneralization"; the protocol's page lists them
    sentence: str
    goal: str | None  # the pursued goal, None where the goals cannot be told apart
    provisional: bool  # more seeds may change it
    agreeing: int  # seeds with this verdict of their own
    total: int


@dataclass(frozen=True)
class Measure:
    """One measure of one condition: a value per seed, their mean and its 95 % interval."""

    condition: str
    task: str
    name: str  # kebab case
    labels: Mapping[str, str]
    seeds: Sequence[int]
    values: Sequence[float]  # NaN where a seed has none
    mean: float
    low: float
    high: float

    def to_numpy(self) -> Any:
        """The values as an array of float64, shape [seeds]. Needs NumPy."""
        import numpy

        return numpy.asarray(self.values, dtype=numpy.float64)


class Results:
    """verdicts, measures, and `raw`, the whole answer of the API as a dict."""

    def __init__(self, raw: Json, verdicts: Sequence[Json]) -> None:
        self.raw = raw
        self.final: bool = raw["status"] == "final"
        self.verdicts = [_verdict(each) for each in verdicts]
        self.measures = [_measure(each) for each in raw["aggregates"]]

    def verdict(self, condition: str) -> Verdict:
        """The verdict of one condition. KeyError if it has none."""
        return _only([each for each in self.verdicts if each.condition == condition], f"condition {condition!r}")

    def select(
        self, name: str | None = None, *, condition: str | None = None, task: str | None = None, **labels: str
    ) -> list[Measure]:
        """The measures with this name (as in `goalpost results --csv`), condition, task and labels."""
        return [
            each
            for each in self.measures
            if name in (None, each.name)
            and condition in (None, each.condition)
            and task in (None, each.task)
            and all(each.labels.get(key) == value for key, value in labels.items())
        ]


def _verdict(raw: Json) -> Verdict:
    fields = ("condition", "name", "sentence", "goal", "provisional", "agreeing", "total")
    return Verdict(**{field: raw[field] for field in fields})


def _measure(raw: Json) -> Measure:
    estimate = raw["estimate"]
    return Measure(
        condition=raw["condition"],
        task=raw["task"],
        name=raw["key"],
        labels=raw["labels"],
        seeds=[each["seed"] for each in raw["values"]],
        values=[_number(each["value"]) for each in raw["values"]],
        mean=_number(estimate["value"]),
        low=_number(estimate.get("low")),
        high=_number(estimate.get("high")),
    )


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else float("nan")


def _only(found: Sequence[Verdict], what: str) -> Verdict:
    if len(found) != 1:
        raise KeyError(f"There is no verdict for {what}" if not found else f"There are several verdicts for {what}")
    return found[0]
