"""The live server of browser tests: its threads share one connection to the database in memory, so one asks in turn."""

import threading
from typing import Any

from django.core.handlers.wsgi import WSGIHandler


def one_at_a_time(monkeypatch: Any) -> None:
    """Answer requests in turn; two transactions at once are more than one connection can hold."""
    lock, answer = threading.Lock(), WSGIHandler.__call__

    def in_turn(handler: Any, environ: Any, start_response: Any) -> Any:
        with lock:
            return answer(handler, environ, start_response)

    monkeypatch.setattr(WSGIHandler, "__call__", in_turn)
