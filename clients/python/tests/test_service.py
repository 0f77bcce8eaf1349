"""Against a running service: GOALPOST_URL and GOALPOST_API_KEY. Runs examples/smoke.yaml."""

import math
import os
import tempfile
import unittest
from pathlib import Path

import goalpost

examples = Path(__file__).resolve().parents[3] / "examples"


@unittest.skipUnless("GOALPOST_URL" in os.environ, "needs a service")
class Service(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = goalpost.Client()
        cls.changes = []
        submitted = cls.client.submit(examples / "smoke.yaml", idempotency_key="python")
        cls.experiment = submitted.wait(timeout=300, on_change=lambda each: cls.changes.append(each.state))

    def test_waits_for_the_end(self):
        self.assertEqual(self.experiment.state, "succeeded")
        self.assertEqual(self.changes[-1], "succeeded")

    def test_the_same_key_gives_the_same_experiment(self):
        again = self.client.submit(examples / "smoke.yaml", idempotency_key="python")
        self.assertEqual(again.id, self.experiment.id)

    def test_results(self):
        results = self.experiment.results()
        self.assertTrue(results.final)
        conditions = {verdict.condition for verdict in results.verdicts}
        self.assertEqual(len(conditions), self.experiment.raw["conditions"])
        first = results.verdicts[0].condition
        self.assertEqual(results.verdict(first).condition, first)
        returns = results.select("true-return", condition=first)
        self.assertGreater(len(returns), 0)
        for measure in returns:
            self.assertEqual(len(measure.values), len(measure.seeds))
            present = [value for value in measure.values if not math.isnan(value)]
            if present:
                self.assertAlmostEqual(measure.mean, sum(present) / len(present), places=9)

    def test_results_have_the_numbers_of_verdicts_with_each_seeds_own(self):
        results = self.experiment.results()
        positions = results.select("goal-position", task="analysis")
        self.assertEqual({each.condition for each in positions}, {each.condition for each in results.verdicts})
        for position in positions:
            self.assertEqual(len(position.seeds), self.experiment.raw["seeds"])

    def test_finds_the_newest_of_a_name(self):
        self.assertEqual(self.client.experiment_by_name("smoke").id, self.experiment.id)
        self.assertIn(self.experiment.id, {each["id"] for each in self.client.experiments(named="smoke", sort="verdict")})
        with self.assertRaises(goalpost.GoalpostError):
            self.client.experiment_by_name("nothing/like it")

    def test_lists(self):
        self.assertIn(self.experiment.id, {each["id"] for each in self.client.experiments(state="succeeded")})

    def test_upload(self):
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(b"not a model, but a file")
            file.flush()
            self.assertEqual(self.client.upload(file.name), self.client.upload(file.name))

    def test_registers_checkpoints_and_waits_for_their_gates(self):
        file = examples / "policies" / "pytorch-corner.onnx"
        content = file.read_bytes()
        fields = {"step": 200, "commit": "4f1c", "alias": "candidate", "metadata": {"lr": 0.001}, "tags": ["nightly"]}
        version = self.client.register("python", content, **fields)
        self.assertEqual((version.number, version.step, list(version.aliases)), (1, 200, ["candidate"]))
        self.assertTrue(version.created)
        self.assertEqual(version.raw["metadata"], {"lr": 0.001})
        again = self.client.register("python", file, alias=["candidate", "best"])
        self.assertEqual((again.number, again.created, again.step), (1, False, 200))
        self.assertEqual(self.client.version("python", "best").hash, version.hash)

        with self.assertRaises(goalpost.GoalpostError) as caught:
            self.client.check("python")
        self.assertIn("no gate", str(caught.exception))
        gate = (examples / "gates" / "corner.yaml").read_text()
        gate = gate.replace("name: corner\n", "name: python\n").replace("model: mouse", "model: python")
        self.client.apply_gate("python", gate)
        before = self.client.check("python", "candidate")
        self.assertEqual((before.ended, before.outcome, before.untested), (False, None, ["python"]))
        with self.assertRaises(goalpost.WaitTimeout):
            self.client.wait_for_gates("python", timeout=0.01)

        seen = []
        checked = self.client.wait_for_gates("python", 1, timeout=120, on_change=lambda run: seen.append(run.outcome))
        self.assertEqual((checked.outcome, checked.passed, checked.untested), ("fail", False, []))
        self.assertEqual(seen[-1:], ["fail"])
        rules = {rule.name: rule for rule in checked.runs[0].rules}
        self.assertEqual(rules["achievement"].state, "violated")
        self.assertLess(rules["achievement"].high, 0)
        self.assertEqual(self.client.check("python"), checked)

    def test_a_version_that_does_not_exist(self):
        with self.assertRaises(goalpost.GoalpostError) as caught:
            self.client.check("nothing", 3)
        self.assertEqual(caught.exception.code, "not-found")

    def test_a_faulty_registration(self):
        with self.assertRaises(goalpost.GoalpostError) as caught:
            self.client.register("python", b"anything", step=-1, alias="12")
        pointers = [issue["pointer"] for issue in caught.exception.issues]
        self.assertEqual(sorted(pointers), ["/aliases/0", "/step"])

    def test_a_faulty_spec(self):
        with self.assertRaises(goalpost.GoalpostError) as caught:
            self.client.submit({"apiVersion": "goalpost/v1", "protocol": "rl-shift", "name": "x", "seeds": -1})
        self.assertEqual(caught.exception.code, "invalid-spec")
        self.assertIn("/seeds", [issue["pointer"] for issue in caught.exception.issues])

    def test_cancel(self):
        text = (examples / "smoke.yaml").read_text()
        experiment = self.client.submit(text.replace("name: smoke", "name: cancelled") + "\nfresh: true\n")
        experiment.cancel()
        with self.assertRaises(goalpost.ExperimentFailed):
            experiment.wait(timeout=60)

    def test_an_impatient_wait(self):
        text = (examples / "smoke.yaml").read_text()
        experiment = self.client.submit(text.replace("name: smoke", "name: slow") + "\nfresh: true\n")
        with self.assertRaises(goalpost.WaitTimeout):
            experiment.wait(timeout=0.01)
        experiment.cancel()


if __name__ == "__main__":
    unittest.main()
