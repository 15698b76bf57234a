"""Serving an ASGI application from a process that has something to close when it is told to stop."""

import signal
import socket
import sys
from types import FrameType
from typing import Any

import uvicorn


def serve(app: Any, listener: socket.socket) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM, then raise SystemExit(0) so that callers' `finally` run.

    uvicorn sends itself the signal again after its shutdown; under the default handlers that would end the process on
    the spot, with the engine still open.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_keep_alive=3600, http="httptools")
    config.timeout_graceful_shutdown = 5
    uvicorn.Server(config).run(sockets=[listener])
