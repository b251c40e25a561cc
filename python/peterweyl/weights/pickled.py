"""Plain pickles of NumPy arrays, as JAX users and older scripts write them; they are run by the restricted machine."""

from __future__ import annotations

from collections.abc import Iterable

from .faults import Malformed
from .limits import Limits
from .mapping import Tensor
from .nested import tensors_of
from .pickle_opcodes import HIGHEST_PROTOCOL
from .pickled_objects import resolve_allowed
from .restricted_pickle import run_pickle
from .source_file import WeightsFile


class PickleReader:
    """Reads pickles of protocol 2 and later that hold nothing but arrays in plain containers."""

    name = "pickle"
    title = "a pickle of arrays (.pkl)"
    extensions = (".pkl", ".pickle")

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins as a pickle does."""
        return len(file.data) > 2 and file.data[0] == 0x80 and 2 <= file.data[1] <= HIGHEST_PROTOCOL

    def read(self, file: WeightsFile, limits: Limits) -> Iterable[Tensor]:
        """The arrays, over bytes of the file."""
        value, length = run_pickle(file.data, resolve_allowed)
        if length != len(file.data):
            raise Malformed(f"the pickle ends at byte {length:,} of {len(file.data):,}")
        return tensors_of(value)
