"""Exact character tables of finite groups, and what people do with characters."""

from __future__ import annotations

from .class_function import ClassFunction
from .cyclotomic import Cyclotomic
from .exact_values import ExactValues
from .table import CharacterTable, symmetric_group_character_table

__all__ = ["CharacterTable", "ClassFunction", "Cyclotomic", "ExactValues", "symmetric_group_character_table"]


def __dir__() -> list[str]:
    return __all__
