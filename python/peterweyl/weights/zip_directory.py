"""Zip archives, as far as weights need them: a bounded directory parser, and members without a copy where stored.

Written here rather than taken from ``zipfile`` for three reasons: a stored member is a view of the file's bytes, every
size is checked before anything is unpacked, and whatever is wrong is one kind of finding.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .faults import Malformed, quote
from .inflation import check_inflation, inflate
from .limits import MAX_TENSORS, Limits

LOCAL_HEADER = struct.Struct("<4s5H3I2H")
CENTRAL_HEADER = struct.Struct("<4s6H3I5H2I")
END_RECORD = struct.Struct("<4s4H2IH")
END_RECORD_64 = struct.Struct("<4sQ2H2I4Q")
END_LOCATOR_64 = struct.Struct("<4sIQI")

LOCAL_MAGIC = b"PK\x03\x04"
CENTRAL_MAGIC = b"PK\x01\x02"
END_MAGIC = b"PK\x05\x06"
END_MAGIC_64 = b"PK\x06\x06"
LOCATOR_MAGIC_64 = b"PK\x06\x07"

STORED = 0
DEFLATED = 8
ENCRYPTED = 0x1 | 0x40
UTF8_NAME = 0x800
SYMBOLIC_LINK = 0o120000
ZIP64_EXTRA = 1

# Beside its storages, an archive of torch's has a few members only.
MAX_MEMBERS = MAX_TENSORS + 1_024


def looks_like_zip(data: memoryview) -> bool:
    """Whether bytes begin as a zip archive does, an empty one included."""
    return data[:4] in (LOCAL_MAGIC, END_MAGIC)


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One member of an archive.

    Attributes:
        name: its path in the archive.
        packed: its bytes as they lie in the archive.
        size: its bytes once unpacked.
        method: how it is packed, stored or deflated.
        checksum: CRC-32 of the unpacked bytes.
    """

    name: str
    packed: memoryview
    size: int
    method: int
    checksum: int

    @property
    def is_stored(self) -> bool:
        """Whether the member can be shown without unpacking."""
        return self.method == STORED

    def prefix(self, length: int) -> memoryview:
        """The first bytes of the member, not more than ``length`` of them; the rest is not unpacked."""
        if self.is_stored:
            return self.packed[:length]
        return memoryview(self._inflate(min(length, self.size)))

    def read(self, limits: Limits, *, verify: bool = True) -> memoryview:
        """All bytes of the member: a view where it is stored, unpacked where it is deflated.

        Args:
            limits: the limits of the call, checked before anything is unpacked.
            verify: compare the checksum (always done for what is unpacked).
        """
        if self.is_stored:
            if verify and zlib.crc32(self.packed) != self.checksum:
                raise Malformed(f"member {quote(self.name)}: the checksum does not fit its bytes")
            return self.packed
        check_inflation(f"member {quote(self.name)}", len(self.packed), self.size, limits)
        data = self._inflate(self.size)
        if len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise Malformed(
                f"member {quote(self.name)}: its length or checksum does not fit the archive's directory"
            )
        return memoryview(data)

    def _inflate(self, length: int) -> bytes:
        return inflate(self.packed, length, -zlib.MAX_WBITS, f"member {quote(self.name)}")


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """The members of an archive by name, folders left out."""

    members: dict[str, ZipMember]

    @classmethod
    def parse(cls, data: memoryview) -> ZipDirectory:
        """Read the directory of an archive and check it against the bytes that are there.

        Args:
            data: the whole archive.

        Raises:
            Malformed: it is cut short, encrypted, or has members that overlap, repeat or point elsewhere.
        """
        count, start, end = _central_directory(data)
        if count > MAX_MEMBERS:
            raise Malformed(f"the archive has {count:,} members, more than {MAX_MEMBERS:,}")
        members: dict[str, ZipMember] = {}
        spans: list[tuple[int, int]] = []
        for name, member, span in _entries(data, count, start, end):
            if name in members:
                raise Malformed(f"two members have the name {quote(name)}")
            if not name.endswith("/"):
                members[name] = member
            spans.append(span)
        spans.sort()
        for (_, previous_end), (next_start, _) in pairwise(spans):
            if next_start < previous_end:
                raise Malformed("members of the archive overlap")
        return cls(members)


