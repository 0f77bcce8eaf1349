"""Compares corner_world_jax.py with known figures of the 13×13 world, each within three combined standard errors.

The shares of unsolvable levels and the random policy's success, return and proxy return (γ = .999, 128 steps) were
computed from the same rules by independent programs.
"""

import jax
import jax.numpy as jnp
from jax import lax

from corner_world_jax import CornerWorld

LEVELS = 20_000
CHUNKS = 10
DISCOUNT = 0.999


def unsolvable(world, level):
    """[n] bool: whether no path leads from the mouse to the cheese, by flooding."""
    side = world.side
    free = level.walls == 0

    def spread(reached):
        neighbours = [jnp.roll(reached, shift, 1) for shift in (1, -1, side, -side)]
        return free & (reached | neighbours[0] | neighbours[1] | neighbours[2] | neighbours[3])

    start = jnp.arange(side**2) == level.mouse[:, None]
    grows = lambda pair: jnp.any(pair[0] != pair[1])
    reached, _ = lax.while_loop(grows, lambda pair: (spread(pair[0]), pair[0]), (spread(start), start))
    return ~jnp.take_along_axis(reached, level.cheese[:, None], 1)[:, 0]


def play_randomly(world, key, n):
    """success, return and proxy return [n] of one episode on each of n levels."""

    def step(carry, key):
        episode, alive, totals, discount = carry
        act_key, level_key = jax.random.split(key)
        episode, outcome = world.step(level_key, episode, jax.random.randint(act_key, (n,), 0, 4))
        gains = (outcome.terminated, discount * outcome.reward, discount * outcome.proxy_reward)
        totals = [total + jnp.where(alive, gain, 0) for total, gain in zip(totals, gains)]
        return (episode, alive & ~(outcome.terminated | outcome.truncated), totals, discount * DISCOUNT), None

    begin_key, play_key = jax.random.split(key)
    carry = (world.begin(begin_key, n), jnp.ones(n, bool), [jnp.zeros(n)] * 3, 1.0)
    (_, _, totals, _), _ = lax.scan(step, carry, jax.random.split(play_key, world.max_steps))
    return totals


def sample(function, seed):
    """[CHUNKS × LEVELS] of each value that function(key) gives."""
    keys = jax.random.split(jax.random.key(seed), CHUNKS)
    return jax.tree.map(jnp.ravel, jax.jit(lambda keys: lax.map(function, keys))(keys))


def check():
    agreeing, apart = CornerWorld(alpha=0.0), CornerWorld(alpha=1.0)
    known = {
        "unsolvable, NonDist": (sample(lambda key: unsolvable(agreeing, agreeing.generate(key, LEVELS)), 1), 0.186),
        "unsolvable, Dist": (sample(lambda key: unsolvable(apart, apart.generate(key, LEVELS)), 2), 0.069),
    }
    names = ["random on Dist, success", "random on Dist, return", "random on Dist, proxy return"]
    totals = sample(lambda key: play_randomly(apart, key, LEVELS), 3)
    known |= dict(zip(names, zip(totals, [0.199, 0.190, 0.064])))
    wrong = 0
    for name, (values, figure) in known.items():
        values = values.astype(jnp.float32)
        # Of both samples: the known one has 40,000 levels or more, and is rounded to three digits.
        tolerance = 3 * (values.var() * (1 / values.size + 1 / 40_000)) ** 0.5 + 0.0005
        agrees = abs(values.mean() - figure) <= tolerance
        wrong += not agrees
        print(f"{name}: {values.mean():.4f}, known {figure} ± {tolerance:.4f}{'' if agrees else '  WRONG'}")
    raise SystemExit(wrong)
