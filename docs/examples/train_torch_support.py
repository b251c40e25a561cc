"""What the scripts that train with PyTorch share: one loop over all questions at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray


def train_on_all_questions(
    network: torch.nn.Module, table: NDArray[Any], *, steps: int, learning_rate: float, weight_decay: float
) -> list[float]:
    """Trains a network whose outputs are the logits of all products a*b, row-major.

    Args:
        network: changed in place; called without arguments.
        table: multiplication table of the group.
        steps: steps of AdamW on all questions.
        learning_rate: initial learning rate; it falls to zero along a cosine.
        weight_decay: decoupled weight decay.

    Returns:
        The cross-entropy before every step and after the last.
    """
    answers = torch.from_numpy(np.asarray(table, dtype=np.int64).ravel())
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=learning_rate, weight_decay=weight_decay, betas=(0.9, 0.98)
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    losses = []
    for step in range(steps + 1):
        loss = torch.nn.functional.cross_entropy(network(), answers)
        losses.append(loss.item())
        if step % max(1, steps // 10) == 0:
            print(f"step {step:6d}  loss {losses[-1]:.6e}", flush=True)
        if step < steps:
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return losses
