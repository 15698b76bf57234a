"""The pages: ledgers, map, alarms, documents, API, over HTTP."""

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
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    serve(site, options.host, options.port)


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
