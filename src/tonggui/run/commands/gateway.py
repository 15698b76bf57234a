"""Terminals of JT/T 808 over TCP: frames into the frame log, answered once they are durable.

Several gateways may share one port, one process a core, each with its own `--name` and its own log.
"""

import argparse
import asyncio
import gc
import logging
import resource
import signal
from datetime import UTC

import uvloop

from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.protocols.jt808.conduct import Conduct
from tonggui.run.cli import add_data_option
from tonggui.stream.admission import Everyone, Registered
from tonggui.stream.gateway import Gateway
from tonggui.stream.gateway_status import serve_status
from tonggui.stream.log import FrameLogWriter

CLOCKS = {"china": CHINA, "utc": UTC}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (every one)")
    parser.add_argument("--port", type=int, default=8808, help="TCP port of the terminals (8808); 0 takes a free one")
    parser.add_argument("--name", default="0", help="tells gateways of one site apart; the log is jt808-NAME (0)")
    parser.add_argument(
        "--admission",
        choices=("registered", "open"),
        default="registered",
        help="registered: terminals of the fleet, authenticated; open: every terminal, for load tests",
    )
    parser.add_argument(
        "--silence", type=float, default=600.0, help="seconds without data until a line is closed (600)"
    )
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="china", help="zone of the time answer 0x8004")


def run(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    _raise_file_limit()
    uvloop.run(_serve(Site.at(options.data), options))
    return 0


def _raise_file_limit() -> None:
    """One file number a connection: take all that the system allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def _serve(site: Site, options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    admission = Everyone() if options.admission == "open" else Registered(site.fleet / "terminals.json")
    conduct = Conduct(site.secret("terminals"), CLOCKS[options.clock])
    with FrameLogWriter(site.frame_logs / f"jt808-{options.name}") as writer:
        gateway = Gateway(conduct, admission, writer, silence=options.silence)
        port = gateway.start(options.host, options.port)
        status = await serve_status(gateway, options.name)
        # Everything that lives as long as the process need not be looked at by the collector again.
        gc.collect()
        gc.freeze()
        site.announce(
            "gateway" if options.name == "0" else f"gateway-{options.name}",
            host=options.host,
            port=port,
            status_port=status.sockets[0].getsockname()[1],
            log=writer.folder.name,
        )
        logging.info("网关已就绪：端口 %d，准入方式 %s，帧日志 %s", port, admission.name, writer.folder)
        await stopped.wait()
        status.close()
        await gateway.stop()
    logging.info("网关已停止")
