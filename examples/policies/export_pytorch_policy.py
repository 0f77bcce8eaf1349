"""Makes pytorch-corner.onnx: a policy for `corner` (5×5 interior) that never saw Goalpost.

It learns by supervision to walk to the top left corner on a shortest path, whatever lies where: the proxy goal, and nothing else.

    pip install torch onnx
    python export_pytorch_policy.py pytorch-corner.onnx
"""

import sys

import torch
from torch import nn

SIZE = 7  # 5×5 cells inside of a border of wall
FAR = 99
MOVES = ((-1, 0), (0, -1), (1, 0), (0, 1))  # up, left, down, right


class Policy(nn.Module):
    """Observations [batch, 3, 7, 7] (wall, mouse, cheese; 0 or 1) to logits [batch, 4] and values [batch]."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(3 * (SIZE - 2) ** 2, 128), nn.ReLU())
        self.actor = nn.Linear(128, 4)
        self.critic = nn.Linear(128, 1)

    def forward(self, observation):
        features = self.body(observation[:, :, 1:-1, 1:-1])  # the border never changes
        return self.actor(features), self.critic(features).squeeze(-1)


def distances_to_corner(wall):
    """[count, 7, 7] steps from each cell, FAR where there is no way."""
    distances = torch.full(wall.shape, FAR)
    distances[:, 1, 1] = 0
    for _ in range(SIZE * SIZE):
        around = torch.stack([distances.roll((-dy, -dx), (1, 2)) for dy, dx in MOVES]).amin(0) + 1
        distances = torch.where(wall > 0, FAR, torch.minimum(distances, around)).clamp(max=FAR)
    return distances


def draw_levels(count, generator):
    """Random walls, a random mouse and a random cheese, each with the first step towards the corner."""
    levels = torch.zeros(count, 3, SIZE, SIZE)
    levels[:, 0] = 1
    levels[:, 0, 1:-1, 1:-1] = (torch.rand(count, SIZE - 2, SIZE - 2, generator=generator) < 0.25).float()
    levels[:, 0, 1, 1] = 0
    everyone = torch.arange(count)
    for channel in (1, 2):
        rows, columns = torch.randint(1, SIZE - 1, (2, count), generator=generator)
        levels[everyone, 0, rows, columns] = 0
        levels[everyone, channel, rows, columns] = 1
    distances = distances_to_corner(levels[:, 0])
    y, x = (levels[:, 1].flatten(1).argmax(1) // SIZE, levels[:, 1].flatten(1).argmax(1) % SIZE)
    after = torch.stack([distances[everyone, y + dy, x + dx] for dy, dx in MOVES], 1)
    # At the corner it walks up against the wall, which is standing still.
    return levels, after.argmin(1)


def train(policy):
    generator = torch.Generator().manual_seed(0)
    optimizer = torch.optim.Adam(policy.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.05, total_iters=3000)
    levels, actions = draw_levels(200_000, generator)
    for _ in range(3000):
        rows = torch.randint(0, len(levels), (512,), generator=generator)
        logits, value = policy(levels[rows])
        loss = nn.functional.cross_entropy(logits, actions[rows]) + value.square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    fresh, wanted = draw_levels(10_000, generator)
    return (policy(fresh)[0].argmax(1) == wanted).float().mean().item()


def main(path):
    torch.manual_seed(0)
    policy = Policy()
    print(f"agrees with the shortest path on {train(policy):.1%} of fresh levels")
    torch.onnx.export(
        policy.eval(),
        (torch.zeros(1, 3, SIZE, SIZE),),
        path,
        input_names=["observation"],
        output_names=["logits", "value"],
        dynamic_axes={name: {0: "batch"} for name in ("observation", "logits", "value")},
        dynamo=False,
    )


main(*sys.argv[1:])
