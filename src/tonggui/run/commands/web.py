"""The pages: ledgers, map, alarms, documents, API, over HTTP.

They answer under this machine's own names and addresses as far as --host listens there; TONGGUI_HOSTS, separated by
commas, names others instead (a name given by DNS, or by a proxy before the pages).
"""

import argparse
import os
import socket

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port, 0 for any free one (8000)")


def run(options: argparse.Namespace) -> None:
    site = Site.at(options.data)
    os.environ["TONGGUI_DATA"] = str(site.data)
    os.environ.setdefault("TONGGUI_HOSTS", ",".join(names_of(options.host)))
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    serve(site, options.host, options.port)


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


def serve(site: Site, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; event streams are ended at once, other requests have three seconds to finish."""
    import uvicorn

    from tonggui.run.asgi import application
    from tonggui.web.live import upstream

    class Server(uvicorn.Server):
        def handle_exit(self, sig, frame) -> None:
            upstream.hub.close()
            super().handle_exit(sig, frame)

    listener = socket.create_server(
        (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=1024
    )
    config = uvicorn.Config(
        application,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    site.announce("web", host=host, port=listener.getsockname()[1])
    Server(config).run(sockets=[listener])
