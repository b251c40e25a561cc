"""``peterweyl reconstruct FILE``: which multiplication table is in these weights?"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from ..errors import ArgumentError
from ..reconstruction import Reconstruction, mlp, reconstruct, transformer
from ..weights import load_weights
from ..weights.arrays import combine_pairs
from .output import DOES_NOT_HOLD, HOLDS, add_json_option, print_json, write_text
from .selection import add_tensor_options, selected_tensors, single_tensor

#: Tensors that a transformer of one layer must have.
TRANSFORMER = ("W_E", "W_Q", "W_K", "W_V", "W_O", "W_in", "W_out", "W_U")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "reconstruct",
        help="which multiplication table is in these weights?",
        description="Find the multiplication table of a group in weights: in blocks (n, d, d) by default, in the "
        "factors of a network, in one matrix or in logits. Exit code 0: certified; 1: not certified or ambiguous; "
        "2: unusable.",
    )
    add_tensor_options(parser)
    parser.set_defaults(axis=None)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--block-sizes",
        metavar="D,D,...",
        help="the tensor is one flat matrix whose rows are blocks of d*d entries, such as 1,1,2, or 'find'; "
        "without it every tensor is a block (n, d, d)",
    )
    kind.add_argument(
        "--factors",
        nargs=3,
        metavar=("LEFT", "RIGHT", "OUT"),
        help="three tensors: from both operands into the hidden layer, and from there to the result",
    )
    kind.add_argument(
        "--mlp",
        nargs=4,
        metavar=("LEFT", "RIGHT", "IN", "OUT"),
        help="four tensors: embeddings (n, d) of both operands, (2d, hidden), (hidden, n)",
    )
    kind.add_argument(
        "--matrix",
        action="store_true",
        help="the tensor is one matrix whose rows are mixed in an unknown way",
    )
    kind.add_argument(
        "--operands",
        nargs=2,
        metavar=("LEFT", "RIGHT"),
        help="two tensors, what both operands are multiplied by, the rows of each mixed in an unknown way",
    )
    kind.add_argument("--logits", action="store_true", help="the tensor holds logits (n, n, n) as [a, b, c]")
    parser.add_argument(
        "--activation", metavar="NAME", help="of the network of --factors or --mlp, such as relu"
    )
    parser.add_argument(
        "--order", type=int, metavar="N", help="the number of elements, where shapes do not tell"
    )
    parser.add_argument(
        "--identity-omitted", action="store_true", help="the first element is left out and its blocks are 1"
    )
    parser.add_argument(
        "--exhaustive", action="store_true", help="check all pairs of a network however long it takes"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    parser.add_argument("--show-table", action="store_true", help="print the table as well")
    parser.add_argument("--html", metavar="FILE", help="write the report as an HTML document as well")
    parser.add_argument("--plot", metavar="FILE", help="draw the table (needs matplotlib)")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Reconstruct and print the result; 0 when the table is certified."""
    result = _reconstruct(options)
    if options.html is not None:
        write_text(options.html, result.to_html(), "--html")
    if options.plot is not None:
        result.plot().figure.savefig(options.plot, bbox_inches="tight")
    if options.json:
        print_json("reconstruct", {"file": str(options.file), **result.to_dict()})
    else:
        print(f"{options.file}\n")
        print(result.report())
        if options.show_table and result.table is not None:
            width = len(str(len(result.table) - 1))
            print("\ntable")
            for row in result.table:
                print("  " + " ".join(f"{entry:>{width}}" for entry in row))
    return HOLDS if result.certified else DOES_NOT_HOLD


