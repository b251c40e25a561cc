"""Activation functions by name, and the changes of neurons that each of them lets through."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError

__all__ = ["ACTIVATIONS", "Activation", "activation_named"]

Array = NDArray[Any]
Function = Callable[[Array], Array]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Activation:
    """An activation and its intertwiner group: the A for which sigma(A x) = B sigma(x) for some B and all x.

    Such an A, undone by B in the next layer, changes the weights and not the function (Godfrey, Brown, Emerson and
    Kvinge, NeurIPS 2022).

    Attributes:
        name: as the user writes it.
        function: what it computes.
        intertwiners: ``"linear"`` all invertible matrices; ``"positive"`` permutations and positive scales;
            ``"scales"`` permutations and non-zero scales; ``"signs"`` permutations and signs; ``"permutations"``.
        power: B of A for diagonal A: the scale to this power; 0 means the absolute value of a sign.
    """

    name: str
    function: Function
    intertwiners: Literal["linear", "positive", "scales", "signs", "permutations"]
    power: int = 1

    def image(self, scales: Array) -> Array:
        """The scales by which the activations of neurons are multiplied when their inputs are, by ``scales``."""
        return np.abs(scales) if self.power == 0 else scales**self.power


def _relu(x: Array) -> Array:
    return np.maximum(x, 0)


def _leaky_relu(x: Array) -> Array:
    return np.where(x > 0, x, 0.01 * x)


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)))


def _silu(x: Array) -> Array:
    return np.asarray(x * _sigmoid(x))


_error_function = np.vectorize(math.erf, otypes=[np.float64])


def _gelu(x: Array) -> Array:
    return np.asarray(0.5 * x * (1 + _error_function(x / np.sqrt(2.0))))


def _gelu_tanh(x: Array) -> Array:
    return np.asarray(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def _gaussian(x: Array) -> Array:
    return np.asarray(np.exp(-(x**2)))


#: The activations that are known by name.
ACTIVATIONS: Final[Mapping[str, Activation]] = MappingProxyType(
    {
        activation.name: activation
        for activation in (
            Activation("identity", np.asarray, "linear"),
            Activation("relu", _relu, "positive"),
            Activation("leaky_relu", _leaky_relu, "positive"),
            Activation("gelu", _gelu, "permutations"),
            Activation("gelu_tanh", _gelu_tanh, "permutations"),
            Activation("silu", _silu, "permutations"),
            Activation("sigmoid", _sigmoid, "permutations"),
            Activation("tanh", np.tanh, "signs"),
            Activation("gaussian", _gaussian, "signs", power=0),
            Activation("abs", np.abs, "scales", power=0),
            Activation("square", np.square, "scales", power=2),
            Activation("cube", lambda x: x**3, "scales", power=3),
        )
    }
)


def activation_named(activation: str | Function) -> Activation:
    """An activation by name, or one around a function, of which only permutations of neurons are known."""
    if isinstance(activation, str):
        if activation not in ACTIVATIONS:
            raise ArgumentError(
                f"activation: expected one of {', '.join(ACTIVATIONS)} or a function, got {activation!r}"
            )
        return ACTIVATIONS[activation]
    if callable(activation):
        return Activation(getattr(activation, "__name__", "a function"), activation, "permutations")
    raise ArgumentError(f"activation: expected a name or a function, got {type(activation).__name__}")
