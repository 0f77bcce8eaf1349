"""Client for Goalpost, a service for goal-misgeneralization experiments.

Needs nothing but the standard library. NumPy is used where it is installed and asked for.
"""

from .client import Client, Experiment
from .errors import ExperimentFailed, GoalpostError, NotReachable, WaitTimeout
from .models import GateCheck, GateRun, Rule, Version
from .results import Measure, Results, Verdict

__all__ = [
    "Client",
    "Experiment",
    "ExperimentFailed",
    "GateCheck",
    "GateRun",
    "GoalpostError",
    "Measure",
    "NotReachable",
    "Results",
    "Rule",
    "Verdict",
    "Version",
    "WaitTimeout",
]
