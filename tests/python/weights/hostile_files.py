"""Writes files that try to use up memory or time, and loads them one by one; run by ``test_hostile``.

Prints one line a file: its name, the kind of error, and the CPU time in seconds; then the growth of memory in MB.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import peterweyl as pw
from peterweyl.weights import load_weights

PICKLE = b"\x80\x02"
REPEATED = 1_100_000


def torch_zip(program: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        file.writestr("a/data.pkl", program)
    return stream.getvalue()


def zip_of_zeros(name: str, head: bytes, megabytes: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as member:
        member.write(head)
        for _ in range(megabytes):
            member.write(bytes(2**20))
    return stream.getvalue()


def safetensors(header: bytes) -> bytes:
    return struct.pack("<Q", len(header)) + header


def pickles() -> Iterator[tuple[str, bytes]]:
    yield "steps", b"N" * REPEATED
    yield "sets", b"\x8f" * REPEATED
    yield "nest", b"]" * 250_000 + b"a" * 249_999
    yield "strings", b"X\2\0\0\0ab" * REPEATED
    yield "memo", b"N" + b"".join(b"r" + struct.pack("<I", index) for index in range(REPEATED))
    yield "records", b"c__torch__\nA\nq\0" + b"h\0)\x81" * 300_000
    yield "shared lists", b"](" + b"]" * 2_000 + b"eq\0](" + b"h\0" * 2_000 + b"e"
    yield "shared numbers", b"](" + b"N" * 500_000 + b"eq\0](" + b"h\0" * 200_000 + b"e"
    yield "doubled", b"]q\0" + b"".join(b"(h%ch%ctq%c" % (i, i, i + 1) for i in range(200))
    yield "long claim", b"\x8d\xff\xff\xff\xff\xff\xff\xff\x7fa"


def files() -> Iterator[tuple[str, bytes]]:
    for name, program in pickles():
        yield f"{name}.pt", torch_zip(PICKLE + program + b".")
    yield "zeros.pt", torch_zip(bytes(68 * 2**20), zipfile.ZIP_DEFLATED)
    head = (
        b"\x93NUMPY\x01\0\x76\0"
        + b"{'descr':'<f4','fortran_order':False,'shape':(17825792,)}".ljust(117)
        + b"\n"
    )
    yield "zeros.npz", zip_of_zeros("w.npy", head, 68)
    yield "members.npz", members(70_000)
    one = b'"%d":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    yield "tensors.safetensors", safetensors(b"{" + b",".join(one % i for i in range(70_000)) + b"}")
    yield "deep.safetensors", safetensors(b'{"a":' * 200_000 + b"1" + b"}" * 200_000)
    yield "values.safetensors", safetensors(b'{"a":[' + b"1," * 5_000_000 + b"1]}")
    yield "length.safetensors", struct.pack("<Q", 99_000_000) + b"{"
    yield "index.json", json.dumps({"weight_map": {str(i): str(i) for i in range(10_000)}}).encode()
    yield "deep.msgpack", b"\x81\xa1W" + b"\x91" * 1_000_000
    yield "values.msgpack", b"\x81\xa1W\xdd\0\x20\0\0" + b"\xc0" * 2**21
    yield "claims.msgpack", b"\x81\xa1W" + b"\xdd\0\x0f\xff\xff" * 200_000
    yield "fields.onnx", b"\x08\x08\x3a\xc0\x84\x3d" + b"\x08\x01" * 500_000
    yield "wide.csv", b"1," * 5_000_000
    yield "words.csv", b"1,2,3\n" * 10_000 + b"1,2,x\n"
    mat = b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM"
    yield "elements.mat", mat + struct.pack("<2I", 99, 0) * 1_500_000


def members(count: int) -> bytes:
    """An archive of very many members, all made here since zipfile would take long for it."""
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 5, 0)
    body, directory = io.BytesIO(), io.BytesIO()
    for index in range(count):
        name = b"%05d" % index
        directory.write(
            struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, body.tell())
        )
        directory.write(name)
        body.write(local + name)
    size, start = directory.tell(), body.tell()
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, start + size, 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return body.getvalue() + directory.getvalue() + record + locator + end


def high_water() -> int:
    """The most memory this process has had, in MB."""
    with open("/proc/self/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024


def load(paths: list[str]) -> None:
    before = high_water()
    for path in paths:
        start = time.process_time()
        try:
            load_weights(path)
            outcome = "loaded"
        except pw.Error as error:
            outcome = type(error).__name__
        print(f"{Path(path).name}\t{outcome}\t{time.process_time() - start:.3f}")
    print(f"memory\t{high_water() - before}")


if __name__ == "__main__":
    load(sys.argv[1:])
