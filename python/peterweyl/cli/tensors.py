"""``peterweyl tensors FILE``: what a file of weights holds."""

from __future__ import annotations

import argparse

from ..weights import tensor_infos
from .output import HOLDS, add_json_option, count, print_heading, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser("tensors", help="list the tensors of a file of weights")
    parser.add_argument("file", metavar="FILE", help="npy, npz, safetensors, pt, h5, mat, msgpack, csv, ...")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print name, shape and type of every tensor; nothing is read but the headers where the format allows it."""
    infos = tensor_infos(options.file)
    if options.json:
        entries = [
            {"name": info.name, "shape": list(info.shape), "dtype": info.stored_dtype, "bytes": info.nbytes}
            for info in infos
        ]
        print_json("tensors", {"file": str(options.file), "tensors": entries})
        return HOLDS
    print_heading(f"{options.file}: {count(len(infos), 'tensor')}")
    width = max(len(info.name) for info in infos)
    for info in infos:
        shape = " × ".join(map(str, info.shape)) or "scalar"
        print(f"  {info.name:<{width}}   {shape:<20} {info.stored_dtype}")
    return HOLDS
