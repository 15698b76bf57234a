"""The pages: ledgers, map, alarms, documents, API, over HTTP and, with --https-port, over HTTPS.

They answer under this machine's own names and addresses as far as --host listens there; TONGGUI_HOSTS, separated by
commas, names others instead (a name given by DNS, or by a proxy before the pages).

Where HTTPS is on, HTTP serves only who asks for this very machine (127.0.0.1, localhost) and whoever comes for the
site's certificate; everybody else is led to HTTPS. The certificate is --certificate with --key, or the site's own.
"""

import argparse
import asyncio
import contextlib
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option

HERE = ("127.0.0.1", "localhost", "[::1]")
NAME = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]")
#: Served to everybody without encryption: a phone that does not trust the site yet must be able to learn to.
OPEN_PATHS = ("/m/certificate/", "/static/")
RENEWED_EVERY_SECONDS = 6 * 3600


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port, 0 for any free one (8000)")
    parser.add_argument("--https-port", type=int, default=None, help="port of HTTPS, 0 for any free one (no HTTPS)")
    add_certificate_options(parser)


def add_certificate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--certificate", type=Path, default=None, help="certificate with its chain, PEM (the site's own)"
    )
    parser.add_argument("--key", type=Path, default=None, help="key of --certificate, PEM")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    os.environ["TONGGUI_DATA"] = str(site.data)
    os.environ.setdefault("TONGGUI_HOSTS", ",".join(names_of(options.host)))
    if (options.certificate is None) != (options.key is None):
        print("--certificate and --key belong together")
        return 2
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    serve(site, options)
    return 0


def names_of(host: str) -> list[str]:
    """Names under which pages that listen on `host` may be asked for, as a browser writes them."""
    names = ["127.0.0.1", "localhost", "[::1]"]
    if host not in ("0.0.0.0", "::"):
        return [*names, f"[{host}]" if ":" in host else host]
    names.append(socket.gethostname())
    try:
        names += socket.gethostbyname_ex(socket.gethostname())[2]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward:
            # Nothing is sent: the system only says by which of its addresses others are reached.
            outward.connect(("192.0.2.1", 9))
            names.append(outward.getsockname()[0])
    except OSError:
        pass  # A machine without a network is asked for by its name.
    return list(dict.fromkeys(names))


def serve(site: Site, options: argparse.Namespace) -> None:
    """Serve until SIGINT or SIGTERM; event streams are ended at once, other requests have three seconds to finish."""
    import uvicorn

    from tonggui.run.asgi import application
    from tonggui.web.live import upstream

    class Server(uvicorn.Server):
        """One listener; the first one hears the signals and ends the others with itself."""

        others: tuple[uvicorn.Server, ...] = ()

        def handle_exit(self, sig: int, frame: Any) -> None:
            upstream.hub.close()
            for other in self.others:
                other.should_exit = True
            super().handle_exit(sig, frame)

    class Further(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    plain = _listener(options.host, options.port)
    announced = {"host": options.host, "port": plain.getsockname()[1]}
    if options.https_port is None:
        site.announce("web", **announced)
        Server(_config(application)).run(sockets=[plain])
        return
    secure = _listener(options.host, options.https_port)
    announced["https_port"] = secure.getsockname()[1]
    over_tls = _config(application, **_certificate(site, options))
    _keep_renewed(over_tls, lambda: _certificate(site, options))
    first, second = Server(_config(LedToHttps(application, announced["https_port"]))), Further(over_tls)
    first.others = (second,)

    async def both() -> None:
        await asyncio.gather(first.serve(sockets=[plain]), second.serve(sockets=[secure]))

    site.announce("web", **announced)
    with asyncio.Runner(loop_factory=over_tls.get_loop_factory()) as runner:
        runner.run(both())


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def _config(application: Any, **tls: str) -> Any:
    import uvicorn

    return uvicorn.Config(
        application,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        server_header=False,
        **tls,
    )


def _certificate(site: Site, options: argparse.Namespace) -> dict[str, str]:
    """Files of the certificate that was given, or of the site's own, as uvicorn names them."""
    if options.certificate:
        return {"ssl_certfile": str(options.certificate), "ssl_keyfile": str(options.key)}
    from tonggui.run.certificates import own_pair

    pair = own_pair(site, os.environ["TONGGUI_HOSTS"].split(","))
    return {"ssl_certfile": str(pair.certificate), "ssl_keyfile": str(pair.key)}


def _keep_renewed(config: Any, certificate: Callable[[], dict[str, str]]) -> None:
    """Read the certificate again now and then: a process that runs for a year outlives it.

    New connections take the new one, those that are open stay as they are.
    """
    config.load()

    def renew() -> None:
        while True:
            threading.Event().wait(RENEWED_EVERY_SECONDS)
            files = certificate()
            config.ssl.load_cert_chain(files["ssl_certfile"], files["ssl_keyfile"])

    threading.Thread(target=renew, name="certificate", daemon=True).start()


class LedToHttps:
    """The ASGI application `app` as plain HTTP serves it: to this machine itself; others are led to `port`."""

    def __init__(self, app: Any, port: int) -> None:
        self.app, self.port = app, port

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        host = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1")
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        if name in HERE or scope.get("path", "").startswith(OPEN_PATHS):
            await self.app(scope, receive, send)
            return
        if not NAME.fullmatch(name):
            await send({"type": "http.response.start", "status": 400, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        path = scope.get("raw_path", b"/").decode("latin-1") + (
            "?" + scope["query_string"].decode("latin-1") if scope.get("query_string") else ""
        )
        # 308 keeps the method and the body of what was sent.
        headers = [(b"location", f"https://{name}:{self.port}{path}".encode("latin-1")), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 308, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
