"""PPO on the corner world in JAX, one thread, the whole program compiled; see serve.py for how it is asked.

Takes one JSON argument {work, spec, size, environments, rolloutSteps, epochs, minibatches, lookup}. `work` is "training"
(one iteration: rollout, advantages, epochs × minibatches updates) or "rollout" (actions sampled from the network).
`lookup`: the first layer of an MLP takes its rows of mouse and cheese instead of multiplying their planes. `--check`
instead compares the world with known figures.
"""

import json
import sys
from functools import partial
from typing import NamedTuple

import single_thread  # noqa: F401

import jax
import jax.numpy as jnp
from jax import lax

from corner_world_jax import CornerWorld, Episode, Level
from ppo_jax import chunk_of, create_optimizer, forward, init_network, update
from serve import serve

ACTIONS = 4


class Samples(NamedTuple):
    """The data of a rollout, [steps, environments] each."""

    level: Level
    actions: jax.Array
    log_probabilities: jax.Array
    values: jax.Array
    rewards: jax.Array
    terminated: jax.Array
    truncated: jax.Array
    final_mouse: jax.Array  # where it was after the step, before a new episode began


class Training(NamedTuple):
    parameters: list
    moments: tuple
    episode: Episode
    key: jax.Array


def evaluate_planes(world, spec, parameters, level):
    return forward(spec, parameters, world.observe(level).astype(jnp.float32))


def evaluate_lookup(spec, parameters, level):
    """The first weight is a tuple, one [cells, width] for each plane."""
    ((walls, mouse, cheese), bias), *others = parameters
    activation = {"relu": jax.nn.relu, "tanh": jnp.tanh}[spec["activation"]]
    first = level.walls.astype(jnp.float32) @ walls + mouse[level.mouse] + cheese[level.cheese] + bias
    return forward(spec, others, activation(first))


def split_planes(parameters):
    (weight, bias), *others = parameters
    planes = weight.reshape(-1, 3, weight.shape[1])
    return [(tuple(planes[:, plane] for plane in range(3)), bias), *others]


def play(world, evaluate, parameters, episode, key, steps):
    """`steps` steps in every environment, actions sampled from the policy."""

    def step(episode, key):
        act_key, level_key = jax.random.split(key)
        output = evaluate(parameters, episode.level)
        log_probabilities = jax.nn.log_softmax(output[:, :ACTIONS])
        actions = jax.random.categorical(act_key, log_probabilities)
        following, outcome = world.step(level_key, episode, actions)
        return following, Samples(
            level=episode.level,
            actions=actions,
            log_probabilities=jnp.take_along_axis(log_probabilities, actions[:, None], 1)[:, 0],
            values=output[:, ACTIONS],
            rewards=outcome.reward,
            terminated=outcome.terminated,
            truncated=outcome.truncated,
            final_mouse=outcome.final.mouse,
        )

    return lax.scan(step, episode, jax.random.split(key, steps))


def cut_values(evaluate, parameters, samples):
    """V of the last observation of each episode that was cut off: at most one per environment and rollout.

    An episode is cut off after max_steps steps, and no rollout is longer (`main` sees to it).
    """
    at = (jnp.argmax(samples.truncated, 0), jnp.arange(samples.truncated.shape[1]))
    walls, _, cheese = jax.tree.map(lambda array: array[at], samples.level)
    values = evaluate(parameters, Level(walls, samples.final_mouse[at], cheese))[:, ACTIONS]
    return jnp.where(samples.truncated, values, 0)


def estimate_advantages(samples, cut, last_values, discount=0.99, decay=0.95):
    """Generalised advantage estimation (arXiv 1506.02438); neither sum crosses the end of an episode."""

    def step(carry, sample):
        advantage, next_value = carry
        reward, value, terminated, truncated, cut_value = sample
        ended = terminated | truncated
        next_value = jnp.where(ended, jnp.where(terminated, 0, cut_value), next_value)
        advantage = reward + discount * next_value - value + discount * decay * jnp.where(ended, 0, advantage)
        return (advantage, value), advantage

    given = (samples.rewards, samples.values, samples.terminated, samples.truncated, cut)
    _, advantages = lax.scan(step, (jnp.zeros_like(last_values), last_values), given, reverse=True)
    return advantages


