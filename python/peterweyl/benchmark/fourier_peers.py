"""What other packages transform: each of them where it is installed and knows the group."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any, Final

import numpy as np

from .peers import installed_module

__all__ = ["PEERS", "peer_work"]

#: Distribution and module of each peer, and what it does.
PEERS: Final = {
    "fft-symmetric": ("fft_symmetric", "symmetric groups, integers modulo a prime, pure Python"),
    "fft-dihedral": ("fft_dihedral", "dihedral groups, integers modulo a prime, pure Python"),
    "algebraist": ("algebraist", "symmetric groups, torch"),
    "escnn": ("escnn", "cyclic, dihedral, cubic and icosahedral groups, dense sums in Python"),
}
#: Their times grow faster than ours: none is asked for more elements than this.
_LARGEST: Final = 1024


def peer_work(name: str, spec: str, order: int) -> Callable[[], Any] | None:
    """One forward transform by a peer; ``None`` where it is not installed or does not know the group."""
    found = installed_module(PEERS[name][0], name)
    if found is None or order > _LARGEST:
        return None
    module: Any = found[0]
    random = np.random.default_rng(0)
    symmetric = re.fullmatch(r"S(\d+)", spec)
    dihedral = re.fullmatch(r"D(\d+)", spec)
    if name == "fft-symmetric" and symmetric:
        transform = module.SymmetricFFT(int(symmetric[1]), 1009)
        values = random.integers(0, 1009, order).tolist()
        return lambda: transform.fft(values)
    if name == "fft-dihedral" and dihedral and module.is_power_of_two(int(dihedral[1])):
        n, modulus = int(dihedral[1]), module.DEFAULT_MODULUS
        root = module.root_of_unity(n, modulus, primitive_root=module.DEFAULT_PRIMITIVE_ROOT)
        rotations, reflections = module.random_dihedral_function(n, modulus, 0)
        return lambda: module.dihedral_dft_fft(rotations, reflections, modulus, root)
    if name == "algebraist" and symmetric:
        tensor = import_module("torch").from_numpy(random.normal(size=(1, order)))
        return partial(import_module("algebraist.fourier").sn_fft, tensor, int(symmetric[1]))
    if name == "escnn":
        return _escnn_work(spec, random.normal(size=order))
    return None


def _escnn_work(spec: str, values: Any) -> Callable[[], Any] | None:
    """Its representations, element by element, as its users transform."""
    groups = import_module("escnn.group")
    cyclic, dihedral = re.fullmatch(r"C(\d+)", spec), re.fullmatch(r"D(\d+)", spec)
    if cyclic:
        known = groups.cyclic_group(int(cyclic[1]))
    elif dihedral:
        known = groups.dihedral_group(int(dihedral[1]))
    elif spec in ("S4", "A5"):
        known = groups.octa_group() if spec == "S4" else groups.ico_group()
    else:
        return None
    representations, elements = known.irreps(), known.elements
    return lambda: [
        sum(value * rho(g).T for value, g in zip(values, elements, strict=True)) for rho in representations
    ]
