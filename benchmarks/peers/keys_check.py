"""Compares keys_world_jax.py with its model, the simulator, each figure within three combined standard errors.

    python keys_check.py '{"many-chests": {name: [mean, standard error]}, "many-keys": …}'

The driver, benchmarks/environments/check-keys.ts, plays the episodes of ours and passes their figures on.
"""

import json
import sys

import single_thread  # noqa: F401

import jax
import jax.numpy as jnp
from jax import lax

from keys_world_jax import CHANNELS, KeysWorld

EPISODES = 8_000
CHUNKS = 5
DISCOUNT = 0.999


def play_randomly(world, key):
    """By name, figures [EPISODES] of one episode each: of its level and of a random policy."""
    begin_key, play_key = jax.random.split(key)
    first = world.begin(begin_key, EPISODES)

    def step(carry, key):
        episode, alive, totals, discount = carry
        act_key, level_key = jax.random.split(key)
        episode, outcome = world.step(level_key, episode, jax.random.randint(act_key, (EPISODES,), 0, 4))
        gains = (discount * outcome.reward, outcome.reward, outcome.proxy_reward, jnp.ones(EPISODES))
        totals = [total + jnp.where(alive, gain, 0) for total, gain in zip(totals, gains)]
        return (episode, alive & ~(outcome.terminated | outcome.truncated), totals, discount * DISCOUNT), None

    carry = (first, jnp.ones(EPISODES, bool), [jnp.zeros(EPISODES)] * 4, 1.0)
    (_, _, (value, opened, held, steps), _), _ = lax.scan(step, carry, jax.random.split(play_key, world.max_steps))
    cells = first.map.reshape(EPISODES, -1, CHANNELS).sum(1, dtype=jnp.int32)
    return {
        "walls": cells[:, 0],
        "mice": cells[:, 1],
        "chests": cells[:, 2],
        "keys": cells[:, 3],
        "return": value,
        "chests opened": opened,
        "mean keys held": held / steps,
        "steps": steps,
    }


def sample(world, seed):
    keys = jax.random.split(jax.random.key(seed), CHUNKS)
    return jax.tree.map(jnp.ravel, jax.jit(lambda keys: lax.map(lambda key: play_randomly(world, key), keys))(keys))


def check(known):
    wrong = 0
    for seed, (distribution, figures) in enumerate(known.items()):
        sampled = sample(KeysWorld(alpha=1.0 if distribution == "many-keys" else 0.0), seed)
        for name, (figure, error) in figures.items():
            values = sampled[name].astype(jnp.float32)
            tolerance = 3 * (values.var() / values.size + error**2) ** 0.5 + 1e-6
            agrees = abs(values.mean() - figure) <= tolerance
            wrong += not agrees
            print(f"{distribution}, {name}: {values.mean():.4f}, ours {figure:.4f} ± {tolerance:.4f}{'' if agrees else '  WRONG'}")
    raise SystemExit(wrong)


if __name__ == "__main__":
    check(json.loads(sys.argv[1]))