def _central_directory(data: memoryview) -> tuple[int, int, int]:
    """Number of entries, and where their list starts and ends."""
    tail_start = max(0, len(data) - END_RECORD.size - 0xFFFF)
    tail = bytes(data[tail_start:])
    position = tail.rfind(END_MAGIC)
    while position >= 0:
        if position + END_RECORD.size <= len(tail):
            record = END_RECORD.unpack_from(tail, position)
            if position + END_RECORD.size + record[7] == len(tail):
                break
        position = tail.rfind(END_MAGIC, 0, position)
    if position < 0:
        raise Malformed("the zip archive has no directory at its end: it is cut short or damaged")
    end = tail_start + position
    _, disk, first_disk, here, count, size, start, _ = record
    locator = end - END_LOCATOR_64.size
    if locator >= 0 and data[locator : locator + 4] == LOCATOR_MAGIC_64:
        _, _, end, _ = END_LOCATOR_64.unpack_from(data, locator)
        if end + END_RECORD_64.size > locator or data[end : end + 4] != END_MAGIC_64:
            raise Malformed("the zip archive's 64-bit directory is not where it says")
        _, _, _, _, disk, first_disk, here, count, size, start = END_RECORD_64.unpack_from(data, end)
    if disk or first_disk or here != count:
        raise Malformed("the zip archive is one part of several")
    if start + size != end:
        raise Malformed(
            f"the zip archive's directory of {size:,} bytes is not where it says: the file is damaged"
        )
    return count, start, end


def _entries(
    data: memoryview, count: int, start: int, end: int
) -> Iterator[tuple[str, ZipMember, tuple[int, int]]]:
    position = start
    for _ in range(count):
        if position + CENTRAL_HEADER.size > end or data[position : position + 4] != CENTRAL_MAGIC:
            raise Malformed(f"the zip archive's directory ends before its {count:,} entries")
        fields = CENTRAL_HEADER.unpack_from(data, position)
        flags, method, checksum, packed_size, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_length, extra_length, comment_length = fields[10], fields[11], fields[12]
        header = fields[16]
        names = position + CENTRAL_HEADER.size
        extras = names + name_length
        position = extras + extra_length + comment_length
        if position > end:
            raise Malformed("an entry of the zip archive's directory is cut short")
        raw_name = data[names:extras]
        name = _member_name(raw_name, flags)
        size, packed_size, header = _wide_fields(
            data[extras : extras + extra_length], size, packed_size, header
        )
        if flags & ENCRYPTED:
            raise Malformed(f"member {quote(name)} is encrypted")
        if (fields[15] >> 16) & 0o170000 == SYMBOLIC_LINK:
            raise Malformed(f"member {quote(name)} is a symbolic link")
        if method not in (STORED, DEFLATED):
            raise Malformed(
                f"member {quote(name)} is packed by method {method}; only stored and deflated ones are read"
            )
        first = _payload_start(data, header, raw_name, start)
        last = first + packed_size
        if last > start:
            raise Malformed(
                f"member {quote(name)} of {packed_size:,} bytes reaches beyond the archive's members"
            )
        if method == STORED and size != packed_size:
            raise Malformed(
                f"member {quote(name)} is stored, but says it has {size:,} of {packed_size:,} bytes"
            )
        yield name, ZipMember(name, data[first:last], size, method, checksum), (header, last)


def _member_name(raw: memoryview, flags: int) -> str:
    try:
        name = str(raw, "utf-8" if flags & UTF8_NAME else "cp437")
    except UnicodeDecodeError as error:
        raise Malformed("a member's name is not valid UTF-8") from error
    parts = name.replace("\\", "/").removesuffix("/").split("/")
    if "\0" in name or ":" in parts[0] or any(part in ("", "..") for part in parts):
        raise Malformed(f"a member's name points outside the archive: {quote(name)}")
    return name


def _wide_fields(extra: memoryview, size: int, packed_size: int, header: int) -> tuple[int, int, int]:
    """Sizes and position of a member, from the 64-bit extra field where the 32-bit ones are full."""
    values = [size, packed_size, header]
    wanted = [index for index, value in enumerate(values) if value == 0xFFFFFFFF]
    position = 0
    while wanted and position + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, position)
        position += 4
        if tag == ZIP64_EXTRA:
            if length < 8 * len(wanted) or position + length > len(extra):
                raise Malformed("a 64-bit entry of the zip archive's directory is cut short")
            for index, value in zip(
                wanted, struct.unpack_from(f"<{len(wanted)}Q", extra, position), strict=True
            ):
                values[index] = value
            break
        position += length
    return values[0], values[1], values[2]


def _payload_start(data: memoryview, header: int, raw_name: memoryview, limit: int) -> int:
    """Where a member's bytes begin, after its local header, which must agree on the name."""
    names = header + LOCAL_HEADER.size
    if names > limit or data[header : header + 4] != LOCAL_MAGIC:
        raise Malformed("a member of the zip archive is not where the directory says")
    fields = LOCAL_HEADER.unpack_from(data, header)
    if data[names : names + fields[9]] != raw_name:
        raise Malformed("the zip archive's directory and a member's own header disagree on its name")
    return names + int(fields[9]) + int(fields[10])
