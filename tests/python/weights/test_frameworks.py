"""Files written by the frameworks themselves, of every type that they have, read back equal.

Each framework is skipped where it is not installed; the extra ``test-frameworks`` installs them all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import peterweyl as pw
from peterweyl import examples
from peterweyl.weights import load_weights

Array = NDArray[Any]


def trained() -> dict[str, Array]:
    """The matrices of a small trained network: what people have files of."""
    weights = load_weights(examples.path("composition_s4"))
    return {name: np.array(weights[name]) for name in weights}


def same_verdict(path: Path, name: str) -> None:
    v = pw.verify(load_weights(path, name), "S4")
    assert v.verdict == "harmonic"
    assert v.purity_nontrivial.weighted > 0.999


TORCH_TYPES = [
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "int8",
    "int64",
    "uint8",
    "bool",
    "complex64",
    "complex128",
]


@pytest.mark.torch
class TestTorch:
    @pytest.mark.parametrize("legacy", [False, True], ids=["zip", "legacy"])
    @pytest.mark.parametrize("dtype", TORCH_TYPES)
    def test_types(self, tmp_path: Path, dtype: str, legacy: bool) -> None:
        torch = pytest.importorskip("torch")
        tensor = (4 * torch.randn(5, 3)).to(getattr(torch, dtype))
        path = tmp_path / "w.pt"
        torch.save({"w": tensor}, path, _use_new_zipfile_serialization=not legacy)
        found = load_weights(path, "w")
        expected = tensor.float().numpy() if dtype == "bfloat16" else tensor.numpy()
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)

    @pytest.mark.parametrize("dtype", ["float8_e4m3fn", "float8_e5m2"])
    def test_eight_bits(self, tmp_path: Path, dtype: str) -> None:
        torch = pytest.importorskip("torch")
        if not hasattr(torch, dtype):
            pytest.skip("this torch has no float8")
        tensor = torch.randn(5, 3).to(getattr(torch, dtype))
        torch.save({"w": tensor}, tmp_path / "w.pt")
        np.testing.assert_array_equal(load_weights(tmp_path / "w.pt", "w"), tensor.float().numpy())

    def test_layouts(self, tmp_path: Path) -> None:
        torch = pytest.importorskip("torch")
        base = torch.arange(24.0).reshape(4, 6)
        tensors = {
            "transposed": base.T,
            "strided": base[::2, 1::2],
            "shared": base[1:],
            "empty": base[:0],
            "scalar": torch.tensor(3.5),
            "parameter": torch.nn.Parameter(base),
            "conjugate": torch.view_as_complex(torch.randn(3, 2)).conj().resolve_conj(),
            "expanded": torch.ones(1, 3).expand(4, 3),
        }
        torch.save(tensors, tmp_path / "w.pt")
        weights = load_weights(tmp_path / "w.pt")
        for name, tensor in tensors.items():
            np.testing.assert_array_equal(weights[name], tensor.detach().numpy(), err_msg=name)

    def test_modules_optimizers_and_scripts(self, tmp_path: Path) -> None:
        torch = pytest.importorskip("torch")
        model = torch.nn.Sequential(torch.nn.Linear(24, 8), torch.nn.ReLU(), torch.nn.Linear(8, 24))
        optimizer = torch.optim.Adam(model.parameters())
        model(torch.randn(2, 24)).sum().backward()
        optimizer.step()
        torch.save(
            {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": 1}, tmp_path / "w.ckpt"
        )
        weights = load_weights(tmp_path / "w.ckpt")
        for name, tensor in model.state_dict().items():
            np.testing.assert_array_equal(weights[f"model.{name}"], tensor.numpy())
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # newer versions call TorchScript deprecated
            torch.jit.script(model).save(tmp_path / "w.ts")
        script = load_weights(tmp_path / "w.ts")
        found = {array.tobytes() for array in script.values()}
        assert {tensor.numpy().tobytes() for tensor in model.state_dict().values()} <= found

    def test_live_tensors(self) -> None:
        torch = pytest.importorskip("torch")
        arrays = trained()
        tensor = torch.nn.Parameter(torch.from_numpy(arrays["U"]))
        assert pw.verify(tensor, "S4").holds
        assert pw.verify(tensor.detach().to(torch.bfloat16), "S4").purity_nontrivial.weighted > 0.99

    def test_a_trained_network(self, tmp_path: Path) -> None:
        torch = pytest.importorskip("torch")
        torch.save({name: torch.from_numpy(array) for name, array in trained().items()}, tmp_path / "w.pt")
        same_verdict(tmp_path / "w.pt", "U")


class TestSafetensors:
    def test_a_trained_network(self, tmp_path: Path) -> None:
        writer = pytest.importorskip("safetensors.numpy")
        writer.save_file(trained(), tmp_path / "w.safetensors")
        same_verdict(tmp_path / "w.safetensors", "U")
        weights = load_weights(tmp_path / "w.safetensors")
        for name, array in writer.load_file(tmp_path / "w.safetensors").items():
            np.testing.assert_array_equal(weights[name], array)


class TestOnnx:
    @pytest.mark.parametrize(
        "dtype", ["float32", "float64", "float16", "int8", "int32", "int64", "uint8", "bool"]
    )
    def test_types(self, tmp_path: Path, dtype: str) -> None:
        onnx = pytest.importorskip("onnx")
        helper = pytest.importorskip("onnx.numpy_helper")
        array = (4 * np.random.default_rng(0).normal(size=(5, 3))).astype(dtype)
        graph = onnx.helper.make_graph([], "g", [], [], [helper.from_array(array, "w")])
        onnx.save(onnx.helper.make_model(graph), tmp_path / "w.onnx")
        found = load_weights(tmp_path / "w.onnx", "w")
        assert found.dtype == array.dtype
        np.testing.assert_array_equal(found, array)

    def test_a_trained_network_with_data_outside(self, tmp_path: Path) -> None:
        onnx = pytest.importorskip("onnx")
        helper = pytest.importorskip("onnx.numpy_helper")
        tensors = [helper.from_array(array, name) for name, array in trained().items()]
        model = onnx.helper.make_model(onnx.helper.make_graph([], "g", [], [], tensors))
        onnx.save_model(
            model, tmp_path / "w.onnx", save_as_external_data=True, location="w.bin", size_threshold=16
        )
        assert (tmp_path / "w.bin").stat().st_size > 1000
        same_verdict(tmp_path / "w.onnx", "U")


class TestHdf5:
    def test_a_trained_network(self, tmp_path: Path) -> None:
        h5py = pytest.importorskip("h5py")
        with h5py.File(tmp_path / "w.h5", "w") as file:
            for name, array in trained().items():
                file.create_dataset(f"layers/{name}", data=array, compression="gzip", chunks=True)
        same_verdict(tmp_path / "w.h5", "*U")


class TestFlax:
    def test_a_trained_network(self, tmp_path: Path) -> None:
        serialization = pytest.importorskip("flax.serialization")
        (tmp_path / "w.msgpack").write_bytes(serialization.to_bytes({"params": trained()}))
        same_verdict(tmp_path / "w.msgpack", "params.U")

    def test_live_arrays(self) -> None:
        jnp = pytest.importorskip("jax.numpy")
        assert pw.verify(jnp.asarray(trained()["U"]), "S4").holds


class TestMsgpack:
    def test_a_trained_network(self, tmp_path: Path) -> None:
        msgpack = pytest.importorskip("msgpack")

        def packed(array: Array) -> Any:
            return msgpack.ExtType(1, msgpack.packb((array.shape, array.dtype.name, array.tobytes())))

        content = msgpack.packb({"params": {name: packed(array) for name, array in trained().items()}})
        (tmp_path / "w.msgpack").write_bytes(content)
        same_verdict(tmp_path / "w.msgpack", "params.U")


class TestMatlab:
    @pytest.mark.parametrize("compressed", [False, True])
    def test_a_trained_network(self, tmp_path: Path, compressed: bool) -> None:
        writer = pytest.importorskip("scipy.io")
        writer.savemat(tmp_path / "w.mat", {"net": trained()}, do_compression=compressed)
        same_verdict(tmp_path / "w.mat", "net.U")


class TestNumPy:
    @pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
    def test_a_trained_network(self, tmp_path: Path, save: Any) -> None:
        save(tmp_path / "w.npz", **trained())
        same_verdict(tmp_path / "w.npz", "U")
        np.savetxt(tmp_path / "w.csv", trained()["U"], delimiter=",")
        same_verdict(tmp_path / "w.csv", "array")
