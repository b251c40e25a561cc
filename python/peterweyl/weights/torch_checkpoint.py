"""torch's checkpoints since 1.6, and TorchScript archives: a zip archive with a pickle and one member a storage."""

from __future__ import annotations

from collections.abc import Iterable

from .dtypes import ByteOrder, StoredType
from .faults import Malformed, quote
from .limits import Limits
from .mapping import Tensor
from .nested import tensors_of
from .restricted_pickle import run_pickle
from .source_file import WeightsFile
from .torch_objects import Storage, resolve_torch, storage_key
from .zip_directory import ZipDirectory, ZipMember

PICKLE_MEMBER = "data.pkl"

# The pickle holds names and shapes; the numbers are outside of it.
MAX_PICKLE = 128 * 2**20


class TorchReader:
    """Reads ``.pt``, ``.pth``, ``.bin`` and ``.ckpt`` without torch; keys of nested dictionaries are joined by dots."""

    name = "torch"
    title = "a torch checkpoint (.pt)"
    extensions = (".pt", ".pth", ".bin", ".ckpt")

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file is a zip archive with torch's pickle in its only folder."""
        directory = file.zip_directory
        return directory is not None and _pickle_member(directory) is not None

    def read(self, file: WeightsFile, limits: Limits) -> Iterable[Tensor]:
        """The tensors; storages are neither read nor unpacked here."""
        directory = file.zip_directory
        member = _pickle_member(directory) if directory else None
        if directory is None or member is None:
            raise Malformed(
                f"expected a zip archive with a member {PICKLE_MEMBER}, got a file that begins {quote(file.data, 16)}"
            )
        if member.size > MAX_PICKLE:
            raise Malformed(f"its {PICKLE_MEMBER} has {member.size:,} bytes, more than {MAX_PICKLE:,}")
        archive = _Archive(directory, member.name.removesuffix(PICKLE_MEMBER), limits)
        value, _ = run_pickle(member.read(limits), resolve_torch, archive.storage)
        return tensors_of(value)


def _pickle_member(directory: ZipDirectory) -> ZipMember | None:
    for name, member in directory.members.items():
        if name == PICKLE_MEMBER or (name.endswith("/" + PICKLE_MEMBER) and name.count("/") == 1):
            return member
    return None


class _Archive:
    """Gives the storages that the pickle refers to, each made once."""

    def __init__(self, directory: ZipDirectory, folder: str, limits: Limits) -> None:
        self.members = directory.members
        self.folder = folder
        self.limits = limits
        self.storages: dict[tuple[str, str], Storage] = {}
        self.byte_order = self._byte_order()

    def _byte_order(self) -> ByteOrder:
        member = self.members.get(self.folder + "byteorder")
        order = b"little" if member is None else bytes(member.prefix(16)).strip()
        if order not in (b"little", b"big"):
            raise Malformed(f"its byteorder must be little or big, got {quote(order)}")
        return "<" if order == b"little" else ">"

    def storage(self, identifier: object) -> Storage:
        stored, key, count, _ = storage_key(identifier)
        if (key, stored.name) not in self.storages:
            member = self.members.get(f"{self.folder}data/{key}")
            if member is None:
                raise Malformed(f"the storage {quote(key)} is missing from the archive")
            self.storages[key, stored.name] = self._open(member, stored)
        storage = self.storages[key, stored.name]
        if storage.size != count * stored.itemsize:
            raise Malformed(
                f"the storage {quote(key)} of {count:,} numbers of type {stored.name} has {storage.size:,} bytes"
            )
        return storage

    def _open(self, member: ZipMember, stored: StoredType) -> Storage:
        # A checksum would read every byte of a file that is mapped to avoid just that; torch does not check it either.
        return Storage(
            stored,
            self.byte_order,
            member.size,
            lambda: member.read(self.limits, verify=False),
            0 if member.is_stored else member.size,
        )
