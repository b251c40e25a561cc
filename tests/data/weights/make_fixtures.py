"""Writes the fixtures of this folder with real torch and onnx, and what they must load to as ``expected_*.npz``.

Run in an environment that has both:  python make_fixtures.py
Written with torch 2.13.0 and onnx 1.23.2; the tests read the files without either.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent


class Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.sizes = [5, 4, 3]
        self.names = {"rate": 0.5}
        self.embed = torch.nn.Linear(5, 4)
        self.unembed = torch.nn.Linear(4, 3, bias=False)
        self.register_buffer("steps", torch.arange(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.unembed(torch.relu(self.embed(x)))


def loaded(tensor: torch.Tensor) -> np.ndarray:
    """What the tensor must load to: torch's own conversion, float32 for types that NumPy lacks."""
    tensor = tensor.detach().resolve_conj().resolve_neg()
    return tensor.numpy() if numpy_has(tensor.dtype) else tensor.float().numpy()


def numpy_has(dtype: torch.dtype) -> bool:
    return dtype not in (torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2)


def write(name: str, value: object, expected: dict[str, torch.Tensor], **options: object) -> None:
    torch.save(value, HERE / name, **options)
    np.savez_compressed(
        HERE / f"expected_{Path(name).stem}.npz", **{key: loaded(value) for key, value in expected.items()}
    )


def save_module_legacy(module: torch.nn.Module, path: Path) -> None:
    """The old format keeps the source text of every class and its path: both are replaced, nobody's code is copied."""
    original = torch.serialization.get_source_lines_and_file
    torch.serialization.get_source_lines_and_file = lambda kind: (
        [f"class {kind.__name__}: ...\n"],
        1,
        "network.py",
    )
    try:
        torch.save(module, path, _use_new_zipfile_serialization=False)
    finally:
        torch.serialization.get_source_lines_and_file = original


def state_dict() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    base = torch.randn(6, 4, generator=generator)
    pairs = torch.view_as_complex(torch.randn(6, 2, 2, generator=generator))
    codes = torch.arange(256, dtype=torch.uint8)
    return {
        "float32": base,
        "float64": base.double(),
        "float16": base.half(),
        "bfloat16": base.bfloat16(),
        "complex64": pairs,
        "complex128": pairs.to(torch.complex128),
        "int64": torch.arange(-3, 3),
        "int8": torch.arange(-3, 3, dtype=torch.int8),
        "uint8": torch.arange(6, dtype=torch.uint8),
        "uint16": torch.arange(6).to(torch.uint16),
        "bool": torch.tensor([True, False, True]),
        "float8_e4m3fn": codes.clone().view(torch.float8_e4m3fn),
        "float8_e5m2": codes.clone().view(torch.float8_e5m2),
        "empty": torch.zeros(0, 3),
        "scalar": torch.tensor(2.5),
        "transposed": base.T,
        "shared_row": base[2],
        "strided": base[1::2, ::3],
        "expanded": base[:, :1].expand(6, 5),
        "parameter": torch.nn.Parameter(base[:2].clone()),
        "conjugate": pairs.clone().conj(),
        "negative": pairs.clone().conj().imag,
    }


def nested() -> tuple[dict[str, object], dict[str, torch.Tensor]]:
    torch.manual_seed(1)
    net = Net()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    net(torch.randn(7, 5)).square().sum().backward()
    optimizer.step()
    state = optimizer.state_dict()
    expected = {f"model.{key}": value for key, value in net.state_dict().items()}
    for index, entries in state["state"].items():
        expected |= {f"optimizer.state.{index}.{key}": value for key, value in entries.items()}
    history = {
        "loss": [1.0, 0.5],
        "note": "a run",
        "best": np.float64(0.25),
        "curve": np.arange(4.0, dtype="float32"),
    }
    expected |= {"history.best": torch.tensor(0.25, dtype=torch.float64), "history.curve": torch.arange(4.0)}
    config = {
        "group": "S3",
        "size": torch.Size([5, 4]),
        "dtype": torch.float32,
        "device": torch.device("cpu"),
    }
    config |= {"seen": {1, 2}, "phase": 1j, "raw": b"bytes", "pair": (1, None, True)}
    value = {"epoch": 3, "model": net.state_dict(), "optimizer": state, "history": history, "config": config}
    return value, expected


