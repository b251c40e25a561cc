"""A small pickle machine that executes nothing: plain values are built, names are looked up in a table.

A pickle is a program for a stack machine, and the standard one imports and calls whatever the program names. This
machine has no way to: a name becomes an object of this package (``Function``, ``Buildable`` or a constant) or the file
is refused, and a call runs this package's own code on values that this machine built. It does not recurse, every length
is checked against the bytes that are left, and the steps and containers of one program are bounded. The text opcodes of
protocol 0 are left out.
"""

from __future__ import annotations

import struct

from .faults import Malformed, quote
from .pickle_machine import PersistentLoader, PickleMachine, Resolver
from .pickle_opcodes import HANDLERS


def no_persistent_ids(identifier: object) -> object:
    """The loader for pickles that must stand alone."""
    raise Malformed(f"it refers to something outside of itself: {quote(identifier)}")


def run_pickle(
    data: memoryview, resolve: Resolver, load_persistent: PersistentLoader = no_persistent_ids
) -> tuple[object, int]:
    """Run one pickle.

    Args:
        data: bytes that begin with it; more may follow.
        resolve: gives the values of names.
        load_persistent: gives the values of persistent ids.

    Returns:
        The value (None, bool, int, float, str, bytes-like, list, tuple, dict, set, or what the two functions gave),
        and the number of bytes that the pickle took.
    """
    machine = PickleMachine(data, resolve, load_persistent)
    try:
        return machine.run(HANDLERS), machine.position
    except (IndexError, struct.error) as error:
        raise Malformed(
            f"the pickle is damaged or cut short at byte {machine.position:,} of {len(data):,}"
        ) from error
