"""One PPO update in JAX on one thread; see serve.py for how it is asked.

Takes one JSON argument {spec, input, actions, samples}, as benchmarks/learning/versus.ts gives it.
"""

import json
import sys
from functools import partial

import single_thread  # noqa: F401

import jax
import jax.numpy as jnp

from ppo_jax import chunk_of, create_optimizer, forward, init_network, update
from serve import serve


def minibatch(key, samples, shape, actions):
    """Samples of a rollout for the update: observations are floats already, so that no cast is timed."""
    keys = jax.random.split(key, 5)
    return {
        "observations": jax.random.bernoulli(keys[0], shape=(samples, *shape)).astype(jnp.float32),
        "actions": jax.random.randint(keys[1], (samples,), 0, actions),
        "log_probabilities": jnp.full(samples, -jnp.log(actions)),
        "advantages": jax.random.normal(keys[2], (samples,)),
        "returns": jax.random.normal(keys[3], (samples,)),
        "values": jax.random.normal(keys[4], (samples,)),
    }


def main():
    request = json.loads(sys.argv[1])
    spec, shape, actions = request["spec"], request["input"], request["actions"]
    optimizer = create_optimizer()
    parameters = init_network(jax.random.key(0), spec, shape, actions)
    state = (parameters, optimizer.init(parameters))
    batch = minibatch(jax.random.key(1), request["samples"], shape, actions)
    step = jax.jit(partial(update, partial(forward, spec), optimizer, chunk_of(spec)), donate_argnums=0)

    def run(repetitions):
        nonlocal state
        for _ in range(repetitions):
            state, _ = step(state, batch)
        jax.block_until_ready(state)

    serve(f"JAX {jax.__version__}", run)


main()
