"""The keys world of packages/environments/src/gridworlds/keys in JAX, many episodes in lockstep.

Cells are numbered row by row, border of wall included. The observation doubles as the map, and a step changes few of its
bytes: of the spellings that were tried this is the fastest on a processor, see docs/performance.md.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from restart_jax import restart

CHANNELS = 5
WALL, MOUSE, CHEST, KEY, INVENTORY = range(CHANNELS)


class Episode(NamedTuple):
    map: jax.Array  # [n, side · side · 5] uint8
    mouse: jax.Array  # [n] int32, a cell
    steps: jax.Array  # [n] int32
    held: jax.Array  # [n] int32: keys in hand, shown along the top row
    left: jax.Array  # [n] int32: chests to be opened before the episode ends


class Outcome(NamedTuple):
    reward: jax.Array  # [n] float32
    proxy_reward: jax.Array  # [n] float32: keys in hand
    terminated: jax.Array  # [n] bool
    truncated: jax.Array  # [n] bool


class KeysWorld(NamedTuple):
    size: int = 13
    wall_probability: float = 0.25
    max_steps: int = 128
    alpha: float = 0.0  # share of levels with many keys and few chests
    few: int = 3
    many: int = 10

    @property
    def side(self):
        return self.size + 2

    def generate(self, key, n):
        """Maps [n, side · side · 5] of the mixture, and where the mouse is [n]."""
        cells_key, mixture_key = jax.random.split(key)
        # One word per cell: eight bits decide whether it is a wall, the others its content; walls are used last.
        words = jax.random.bits(cells_key, (n, self.size**2), jnp.uint32)
        walls = (words & 0xFF) < round(self.wall_probability * 256)
        ranks = jnp.where(walls, 0, 1 << 24) | (words >> 8)
        _, drawn = jax.lax.top_k(ranks.astype(jnp.int32), 1 + self.few + self.many)
        cells = drawn // self.size * self.side + drawn % self.size + self.side + 1
        apart = jax.random.uniform(mixture_key, (n, 1)) < self.alpha
        # Cells: the mouse's, those of the few, those of the many.
        of_the_few = jnp.arange(cells.shape[1]) <= self.few
        things = jnp.where(apart ^ of_the_few, KEY, CHEST).at[:, 0].set(MOUSE)
        grid = walls.reshape(n, self.size, self.size).astype(jnp.uint8)
        map = jnp.zeros((n, self.side**2, CHANNELS), jnp.uint8)
        bordered = jnp.pad(grid, ((0, 0), (1, 1), (1, 1)), constant_values=1).reshape(n, -1)
        rows = jnp.arange(n)[:, None]
        map = map.at[:, :, WALL].set(bordered).at[rows, cells, WALL].set(0).at[rows, cells, things].set(1)
        return map.reshape(n, -1), cells[:, 0]

    def begin(self, key, n):
        whole = lambda value: jnp.full(n, value, jnp.int32)
        return Episode(*self.generate(key, n), steps=whole(0), held=whole(0), left=whole(min(self.few, self.many)))

    def step(self, key, episode, actions, begin=None):
        """actions: [n], 0 up, 1 left, 2 down, 3 right. If an episode ended, a new one is returned."""
        map, mouse, steps, held, left = episode
        rows = jnp.arange(actions.shape[0])
        seen = lambda cell, channel: map[rows, cell * CHANNELS + channel].astype(jnp.int32)
        ahead = mouse + jnp.array([-self.side, -1, self.side, 1], jnp.int32)[actions]
        to = jnp.where(seen(ahead, WALL) == 1, mouse, ahead)
        picks = seen(to, KEY)
        opens = seen(to, CHEST) * (held > 0)
        one = jnp.ones_like(picks)
        # Added, not written: if the mouse stays, its two changes affect one byte.
        changes = [
            (mouse, MOUSE, -one),
            (to, MOUSE, one),
            (to, KEY, -picks),
            (to, CHEST, -opens),
            (held - opens, INVENTORY, picks - opens),
        ]
        at = jnp.stack([cell * CHANNELS + channel for cell, channel, _ in changes], 1)
        by = jnp.stack([change for _, _, change in changes], 1).astype(jnp.uint8)
        following = Episode(
            map.at[rows[:, None], at].add(by), to, steps + 1, held=held + picks - opens, left=left - opens
        )
        terminated = following.left == 0
        truncated = (following.steps >= self.max_steps) & ~terminated
        outcome = Outcome(opens.astype(jnp.float32), following.held.astype(jnp.float32), terminated, truncated)
        return restart(begin or self.begin, key, following, terminated | truncated), outcome

    def observe_episode(self, episode):
        """[n, side, side, 5] uint8: wall, mouse, chest, key, inventory (keys in hand, along the top row)."""
        return episode.map.reshape(-1, self.side, self.side, CHANNELS)
