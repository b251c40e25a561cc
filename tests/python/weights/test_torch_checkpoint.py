from __future__ import annotations

import io
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl.weights import load_weights
from peterweyl.weights.limits import Limits

from .conftest import Write

REBUILD = b"ctorch._utils\n_rebuild_tensor_v2\n"


def archive(program: bytes, storages: dict[str, bytes] | None = None, **members: bytes) -> bytes:
    """A checkpoint as torch lays it out, with a pickle and storages of our own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("archive/data.pkl", program)
        for name, content in members.items():
            file.writestr(f"archive/{name}", content)
        for key, content in (storages or {}).items():
            file.writestr(f"archive/data/{key}", content)
    return stream.getvalue()


def number(value: int) -> bytes:
    return pickle.dumps(value, 2)[2:-1]


def numbers(values: tuple[int, ...]) -> bytes:
    return b"(" + b"".join(number(value) for value in values) + b"t"


def text(value: str) -> bytes:
    return b"X" + len(value).to_bytes(4, "little") + value.encode()


def tensor_program(
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    *,
    offset: int = 0,
    count: int = 6,
    kind: bytes = b"FloatStorage",
    key: str = "0",
    flag: str = "",
) -> bytes:
    storage = (
        b"(" + text("storage") + b"ctorch\n" + kind + b"\n" + text(key) + text("cpu") + number(count) + b"tQ"
    )
    rest = number(offset) + numbers(shape) + numbers(strides) + b"\x89ccollections\nOrderedDict\n)R"
    if flag:
        rest += b"}" + text(flag) + b"\x88s"
    return b"\x80\x02}" + text("W") + REBUILD + b"(" + storage + rest + b"tRs."


SIX = np.arange(6, dtype="<f4").tobytes()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("state.pt", "state"),
        ("nested.ckpt", "nested"),
        ("tensor.pt", "tensor"),
        ("protocol4.pt", "protocol4"),
        ("tagged.pt", "tagged"),
        ("script.pt", "script"),
    ],
)
def test_what_torch_writes_is_read(data_folder: Path, name: str, expected: str) -> None:
    """State dicts of all types and strides, an optimizer's state, a bare tensor, and TorchScript."""
    weights = load_weights(data_folder / name)
    assert weights.format == "torch"
    with np.load(data_folder / f"expected_{expected}.npz") as arrays:
        assert set(weights) == set(arrays.files)
        for key, array in arrays.items():
            assert weights[key].dtype == array.dtype == weights.info[key].dtype
            assert weights[key].shape == array.shape == weights.info[key].shape
            assert np.array_equal(weights[key], array, equal_nan=array.dtype.kind in "fc")


def test_the_stored_types_are_torch_s(data_folder: Path) -> None:
    for name, info in load_weights(data_folder / "state.pt").info.items():
        if name.startswith(("float", "bfloat", "complex", "int", "uint", "bool")):
            assert info.stored_dtype == name


def test_numbers_are_views_of_the_file(data_folder: Path, write: Write) -> None:
    assert not load_weights(data_folder / "state.pt", "float32").flags.owndata
    big = np.arange(2**19, dtype="<f4")
    mapped = write("big.pt", archive(tensor_program((2**19,), (1,), count=2**19), {"0": big.tobytes()}))
    assert np.array_equal(load_weights(mapped, "W"), big)


def test_a_whole_model_is_refused_with_a_way_out(data_folder: Path) -> None:
    path = data_folder / "module.pt"
    with pytest.raises(pw.UnsafeCheckpointError, match=r"torch\.save\(model\.state_dict\(\)") as caught:
        load_weights(path)
    assert caught.value.reference == "__main__.Net"
    assert str(path) in str(caught.value)


def test_an_empty_state_dict(data_folder: Path) -> None:
    with pytest.raises(pw.WeightsFormatError, match="empty state dict"):
        load_weights(data_folder / "empty.pt")


def test_a_sparse_tensor(data_folder: Path) -> None:
    with pytest.raises(pw.WeightsFormatError, match=r"sparse tensor.*to_dense"):
        load_weights(data_folder / "sparse.pt")


def test_nothing_but_numbers(write: Write) -> None:
    with pytest.raises(pw.WeightsFormatError, match="a dictionary with the keys 'epoch', 'loss'"):
        load_weights(write("w.pt", archive(pickle.dumps({"epoch": 3, "loss": [0.5]}, 2))))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_code_in_a_checkpoint_is_not_run(write: Write, tmp_path: Path, protocol: int) -> None:
    marker = tmp_path / "marker"

    class Payload:
        def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
            return os.system, (f"touch {marker}",)

    program = pickle.dumps({"W": Payload()}, protocol)
    for content in (archive(program), program):
        with pytest.raises(pw.UnsafeCheckpointError, match=r"refers to posix\.system"):
            load_weights(write("evil.pt", content))
    assert not marker.exists()


