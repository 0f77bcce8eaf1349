"""One PPO update in PyTorch on one thread: the peer of benchmarks/learning/update.ts, with the same shapes and maths.

Takes one JSON argument {spec, input, actions, samples, seconds}; prints {wallMs, cpuMs, version}.
"""

import json
import sys
import time

import torch
from torch import nn

request = json.loads(sys.argv[1])
spec, (height, width, channels) = request["spec"], request["input"]
actions, samples = request["actions"], request["samples"]
torch.set_num_threads(1)
torch.manual_seed(0)


def trunk():
    activation = {"relu": nn.ReLU, "tanh": nn.Tanh}[spec["activation"]]
    if spec["kind"] == "mlp":
        widths = [height * width * channels, *spec["hidden"]]
        layers = [layer for pair in zip(widths, widths[1:]) for layer in (nn.Linear(*pair), activation())]
        return nn.Sequential(nn.Flatten(), *layers), widths[-1]
    depths = [channels, *spec["channels"]]
    layers = [layer for pair in zip(depths, depths[1:]) for layer in (nn.Conv2d(*pair, 3, padding=1), activation())]
    flat = height * width * depths[-1]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(flat, spec["dense"]), activation()), spec["dense"]


body, features = trunk()
network = nn.Sequential(body, nn.Linear(features, actions + 1))
optimizer = torch.optim.Adam(network.parameters(), lr=2e-3, eps=1e-5)
observations = torch.randint(0, 2, (samples, channels, height, width)).float()
taken = torch.randint(0, actions, (samples,))
old_log_probabilities = torch.full((samples,), 1 / actions).log()
advantages, returns, old_values = torch.randn(3, samples)
standardized = (advantages - advantages.mean()) / (advantages.std(correction=0) + 1e-8)


def update():
    output = network(observations)
    log_probabilities = torch.log_softmax(output[:, :actions], 1)
    value = output[:, actions]
    ratio = (log_probabilities.gather(1, taken[:, None])[:, 0] - old_log_probabilities).exp()
    policy_loss = -torch.minimum(ratio * standardized, ratio.clamp(0.8, 1.2) * standardized).mean()
    near = old_values + (value - old_values).clamp(-0.2, 0.2)
    value_loss = 0.5 * torch.maximum((value - returns) ** 2, (near - returns) ** 2).mean()
    entropy = -(log_probabilities.exp() * log_probabilities).sum(1).mean()
    optimizer.zero_grad()
    (policy_loss + 0.5 * value_loss - 0.01 * entropy).backward()
    nn.utils.clip_grad_norm_(network.parameters(), 0.5)
    optimizer.step()


for _ in range(3):
    update()
repetitions, wall, cpu = 0, time.perf_counter(), time.process_time()
while time.perf_counter() - wall < request["seconds"]:
    update()
    repetitions += 1
print(
    json.dumps(
        {
            "wallMs": (time.perf_counter() - wall) * 1000 / repetitions,
            "cpuMs": (time.process_time() - cpu) * 1000 / repetitions,
            "version": torch.__version__,
        }
    )
)
