"""`tonggui stream`: the worker in a thread of its own, its feed served beside it."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Iterable, Sequence

from tonggui.base.site import Site
from tonggui.stream.declare import Detector
from tonggui.stream.feed_server import FeedApp
from tonggui.stream.service import serve
from tonggui.stream.sources import Source
from tonggui.stream.worker import Worker

log = logging.getLogger(__name__)


def serve_stream(
    site: Site, sources: Sequence[Source], detectors: Iterable[Detector], *, host: str = "127.0.0.1", port: int = 0
) -> None:
    """Follow the site's frame logs until SIGINT or SIGTERM; then end after the batch at hand, with a snapshot.

    A mistake in the worker ends the process with its trace, so that whoever supervises it sees it.
    """
    worker = Worker(site, sources, detectors)
    failed = threading.Event()

    def work() -> None:
        try:
            worker.run()
        except Exception:
            log.exception("the stream worker failed")
            failed.set()
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=work, name="worker")
    with socket.create_server((host, port), backlog=256) as listener:
        bound_host, bound_port = listener.getsockname()[:2]
        thread.start()
        site.announce("stream", host=bound_host, port=bound_port)
        try:
            serve(FeedApp(worker.feed), listener)
        finally:
            worker.stop()
            thread.join()
            if failed.is_set():
                raise SystemExit(1)
