"""Trains a network with ReLU neurons to multiply the elements of a group, by default to add modulo 13.

The logit of the answer c to the question a*b is

    f(a, b)_c = sum_m out[c, m] relu(left[m, a] + right[m, b]),

trained with PyTorch on all n^2 questions at once with cross-entropy and AdamW. It is here as the
honest case between yes and no: neurons with a rectifier do not become pure harmonics, a few per cent of
their energy stays elsewhere. And it is a checkpoint in PyTorch's own format.

    python docs/examples/train_relu.py --group C13 --neurons 48 --out c13.pt
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import torch
import train_support as support
from train_support import Array
from train_torch_support import train_on_all_questions


class CompositionNetwork(torch.nn.Module):
    """One hidden layer without biases; its inputs are one-hot, so the layers' matrices are its tables."""

    def __init__(self, n: int, neurons: int) -> None:
        super().__init__()
        self.left = torch.nn.Linear(n, neurons, bias=False)
        self.right = torch.nn.Linear(n, neurons, bias=False)
        self.out = torch.nn.Linear(neurons, n, bias=False)

    def forward(self) -> torch.Tensor:
        """Logits (n*n, n) of all questions, question (a, b) in row a*n + b."""
        sums = self.left.weight.T[:, None, :] + self.right.weight.T[None, :, :]
        logits: torch.Tensor = self.out(torch.relu(sums).flatten(0, 1))
        return logits


def train(
    table: Array,
    *,
    neurons: int,
    seed: int,
    steps: int,
    learning_rate: float = 0.01,
    weight_decay: float = 0.5,
) -> tuple[CompositionNetwork, list[float]]:
    """Trains from PyTorch's initial weights.

    Args:
        table: multiplication table of the group.
        neurons: width of the hidden layer.
        seed: seed of the initial weights.
        steps: steps of AdamW on all questions.
        learning_rate: initial learning rate; it falls to zero along a cosine.
        weight_decay: decoupled weight decay.

    Returns:
        The network, and the cross-entropy before every step and after the last.
    """
    torch.manual_seed(seed)
    network = CompositionNetwork(len(table), neurons)
    losses = train_on_all_questions(
        network, table, steps=steps, learning_rate=learning_rate, weight_decay=weight_decay
    )
    return network, losses


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train ReLU neurons to multiply the elements of a group.")
    support.add_common_arguments(parser, group="C13", steps=4000, learning_rate=0.01)
    parser.add_argument(
        "--neurons", type=int, default=48, help="width of the hidden layer (default: %(default)s)"
    )
    parser.add_argument(
        "--weight-decay", type=float, default=0.5, help="decoupled decay (default: %(default)s)"
    )
    arguments = support.given(arguments)
    options = parser.parse_args(arguments)

    torch.set_num_threads(1)  # sums in another order would make another network
    table = support.multiplication_table(options.group)
    network, losses = train(
        table,
        neurons=options.neurons,
        seed=options.seed,
        steps=options.steps,
        learning_rate=options.learning_rate,
        weight_decay=options.weight_decay,
    )
    torch.save(network.state_dict(), options.out)

    with torch.no_grad():
        accuracy = float((network().argmax(dim=1).numpy() == table.ravel()).mean())
    tensors = {name: x.numpy() for name, x in network.state_dict().items()}
    projectors = support.isotypic_projectors(table)
    purity = {
        name: support.purity(x.T if name == "out.weight" else x, projectors) for name, x in tensors.items()
    }
    worst = min(p["weighted"] for p in purity.values())
    support.record(
        arguments,
        "train_relu.py",
        options.out,
        options.manifest,
        {
            "title": f"ReLU composition network, trained on {options.group}",
            "group": options.group,
            "architecture": "f(a, b)_c = sum_m out[c, m] relu(left[m, a] + right[m, b])",
            "harmonic": "no" if accuracy < 1 or worst < 0.9 else "mostly" if worst < 0.97 else "yes",
            "tensors": {
                f"{role}.weight": {
                    "role": role,
                    "shape": list(tensors[f"{role}.weight"].shape),
                    "dtype": "float32",
                    "group_axis": axis,
                }
                for role, axis in (("left", 1), ("right", 1), ("out", 0))
            },
            "seed": options.seed,
            "steps": options.steps,
            "loss": losses[-1],
            "figures": {"initial_loss": losses[0], "accuracy": accuracy, "purity": purity},
        },
    )


if __name__ == "__main__":
    main()