def onnx_tensors() -> dict[str, onnx.TensorProto]:
    rng = np.random.default_rng(3)
    values = rng.integers(0, 100, (3, 4))
    result: dict[str, onnx.TensorProto] = {}
    kinds = ["FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16", "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32"]
    kinds += ["INT64", "UINT64", "BOOL", "COMPLEX64", "COMPLEX128", "FLOAT8E4M3FN", "FLOAT8E5M2"]
    for kind in kinds:
        code = getattr(TensorProto, kind)
        dtype = helper.tensor_dtype_to_np_dtype(code)
        array = values.astype(dtype)
        if kind.startswith(("INT", "FLOAT", "DOUBLE", "BFLOAT")):
            array = (values - 50).astype(dtype)
        result[f"raw_{kind}"] = helper.make_tensor(f"raw_{kind}", code, (3, 4), array.tobytes(), raw=True)
        typed = numpy_helper.to_array(result[f"raw_{kind}"]).ravel()
        result[f"typed_{kind}"] = helper.make_tensor(f"typed_{kind}", code, (3, 4), typed)
    result["scalar"] = helper.make_tensor("scalar", TensorProto.FLOAT, (), [1.5])
    return result


def write_onnx() -> None:
    tensors = onnx_tensors()
    identity = helper.make_node("Identity", ["x"], ["y"])
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
    graph = helper.make_graph([identity], "weights", ends[:1], ends[1:], initializer=list(tensors.values()))
    onnx.save(helper.make_model(graph, producer_name="fixtures"), HERE / "model.onnx")
    expected = {}
    for name, tensor in tensors.items():
        array = numpy_helper.to_array(tensor)
        expected[name] = array if array.dtype.isbuiltin == 1 else array.astype(np.float32)
    np.savez_compressed(HERE / "expected_model.npz", **expected)
    weight = numpy_helper.from_array(np.arange(12.0, dtype=np.float32).reshape(3, 4), "W")
    graph = helper.make_graph([identity], "weights", ends[:1], ends[1:], initializer=[weight])
    onnx.save(
        helper.make_model(graph),
        HERE / "external.onnx",
        save_as_external_data=True,
        location="external.onnx.data",
        size_threshold=0,
    )


def main() -> None:
    state = state_dict()
    write("state.pt", state, state)
    value, expected = nested()
    write("nested.ckpt", value, expected)
    legacy = {
        key: value for key, value in state.items() if not key.startswith(("float8", "uint16", "conj", "neg"))
    }
    write("legacy.pth", legacy, legacy, _use_new_zipfile_serialization=False)
    write("tensor.pt", state["float32"], {"array": state["float32"]})
    write("protocol4.pt", {"W": state["float32"]}, {"W": state["float32"]}, pickle_protocol=4)
    tagged = torch.nn.Parameter(state["float32"].clone())
    tagged.note = "an attribute"
    plain = state["float32"].clone()
    plain.note = "an attribute"
    write("tagged.pt", {"W": tagged, "V": plain}, {"W": tagged, "V": plain})
    torch.manual_seed(2)
    net = Net()
    torch.save(net, HERE / "module.pt")
    save_module_legacy(net, HERE / "module_legacy.pt")
    torch.jit.script(net).save(HERE / "script.pt")
    np.savez_compressed(HERE / "expected_script.npz", **{k: loaded(v) for k, v in net.state_dict().items()})
    torch.save({"S": torch.eye(3).to_sparse()}, HERE / "sparse.pt")
    torch.save({}, HERE / "empty.pt")
    write_onnx()


if __name__ == "__main__":
    main()
