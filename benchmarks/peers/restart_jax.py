"""New episodes in place of ended ones."""

from functools import partial

import jax
import jax.numpy as jnp
from jax import lax


def restart(begin, key, episode, ended):
    """`begin(key, n)` makes n episodes, arrays [n, …] as in `episode`; ended: [n] bool.

    In most steps no episode ends, or few do: that many are made then, and all of them only where these do not suffice.
    """
    n = ended.shape[0]
    sizes = [max(1, n // 32), max(1, n // 8), n]

    def replace(count):
        which = jnp.nonzero(ended, size=count, fill_value=n)[0]
        put = lambda new, old: old.at[which].set(new, mode="drop", unique_indices=True)
        return jax.tree.map(put, begin(key, count), episode)

    count = ended.sum()
    branch = jnp.searchsorted(jnp.array([0, *sizes]), count)
    return lax.switch(branch, [lambda: episode, *(partial(replace, size) for size in sizes)])


def take_from(pool):
    """A `begin` whose key is a number: the n episodes of the pool from there on, cyclically."""
    length = jax.tree.leaves(pool)[0].shape[0]
    return lambda first, n: jax.tree.map(lambda values: values[(first + jnp.arange(n)) % length], pool)
