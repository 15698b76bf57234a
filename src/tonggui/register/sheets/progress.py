"""How far a long work has come, told by the worker and read by a page.

It is told in a small file beside the database: a writing import holds the database's one write lock, and nobody outside
its transaction could see what it counts. The file is a courtesy; what holds is the row of the work.
"""

import json
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from tonggui.register.jobs import Job

PHASES = {"read": "读取", "check": "核对", "write": "写入", "pack": "压缩", "export": "生成"}
TELL_EVERY_SECONDS = 0.3
ASK_EVERY_SECONDS = 1.0
QUIET_SECONDS = 30.0
"""Without a word for so long, the worker is taken to be away."""


class Cancelled(Exception):
    """Its person has called the work off."""


class Interrupted(Exception):
    """The worker is being stopped; the work stays as it is and is taken up by the next."""


class Silent:
    """Progress of work that nobody watches: within a request, in a command."""

    def tell(self, phase: str, done: int, total: int) -> None:
        pass


class Progress(Silent):
    """Tells how far one work has come, and ends it where it is called off or the process is being stopped."""

    def __init__(self, job: Job, stop: threading.Event):
        self.job, self.stop = job, stop
        self.phase, self.began = "", 0.0
        self.told = self.asked = 0.0

    def tell(self, phase: str, done: int, total: int) -> None:
        """`done` of `total` rows of a phase (a key of PHASES) are through. Raises Cancelled or Interrupted."""
        now = time.time()
        if self.stop.is_set():
            raise Interrupted
        if phase != self.phase:
            self.phase, self.began, self.told = phase, now, 0.0
        if now - self.told >= TELL_EVERY_SECONDS or done == total:
            self.told = now
            _write(path_of(self.job), {"phase": phase, "done": done, "total": total, "began": self.began, "at": now})
        # Once writing has begun nothing can call it off, and no question may be asked inside its transaction.
        if phase != "write" and now - self.asked >= ASK_EVERY_SECONDS:
            self.asked = now
            if not type(self.job).objects.filter(pk=self.job.pk, state=self.job.state).exists():
                raise Cancelled

    def forget(self) -> None:
        path_of(self.job).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a waiting work stands, for its page. `left` is in seconds, None while it cannot be said."""

    phase: str = ""
    done: int = 0
    total: int = 0
    left: int | None = None
    ahead: int = 0
    away: bool = False

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def words(self) -> str:
        """`约还需 2 分钟`, or '' while it cannot be said."""
        if self.left is None:
            return ""
        return f"约还需 {self.left} 秒" if self.left < 90 else f"约还需 {round(self.left / 60)} 分钟"


def standing(job: Job) -> Standing:
    """What the worker last told of a work, and how many others come before one that was not begun."""
    told, now = _read(path_of(job)), time.time()
    if not told:
        others = type(job).objects.filter(pk__lt=job.pk, state__in=type(job).WAITS).count()
        away = not others and now - job.at.timestamp() > QUIET_SECONDS
        return Standing(total=job.total, ahead=others, away=away)
    done, total, spent = told["done"], told["total"], told["at"] - told["began"]
    left = max(1, round(spent / done * (total - done))) if done and spent > 1 else None
    return Standing(PHASES[told["phase"]], done, total, left, away=now - told["at"] > QUIET_SECONDS)


def path_of(job: Job) -> Path:
    return settings.SITE.folder("progress") / f"{job.kind}-{job.pk}.json"


def _write(path: Path, told: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(told))
    os.replace(part, path)


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
