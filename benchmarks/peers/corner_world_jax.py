"""The corner world of packages/environments/src/gridworlds/corner in JAX, many episodes in lockstep.

Cells are numbered row by row, border of wall included. Levels are fresh whenever an episode ends.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp

from restart_jax import restart


class Level(NamedTuple):
    walls: jax.Array  # [n, side · side] uint8
    mouse: jax.Array  # [n] int32, a cell
    cheese: jax.Array  # [n] int32, a cell


class Episode(NamedTuple):
    level: Level  # with the mouse where it is now
    steps: jax.Array  # [n] int32
    visited: jax.Array  # [n] bool: the corner


class Outcome(NamedTuple):
    reward: jax.Array  # [n] float32
    proxy_reward: jax.Array  # [n] float32: the first visit of the corner
    terminated: jax.Array  # [n] bool
    truncated: jax.Array  # [n] bool
    final: Level  # the observation after the step, before a new episode began


class CornerWorld(NamedTuple):
    size: int = 13
    wall_probability: float = 0.25
    max_steps: int = 128
    alpha: float = 0.0  # share of levels whose cheese may be anywhere

    @property
    def side(self):
        return self.size + 2

    @property
    def corner(self):
        return self.side + 1

    def generate(self, key, n):
        """n levels of the mixture."""
        walls_key, cheese_key, mixture_key = jax.random.split(key, 3)
        # One word per cell: eight bits decide whether it is a wall, the others are for drawing the highest number.
        words = jax.random.bits(walls_key, (n, self.size**2), jnp.uint32)
        walls = (words & 0xFF) < round(self.wall_probability * 256)
        cheese = jnp.zeros(n, jnp.int32)
        if self.alpha > 0:
            anywhere = jnp.argmax(jnp.where(walls, 0, jax.random.bits(cheese_key, walls.shape)), 1)
            cheese = jnp.where(jax.random.uniform(mixture_key, n) < self.alpha, anywhere, 0).astype(jnp.int32)
        at_cheese = jnp.arange(self.size**2) == cheese[:, None]
        walls = walls & ~at_cheese
        mouse = jnp.argmax(jnp.where(walls | at_cheese, 0, words >> 8), 1)
        grid = walls.reshape(n, self.size, self.size).astype(jnp.uint8)
        bordered = jnp.pad(grid, ((0, 0), (1, 1), (1, 1)), constant_values=1)
        return Level(bordered.reshape(n, -1), self.cell(mouse), self.cell(cheese))

    def cell(self, interior):
        return (interior // self.size * self.side + interior % self.size + self.corner).astype(jnp.int32)

    def begin(self, key, n):
        return Episode(self.generate(key, n), jnp.zeros(n, jnp.int32), jnp.zeros(n, bool))

    def step(self, key, episode, actions, begin=None):
        """actions: [n], 0 up, 1 left, 2 down, 3 right. If an episode ended, a new one is returned."""
        level = episode.level
        ahead = level.mouse + jnp.array([-self.side, -1, self.side, 1], jnp.int32)[actions]
        blocked = jnp.take_along_axis(level.walls, ahead[:, None], 1)[:, 0] == 1
        final = level._replace(mouse=jnp.where(blocked, level.mouse, ahead))
        steps = episode.steps + 1
        terminated = final.mouse == final.cheese
        truncated = (steps >= self.max_steps) & ~terminated
        at_corner = final.mouse == self.corner
        outcome = Outcome(
            reward=terminated.astype(jnp.float32),
            proxy_reward=(at_corner & ~episode.visited).astype(jnp.float32),
            terminated=terminated,
            truncated=truncated,
            final=final,
        )
        following = Episode(final, steps, episode.visited | at_corner)
        return restart(begin or self.begin, key, following, terminated | truncated), outcome

    def observe(self, level):
        """[n, side, side, 3] bool: wall, mouse, cheese."""
        cells = jnp.arange(self.side**2)
        planes = [level.walls == 1, cells == level.mouse[:, None], cells == level.cheese[:, None]]
        return jnp.stack(planes, -1).reshape(-1, self.side, self.side, 3)

    def observe_episode(self, episode):
        return self.observe(episode.level)
