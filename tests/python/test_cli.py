"""The command line: what it prints, its JSON, its exit codes, and that bad input never shows a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import peterweyl as pw
from peterweyl import examples
from peterweyl.cli import main


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main([*arguments, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["schema_version"] == 1
    assert document["peterweyl"] == pw.__version__
    assert document["command"] == arguments[0]
    return code, document


@pytest.fixture
def blocks_file(tmp_path: Path) -> Path:
    path = tmp_path / "blocks.npz"
    irreps = {
        f"W{k}": irrep.matrices().conj().transpose(0, 2, 1) for k, irrep in enumerate(pw.group("S3").irreps)
    }
    np.savez(path, **irreps)
    return path


def test_demo_verifies_and_reconstructs(capsys: pytest.CaptureFixture[str]) -> None:
    code, document = run_json(capsys, "demo")
    assert code == 0
    assert document["as_expected"] is True
    networks = {network["name"]: network for network in document["networks"]}
    assert set(networks) == set(examples.names())
    certified = [n for n in networks.values() if n["reconstruction"] and n["reconstruction"]["certified"]]
    assert {network["group"] for network in certified} == {"S3", "S4"}
    assert main(["demo"]) == 0
    text = capsys.readouterr().out
    assert "certified" in text
    assert "█" in text


def test_info_of_the_installation_and_of_a_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    assert f"peterweyl {pw.__version__}" in capsys.readouterr().out
    code, document = run_json(capsys, "info", "D3")
    assert code == 0
    assert document["order"] == 6
    assert document["name"] == "S3"
    assert [irrep["degree"] for irrep in document["irreps"]] == [1, 1, 2]
    assert main(["info", "C100"]) == 0
    assert "…" in capsys.readouterr().out


def test_groups_of_an_order_and_identification(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, document = run_json(capsys, "groups", "12")
    assert code == 0
    assert [entry["name"] for entry in document["groups"]] == ["Dic3", "C12", "A4", "D6", "C2 x C6"]
    assert main(["groups", "8"]) == 0
    assert "5 groups of order 8" in capsys.readouterr().out
    table = tmp_path / "table.npy"
    np.save(table, np.array(pw.group("A4").table))
    code, document = run_json(capsys, "identify", "--table", str(table))
    assert (code, document["name"], document["small_group_id"]) == (0, "A4", [12, 3])
    assert main(["identify", "--group", "D3"]) == 0
    assert "SmallGroup(6, 1)" in capsys.readouterr().out


def test_tensors_lists_names_shapes_and_types(capsys: pytest.CaptureFixture[str], blocks_file: Path) -> None:
    assert main(["tensors", str(blocks_file)]) == 0
    assert "6 × 2 × 2" in capsys.readouterr().out
    _, document = run_json(capsys, "tensors", str(blocks_file))
    assert [tensor["name"] for tensor in document["tensors"]] == ["W0", "W1", "W2"]


def test_tensors_says_which_axes_could_be_a_group(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "network.npz"
    np.savez(path, E=np.zeros((114, 32)), H=np.zeros((113 * 113, 64)), W=np.zeros((113, 8)))
    _, document = run_json(capsys, "tensors", str(path), "--group", "C113")
    how = {entry["name"]: [(a["axis"], a["how"]) for a in entry["axes"]] for entry in document["tensors"]}
    assert how == {
        "E": [(0, "elements and one row more")],
        "H": [(0, "pairs of elements")],
        "W": [(0, "elements")],
    }
    assert main(["tensors", str(path)]) == 0
    assert "elements of order 113 (1 group)" in capsys.readouterr().out


def test_numbers_that_are_none_are_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "network.npz"
    weights = np.ones((3, 6))
    weights[1, 4] = np.nan
    np.savez(path, E=weights, other=np.ones(2))
    assert main(["verify", str(path), "--group", "S3", "--tensor", "E"]) == 2
    assert "E[1, 4]: expected finite numbers, got nan" in capsys.readouterr().err
    record = pw.sweep(path, "S3", tensor="E")[0]
    assert record.error == "ArgumentError: E[1, 4]: expected finite numbers, got nan"


def test_verify_takes_expressions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    path = tmp_path / "network.npz"
    rows = np.concatenate([rho.matrices().real.reshape(24, -1).T for rho in pw.group("S4").irreps[1:]])
    mixing = random.normal(size=(30, len(rows)))
    np.savez(path, W_x=(np.linalg.pinv(mixing) @ np.eye(30)).T @ rows, W=np.vstack([mixing, mixing]))
    arguments = ["verify", str(path), "--group", "S4", "--tensor", "W[:30].T @ W_x", "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["tensor"] == "W[:30].T @ W_x"


def test_verify_measures_networks_of_three_factors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(examples.path("composition_s4"))
    arguments = ["verify", path, "--group", "S4", "--factors", "U", "V", "W", "--activation", "square"]
    code, document = run_json(capsys, *arguments)
    assert (code, document["kind"], document["accuracy"]) == (0, "composition", 1.0)
    assert document["margin"]["ratio"] > 0.85
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "logit similarity" in text
    assert "of the largest possible" in text
    assert main(["verify", str(examples.path("composition_s4_untrained")), *arguments[2:]]) == 1
    assert main(["verify", path, "--groups", "S4,C24", *arguments[4:]]) == 2
    page = tmp_path / "network.html"
    assert main([*arguments, "--html", str(page)]) == 0
    assert "composing elements of S4" in page.read_text(encoding="utf-8")
    assert main([*arguments, "--markdown"]) == 2
    path = str(examples.path("relu_c13"))
    names = ["left.weight", "right.weight", "out.weight"]
    assert main(["verify", path, "--group", "C13", "--factors", *names]) in (0, 1)


def test_verify_exit_codes_follow_the_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, blocks_file: Path
) -> None:
    code, document = run_json(capsys, "verify", str(blocks_file), "--blocks", "--group", "S3")
    assert code == 0
    assert document["verdict"] == "harmonic"
    noise = tmp_path / "noise.npy"
    np.save(noise, np.random.default_rng(0).normal(size=(200, 24)))
    code, document = run_json(capsys, "verify", str(noise), "--group", "S4")
    assert code == 1
    assert document["verdict"] == "not harmonic"
    table = tmp_path / "table.npy"
    np.save(table, np.array(pw.group("S4").table))
    assert main(["verify", str(noise), "--table", str(table)]) == 1
    assert "chance" in capsys.readouterr().out


def test_verify_reads_axes_names_and_pairs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = np.fft.fft(np.eye(12))
    path = tmp_path / "two.npz"
    np.savez(path, other=np.zeros((3, 3)), pairs=np.stack([rows.real, rows.imag], axis=-1))
    arguments = ["verify", str(path), "--group", "C12", "--tensor", "pa*", "--axis", "0", "--pairs", "-1"]
    assert main(arguments) == 0
    assert main(["verify", str(path), "--group", "C12"]) == 2
    assert "--tensor" in capsys.readouterr().err


def test_verify_ranks_groups_and_finds_the_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    G = pw.group("D6")
    rows = np.concatenate([rho.matrices().real.reshape(12, -1).T for rho in G.irreps[1:]])
    path = tmp_path / "rows.npy"
    np.save(path, np.vstack([rows[:, pw.harmonics.element_orders(G)["gap"]].T, np.zeros((2, len(rows)))]))
    arguments = ["verify", str(path), "--axes", "group neuron", "--rows", "0:12"]
    code, document = run_json(capsys, *arguments, "--groups", "order")
    assert (code, document["kind"], document["best"]) == (0, "ranking", "D6")
    code, document = run_json(capsys, *arguments, "--group", "D6", "--order", "auto")
    assert (code, document["element_order"]["name"], document["element_order"]["certain"]) == (0, "gap", True)
    assert main([*arguments, "--group", "D6", "--order", "gap", "--fail-under", "0.999"]) == 0
    assert main([*arguments, "--group", "D6", "--order", "gap", "--fail-under", "2"]) == 2
    assert main([*arguments, "--groups", "A4,C12", "--fail-under", "0.9"]) == 1
    assert main([*arguments, "--groups", "A4,Q8"]) == 2
    columns = ",".join(map(str, range(12)))
    assert main([*arguments, "--group", "D6", "--order", columns]) == 1


def test_verify_reads_flat_blocks_without_identity(blocks_file: Path, tmp_path: Path) -> None:
    blocks = np.load(blocks_file)
    flat = np.concatenate([blocks[key].reshape(6, -1).T for key in blocks])
    path = tmp_path / "flat.npy"
    np.save(path, flat[:, 1:])
    assert main(["verify", str(path), "--group", "S3", "--block-sizes", "1,1,2", "--identity-omitted"]) == 0
    assert main(["verify", str(path), "--group", "S3", "--block-sizes", "1,x"]) == 2


def test_reconstruct_certifies_blocks_and_flat_matrices(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, blocks_file: Path
) -> None:
    code, document = run_json(capsys, "reconstruct", str(blocks_file))
    assert code == 0
    assert document["certified"] is True
    assert main(["reconstruct", str(blocks_file), "--show-table"]) == 0
    assert "S3" in capsys.readouterr().out
    blocks = np.load(blocks_file)
    flat = np.concatenate([blocks[key].reshape(6, -1).T for key in blocks])
    path = tmp_path / "flat.npy"
    np.save(path, flat)
    assert main(["reconstruct", str(path), "--block-sizes", "1,1,2"]) == 0
    np.save(path, np.random.default_rng(1).normal(size=flat.shape))
    assert main(["reconstruct", str(path), "--block-sizes", "1,1,2"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "missing.npy", "--group", "S3"],
        ["verify", "{noise}", "--group", "S99"],
        ["verify", "{noise}", "--group", "nonsense"],
        ["verify", "{noise}", "--group", "S5"],
        ["verify", "{text}", "--group", "S3"],
        ["reconstruct", "{noise}"],
        ["reconstruct", "{noise}", "--block-sizes", "1,x"],
        ["tensors", "{text}"],
        ["info", "Q7"],
        ["groups", "1000"],
        ["groups", "256"],
    ],
)
def test_unusable_input_is_one_line_and_exit_code_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "noise.npy", np.random.default_rng(0).normal(size=(5, 6)))
    (tmp_path / "text.csv").write_text("a,b\n")
    files = {"noise": str(tmp_path / "noise.npy"), "text": str(tmp_path / "text.csv")}
    assert main([argument.format(**files) for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"peterweyl {arguments[0]}: ")
    assert "Traceback" not in captured.err


def test_as_a_program() -> None:
    version = subprocess.run(
        [sys.executable, "-m", "peterweyl", "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout == f"peterweyl {pw.__version__}\n"
    usage = subprocess.run([sys.executable, "-m", "peterweyl"], capture_output=True, text=True, check=False)
    assert usage.returncode == 2
    assert "COMMAND" in usage.stderr


def test_reconstruct_takes_factors_matrices_and_logits(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    network = str(examples.path("composition_s4"))
    code, document = run_json(capsys, "reconstruct", network)
    assert (code, document["source"], document["group"]["name"]) == (0, "factors", "S4")
    html = tmp_path / "report.html"
    assert main(["reconstruct", network, "--factors", "U", "V", "W", "--html", str(html)]) == 0
    assert "certified" in capsys.readouterr().out
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (
        main(["reconstruct", str(examples.path("composition_s4_untrained")), "--factors", "U", "V", "W"]) == 1
    )
    capsys.readouterr()
    weights = pw.load_weights(network)
    u, v, w = (np.asarray(weights[name]) for name in "UVW")
    layers = tmp_path / "layers.npz"
    inner = np.concatenate([u.T, v.T])
    np.savez(layers, E_a=np.eye(24), E_b=np.eye(24), W_in=inner, W_out=w.T)
    code, document = run_json(capsys, "reconstruct", str(layers), "--mlp", "E_a", "E_b", "W_in", "W_out")
    assert (code, document["certified"]) == (0, True)
    assert run_json(capsys, "reconstruct", str(layers), "--activation", "quadratic")[1]["certified"]
    logits = tmp_path / "logits.npy"
    np.save(logits, np.eye(6)[np.asarray(pw.group("S3").table)])
    code, document = run_json(capsys, "reconstruct", str(logits), "--logits")
    assert (code, document["group"]["name"]) == (0, "S3")
    matrix = tmp_path / "matrix.npy"
    np.save(matrix, np.random.default_rng(0).normal(size=(8, 8)))
    code, document = run_json(capsys, "reconstruct", str(matrix), "--matrix")
    assert main(["reconstruct", str(matrix)]) == 2
    assert "--block-sizes D,D,... or --matrix" in capsys.readouterr().err
    assert (code, document["reason"]) == (1, "no_information")


def test_reconstruct_recognises_a_transformer(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(__file__).parents[1] / "data" / "networks" / "transformer_d5.safetensors"
    code, document = run_json(capsys, "reconstruct", str(path))
    assert (code, document["group"]["name"], document["read_out"]["source"]) == (0, "D5", "logits")


def test_reconstruct_draws_the_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    picture = tmp_path / "table.png"
    assert main(["reconstruct", str(examples.path("power_spectral_s3")), "--plot", str(picture)]) == 0
    capsys.readouterr()
    assert picture.stat().st_size > 1000