@pytest.mark.parametrize(
    ("shape", "strides", "offset", "values"),
    [
        ((2, 3), (3, 1), 0, [[0, 1, 2], [3, 4, 5]]),
        ((3, 2), (1, 3), 0, [[0, 3], [1, 4], [2, 5]]),
        ((2,), (3,), 2, [2, 5]),
        ((2, 2), (0, 1), 4, [[4, 5], [4, 5]]),
        ((), (), 5, 5),
        ((0,), (1,), 6, []),
        ((1, 2), (10**6, 1), 0, [[0, 1]]),
        ((0, 2), (2**62, 2**62), 0, np.zeros((0, 2)).tolist()),
    ],
)
def test_strides(
    write: Write, shape: tuple[int, ...], strides: tuple[int, ...], offset: int, values: Any
) -> None:
    path = write("w.pt", archive(tensor_program(shape, strides, offset=offset), {"0": SIX}))
    assert load_weights(path, "W").tolist() == values


def test_strides_of_a_large_tensor_are_no_shape(write: Write) -> None:
    """The product of strides may be as large as it likes."""
    shape, strides = (1, 1, 1, 2), (2**40, 2**30, 2**20, 1)
    assert (
        load_weights(write("w.pt", archive(tensor_program(shape, strides), {"0": SIX})), "W").shape == shape
    )
    with pytest.raises(pw.WeightsFormatError, match="reaches number 1,099,511,627,777"):
        load_weights(write("w.pt", archive(tensor_program((2, 1), (2**40, 1)), {"0": SIX})))


def test_lazy_negation_and_conjugation(write: Write) -> None:
    path = write("w.pt", archive(tensor_program((6,), (1,), flag="neg"), {"0": SIX}))
    assert load_weights(path, "W").tolist() == [0, -1, -2, -3, -4, -5]
    program = tensor_program((3,), (1,), count=3, kind=b"ComplexFloatStorage", flag="conj")
    assert load_weights(write("w.pt", archive(program, {"0": SIX})), "W").tolist() == [-1j, 2 - 3j, 4 - 5j]
    for kind, flag in [(b"BoolStorage", "neg"), (b"FloatStorage", "conj")]:
        size = 6 if kind == b"BoolStorage" else 24
        program = tensor_program((6,), (1,), kind=kind, flag=flag)
        with pytest.raises(pw.WeightsFormatError, match="to be conjugated or negated"):
            load_weights(write("w.pt", archive(program, {"0": bytes(size)})))


@pytest.mark.parametrize("order", ["little", "big"])
def test_byte_orders(write: Write, order: str) -> None:
    raw = np.arange(6, dtype="<f4" if order == "little" else ">f4").tobytes()
    path = write("w.pt", archive(tensor_program((6,), (1,)), {"0": raw}, byteorder=order.encode()))
    assert load_weights(path, "W").tolist() == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            archive(tensor_program((6, 1), (1, 1), offset=1), {"0": SIX}),
            r"reaches number 7 of a storage of 6",
        ),
        (archive(tensor_program((7,), (1,)), {"0": SIX}), "reaches number 7"),
        (archive(tensor_program((2, 2), (5, 1)), {"0": SIX}), "reaches number 7"),
        (archive(tensor_program((2**31, 2**31), (0, 0)), {"0": SIX}), "any memory"),
        (archive(tensor_program((6,), (1,), offset=-1), {"0": SIX}), "offset has -1"),
        (archive(tensor_program((6,), (-1,), offset=5), {"0": SIX}), "strides has -1"),
        (archive(tensor_program((-6,), (1,)), {"0": SIX}), "shape has -6"),
        (archive(tensor_program((6,), (1, 1)), {"0": SIX}), "strides of another rank"),
        (archive(tensor_program((6,), (1,)), {"0": SIX[:-4]}), "of 6 numbers of type float32 has 20 bytes"),
        (
            archive(tensor_program((6,), (1,), count=7), {"0": SIX}),
            "of 7 numbers of type float32 has 24 bytes",
        ),
        (archive(tensor_program((6,), (1,), key="1"), {"0": SIX}), "storage '1' is missing"),
        (archive(tensor_program((6,), (1,), key="../../up"), {"0": SIX}), "is missing"),
        (archive(tensor_program((6,), (1,), kind=b"Tensor"), {"0": SIX}), "without a type"),
        (
            archive(tensor_program((6,), (1,), kind=b"QInt8Storage"), {"0": SIX}),
            r"refers to torch\.QInt8Storage",
        ),
        (archive(b"\x80\x02" + REBUILD + b"(NNNNtR."), "no storage or no type"),
        (archive(b"\x80\x02" + REBUILD + b"(tR."), "arguments that it does not take"),
        (archive(b"\x80\x02(" + text("module") + b"tQ."), "no storage"),
        (archive(tensor_program((6,), (1,)), {"0": SIX}, byteorder=b"middle"), "little or big"),
        (archive(b"\x80\x02ctorch._utils\n_rebuild_qtensor\n)R."), "quantized"),
        (archive(b"\x80\x02ctorch._tensor\n_rebuild_from_type_v2\n(NN)NtR."), "by no function"),
        (archive(b""), "cut short"),
    ],
)
def test_what_is_wrong_is_said(write: Write, content: bytes, said: str) -> None:
    path = write("w.pt", content)
    with pytest.raises(pw.WeightsFormatError, match=said) as caught:
        load_weights(path)
    assert str(path) in str(caught.value)


