from __future__ import annotations

import collections
import contextlib
import pickle
import pickletools
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peterweyl.weights.faults import Malformed, Refused
from peterweyl.weights.pickle_machine import Function
from peterweyl.weights.pickled_objects import ALLOWED_NAMES, resolve_allowed
from peterweyl.weights.restricted_pickle import run_pickle
from peterweyl.weights.torch_objects import resolve_torch

HEAD = b"\x80\x02"


def run(content: bytes, resolve: Any = resolve_allowed) -> Any:
    return run_pickle(memoryview(content), resolve)[0]


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
keys = (
    st.text()
    | st.integers(-(2**63), 2**63)
    | st.booleans()
    | st.none()
    | st.tuples(st.integers(0, 9), st.text())
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


@given(values, st.integers(2, 5))
def test_plain_values_come_back(value: Any, protocol: int) -> None:
    assert run(pickle.dumps(value, protocol)) == value
    assert run(pickletools.optimize(pickle.dumps(value, protocol))) == value


@given(values)
def test_the_position_is_that_after_the_pickle(value: Any) -> None:
    content = pickle.dumps(value)
    assert run_pickle(memoryview(content + b"more"), resolve_allowed) == (value, len(content))


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_containers_of_the_standard_library(protocol: int) -> None:
    ordered = collections.OrderedDict([("b", 1), ("a", [2])])
    counts = collections.Counter("abca")
    default = collections.defaultdict(list, {"k": [1]})
    value = {
        "o": ordered,
        "c": counts,
        "d": default,
        "s": {1, 2},
        "f": frozenset("x"),
        "b": bytearray(b"y"),
        "z": 1j,
    }
    loaded = run(pickle.dumps(value, protocol))
    assert loaded["o"] == {"b": 1, "a": [2]}
    assert list(loaded["o"]) == ["b", "a"]
    assert loaded["c"] == {"a": 2, "b": 1, "c": 1}
    assert loaded["d"] == {"k": [1]}


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("content", [b"", b"short", bytes(range(256)) * 40])
def test_bytes(protocol: int, content: bytes) -> None:
    assert bytes(run(pickle.dumps({"b": content}, protocol))["b"]) == content


def test_values_that_refer_to_themselves() -> None:
    loop: list[Any] = []
    loop.append(loop)
    loaded = run(pickle.dumps(loop, 2))
    assert loaded[0] is loaded


class Payload:
    """Pickles as a call of a given function."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.call = function, arguments

    def __reduce__(self) -> Any:
        return self.call


DANGEROUS = [
    ("posix.system", b"cposix\nsystem\nX\x04\0\0\0true\x85R."),
    ("builtins.eval", b"\x8c\x08builtins\x8c\x04eval\x93."),
    ("builtins.exec", b"cbuiltins\nexec\n."),
    ("builtins.getattr", b"cbuiltins\ngetattr\n."),
    ("builtins.__import__", b"cbuiltins\n__import__\n."),
    ("os.system", b"cos\nsystem\n."),
    ("subprocess.Popen", b"csubprocess\nPopen\n."),
    ("torch.load", b"ctorch\nload\n."),
    ("torch.storage._load_from_bytes", b"ctorch.storage\n_load_from_bytes\n."),
    (
        "torch._utils._rebuild_tensor_v2.__globals__",
        b"\x8c\x0ctorch._utils\x8c\x1e_rebuild_tensor_v2.__globals__\x93.",
    ),
    ("collections.OrderedDict.fromkeys", b"\x8c\x0bcollections\x8c\x14OrderedDict.fromkeys\x93."),
    ("numpy.load", b"cnumpy\nload\n."),
    ("__main__.Net", b"c__main__\nNet\n."),
    ("copyreg._extension_registry", b"\x82\x01."),
]


@pytest.mark.parametrize(("name", "program"), DANGEROUS)
def test_names_that_are_not_allowed_are_refused(name: str, program: bytes) -> None:
    for resolve in (resolve_allowed, resolve_torch):
        with pytest.raises(Refused, match="nothing was executed") as caught:
            run(HEAD + program, resolve)
        assert caught.value.reference == name


def test_a_long_name_does_not_flood_the_message() -> None:
    with pytest.raises(Refused) as caught:
        run(HEAD + b"c" + b"a" * 900 + b"\n" + b"b" * 900 + b"\n.")
    assert len(str(caught.value)) < 600
    with pytest.raises(Malformed, match="does not end"):
        run(HEAD + b"c" + b"a" * 5_000 + b"\nb\n.")


def test_every_allowed_function_is_of_this_package() -> None:
    for value in ALLOWED_NAMES.values():
        if isinstance(value, Function):
            assert value.call.__module__.startswith("peterweyl.weights.")


TEXT_A = b"X\x01\0\0\0a"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (b"", "cut short"),
        (b".", "damaged or cut short"),
        (b"N", "cut short"),
        (b"\xff.", "unknown or unsupported opcode"),
        (b"I01\n.", "unknown or unsupported opcode"),
        (b"(cos\nsystem\no.", "os.system"),
        (b"X\xff\xff\xff\x7fa.", "asks for 2,147,483,647 bytes where 2 are left"),
        (b"\x8d\xff\xff\xff\xff\xff\xff\xff\xffa.", "asks for 18,446,744,073,709,551,615 bytes"),
        (b"T\xff\xff\xff\xffa.", "length -1"),
        (b"\x8b\xff\xff\xff\xff.", "length -1"),
        (b"X\x01\0\0\0\xff.", "not valid UTF-8"),
        (b"\x8b\x00\x08\0\0" + bytes(2048) + b".", "integer of 2,048 bytes"),
        (b"h\x07.", "recalls value 7"),
        (b"N\x85a.", "damaged or cut short"),
        (b"N\x86.", "damaged or cut short"),
        (b"t.", "damaged or cut short"),
        (b"1.", "damaged or cut short"),
        (b"}Na.", "adds to a value of type dict where a list was expected"),
        (b"](Ne0.", "damaged or cut short"),
        (b"]NNs.", "where a dict was expected"),
        (b"}(Nu.", "a key without a value"),
        (b"}]Ns.", "a value of type list as a key"),
        (b"})" + b"\x85" * 3 + b"Ns.", "a value of type tuple as a key"),
        (b"}\x8a\x09" + b"\x7f" * 9 + b"Ns.", "as a key"),
        (b"\x8f(]\x90.", "a value of type list as a key"),
        (b"Nb.", "damaged or cut short"),
        (b"NNb.", "sets the state of None"),
        (b"N)R.", "calls None, which is no function"),
        (b"ccollections\nOrderedDict\nNR.", "without a tuple of arguments"),
        (b"ccollections\nOrderedDict\n)" + b"N" * 9 + b"(" + b"N" * 9 + b"tR.", "calls None"),
        (b"ccollections\nOrderedDict\n(NNNtR.", "arguments that it does not take"),
        (b"ccollections\nOrderedDict\n(](NetR.", "something else than pairs"),
        (b"ccollections\nOrderedDict\n)}" + TEXT_A + b"Ns\x92.", "keyword arguments"),
        (b"cargparse\nNamespace\n)\x81Nb.", "where its attributes were expected"),
        (b"NQ.", "refers to something outside"),
        (b"NN\x93.", "a name that is not text"),
        (b"c_codecs\nencode\nX\x02\0\0\0\xc4\x80X\x06\0\0\0latin1\x86R.", "not text in Latin-1"),
        (b"c_codecs\nencode\nX\x01\0\0\0aX\x04\0\0\0zlib\x86R.", "not text in Latin-1"),
        (b"\x80\x09.", "protocol 9 is not known"),
    ],
)
def test_what_is_wrong_is_said(program: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        run(HEAD + program)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_a_finding(content: bytes) -> None:
    with contextlib.suppress(Malformed):
        run(HEAD + content, resolve_torch)


@pytest.mark.parametrize(
    "program",
    [
        b"N" * 2_000,
        b")" * 400,
        b"]" * 400,
        b"}" * 400,
        b"\x8f" * 400,
        b"(" * 400,
        b")" + b"\x85" * 400,
        b"c__torch__\nA\nq\0" + b"h\0)\x81" * 400,
        b"]" + b"2" * 2_000,
        b"N" + b"".join(b"r" + struct.pack("<I", i) for i in range(2_000)),
    ],
    ids=["steps", "tuples", "lists", "dicts", "sets", "marks", "tower", "calls", "dup", "memo"],
)
def test_programs_are_bounded(program: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.pickle_machine.MAX_STEPS", 1_000)
    monkeypatch.setattr("peterweyl.weights.pickle_machine.MAX_CONTAINERS", 300)
    with pytest.raises(Malformed, match="more than"):
        run(HEAD + program + b".", resolve_torch)


def test_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peterweyl.weights.pickle_opcodes.MAX_TEXT", 100)
    with pytest.raises(Malformed, match="more than 100 bytes of text"):
        run(HEAD + b"X\x20\0\0\0" + b"a" * 32 + b"X\x60\0\0\0" + b"b" * 96 + b".")


def test_the_hash_of_a_tower_is_never_taken() -> None:
    """A tuple of itself twice, a hundred times over, has a hash that takes longer than the age of the universe."""
    tower = b")q\x00" + b"".join(bytes([ord("h"), i, ord("h"), i, 0x86, ord("q"), i + 1]) for i in range(100))
    with pytest.raises(Malformed, match="as a key"):
        run(HEAD + tower + b"0}h\x64Ns.")
    with pytest.raises(Malformed, match="as a key"):
        run(HEAD + tower + b"0\x8f(h\x64\x90.")
