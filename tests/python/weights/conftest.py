"""What the tests of the readers share: fixtures written by real torch and onnx, and files of given bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

Write = Callable[[str, bytes], Path]


@pytest.fixture(scope="session")
def data_folder() -> Path:
    return Path(__file__).parents[2] / "data" / "weights"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture(scope="session")
def matrix() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
