"""The line protocol between the benchmarks' driver and a contestant, which runs for the whole benchmark.

First line out: {"version", "ready": true}, once compiled and warm. Then, for each line in, a number of repetitions:
one line out, {"wallMs", "cpuMs"} of them together, and what `describe()` tells of what they did. The end of the input ends
the contestant.
"""

import json
import sys
import time


def serve(version, run, warm_up=3, describe=dict):
    """run(repetitions) returns when the work is done, not when it is dispatched."""
    run(warm_up)
    print(json.dumps({"version": version, "ready": True}), flush=True)
    for line in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        run(int(line))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(json.dumps({"wallMs": wall * 1000, "cpuMs": cpu * 1000, **describe()}), flush=True)
