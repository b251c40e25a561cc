"""Trains a power-spectral network until its weights are the irreducible representations of a group.

The network and its loss are those of *Harmonics of Learning* (Marchetti, Hillar, Kragic, Sanborn; COLT
2024). Block i maps a signal x on the group to the d_i x d_i matrix W_i(x) = sum_g W_i(g) x_g, and the network
answers with the power spectra phi_i(W, x) = W_i(x) W_i(x)^*. Training asks that a translated signal has the
same spectra as the signal, and that no information is lost:

    L = sum_i E |phi_i(W, x) - phi_i(W, y)|^2 / (2 n^2 d_i) + eta |W^* W - n I|^2 / n^3,  y_h = x_{g^-1 h}.

Two things differ from the published code. The expectation over complex Gaussian signals x and uniform group
elements g is taken in closed form instead of by sampling (see `invariance`), so training has no noise. And
the Gram matrix is (W^* W)[g, h] = sum_i d_i tr(W_i(g)^* W_i(h)): without the weights d_i the irreducible
representations of a non-abelian group are not a minimum.

At the minimum W_i(g) = M_i rho_i(g)^* with M_i unitary and rho_1, rho_2, ... all the irreducible unitary
representations. All columns are trained; the one of the identity is not fixed. From random weights a run can
end in a local minimum where two blocks share a representation: the loss says so (it is not zero), and
another seed helps.

    python docs/examples/train_power_spectral.py --group S4 --seed 1 --out s4.npz
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np
import train_support as support
from train_support import Array


def initial_blocks(n: int, degrees: Sequence[int], seed: int) -> list[Array]:
    """Complex Gaussian blocks (n, d, d), scaled so that a block has the norm of a representation."""
    rng = np.random.default_rng(seed)

    def gaussian(d: int) -> Array:
        real, imaginary = rng.standard_normal((2, n, d, d))
        return (real + 1j * imaginary) / np.sqrt(2 * d)

    return [gaussian(d) for d in degrees]


def invariance(block: Array, table: Array) -> tuple[float, Array]:
    """Mean squared change of a block's power spectrum under translation, and its gradient.

    With B(g, h) = W(g) W(h)^*, the spectrum of x is sum_{g,h} x_g conj(x_h) B(g, h), and translating x by k
    moves B(g, h) to B(kg, kh). For complex Gaussian x the mean over x and k of the squared difference is
    2 |B - PB|^2, where P averages B over k: PB(g, h) depends on h^-1 g only. Halved, and divided by the
    norm n^2 d that B has at the minimum, this is the value returned.

    Returns:
        The value, and its gradient with respect to the real and imaginary parts as one complex array.
    """
    n, d, _ = block.shape
    rows = block.reshape(n * d, d)
    gram = (rows @ rows.conj().T).reshape(n, d, n, d).transpose(0, 2, 1, 3)
    k = np.arange(n)[:, None]
    average = gram[table, k].mean(axis=0)  # average[x], the mean of B(kx, k): the pairs with h^-1 g = x
    quotient = table[support.inverses(table)].T  # quotient[g, h] = h^-1 g
    residual = gram - average[quotient]
    scale = 1 / (n * n * d)
    # P is an orthogonal projection, so it drops out of the derivative of |B - PB|^2
    gradient = 4 * scale * np.einsum("ghab,hbc->gac", residual, block, optimize=True)
    return scale * float((np.abs(residual) ** 2).sum()), gradient


def gram_regulariser(blocks: Sequence[Array]) -> tuple[float, list[Array]]:
    """Returns |W^* W - n I|^2 / n^3 with Hilbert-Schmidt weights d_i, and its gradients."""
    n = len(blocks[0])
    degrees = [block.shape[1] for block in blocks]
    flat = np.concatenate(
        [np.sqrt(d) * w.reshape(n, d * d) for d, w in zip(degrees, blocks, strict=True)], axis=1
    )
    defect = flat.conj() @ flat.T - n * np.eye(n)
    gradient = 4 / n**3 * defect.T @ flat
    pieces = np.split(gradient, np.cumsum([d * d for d in degrees])[:-1], axis=1)
    gradients = [np.sqrt(d) * g.reshape(n, d, d) for d, g in zip(degrees, pieces, strict=True)]
    return float((np.abs(defect) ** 2).sum()) / n**3, gradients


def loss_and_gradients(blocks: Sequence[Array], table: Array, eta: float) -> tuple[float, list[Array]]:
    """The training loss and its gradients, one complex array for every block."""
    regulariser, gradients = gram_regulariser(blocks)
    loss = eta * regulariser
    gradients = [eta * g for g in gradients]
    for i, block in enumerate(blocks):
        value, gradient = invariance(block, table)
        loss += value
        gradients[i] = gradients[i] + gradient
    return loss, gradients


def train(
    table: Array,
    degrees: Sequence[int],
    *,
    seed: int,
    steps: int,
    learning_rate: float = 0.02,
    eta: float = 1.0,
) -> tuple[list[Array], list[float]]:
    """Trains from random weights.

    Args:
        table: multiplication table of the group, identity at 0.
        degrees: the degree of every block; those of the irreducible representations.
        seed: seed of the initial weights.
        steps: steps of Adam on the whole loss.
        learning_rate: initial learning rate; it falls to zero along a cosine.
        eta: weight of the regulariser.

    Returns:
        The blocks, complex (n, d, d), and the loss before every step and after the last.
    """
    blocks = initial_blocks(len(table), degrees, seed)
    optimiser = support.Adam(blocks, learning_rate=learning_rate, steps=steps)
    losses = []
    for step in range(steps):
        loss, gradients = loss_and_gradients(blocks, table, eta)
        if step % max(1, steps // 10) == 0:
            print(f"step {step:6d}  loss {loss:.6e}", flush=True)
        losses.append(loss)
        optimiser.step(gradients)
    losses.append(loss_and_gradients(blocks, table, eta)[0])
    print(f"step {steps:6d}  loss {losses[-1]:.6e}", flush=True)
    return blocks, losses


def homomorphism_defect(block: Array, table: Array) -> float:
    """Largest relative error of rho(g) rho(h) = rho(gh), for the whitened block rho(g) = U(g)^* U(1).

    U(g) = S^(-1/2) W(g), S the mean of W(g) W(g)^*, is unitary if W(g) = M rho(g)^*; the matrix M, which
    training does not determine, cancels.
    """
    d = block.shape[1]
    values, vectors = np.linalg.eigh(np.einsum("gab,gcb->ac", block, block.conj()) / len(block))
    unitary = (vectors / np.sqrt(values)) @ vectors.conj().T @ block
    rho = unitary.conj().transpose(0, 2, 1) @ unitary[0]
    error = np.einsum("gab,hbc->ghac", rho, rho) - rho[table]
    return float(np.sqrt((np.abs(error) ** 2).sum(axis=(2, 3)).max() / d))


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Train a power-spectral network on a finite group.")
    support.add_common_arguments(parser, group="S4", steps=2000, learning_rate=0.02)
    parser.add_argument(
        "--degrees", help="degrees of the blocks, such as 1,1,2 (default: those of the irreps)"
    )
    parser.add_argument(
        "--eta", type=float, default=1.0, help="weight of the regulariser (default: %(default)s)"
    )
    arguments = support.given(arguments)
    options = parser.parse_args(arguments)

    table = support.multiplication_table(options.group)
    degrees = (
        [int(d) for d in options.degrees.split(",")]
        if options.degrees
        else support.irrep_degrees(options.group)
    )
    blocks, losses = train(
        table,
        degrees,
        seed=options.seed,
        steps=options.steps,
        learning_rate=options.learning_rate,
        eta=options.eta,
    )
    tensors = {f"W{i}": block.astype(np.complex64) for i, block in enumerate(blocks)}
    np.savez(options.out, **tensors)

    # the figures are those of the file, after rounding to single precision
    stored = [w.astype(np.complex128) for w in tensors.values()]
    defects = [homomorphism_defect(w, table) for w in stored]
    loss, _ = loss_and_gradients(stored, table, options.eta)
    support.record(
        arguments,
        "train_power_spectral.py",
        options.out,
        options.manifest,
        {
            "title": f"Power-spectral network, trained on {options.group}",
            "group": options.group,
            "architecture": "phi_i(x) = W_i(x) W_i(x)^*, W_i(x) = sum_g W_i(g) x_g",
            "harmonic": "yes" if loss < 1e-6 and max(defects) < 0.05 else "no",
            "tensors": {
                name: {
                    "role": "block",
                    "shape": list(w.shape),
                    "dtype": "complex64",
                    "group_axis": 0,
                }
                for name, w in tensors.items()
            },
            "seed": options.seed,
            "steps": options.steps,
            "loss": loss,
            "figures": {
                "initial_loss": losses[0],
                "homomorphism_defect": dict(zip(tensors, defects, strict=True)),
            },
        },
    )


if __name__ == "__main__":
    main()
