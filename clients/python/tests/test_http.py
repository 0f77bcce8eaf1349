"""Retries and errors, against a server that answers from a list."""

import http.server
import json
import threading
import unittest
from contextlib import contextmanager

from goalpost.address import Address, find_address
from goalpost.client import Client
from goalpost.errors import ExperimentFailed, GoalpostError, NotReachable
from goalpost.http import Http
from goalpost.models import GateCheck, GateRun


@contextmanager
def serving(*answers):
    """answers: (status, headers, body) in order. Yields (Address, requests), each request (method, path, headers, body)."""
    waiting, seen = list(answers), []

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self):
            length = int(self.headers.get("content-length") or 0)
            seen.append((self.command, self.path, self.headers, self.rfile.read(length)))
            status, headers, body = waiting.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Address(f"http://127.0.0.1:{server.server_port}", "gp_key"), seen
    finally:
        server.shutdown()
        server.server_close()


def ok(value):
    return 200, {"content-type": "application/json"}, json.dumps(value).encode()


busy = (503, {}, b"{}")


class Retries(unittest.TestCase):
    def setUp(self):
        self.pauses = []

    def http(self, address, **options):
        return Http(address, sleep=self.pauses.append, **options)

    def test_reads_are_repeated_with_growing_pauses(self):
        with serving(busy, busy, busy, ok(1)) as (address, seen):
            self.assertEqual(self.http(address).json("GET", "/x"), 1)
        self.assertEqual(len(seen), 4)
        self.assertEqual(len(self.pauses), 3)
        self.assertLess(self.pauses[0], self.pauses[2])

    def test_waits_as_long_as_retry_after_says(self):
        with serving((429, {"retry-after": "7"}, b"{}"), ok(1)) as (address, _):
            self.http(address).json("GET", "/x")
        self.assertEqual(self.pauses, [7])

    def test_a_change_is_sent_once_unless_it_is_repeatable(self):
        with serving(busy) as (address, seen):
            with self.assertRaises(GoalpostError):
                self.http(address).send("POST", "/x", body={})
        self.assertEqual(len(seen), 1)

    def test_a_repeated_submit_keeps_its_idempotency_key(self):
        view = {"id": "a", "name": "n", "state": "waiting"}
        with serving(busy, ok(view)) as (address, seen):
            client = Client(address.url, address.api_key)
            client._http._sleep = self.pauses.append
            client.submit("protocol: x")
        keys = {request[2]["idempotency-key"] for request in seen}
        self.assertEqual((len(seen), len(keys)), (2, 1))
        self.assertEqual(seen[0][2]["content-type"], "application/yaml")

    def test_nobody_there(self):
        with serving() as (address, _):
            pass
        with self.assertRaises(NotReachable) as caught:
            self.http(address, retries=2).json("GET", "/x")
        self.assertEqual(caught.exception.code, "unavailable")
        self.assertEqual(len(self.pauses), 2)

    def test_an_answer_that_breaks_off_is_read_again(self):
        with serving((200, {"transfer-encoding": "chunked"}, b"ff\r\nabc"), ok(1)) as (address, _):
            self.assertEqual(self.http(address).json("GET", "/x"), 1)

    def test_no_number_becomes_null(self):
        with serving() as (address, _):
            with self.assertRaises(ValueError):
                self.http(address).json("POST", "/x", body={"a": float("nan")})


class Refusals(unittest.TestCase):
    def test_names_each_faulty_field(self):
        problem = {
            "code": "invalid-spec",
            "detail": "The spec is not valid",
            "issues": [{"pointer": "/seeds", "message": "must be positive", "remedy": "give 1 or more"}],
        }
        with serving((422, {}, json.dumps(problem).encode())) as (address, _):
            with self.assertRaises(GoalpostError) as caught:
                Http(address).json("GET", "/x")
        error = caught.exception
        self.assertEqual((error.code, error.status, len(error.issues)), ("invalid-spec", 422, 1))
        self.assertIn("/seeds: must be positive (give 1 or more)", str(error))

    def test_pages_of_proxies(self):
        with serving((404, {}, b"<html>")) as (address, _):
            with self.assertRaises(GoalpostError) as caught:
                Http(address).json("GET", "/x")
        self.assertEqual(caught.exception.status, 404)


class Addresses(unittest.TestCase):
    def test_arguments_come_before_the_environment(self):
        environment = {"GOALPOST_URL": "http://b", "GOALPOST_API_KEY": "k"}
        self.assertEqual(find_address("http://a/", None, environment), ("http://a", "k"))
        self.assertEqual(find_address(None, None, environment), ("http://b", "k"))

    def test_says_what_is_missing(self):
        with self.assertRaisesRegex(GoalpostError, "GOALPOST_API_KEY"):
            find_address("http://a", None, {})
        with self.assertRaisesRegex(GoalpostError, "goalpost up"):
            find_address(None, None, {"GOALPOST_DATA": "/nonexistent"})
        with self.assertRaisesRegex(GoalpostError, "http://"):
            find_address("a:1", "k", {})


def run(gate, outcome):
    return {"id": "1", "gate": gate, "version": 3, "outcome": outcome, "message": None, "units": 64, "rules": []}


class Gates(unittest.TestCase):
    def test_the_outcome_is_the_worst(self):
        def outcome(*outcomes, untested=()):
            runs = [GateRun(gate="g", raw={}, id="1", version=1, outcome=each, message=None, units=0, rules=[]) for each in outcomes]
            checked = GateCheck("mouse", 1, runs, untested)
            return checked.outcome, checked.passed

        self.assertEqual(outcome("pass", "warn"), ("warn", True))
        self.assertEqual(outcome("undecided", "warn"), ("undecided", False))
        self.assertEqual(outcome("undecided", None), (None, False))
        self.assertEqual(outcome("pass", untested=["slow"]), (None, False))
        self.assertEqual(outcome(None, "fail"), ("fail", False))

    def test_probes_of_a_search_are_no_check(self):
        probe, own = {**run("g", "fail"), "trigger": "bisect"}, {**run("g", "pass"), "trigger": "manual"}
        version = {"model": "mouse", "number": 3, "hash": "a", "step": None, "aliases": []}
        gates = ok({"items": [{"name": "g"}], "nextCursor": None})
        with serving(ok(version), gates, ok({"items": [probe, own], "nextCursor": None})) as (address, seen):
            checked = Client(address.url, address.api_key).check("mouse", 3)
        self.assertEqual((checked.outcome, len(checked.runs)), ("pass", 1))
        self.assertIn("version=3", seen[2][1])



class Waiting(unittest.TestCase):
    def test_says_why_the_service_stopped_an_experiment(self):
        stopped = {
            "id": "1",
            "name": "late",
            "state": "cancelled",
            "revision": 2,
            "notices": ["waiting for a worker"],
            "stopReason": "its deadline, 2027-01-31T18:00:00.000Z, has passed",
        }
        with serving(ok(stopped), ok(stopped)) as (address, _):
            experiment = Client(address.url, address.api_key).experiment("1")
            with self.assertRaisesRegex(ExperimentFailed, "late .* was cancelled: its deadline, .* has passed"):
                experiment.wait()


if __name__ == "__main__":
    unittest.main()
