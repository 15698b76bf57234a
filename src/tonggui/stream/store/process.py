"""`tonggui store`: the one process that has the engine open, from its first statement to its clean end."""

import logging
import socket
from contextlib import closing

from tonggui.base.site import Site
from tonggui.stream.service import serve
from tonggui.stream.store.client import USER, store_password
from tonggui.stream.store.engine import Engine
from tonggui.stream.store.reshape import reshape
from tonggui.stream.store.server import StoreApp
from tonggui.stream.store.tables import Table

log = logging.getLogger(__name__)


def serve_store(site: Site, tables: list[Table], *, host: str = "127.0.0.1", port: int = 0) -> None:
    """Open the store, make tables and columns where missing, announce the address and serve until told to stop.

    Ends on SIGINT or SIGTERM after running statements are through. A kill -9 loses no insert that was answered:
    parts are synced before the answer.
    """
    engine = Engine(site.store)
    with closing(engine), socket.create_server((host, port), backlog=256) as listener:
        for table in tables:
            engine.run(table.create().encode())
            reshape(engine, table)
            engine.run(table.extend().encode())
        app = StoreApp(engine, USER, store_password(site))
        bound_host, bound_port = listener.getsockname()[:2]
        site.announce("store", host=bound_host, port=bound_port)
        log.info("store on %s:%d", bound_host, bound_port)
        serve(app, listener)
