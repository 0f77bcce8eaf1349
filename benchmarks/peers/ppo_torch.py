"""Actor-critics and the PPO update in PyTorch, with the shapes and the maths of packages/learning."""

import torch
from torch import nn


def network(spec, shape, actions):
    """shape: [height, width, channels]. Takes [n, channels, height, width], gives [n, actions + 1]: logits, value."""
    body, features = trunk(spec, shape)
    return nn.Sequential(body, nn.Linear(features, actions + 1))


class FlattenChannelsLast(nn.Module):
    """Costs nothing in the layout channels_last, where nn.Flatten copies, forward and backward."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1) if x.is_contiguous(memory_format=torch.channels_last) else x.flatten(1)


def trunk(spec, shape):
    height, width, channels = shape
    if spec["kind"] == "impala":
        return impala(spec, shape), spec["dense"]
    activation = {"relu": lambda: nn.ReLU(inplace=True), "tanh": nn.Tanh}[spec["activation"]]
    if spec["kind"] == "mlp":
        widths = [height * width * channels, *spec["hidden"]]
        layers = [layer for pair in zip(widths, widths[1:]) for layer in (nn.Linear(*pair), activation())]
        return nn.Sequential(nn.Flatten(), *layers), widths[-1]
    depths = [channels, *spec["channels"]]
    layers = [layer for pair in zip(depths, depths[1:]) for layer in (nn.Conv2d(*pair, 3, padding=1), activation())]
    flat = height * width * depths[-1]
    return nn.Sequential(*layers, FlattenChannelsLast(), nn.Linear(flat, spec["dense"]), activation()), spec["dense"]


def impala(spec, shape):
    """The large residual network of Espeholt et al. (2018, arXiv 1802.01561, figure 3), without its LSTM."""
    height, width, channels = shape
    stages = []
    for depth in spec["channels"]:
        pool = nn.MaxPool2d(3, 2, padding=1)
        stages += [nn.Conv2d(channels, depth, 3, padding=1), pool, ResidualBlock(depth), ResidualBlock(depth)]
        channels, height, width = depth, (height + 1) // 2, (width + 1) // 2
    dense = nn.Linear(height * width * channels, spec["dense"])
    return nn.Sequential(*stages, nn.ReLU(), FlattenChannelsLast(), dense, nn.ReLU())


class ResidualBlock(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.first = nn.Conv2d(depth, depth, 3, padding=1)
        self.second = nn.Conv2d(depth, depth, 3, padding=1)

    def forward(self, x):
        return x + self.second(self.first(x.relu()).relu())


def minibatch(samples, shape, actions, device="cpu"):
    """Samples of a rollout for the update: observations are floats already, so that no cast is timed."""
    height, width, channels = shape
    advantages, returns, values = torch.randn(3, samples, device=device)
    return {
        "observations": torch.randint(0, 2, (samples, channels, height, width), device=device).float(),
        "actions": torch.randint(0, actions, (samples,), device=device),
        "log_probabilities": torch.full((samples,), 1 / actions, device=device).log(),
        "advantages": advantages,
        "returns": returns,
        "values": values,
    }


def ppo_loss(output, batch, clip=0.2, value_coefficient=0.5, entropy_coefficient=0.01):
    """Eq. 7 and 9 of arXiv 1707.06347 with a clipped value loss, advantages standardised in the minibatch."""
    advantages = batch["advantages"]
    advantages = (advantages - advantages.mean()) / (advantages.std(correction=0) + 1e-8)
    log_probabilities, value = torch.log_softmax(output[:, :-1], 1), output[:, -1]
    taken = log_probabilities.gather(1, batch["actions"][:, None])[:, 0]
    ratio = (taken - batch["log_probabilities"]).exp()
    policy_loss = -torch.minimum(ratio * advantages, ratio.clamp(1 - clip, 1 + clip) * advantages).mean()
    near = batch["values"] + (value - batch["values"]).clamp(-clip, clip)
    value_loss = 0.5 * torch.maximum((value - batch["returns"]) ** 2, (near - batch["returns"]) ** 2).mean()
    entropy = -(log_probabilities.exp() * log_probabilities).sum(1).mean()
    return policy_loss + value_coefficient * value_loss - entropy_coefficient * entropy


def create_update(model, learning_rate=2e-3, max_norm=0.5):
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate, eps=1e-5, fused=True)

    def update(batch):
        optimizer.zero_grad()
        ppo_loss(model(batch["observations"]), batch).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()

    return update
