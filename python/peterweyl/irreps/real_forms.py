"""Irreps over the real numbers and over the quaternions.

The average of ``rho(g) A rho(g)^T`` over the group is a bilinear form that the irrep keeps: zero for the complex type,
symmetric for the real one, antisymmetric for the quaternionic one (Frobenius and Schur 1906). A symmetric unitary
form ``U U^T`` (Takagi) makes ``U^H rho U`` real; an antisymmetric one is a structure map ``v -> T conj(v)`` of square
-1 that commutes with the group.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError, NumericalError

__all__ = ["RealFormKind", "real_form"]

RealFormKind = Literal["orthogonal", "realified", "quaternionic"]

_TOLERANCE = 1e-10


def real_form(matrices: NDArray[np.complex128], indicator: int, kind: RealFormKind | None) -> NDArray[Any]:
    """See :meth:`Irrep.real_form`."""
    chosen = kind or {1: "orthogonal", 0: "realified", -1: "quaternionic"}[indicator]
    if chosen == "realified":
        return np.block([[matrices.real, -matrices.imag], [matrices.imag, matrices.real]])
    needed = {"orthogonal": 1, "quaternionic": -1}.get(chosen)
    if needed is None:
        raise ArgumentError(f'kind: expected "orthogonal", "realified" or "quaternionic", got {kind!r}')
    if indicator != needed:
        raise ArgumentError(
            f"kind: an irrep of indicator {indicator} has no {chosen} form; it has a realified one"
        )
    if needed == 1 and not matrices.imag.any():
        return np.ascontiguousarray(matrices.real)
    form = _invariant_form(matrices)
    basis = _takagi(form) if needed == 1 else _symplectic_basis(form)
    result = basis.conj().T @ matrices @ basis
    if needed == -1:
        return result
    if np.abs(result.imag).max() > _TOLERANCE:
        raise NumericalError(f"real form: an imaginary part of {np.abs(result.imag).max():.1e} is left")
    return np.ascontiguousarray(result.real)


def _invariant_form(matrices: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """The unitary form T with rho(g) T rho(g)^T = T."""
    n, d, _ = matrices.shape
    random = np.random.default_rng(0)
    for _ in range(20):
        start = random.normal(size=(d, d)) + 1j * random.normal(size=(d, d))
        mean = np.einsum("gij,gkj->ik", matrices @ start, matrices, optimize=True) / n
        scale = float(np.linalg.norm(mean)) / np.sqrt(d)
        if scale > 0.1 / d:
            form: NDArray[np.complex128] = mean / scale
            return form
    raise NumericalError("real form: no invariant form was found")


def _takagi(form: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """U with U U^T = form, for a symmetric unitary matrix: its real and imaginary parts commute."""
    form = (form + form.T) / 2
    _, vectors = np.linalg.eigh(form.real + np.sqrt(2) * form.imag)
    phases = np.einsum("ij,ij->j", vectors, form @ vectors)
    # Equal eigenvalues of the combination may hide different phases: those are told apart by the matrix itself.
    if np.abs(vectors * phases @ vectors.T - form).max() > _TOLERANCE:
        _, vectors = np.linalg.eigh(form.real * np.cos(1.0) + form.imag * np.sin(1.0))
        phases = np.einsum("ij,ij->j", vectors, form @ vectors)
    result: NDArray[np.complex128] = vectors * np.exp(0.5j * np.angle(phases))
    return result


def _symplectic_basis(form: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Orthonormal e_1 ... e_m, K e_1 ... K e_m for the structure map K v = form conj(v)."""
    d = len(form)
    chosen: list[NDArray[np.complex128]] = []
    images: list[NDArray[np.complex128]] = []
    for k in range(d):
        vector = np.eye(d, dtype=np.complex128)[k]
        for _ in range(2):
            for other in chosen + images:
                vector = vector - other * np.vdot(other, vector)
        length = float(np.linalg.norm(vector))
        if length > 0.5 / np.sqrt(d) and len(chosen) < d // 2:
            chosen.append(vector / length)
            images.append(form @ chosen[-1].conj())
    if 2 * len(chosen) != d:
        raise NumericalError("real form: the quaternionic structure did not close")
    return np.stack(chosen + images, axis=1)
