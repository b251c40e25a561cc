from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peterweyl.weights.faults import Malformed
from peterweyl.weights.limits import Limits
from peterweyl.weights.zip_directory import CENTRAL_HEADER, CENTRAL_MAGIC, ZipDirectory

LIMITS = Limits()


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as file:
        warnings.simplefilter("ignore")
        for name, content in members.items():
            file.writestr(name, content)
        file.comment = comment
    return stream.getvalue()


def parse(content: bytes) -> ZipDirectory:
    return ZipDirectory.parse(memoryview(content))


def with_central_field(content: bytes, index: int, value: int) -> bytes:
    """The archive with one field of its first directory entry changed."""
    start = content.index(CENTRAL_MAGIC)
    fields = list(CENTRAL_HEADER.unpack_from(content, start))
    fields[index] = value
    return content[:start] + CENTRAL_HEADER.pack(*fields) + content[start + CENTRAL_HEADER.size :]


@given(
    st.dictionaries(
        st.text("abcé/日_.", min_size=1).filter(lambda name: all(name.split("/"))), st.binary(), max_size=5
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.binary(max_size=30).filter(lambda comment: b"PK" not in comment),
)
def test_what_zipfile_writes_is_read(members: dict[str, bytes], method: int, comment: bytes) -> None:
    members = {name: content for name, content in members.items() if ".." not in name.split("/")}
    directory = parse(archive(members, method, comment))
    assert {name: bytes(member.read(LIMITS)) for name, member in directory.members.items()} == members
    for name, member in directory.members.items():
        assert bytes(member.prefix(3)) == members[name][:3]


def test_entries_of_64_bits() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file, file.open("a", "w", force_zip64=True) as member:
        member.write(b"content")
    content = stream.getvalue()
    assert bytes(parse(content).members["a"].read(LIMITS)) == b"content"
    start = content.index(CENTRAL_MAGIC)
    # The same archive with its sizes moved to the extra field, as archives of more than 4 GiB have them.
    fields = list(CENTRAL_HEADER.unpack_from(content, start))
    name_end = start + CENTRAL_HEADER.size + fields[10]
    fields[8] = fields[9] = 0xFFFFFFFF
    fields[11] = 20
    extra = struct.pack("<2H2Q", 1, 16, 7, 7)
    directory = CENTRAL_HEADER.pack(*fields) + content[start + CENTRAL_HEADER.size : name_end] + extra
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(directory), start, 0)
    assert bytes(parse(content[:start] + directory + end).members["a"].read(LIMITS)) == b"content"
    wide_end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(directory), start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, start + len(directory), 1)
    full = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    wide = content[:start] + directory + wide_end + locator + full
    assert bytes(parse(wide).members["a"].read(LIMITS)) == b"content"
    with pytest.raises(Malformed, match="64-bit directory"):
        parse(wide.replace(b"PK\6\6", b"PK\0\0"))


def test_folders_are_left_out() -> None:
    assert list(parse(archive({"a/": b"", "a/b": b"x"})).members) == ["a/b"]


def test_stored_members_are_views() -> None:
    content = archive({"a": b"x" * 100})
    data = memoryview(content)
    assert ZipDirectory.parse(data).members["a"].read(LIMITS).obj is content


STORED = archive({"first": b"x" * 100, "second": b"y" * 50})
DEFLATED = archive({"first": bytes(range(256)) * 4}, zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (STORED[:-1], "no directory at its end"),
        (STORED + b"junk", "no directory at its end"),
        (b"junk" + STORED, "not where it says"),
        (archive({"../up": b""}), "points outside"),
        (archive({"a/../../up": b""}), "points outside"),
        (archive({"/etc/passwd": b""}), "points outside"),
        (archive({"C:/boot": b""}), "points outside"),
        (archive({"a\\..\\b": b""}), "points outside"),
        (archive({"a//b": b""}), "points outside"),
        (with_central_field(STORED, 3, 1), "encrypted"),
        (with_central_field(STORED, 4, 12), "packed by method 12"),
        (with_central_field(STORED, 8, 10**6), "reaches beyond"),
        (with_central_field(STORED, 9, 99), "says it has 99 of 100"),
        (with_central_field(STORED, 15, 0o120777 << 16), "symbolic link"),
        (with_central_field(STORED, 16, 5), "not where the directory says"),
        (with_central_field(STORED, 16, 2**32 - 2), "not where the directory says"),
        (with_central_field(with_central_field(STORED, 8, 150), 9, 150), "overlap"),
        (STORED.replace(b"first", b"fists", 1), "disagree on its name"),
        (STORED.replace(b"PK\1\2", b"PK\1\3"), "before its 2 entries"),
        (STORED[:-12] + struct.pack("<H", 9) + STORED[-10:], "one part of several"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        parse(content)


def test_two_members_of_one_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("a", b"2")
    with pytest.raises(Malformed, match="two members have the name 'a'"):
        parse(stream.getvalue())


def test_members_in_one_place() -> None:
    """Two entries of the directory for the same bytes: how a small bomb becomes a large one."""
    start, end = STORED.index(CENTRAL_MAGIC), STORED.rindex(CENTRAL_MAGIC)
    second = list(CENTRAL_HEADER.unpack_from(STORED, end))
    first = list(CENTRAL_HEADER.unpack_from(STORED, start))
    second[7:10], second[16] = first[7:10], first[16]
    second[10] = first[10]
    names = STORED[start + CENTRAL_HEADER.size : start + CENTRAL_HEADER.size + 5]
    entry = CENTRAL_HEADER.pack(*second) + names
    directory = STORED[start:end] + entry
    content = (
        STORED[:start] + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 2, 2, len(directory), start, 0)
    )
    with pytest.raises(Malformed, match=r"two members have the name|overlap"):
        parse(content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: with_central_field(content, 7, 1), "checksum"),
        (lambda content: with_central_field(content, 9, 1000), "checksum"),
        (lambda content: with_central_field(content, 9, 2000), "length or checksum"),
        (lambda content: content[:40] + b"\xff" * 8 + content[48:], "damaged|checksum"),
    ],
)
def test_deflated_members_are_verified(damage: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(Malformed, match=said):
        parse(damage(DEFLATED)).members["first"].read(LIMITS)


def test_stored_members_are_verified_unless_told() -> None:
    member = parse(STORED.replace(b"xxx", b"xzx", 1)).members["first"]
    with pytest.raises(Malformed, match="checksum"):
        member.read(LIMITS)
    assert len(member.read(LIMITS, verify=False)) == 100


def test_sizes_are_checked_before_anything_is_unpacked() -> None:
    member = parse(archive({"a": bytes(10**6)}, zipfile.ZIP_DEFLATED)).members["a"]
    with pytest.raises(Malformed, match="memory_limit=1,000"):
        member.read(Limits(1_000))
    claims = parse(with_central_field(archive({"a": bytes(10**6)}, zipfile.ZIP_DEFLATED), 9, 2**31)).members[
        "a"
    ]
    with pytest.raises(Malformed, match="decompression bomb"):
        claims.read(LIMITS)
    assert len(claims.prefix(100)) == 100


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.zip_directory.MAX_MEMBERS", 1)
    with pytest.raises(Malformed, match="2 members, more than 1"):
        parse(STORED)


def test_every_truncation_is_found() -> None:
    for length in range(len(STORED)):
        with pytest.raises(Malformed):
            parse(STORED[:length])
