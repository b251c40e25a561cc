"""Trains a network with quadratic neurons to multiply the elements of a group.

The network is that of *Feature emergence via margin maximization* (Morwani, Edelman, Oncescu, Zhao, Kakade;
ICLR 2024): the logit of the answer c to the question a*b is

    f(a, b)_c = sum_m W[c, m] (U[m, a] + V[m, b])^2.

It is trained on all n^2 questions at once, with cross-entropy and the regulariser that fits a network of
degree three, decay * sum_m |(U[m], V[m], W[:, m])|^3. What that theory predicts can be read off the weights:
every neuron lives on one non-trivial irreducible representation, the same in U, V and W, and the normalised
margin comes close to the largest that any such network has. `--steps 0` writes the untrained network.

    python docs/examples/train_composition.py --group S4 --neurons 200 --out s4.safetensors
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import train_support as support
from train_support import Array


def initial_weights(n: int, neurons: int, seed: int, dtype: type[np.floating] = np.float32) -> list[Array]:
    """Gaussian U (neurons, n), V (neurons, n) and W (n, neurons) of standard deviation 0.1."""
    rng = np.random.default_rng(seed)
    shapes = ((neurons, n), (neurons, n), (n, neurons))
    return [(0.1 * rng.standard_normal(shape)).astype(dtype) for shape in shapes]


def logits(weights: Sequence[Array]) -> tuple[Array, Array]:
    """Logits (n*n, n) of all questions, question (a, b) in row a*n + b, and the sums U[m, a] + V[m, b]."""
    u, v, w = weights
    sums = (u.T[:, None, :] + v.T[None, :, :]).reshape(-1, len(u))
    return (sums * sums) @ w.T, sums


def neuron_norms(weights: Sequence[Array]) -> Array:
    """Euclidean norm of the weights that enter and leave every neuron."""
    u, v, w = weights
    return np.sqrt((u * u).sum(axis=1) + (v * v).sum(axis=1) + (w * w).sum(axis=0))


def loss_and_gradients(weights: Sequence[Array], table: Array, decay: float) -> tuple[float, list[Array]]:
    """Mean cross-entropy over all questions plus the regulariser, and the gradients for U, V and W."""
    u, v, w = weights
    n = len(table)
    answers = table.ravel()
    questions = np.arange(n * n)
    scores, sums = logits(weights)
    scores = scores - scores.max(axis=1, keepdims=True)
    probabilities = np.exp(scores)
    total = probabilities.sum(axis=1, keepdims=True)
    probabilities /= total
    norms = neuron_norms(weights)
    entropy = np.log(total).mean() - scores[questions, answers].mean()
    loss = float(entropy) + decay * float((norms**3).sum())

    delta = probabilities
    delta[questions, answers] -= 1
    delta /= n * n
    through = (2 * sums * (delta @ w)).reshape(n, n, -1)
    pull = 3 * decay * norms
    return loss, [
        through.sum(axis=1).T + pull[:, None] * u,
        through.sum(axis=0).T + pull[:, None] * v,
        delta.T @ (sums * sums) + pull * w,
    ]


def train(
    table: Array,
    *,
    neurons: int,
    seed: int,
    steps: int,
    learning_rate: float = 0.01,
    decay: float = 1e-5,
) -> tuple[list[Array], list[float]]:
    """Trains from random weights.

    Args:
        table: multiplication table of the group.
        neurons: width of the hidden layer.
        seed: seed of the initial weights.
        steps: steps of Adam on all questions; 0 leaves the network untrained.
        learning_rate: initial learning rate; it falls to zero along a cosine.
        decay: weight of the regulariser.

    Returns:
        U, V and W in float32, and the loss before every step and after the last.
    """
    weights = initial_weights(len(table), neurons, seed)
    optimiser = support.Adam(weights, learning_rate=learning_rate, steps=steps, betas=(0.9, 0.98))
    losses = []
    for step in range(steps):
        loss, gradients = loss_and_gradients(weights, table, decay)
        if step % max(1, steps // 10) == 0:
            print(f"step {step:6d}  loss {loss:.6e}", flush=True)
        losses.append(loss)
        optimiser.step(gradients)
    losses.append(loss_and_gradients(weights, table, decay)[0])
    print(f"step {steps:6d}  loss {losses[-1]:.6e}", flush=True)
    return weights, losses


def accuracy_and_margin(weights: Sequence[Array], table: Array) -> tuple[float, float]:
    """Share of right answers, and the smallest lead of a right answer divided by sum_m |neuron m|^3."""
    weights = [np.asarray(x, dtype=np.float64) for x in weights]
    scores, _ = logits(weights)
    answers = table.ravel()
    questions = np.arange(len(answers))
    right = scores[questions, answers]
    scores[questions, answers] = -np.inf
    lead = right - scores.max(axis=1)
    return float((lead > 0).mean()), float(lead.min() / (neuron_norms(weights) ** 3).sum())


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description="Train quadratic neurons to multiply the elements of a group."
    )
    support.add_common_arguments(parser, group="S4", steps=3000, learning_rate=0.01)
    parser.add_argument(
        "--neurons", type=int, default=200, help="width of the hidden layer (default: %(default)s)"
    )
    parser.add_argument(
        "--decay", type=float, default=1e-5, help="weight of the regulariser (default: %(default)s)"
    )
    arguments = support.given(arguments)
    options = parser.parse_args(arguments)

    table = support.multiplication_table(options.group)
    weights, losses = train(
        table,
        neurons=options.neurons,
        seed=options.seed,
        steps=options.steps,
        learning_rate=options.learning_rate,
        decay=options.decay,
    )
    tensors = dict(zip("UVW", weights, strict=True))
    support.save_safetensors(
        options.out, tensors, {"group": options.group, "architecture": "quadratic group composition"}
    )

    accuracy, margin = accuracy_and_margin(weights, table)
    projectors = support.isotypic_projectors(table)
    purity = {name: support.purity(x.T if name == "W" else x, projectors) for name, x in tensors.items()}
    pure = accuracy == 1 and min(p["minimum"] for p in purity.values()) > 0.97
    state = "trained on" if options.steps else "untrained, for"
    support.record(
        arguments,
        "train_composition.py",
        options.out,
        options.manifest,
        {
            "title": f"Quadratic composition network, {state} {options.group}",
            "group": options.group,
            "architecture": "f(a, b)_c = sum_m W[c, m] (U[m, a] + V[m, b])^2",
            "harmonic": "yes" if pure else "no",
            "tensors": {
                name: {
                    "role": role,
                    "shape": list(tensors[name].shape),
                    "dtype": "float32",
                    "group_axis": axis,
                }
                for name, role, axis in (("U", "left", 1), ("V", "right", 1), ("W", "out", 0))
            },
            "seed": options.seed,
            "steps": options.steps,
            "loss": losses[-1],
            "figures": {
                "initial_loss": losses[0],
                "accuracy": accuracy,
                "normalised_margin": margin,
                "purity": purity,
            },
        },
    )


if __name__ == "__main__":
    main()
