"""The stream: follows the frame logs, decodes, detects, stores, and feeds the live pages."""

import argparse

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option
from tonggui.run.telemetry import DETECTORS, SOURCES
from tonggui.stream.process import serve_stream


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="port of /latest, /feed and /health; 0 takes a free one")


def run(options: argparse.Namespace) -> None:
    serve_stream(Site.at(options.data), SOURCES, DETECTORS, host=options.host, port=options.port)
