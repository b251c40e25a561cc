"""torch's checkpoints before 1.6: five pickles one after another, then the storages."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from .dtypes import ByteOrder
from .faults import Malformed, quote
from .limits import Limits
from .mapping import Tensor
from .nested import tensors_of
from .restricted_pickle import run_pickle
from .source_file import WeightsFile
from .torch_objects import Storage, resolve_torch, storage_key

# The number 0x1950a86a20f9469cfc6c that begins such a file, as a pickle writes it.
MAGIC = bytes.fromhex("8a0a6cfc9c46f9206aa85019")
MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001


class TorchLegacyReader:
    """Reads checkpoints that were saved before torch 1.6, or with ``_use_new_zipfile_serialization=False``."""

    name = "torch-legacy"
    title = "a torch checkpoint of before 1.6"
    extensions: tuple[str, ...] = ()

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins with a pickle of torch's magic number."""
        return file.data[0] == 0x80 and MAGIC in bytes(file.data[:32])

    def read(self, file: WeightsFile, limits: Limits) -> Iterable[Tensor]:
        """The tensors, over bytes of the file."""
        stream = _Stream(file.data)
        if stream.pickle() != MAGIC_NUMBER or stream.pickle() != PROTOCOL_VERSION:
            raise Malformed(f"its protocol version is not {PROTOCOL_VERSION}")
        system = stream.pickle()
        little = system.get("little_endian", True) if isinstance(system, dict) else True
        stream.byte_order = "<" if little else ">"
        value = stream.pickle()
        stream.place_storages(stream.pickle())
        return tensors_of(value)


class _Stream:
    """The file, read from front to back; storages are known by their keys before their bytes are reached."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0
        self.byte_order: ByteOrder = "<"
        self.itemsizes: dict[str, int] = {}
        self.places: dict[str, memoryview] = {}
        self.storages: list[tuple[Storage, str]] = []

    def pickle(self) -> object:
        value, length = run_pickle(self.data[self.position :], resolve_torch, self.storage)
        self.position += length
        return value

    def storage(self, identifier: object) -> Storage:
        stored, key, count, view = storage_key(identifier)
        first = 0
        if view is not None:
            if type(view) is not tuple or len(view) != 3 or type(view[1]) is not int or view[1] < 0:
                raise Malformed("the checkpoint has a view of a storage that is not understood")
            first = view[1]
        if self.itemsizes.setdefault(key, stored.itemsize) != stored.itemsize:
            raise Malformed(f"the storage {quote(key)} has numbers of two types")
        # Its size is what the file says until place_storages finds the bytes.
        storage = Storage(
            stored, self.byte_order, count * stored.itemsize, lambda: self.places[key], first=first
        )
        self.storages.append((storage, key))
        return storage

    def place_storages(self, keys: object) -> None:
        if not isinstance(keys, list):
            raise Malformed("its list of storages is missing")
        for key in keys:
            if not isinstance(key, str) or key not in self.itemsizes or key in self.places:
                raise Malformed(f"its list of storages has {quote(key)}, which no tensor uses, or twice")
            if self.position + 8 > len(self.data):
                raise Malformed(f"it is cut short before the storage {quote(key)}")
            (count,) = struct.unpack_from(f"{self.byte_order}q", self.data, self.position)
            start = self.position + 8
            self.position = start + count * self.itemsizes[key]
            if count < 0 or self.position > len(self.data):
                raise Malformed(
                    f"the storage {quote(key)} says it has {count:,} numbers, {len(self.data) - start:,} bytes are left"
                )
            self.places[key] = self.data[start : self.position]
        for storage, key in self.storages:
            if key not in self.places:
                raise Malformed(f"the storage {quote(key)} is missing")
            storage.size = len(self.places[key])
