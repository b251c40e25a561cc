"""Trains a transformer of one layer to multiply the elements of a group.

It reads the three tokens "a b =" and answers at the last one: one attention layer, one hidden layer with ReLU, no
layer norm, no biases, in the shapes of TransformerLens. Nothing in it multiplies; the table has to be found in the
weights by way of the effective factors (`peterweyl.reconstruction.transformer`). PyTorch trains it on all n^2
questions at once with cross-entropy and AdamW.

    python docs/examples/train_transformer.py --group D5 --out transformer_d5.safetensors
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import torch
import train_support as support
from train_support import Array
from train_torch_support import train_on_all_questions


class Transformer(torch.nn.Module):
    """Tensors named and shaped as in TransformerLens; tokens are the n elements and "=" (number n)."""

    def __init__(self, n: int, width: int, heads: int, head_width: int, hidden: int) -> None:
        super().__init__()
        self.n = n
        shapes = {
            "W_E": (n + 1, width),
            "W_pos": (3, width),
            "W_Q": (heads, width, head_width),
            "W_K": (heads, width, head_width),
            "W_V": (heads, width, head_width),
            "W_O": (heads, head_width, width),
            "W_in": (width, hidden),
            "W_out": (hidden, width),
            "W_U": (width, n),
        }
        for name, shape in shapes.items():
            scale = 1.0 / np.sqrt(width if name != "W_O" else heads * head_width)
            self.register_parameter(name, torch.nn.Parameter(scale * torch.randn(shape)))

    def forward(self) -> torch.Tensor:
        """Logits (n*n, n) of all questions, question (a, b) in row a*n + b."""
        n = self.n
        a = torch.arange(n).repeat_interleave(n)
        b = torch.arange(n).repeat(n)
        tokens = torch.stack([a, b, torch.full_like(a, n)], dim=1)
        stream = self.W_E[tokens] + self.W_pos
        query = torch.einsum("qd,hdk->qhk", stream[:, 2], self.W_Q)
        key = torch.einsum("qpd,hdk->qhpk", stream, self.W_K)
        value = torch.einsum("qpd,hdk->qhpk", stream, self.W_V)
        attention = (torch.einsum("qhk,qhpk->qhp", query, key) / self.W_Q.shape[2] ** 0.5).softmax(dim=-1)
        read = torch.einsum("qhp,qhpk,hke->qe", attention, value, self.W_O)
        last = stream[:, 2] + read
        logits: torch.Tensor = (last + torch.relu(last @ self.W_in) @ self.W_out) @ self.W_U
        return logits


def train(
    table: Array,
    *,
    width: int,
    heads: int,
    hidden: int,
    seed: int,
    steps: int,
    learning_rate: float,
    weight_decay: float,
) -> tuple[Transformer, list[float]]:
    """Trains from Gaussian weights.

    Args:
        table: multiplication table of the group.
        width: of the residual stream.
        heads: of the attention, of width / heads each.
        hidden: neurons.
        seed: seed of the initial weights.
        steps: steps of AdamW on all questions.
        learning_rate: initial learning rate; it falls to zero along a cosine.
        weight_decay: decoupled weight decay.

    Returns:
        The network, and the cross-entropy before every step and after the last.
    """
    torch.manual_seed(seed)
    network = Transformer(len(table), width, heads, width // heads, hidden)
    losses = train_on_all_questions(
        network, table, steps=steps, learning_rate=learning_rate, weight_decay=weight_decay
    )
    return network, losses


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train a transformer to multiply the elements of a group.")
    support.add_common_arguments(parser, group="D5", steps=3000, learning_rate=0.003)
    parser.add_argument("--width", type=int, default=32, help="of the residual stream (default: %(default)s)")
    parser.add_argument("--heads", type=int, default=2, help="of the attention (default: %(default)s)")
    parser.add_argument("--hidden", type=int, default=64, help="neurons (default: %(default)s)")
    parser.add_argument(
        "--weight-decay", type=float, default=0.3, help="decoupled decay (default: %(default)s)"
    )
    arguments = support.given(arguments)
    options = parser.parse_args(arguments)

    torch.set_num_threads(1)  # sums in another order would make another network
    table = support.multiplication_table(options.group)
    network, losses = train(
        table,
        width=options.width,
        heads=options.heads,
        hidden=options.hidden,
        seed=options.seed,
        steps=options.steps,
        learning_rate=options.learning_rate,
        weight_decay=options.weight_decay,
    )
    tensors = {name: x.detach().numpy() for name, x in network.named_parameters()}
    support.save_safetensors(
        options.out, tensors, {"group": options.group, "architecture": "one-layer transformer, a b ="}
    )
    with torch.no_grad():
        accuracy = float((network().argmax(dim=1).numpy() == table.ravel()).mean())
    support.record(
        arguments,
        "train_transformer.py",
        options.out,
        options.manifest,
        {
            "title": f"Transformer of one layer, trained on {options.group}",
            "group": options.group,
            "architecture": "attention, ReLU, no layer norm, no biases; reads a b = and answers at =",
            "harmonic": "mostly" if accuracy == 1 else "no",
            "tensors": {
                name: {"role": name, "shape": list(x.shape), "dtype": "float32", "group_axis": None}
                for name, x in tensors.items()
            },
            "seed": options.seed,
            "steps": options.steps,
            "loss": losses[-1],
            "figures": {"initial_loss": losses[0], "accuracy": accuracy},
        },
    )


if __name__ == "__main__":
    main()
