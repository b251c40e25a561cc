"""``peterweyl bench TOPIC``: our times beside those of the peers installed here."""

from __future__ import annotations

import argparse
import importlib

from ..benchmark import TOPICS
from .output import HOLDS, add_json_option, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command; the modules of the topics are imported here, and only when it is asked for."""
    parser = commands.add_parser("bench", help="measure this machine: ours beside every peer installed")
    topics = parser.add_subparsers(dest="topic", required=True, metavar="TOPIC")
    for topic, module_name in TOPICS.items():
        module = importlib.import_module(f"..benchmark.{module_name}", __package__)
        topic_parser = topics.add_parser(topic, help=module.DESCRIPTION, description=module.DESCRIPTION)
        module.add_arguments(topic_parser)
        add_json_option(topic_parser)
        topic_parser.set_defaults(run=run, module=module)


def run(options: argparse.Namespace) -> int:
    """Run one topic and print its tables."""
    tables = options.module.run(options)
    if options.json:
        print_json("bench", {"topic": options.topic, "tables": [table.to_dict() for table in tables]})
    else:
        print("\n\n".join(str(table) for table in tables))
    return HOLDS
