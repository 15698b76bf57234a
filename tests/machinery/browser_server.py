"""The live server of browser tests: its threads share one connection to the database in memory, so one asks in turn."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler


def one_at_a_time(monkeypatch: Any) -> Callable[[], None]:
    """Answer requests in turn, since two transactions at once are more than one connection can hold.

    Call what is given back when the browser is closed: it waits for the last answer, and nothing is asked after it, so
    that the database can be emptied.
    """
    lock, answer, over = threading.Lock(), WSGIHandler.__call__, threading.Event()

    def in_turn(handler: Any, environ: Any, start_response: Any) -> Any:
        with lock:
            if over.is_set():
                start_response("503 Service Unavailable", [])
                return []
            return answer(handler, environ, start_response)

    def finish() -> None:
        with lock:
            over.set()

    monkeypatch.setattr(WSGIHandler, "__call__", in_turn)
    return finish
