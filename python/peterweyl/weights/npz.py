"""NumPy archives, ``.npz``: a zip archive of arrays, each unpacked when it is asked for."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from .dtypes import Array, NotNumbers
from .faults import Malformed, quote
from .inflation import check_inflation
from .limits import Limits
from .mapping import Tensor, TensorInfo, unreadable_tensor
from .npy import MAX_HEADER, MAX_PREAMBLE, NpyHeader, parse_header
from .source_file import WeightsFile
from .zip_directory import ZipMember

SUFFIX = ".npy"


class NpzReader:
    """Reads ``.npz``, compressed or not; tensors have the names they were saved under."""

    name = "npz"
    title = "a NumPy archive (.npz)"
    extensions = (".npz",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file is a zip archive that holds arrays, or nothing at all."""
        directory = file.zip_directory
        return directory is not None and (
            not directory.members or any(name.endswith(SUFFIX) for name in directory.members)
        )

    def read(self, file: WeightsFile, limits: Limits) -> list[Tensor]:
        """The arrays; only their headers are unpacked here."""
        directory = file.zip_directory
        if directory is None or not directory.members:
            raise Malformed("the archive is empty: it has no members")
        arrays = [member for member in directory.members.values() if member.name.endswith(SUFFIX)]
        tensors: list[Tensor] = []
        others: list[NotNumbers] = []
        for member in arrays:
            name = member.name.removesuffix(SUFFIX)
            try:
                header = parse_header(member.prefix(MAX_PREAMBLE + MAX_HEADER))
                tensors.append(_tensor(name, member, header, limits))
            except NotNumbers as fault:
                if header.dtype is not None and header.dtype.hasobject:
                    raise NotNumbers(f"array {quote(name)}: {fault}") from None
                # Text beside the weights, such as labels, does not make the file unusable.
                others.append(fault)
                tensors.append(
                    unreadable_tensor(name, header.shape, str(header.dtype), f"cannot be used: {fault}")
                )
            except Malformed as fault:
                raise Malformed(f"array {quote(name)}: {fault}") from fault.__cause__
        if len(others) == len(arrays):
            raise others[0]
        return tensors


def _tensor(name: str, member: ZipMember, header: NpyHeader, limits: Limits) -> Tensor:
    stored = header.stored
    needed = header.length + prod(header.shape) * stored.itemsize
    if member.size != needed:
        raise Malformed(
            f"shape {header.shape} and type {stored.name} need {needed:,} bytes with the header, got {member.size:,}"
        )
    if not member.is_stored:
        # Refused here already, so that a bomb is named before anybody asks for it.
        check_inflation("it", len(member.packed), member.size, replace(limits, memory=member.size))
    info = TensorInfo(name, header.shape, stored.name, stored.loaded)
    unpacked = 0 if member.is_stored else member.size
    return Tensor(info, lambda: _load(member, header, limits), unpacked + stored.allocation(header.shape))


def _load(member: ZipMember, header: NpyHeader, limits: Limits) -> Array:
    return header.tensor(member.name, member.read(limits)[header.length :]).load()
