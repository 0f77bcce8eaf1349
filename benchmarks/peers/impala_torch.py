"""IMPALA in PyTorch on a GPU: one PPO update, or whole iterations of training; see serve.py for how it is asked.

Takes one JSON argument {work, spec, input, actions, samples, environments, rolloutSteps, epochs, minibatches, device,
tf32}, as benchmarks/learning/gpu.ts gives it. Training is on the world of images.ts: pictures that lie in memory on the
CPU, as a simulator's do, and are carried to the device as bytes in every step; advantages are computed on the device.
"""

import json
import sys

import torch

from ppo_torch import create_update, minibatch, network
from serve import serve

POOL = 256


class Images:
    """Each step shows another of 256 images and pays at random."""

    def __init__(self, environments, shape):
        height, width, channels = shape
        self.images = torch.randint(0, 2, (POOL, channels, height, width), dtype=torch.uint8)
        self.shown = torch.arange(environments) % POOL

    def observe(self, device):
        return self.images[self.shown].to(device, non_blocking=True)

    def step(self, actions):
        self.shown = (self.shown + 1 + actions.cpu()) % POOL
        return torch.randint(0, 2, self.shown.shape).float()


def create_iteration(request, model, update):
    device, steps, count = request["device"], request["rolloutSteps"], request["environments"]
    world = Images(count, request["input"])

    def float_image(x):
        return x.float().contiguous(memory_format=torch.channels_last)

    @torch.no_grad()
    def play():
        seen = {name: [] for name in ("observations", "actions", "log_probabilities", "values", "rewards")}
        for _ in range(steps):
            observations = world.observe(device)
            output = model(float_image(observations))
            log_probabilities = output[:, :-1].log_softmax(1)
            actions = torch.multinomial(log_probabilities.exp(), 1)
            rewards = world.step(actions[:, 0]).to(device, non_blocking=True)
            taken = log_probabilities.gather(1, actions)[:, 0]
            for name, value in zip(seen, (observations, actions[:, 0], taken, output[:, -1], rewards)):
                seen[name].append(value)
        last_values = model(float_image(world.observe(device)))[:, -1]
        return {name: torch.stack(values) for name, values in seen.items()}, last_values

    def advantages_of(rollout, next_value, discount=0.99, decay=0.95):
        advantages, advantage = [], torch.zeros_like(next_value)
        for reward, value in zip(rollout["rewards"].flip(0), rollout["values"].flip(0)):
            advantage = reward + discount * next_value - value + discount * decay * advantage
            next_value = value
            advantages.append(advantage)
        return torch.stack(advantages[::-1])

    def iterate():
        rollout, last_values = play()
        rollout["advantages"] = advantages_of(rollout, last_values)
        rollout["returns"] = rollout["advantages"] + rollout["values"]
        flat = {name: values.flatten(0, 1) for name, values in rollout.items()}
        for _ in range(request["epochs"]):
            for chosen in torch.randperm(steps * count, device=device).chunk(request["minibatches"]):
                batch = {name: values[chosen] for name, values in flat.items()}
                update(batch | {"observations": float_image(batch["observations"])})

    return iterate


def main():
    request = json.loads(sys.argv[1])
    device = request["device"]
    torch.manual_seed(0)
    torch.backends.cuda.matmul.allow_tf32 = request["tf32"]
    torch.backends.cudnn.allow_tf32 = request["tf32"]
    torch.backends.cudnn.benchmark = True
    model = network(request["spec"], request["input"], request["actions"])
    model = model.to(device, memory_format=torch.channels_last)
    update = create_update(model)
    work = create_iteration(request, model, update)
    if request["work"] == "update":
        batch = minibatch(request["samples"], request["input"], request["actions"], device)
        batch["observations"] = batch["observations"].contiguous(memory_format=torch.channels_last)
        work = lambda: update(batch)

    def run(repetitions):
        for _ in range(repetitions):
            work()
        if device == "cuda":
            torch.cuda.synchronize()

    card = torch.cuda.get_device_name() if device == "cuda" else "CPU"
    serve(f"PyTorch {torch.__version__} on {card}, TF32 {'on' if request['tf32'] else 'off'}", run)


main()
