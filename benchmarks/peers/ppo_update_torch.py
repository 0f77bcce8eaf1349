"""One PPO update in PyTorch on one thread; see serve.py for how it is asked.

Takes one JSON argument {spec, input, actions, samples}, as benchmarks/learning/versus.ts gives it, and optionally
layout, "contiguous" or "channels_last": without it the faster of the two is found out first, and named.
"""

import json
import sys
import time

import torch

from ppo_torch import create_update, minibatch, network
from serve import serve

LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}


def create_run(request, layout):
    torch.manual_seed(0)
    shape, actions = request["input"], request["actions"]
    model = network(request["spec"], shape, actions).to(memory_format=LAYOUTS[layout])
    batch = minibatch(request["samples"], shape, actions)
    batch["observations"] = batch["observations"].contiguous(memory_format=LAYOUTS[layout])
    update = create_update(model)

    def run(repetitions):
        for _ in range(repetitions):
            update(batch)

    return run


def seconds_of(run):
    run(3)
    started = time.perf_counter()
    run(10)
    return time.perf_counter() - started


def main():
    request = json.loads(sys.argv[1])
    torch.set_num_threads(1)
    layouts = [request["layout"]] if "layout" in request else list(LAYOUTS)
    if request["spec"]["kind"] == "mlp":
        layouts = ["contiguous"]
    runs = {layout: create_run(request, layout) for layout in layouts}
    best = min(runs, key=lambda layout: seconds_of(runs[layout])) if len(runs) > 1 else layouts[0]
    serve(f"PyTorch {torch.__version__} {best}", runs[best])


main()
