"""Steps of uniform random actions in JAX, one thread, a whole rollout compiled; see serve.py for how it is asked.

Takes one JSON argument {world, environments, rolloutSteps, alpha}. The observation of every step lies in an array afterwards, and
is read from there after the clock has stopped, as XLA would not compute unused values.
"""

import json
import sys
from functools import partial

import single_thread  # noqa: F401

import jax
import jax.numpy as jnp
from jax import lax

from corner_world_jax import CornerWorld
from keys_world_jax import KeysWorld
from restart_jax import take_from
from serve import serve

ACTIONS = 4
OUTCOMES = ["reward", "proxy_reward", "terminated", "truncated"]
WORLDS = {"corner": CornerWorld, "keys": KeysWorld}


def play(world, environments, steps, state):
    """(episodes, key), and the data of the rollout: observations [steps, environments, side, side, channels], outcomes.

    The levels that a rollout needs are drawn in one go, twice as many as there are slots: faster than in the steps that
    need them (corner 2.44 million steps/s instead of 1.46, keys 1.30 either way). Some 270 of 512 are used.
    """
    episode, key = state
    key, act_key, level_key = jax.random.split(key, 3)
    # All actions at once: a call of the generator for each step took a tenth of the time.
    actions = jax.random.randint(act_key, (steps, environments), 0, ACTIONS)

    begin = take_from(world.begin(level_key, 2 * environments))

    def step(carried, chosen):
        episode, used = carried
        following, outcome = world.step(used, episode, chosen, begin)
        kept = {name: getattr(outcome, name) for name in OUTCOMES}
        ended = jnp.sum(outcome.terminated | outcome.truncated)
        return (following, used + ended), (world.observe_episode(episode), kept)

    (episode, _), samples = lax.scan(step, (episode, 0), actions)
    return (episode, key), samples


@jax.jit
def mean(samples):
    """Means by name: set cells of an observation by channel, and outcomes, of one step."""
    observations, outcomes = samples
    cells = jnp.sum(observations, (2, 3), dtype=jnp.int32).mean((0, 1))
    channels = {f"channel {channel}": cells[channel] for channel in range(cells.shape[0])}
    return channels | {name.replace("_", " "): outcomes[name].mean() for name in OUTCOMES}


def main():
    request = json.loads(sys.argv[1])
    environments, steps = request["environments"], request["rolloutSteps"]
    world = WORLDS[request["world"]](alpha=request["alpha"])
    work = jax.jit(partial(play, world, environments, steps), donate_argnums=0)
    state, samples = (world.begin(jax.random.key(0), environments), jax.random.key(1)), None

    def run(repetitions):
        nonlocal state, samples
        for _ in range(repetitions):
            state, samples = work(state)
        jax.block_until_ready((state, samples))

    means = lambda: {name: float(value) for name, value in mean(samples).items()}
    serve(f"JAX {jax.__version__}", run, 1, lambda: {"means": means()})


if __name__ == "__main__":
    main()
