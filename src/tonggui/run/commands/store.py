"""The telemetry store: owns the MergeTree tables and answers ClickHouse clients."""

import argparse

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option
from tonggui.run.telemetry import TABLES
from tonggui.stream.store.process import serve_store


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and announces it")


def run(options: argparse.Namespace) -> None:
    serve_store(Site.at(options.data), TABLES, host=options.host, port=options.port)
