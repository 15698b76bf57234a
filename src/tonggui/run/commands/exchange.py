"""Exchange with the provincial overload system: tells it what it must know, takes what it hands down, keeps receipts.

    tonggui exchange --data DIR --to https://… --county 310230

Address and code may also stand in the site's `exchange.json`, by which `tonggui up` starts the exchange. One process a
site. What was not sent while the line was down is sent when it is back, what the province lacks is sent
again, and nothing counts twice. --show-key prints the key that the province needs to check our signatures.
"""

import argparse
import os
import signal
import sys
import threading

from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.bridge.exchange.settings import settings_of
from tonggui.run.cli import add_data_option


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--to", metavar="URL", help="address of the provincial system")
    parser.add_argument("--county", metavar="CODE", help="our code there (GB/T 2260)")
    parser.add_argument("--once", action="store_true", help="one round, then end")
    parser.add_argument("--show-key", action="store_true", help="print the key of our signatures and end")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    key = site.secret("exchange")
    if options.show_key:
        print(key.hex())
        return 0
    try:
        settings = settings_of(site, options.to or "", options.county or "")
    except Problem as problem:
        print(f"tonggui exchange: {problem}", file=sys.stderr)
        return 2
    os.environ["TONGGUI_DATA"] = str(site.data)
    from tonggui.run.setup import start_django

    start_django()
    from tonggui.bridge.exchange.provincial import PROVINCIAL
    from tonggui.bridge.exchange.round import one_round
    from tonggui.bridge.exchange.transport import Transport

    transport = Transport(settings.to, settings.county, key)
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    site.announce("exchange", host="127.0.0.1", port=0)
    while not stop.is_set():
        told = one_round(site, PROVINCIAL, transport)
        if told.trouble:
            print(f"exchange: {told.trouble}; trying again in {told.pause:g} s", file=sys.stderr, flush=True)
        if options.once:
            return 1 if told.trouble else 0
        stop.wait(told.pause)
    return 0