def shuffled_order(key, total):
    """A permutation of 0 … total − 1. One sort of words, random above and the index below, instead of `permutation`'s
    sorts of pairs: ten times as fast, and ties are in order, which does not matter for minibatches."""
    low = jnp.uint32(2 ** (total - 1).bit_length() - 1)
    words = jax.random.bits(key, (total,)) & ~low | jnp.arange(total, dtype=jnp.uint32)
    return jnp.sort(words) & low


def learn(step, state, batch, key, epochs, minibatches):
    total = batch["actions"].shape[0]

    def epoch(state, key):
        order = shuffled_order(key, total)
        shuffled = jax.tree.map(lambda array: array[order].reshape(minibatches, -1, *array.shape[1:]), batch)
        return lax.scan(step, state, shuffled)

    return lax.scan(epoch, state, jax.random.split(key, epochs))


def iterate(world, evaluate, optimizer, request, training):
    """One rollout and its updates; also the mean reward and loss."""
    key, play_key, learn_key = jax.random.split(training.key, 3)
    parameters = training.parameters
    episode, samples = play(world, evaluate, parameters, training.episode, play_key, request["rolloutSteps"])
    last_values = evaluate(parameters, episode.level)[:, ACTIONS]
    advantages = estimate_advantages(samples, cut_values(evaluate, parameters, samples), last_values)
    batch = {
        "observations": samples.level,
        "actions": samples.actions,
        "log_probabilities": samples.log_probabilities,
        "advantages": advantages,
        "returns": advantages + samples.values,
        "values": samples.values,
    }
    flat = jax.tree.map(lambda array: array.reshape(-1, *array.shape[2:]), batch)
    state = (parameters, training.moments)
    epochs, minibatches = request["epochs"], request["minibatches"]
    step = partial(update, evaluate, optimizer, chunk_of(request["spec"]))
    (parameters, moments), losses = learn(step, state, flat, learn_key, epochs, minibatches)
    return Training(parameters, moments, episode, key), (samples.rewards.mean(), losses.mean())


def roll_out(world, evaluate, request, training):
    key, play_key = jax.random.split(training.key)
    episode, samples = play(world, evaluate, training.parameters, training.episode, play_key, request["rolloutSteps"])
    return training._replace(episode=episode, key=key), samples


def create_work(request):
    world = CornerWorld(size=request["size"])
    if request["rolloutSteps"] > world.max_steps:
        raise ValueError(f"a rollout may not be longer than the {world.max_steps} steps of an episode")
    spec, optimizer, key = request["spec"], create_optimizer(), jax.random.key(0)
    parameters = init_network(key, spec, [world.side, world.side, 3], ACTIONS)
    evaluate = partial(evaluate_planes, world, spec)
    if request.get("lookup"):
        parameters, evaluate = split_planes(parameters), partial(evaluate_lookup, spec)
    episode = world.begin(key, request["environments"])
    training = Training(parameters, optimizer.init(parameters), episode, jax.random.key(1))
    works = {
        "training": partial(iterate, world, evaluate, optimizer, request),
        "rollout": partial(roll_out, world, evaluate, request),
    }
    return jax.jit(works[request["work"]], donate_argnums=0), training


def main():
    if sys.argv[1] == "--check":
        from corner_check import check

        return check()
    request = json.loads(sys.argv[1])
    work, training = create_work(request)

    def run(repetitions):
        nonlocal training
        for _ in range(repetitions):
            training, result = work(training)
        jax.block_until_ready((training, result))

    serve(f"JAX {jax.__version__}", run, warm_up=1)


if __name__ == "__main__":
    main()
