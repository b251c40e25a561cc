from __future__ import annotations

import pickle
import struct
from pathlib import Path

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights

from .conftest import Write
from .test_torch_checkpoint import REBUILD, number, numbers, text

MAGIC = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2)
SIX = np.arange(6, dtype="<f4").tobytes()


def stream(
    *,
    view: bytes = b"N",
    keys: object = ("0",),
    count: int = 6,
    body: bytes = SIX,
    little: bool = True,
    shape: tuple[int, ...] = (6,),
    head: bytes = MAGIC,
) -> bytes:
    """A checkpoint of before 1.6, with one tensor over one storage."""
    system = pickle.dumps({"protocol_version": 1001, "little_endian": little, "type_sizes": {}}, 2)
    storage = (
        b"("
        + text("storage")
        + b"ctorch\nFloatStorage\n"
        + text("0")
        + text("cpu")
        + number(6)
        + view
        + b"tQ"
    )
    rest = number(0) + numbers(shape) + numbers((1,)) + b"\x89ccollections\nOrderedDict\n)R"
    program = b"\x80\x02}" + text("W") + REBUILD + b"(" + storage + rest + b"tRs."
    listed = list(keys) if isinstance(keys, tuple) else keys
    return (
        head
        + system
        + program
        + pickle.dumps(listed, 2)
        + struct.pack("<q" if little else ">q", count)
        + body
    )


def test_what_torch_writes_is_read(data_folder: Path) -> None:
    weights = load_weights(data_folder / "legacy.pth")
    assert weights.format == "torch-legacy"
    with np.load(data_folder / "expected_legacy.npz") as arrays:
        assert set(weights) == set(arrays.files)
        for key, array in arrays.items():
            assert weights[key].dtype == array.dtype
            assert np.array_equal(weights[key], array)


def test_a_whole_model_is_refused(data_folder: Path) -> None:
    with pytest.raises(pw.UnsafeCheckpointError, match=r"__main__\.Net"):
        load_weights(data_folder / "module_legacy.pt")


def test_one_tensor(write: Write) -> None:
    assert load_weights(write("w.pth", stream()), "W").tolist() == [0, 1, 2, 3, 4, 5]


def test_views_of_a_storage(write: Write) -> None:
    view = b"(" + text("view") + number(2) + number(4) + b"t"
    assert load_weights(write("w.pth", stream(view=view, shape=(4,))), "W").tolist() == [2, 3, 4, 5]
    with pytest.raises(pw.WeightsFormatError, match="reaches number 7"):
        load_weights(write("w.pth", stream(view=view, shape=(5,))))


def test_a_storage_of_two_types(write: Write) -> None:
    kinds = [b"ctorch\nFloatStorage\n", b"ctorch\nDoubleStorage\n"]
    storages = [
        b"(" + text("storage") + kind + text("0") + text("cpu") + number(6) + b"NtQ" for kind in kinds
    ]
    program = b"\x80\x02" + b"".join(storages) + b"\x86."
    with pytest.raises(pw.WeightsFormatError, match="storage '0' has numbers of two types"):
        load_weights(write("w.pth", MAGIC + pickle.dumps({}, 2) + program))


def test_big_endian(write: Write) -> None:
    body = np.arange(6, dtype=">f4").tobytes()
    assert load_weights(write("w.pth", stream(little=False, body=body)), "W").tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (stream(body=SIX[:-1]), "says it has 6 numbers, 23 bytes are left"),
        (stream(count=2**62), "says it has 4,611,686,018,427,387,904 numbers"),
        (stream(count=-1), "says it has -1 numbers"),
        (stream(count=5), "reaches number 6 of a storage of 5"),
        (stream(keys=()), "storage '0' is missing"),
        (stream(keys=("1",)), "which no tensor uses"),
        (stream(keys=("0", "0")), "which no tensor uses, or twice"),
        (stream(keys={"0": 1}), "list of storages is missing"),
        (stream(view=b"(NNNt"), "view of a storage"),
        (stream(view=b"(" + text("v") + number(-1) + number(1) + b"t"), "view of a storage"),
        (stream(head=MAGIC[:-3] + b"\x02\0."), "protocol version"),
        (MAGIC, "cut short"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.pth", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_every_truncation_is_found(write: Write) -> None:
    whole = stream()
    for length in range(len(whole)):
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.pth", whole[:length]))