def test_a_tower_of_rebuilding_calls(write: Write) -> None:
    """The function that rebuilds a tensor by another function, given to itself, five thousand times."""
    name = b"ctorch._tensor\n_rebuild_from_type_v2\n"
    program = (
        b"\x80\x02"
        + (b"(" + name + b"N") * 5_000
        + b")"
        + b"Nt" * 5_000
        + b"0"
        + name
        + b"("
        + name
        + b"N)NtR."
    )
    with pytest.raises(pw.WeightsFormatError, match="by no function"):
        load_weights(write("w.pt", archive(program)))


def test_an_expanded_tensor_counts_in_full(write: Write) -> None:
    path = write("w.pt", archive(tensor_program((2**40,), (0,)), {"0": SIX}))
    weights = load_weights(path)
    assert weights.info["W"].nbytes == 2**42
    with pytest.raises(pw.WeightsFormatError, match="more than memory_limit"):
        weights["W"]


def test_containers_that_share_and_nest(write: Write) -> None:
    doubled = b"\x80\x02]q\x00" + b"".join(b"(h%ch%ctq%c" % (i, i, i + 1) for i in range(40))
    deep = b"\x80\x02" + b"]" * 200 + b"a" * 199 + b"."
    wide = b"\x80\x02](" + b"]" * 2_000 + b"eq\x00](" + b"h\x00" * 2_000 + b"e."
    for program in (doubled + b".", deep, wide):
        with pytest.raises(pw.WeightsFormatError, match=r"nested more than 64 deep|again and again"):
            load_weights(write("w.pt", archive(program)))


def test_a_long_key_is_not_repeated_for_every_tensor(write: Write) -> None:
    """A key of a megabyte above ten thousand tensors would make names of ten gigabytes."""
    program = b"\x80\x02}" + text("k" * 2**20) + b"](" + b"]" * 10_000 + b"es."
    with pytest.raises(pw.WeightsFormatError, match="name has more than 2,000 characters: 'kkk") as caught:
        load_weights(write("w.pt", archive(program)))
    assert len(str(caught.value)) < 1_000


def test_deflated_storages_are_read_within_the_limit(write: Write) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("w/data.pkl", tensor_program((6,), (1,)))
        file.writestr("w/data/0", SIX)
    path = write("w.pt", stream.getvalue())
    assert load_weights(path, "W").tolist() == [0, 1, 2, 3, 4, 5]
    with pytest.raises(pw.WeightsFormatError, match="memory_limit"):
        load_weights(path, "W", memory_limit=10)


def test_a_pickle_that_is_too_long(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.torch_checkpoint.MAX_PICKLE", 10)
    with pytest.raises(pw.WeightsFormatError, match=r"data\.pkl has .* more than 10"):
        load_weights(write("w.pt", archive(tensor_program((6,), (1,)), {"0": SIX})))


def test_every_truncation_is_found(data_folder: Path, write: Write) -> None:
    whole = (data_folder / "tensor.pt").read_bytes()
    for length in [*range(200), *range(200, len(whole), 7), *range(len(whole) - 100, len(whole))]:
        with pytest.raises(pw.WeightsFormatError):
            load_weights(write("w.pt", whole[:length]))


@pytest.mark.torch
def test_with_real_torch(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)).double()
    torch.save(model.state_dict(), tmp_path / "w.pt")
    weights = load_weights(tmp_path / "w.pt")
    for name, tensor in model.state_dict().items():
        assert np.array_equal(weights[name], tensor.numpy())


def test_limits_have_defaults() -> None:
    assert Limits().memory == pw.weights.DEFAULT_MEMORY_LIMIT == 2**32