def _reconstruct(options: argparse.Namespace) -> Reconstruction:
    common: dict[str, Any] = {"seed": options.seed}
    network: dict[str, Any] = {
        **common,
        "activation": options.activation,
        "order": options.order,
        "exhaustive": options.exhaustive,
    }
    if options.mlp is not None:
        tensors = _named(options, options.mlp)
        return reconstruct(factors=mlp(*tensors, activation=options.activation), **network)
    if options.factors is not None:
        return reconstruct(factors=_named(options, options.factors), axis=options.axis, **network)
    if options.matrix:
        arrays = [_joined(array, options) for array in selected_tensors(options).values()]
        return reconstruct(matrix=arrays if len(arrays) > 1 else arrays[0], axis=options.axis, **common)
    if options.operands is not None:
        return reconstruct(operands=_named(options, options.operands), axis=options.axis, **common)
    if options.logits:
        _, array = single_tensor(options)
        return reconstruct(logits=array, order=options.order, exhaustive=options.exhaustive, **common)
    if options.block_sizes is not None:
        _, matrix = single_tensor(options)
        return reconstruct(
            blocks=_joined(matrix, options),
            block_sizes=_sizes(options.block_sizes),
            axis=options.axis,
            identity_omitted=options.identity_omitted,
            **common,
        )
    chosen = selected_tensors(options)
    layers = transformer_tensors(chosen)
    if layers is not None:
        made = transformer(**layers, activation=options.activation or "relu", order=options.order)
        return reconstruct(factors=made, exhaustive=options.exhaustive, **common)
    names = network_tensors(chosen)
    if names is not None:
        tensors = [chosen[name] for name in names]
        factors = tuple(tensors) if len(tensors) == 3 else mlp(*tensors, activation=options.activation)
        return reconstruct(factors=factors, **network)
    blocks = [_joined(array, options) for array in chosen.values()]
    if len(blocks) == 1 and blocks[0].ndim == 2:
        shape = blocks[0].shape
        raise ArgumentError(
            f"{next(iter(chosen))} {shape}: expected --block-sizes D,D,... or --matrix with one matrix"
        )
    return reconstruct(blocks=blocks, identity_omitted=options.identity_omitted, **common)


def transformer_tensors(tensors: Mapping[str, NDArray[Any]]) -> dict[str, Any] | None:
    """The tensors of a transformer of one layer under the names of TransformerLens, where they all are there."""
    by_name = {name.rpartition(".")[2]: array for name, array in tensors.items()}
    if len(by_name) < len(tensors) or not set(TRANSFORMER) <= set(by_name):
        return None
    return {
        name: by_name[name] for name in (*TRANSFORMER, "W_pos", "b_in", "b_out", "b_U") if name in by_name
    }


def network_tensors(tensors: Mapping[str, NDArray[Any]]) -> tuple[str, ...] | None:
    """The names of the factors of a network, or of the layers of one, where the shapes leave no doubt.

    Three matrices of one pair of sides are factors, in their order in the file, with the one whose name says so last;
    four matrices (n, d), (n, d), (2d, hidden), (hidden, n) are the layers of a network.
    """
    names = list(tensors)
    shapes = [tensors[name].shape for name in names]
    if len(names) not in (3, 4) or any(len(shape) != 2 for shape in shapes):
        return None
    if len(names) == 3:
        if min(shapes[0]) < 2 or any(set(shape) != set(shapes[0]) for shape in shapes):
            return None
        last = [name for name in names if "out" in name.lower() or name.rpartition(".")[2] in ("W", "W_U")]
        out = last[0] if len(last) == 1 else names[-1]
        return (*(name for name in names if name != out), out)
    for out in names:
        for inner in names:
            rest = [name for name in names if name not in (out, inner)]
            if len(rest) != 2 or tensors[rest[0]].shape != tensors[rest[1]].shape:
                continue
            n, d = tensors[rest[0]].shape
            hidden = tensors[inner].shape[1]
            if tensors[inner].shape[0] == 2 * d and tensors[out].shape == (hidden, n):
                return (*rest, inner, out)
    return None


def _named(options: argparse.Namespace, names: list[str]) -> list[NDArray[Any]]:
    return [_joined(load_weights(options.file, name), options) for name in names]


def _sizes(text: str) -> list[int] | str:
    if text == "find":
        return text
    try:
        return [int(size) for size in text.split(",")]
    except ValueError:
        raise ArgumentError(f"--block-sizes: expected integers such as 1,1,2, got {text!r}") from None


def _joined(array: NDArray[Any], options: argparse.Namespace) -> NDArray[Any]:
    """Real and imaginary parts put together where the options say so."""
    return array if options.pairs is None else combine_pairs(array, options.pairs)
