"""Every process of one machine, supervised; `--demo` with the demo county.

Prints the address, the logins of a new demo county (once: only their hashes are kept) and when everything is ready.
Ctrl-C stops every process in order.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from datetime import date

from tonggui.base.site import Site
from tonggui.bridge.exchange.settings import is_configured
from tonggui.run.cli import add_data_option
from tonggui.run.commands.web import add_certificate_options, names_of
from tonggui.run.supervisor import Service, Supervisor, answers

HTTPS_ABOVE = 443


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--demo", action="store_true", help="with the demo county and its simulated fleet")
    parser.add_argument("--vehicles", type=int, default=2000, help="vehicles of the demo county (2000)")
    parser.add_argument("--seed", type=int, default=2026, help="the demo county's random seed")
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, help="the demo county's today (today)")
    parser.add_argument("--host", default="127.0.0.1", help="address of the pages; 0.0.0.0 for phones (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
    parser.add_argument("--https-port", type=int, default=None, help="port of the pages over HTTPS (443 above --port)")
    add_certificate_options(parser)
    parser.add_argument("--terminal-port", type=int, default=8808, help="port of JT/T 808 terminals (8808)")
    parser.add_argument("--weighing-port", type=int, default=8809, help="port of weighing points (8809)")
    parser.add_argument("--province", metavar="URL", help="address of the provincial overload system (no exchange)")
    parser.add_argument("--county", metavar="CODE", default="", help="our code in the provincial system")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    os.environ["TONGGUI_DATA"] = str(site.data)
    started = time.monotonic()
    if options.https_port is None:
        options.https_port = options.port + HTTPS_ABOVE
    for name in ("port", "https_port", "terminal_port", "weighing_port"):
        if answers("127.0.0.1", getattr(options, name)):
            option = f"--{name.replace('_', '-')}"
            _say(f"port {getattr(options, name)} is in use by another program: choose another with {option}")
            return 1
    try:
        logins = _prepare(site, options)
        return asyncio.run(_run(site, options, logins, started))
    except KeyboardInterrupt:
        return 130


def _prepare(site: Site, options: argparse.Namespace) -> list[tuple[str, str, str]]:
    """Bring the ledgers' tables up to date and, for a demo, make the county where it does not stand yet."""
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    if not options.demo:
        return []
    from tonggui.run.demo.county import make_county

    return make_county(site, vehicles=options.vehicles, seed=options.seed, as_of=options.as_of, say=_say)


def services(options: argparse.Namespace) -> list[Service]:
    """The processes of one machine, in the order in which they start."""
    found = [
        Service("store"),
        Service("gateway", ("--port", str(options.terminal_port))),
        Service("intake", ("--port", str(options.weighing_port))),
        Service("stream"),
        Service("tasks", waits=False),
        Service("web", _web_options(options)),
    ]
    if options.province:
        found.append(Service("exchange", ("--to", options.province, "--county", options.county), waits=False))
    elif is_configured(Site.at(options.data)):
        found.append(Service("exchange", waits=False))
    if options.demo:
        found.append(Service("simulate", ("--seed", str(options.seed)), waits=False))
    return found


def _web_options(options: argparse.Namespace) -> tuple[str, ...]:
    found = ["--host", options.host, "--port", str(options.port), "--https-port", str(options.https_port)]
    for name in ("certificate", "key"):
        if given := getattr(options, name):
            found += [f"--{name}", str(given.resolve())]
    return tuple(found)


async def _run(site: Site, options: argparse.Namespace, logins: list[tuple[str, str, str]], started: float) -> int:
    supervisor = Supervisor(site, services(options), say=_say)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    stopped = asyncio.create_task(stop.wait())
    try:
        starting = asyncio.create_task(supervisor.start())
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            _welcome(options, logins, time.monotonic() - started)
            watching = asyncio.create_task(supervisor.watch())
            await asyncio.wait({watching, stopped}, return_when=asyncio.FIRST_COMPLETED)
        else:
            starting.cancel()
    except (TimeoutError, ChildProcessError) as problem:
        _say("\n".join(_login_lines(logins)))
        _say(f"could not start: {problem}")
        return 1
    finally:
        _say("stopping …")
        await supervisor.stop()
        stopped.cancel()
        _say("stopped")
    return 0


def _welcome(options: argparse.Namespace, logins: list[tuple[str, str, str]], seconds: float) -> None:
    lines = [f"同轨 Tonggui is ready after {seconds:.0f} s: http://127.0.0.1:{options.port}/"]
    lines.append(f"  for phones: {_phone_address(options)}")
    lines.append(f"  JT/T 808 terminals: port {options.terminal_port}    weighing points: port {options.weighing_port}")
    lines.append(f"  files of weighing stations: {Site.at(options.data).folder('drop')}")
    lines += _login_lines(logins)
    if options.demo and not logins:
        lines.append("  logins were shown at the first start; `tonggui account password NAME` makes a new one")
    lines.append("  Ctrl-C stops everything.")
    _say("\n".join(lines))


def _phone_address(options: argparse.Namespace) -> str:
    """The address to type into a phone, by this machine's address in its network; or how to open it to phones."""
    open_to = [name for name in names_of(options.host) if name[:1].isdigit() and not name.startswith("127.")]
    if options.host in ("127.0.0.1", "localhost", "::1"):
        return f"https://127.0.0.1:{options.https_port}/m/ (other machines: start with --host 0.0.0.0)"
    return f"https://{open_to[-1] if open_to else options.host}:{options.https_port}/m/"


def _login_lines(logins: list[tuple[str, str, str]]) -> list[str]:
    """The logins of a county made just now; they are shown whether or not everything else could start."""
    if not logins:
        return []
    rows = [f"    {title}{'　' * (6 - len(title))}  {name:<12}{password}" for title, name, password in logins]
    return ["  logins of the demo county, shown this once:", *rows]


def _say(text: str) -> None:
    print(text, flush=True, file=sys.stdout)
