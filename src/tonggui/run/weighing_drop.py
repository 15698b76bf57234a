"""The drop folder: files of passes that a weighing station synchronises when it has a line again.

JSON, JSON lines and CSV, with the pictures they name beside them, in the folder or below it. A file is taken once it is
complete: its size and time have stood still for QUIET_SECONDS, and so have those of the pictures it names; or, where a
picture does not come, PICTURES_SECONDS have passed; or `<name>.done` lies beside it. Names that begin with a dot or end
in .part, .tmp and the like are files still being written.

Every row goes through the intake and is durable before its file is moved to done/. A crash before that means the file
is taken again, and rows that are there already are duplicates: nothing is lost and nothing there twice. Refused rows
and pictures stand with their reasons in `<name>.refused.csv` beside the file in done/.
"""

import csv
import io
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tonggui.base.errors import Problem
from tonggui.base.site import Site, write_whole
from tonggui.protocols.weighing.files import read_file
from tonggui.run.weighing import WEIGHING
from tonggui.run.weighing_import import IntakeAway, Pictures, answers, rows_of, value_of
from tonggui.stream.intake import WORDS
from tonggui.stream.intake_log import Status

FORMS = {".json", ".jsonl", ".csv"}
UNFINISHED = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".done")
QUIET_SECONDS = 10.0
PICTURES_SECONDS = 600.0
LOOK_EVERY_SECONDS = 2.0
HEADING = ("行", "原因", "原文")


@dataclass(slots=True)
class _Sight:
    """A file as last seen: its size and time, since when it stands like that, when its pictures were looked for."""

    stamp: tuple[int, int]
    since: float
    looked: float = -QUIET_SECONDS


@dataclass
class Drop:
    """Takes in what comes into a folder. `clock` gives seconds that only rise; `say` tells of each file taken."""

    site: Site
    folder: Path
    say: Callable[[str], None] = print
    clock: Callable[[], float] = time.monotonic
    _seen: dict[Path, _Sight] = field(default_factory=dict)
    _trouble: str = ""

    def watch(self, stop: threading.Event) -> None:
        """Look again and again until told to stop; trouble is told once and tried again."""
        while not stop.wait(LOOK_EVERY_SECONDS):
            try:
                self.look()
                self._trouble = ""
            except (OSError, IntakeAway) as problem:
                if str(problem) != self._trouble:
                    self.say(f"drop: {problem}")
                self._trouble = str(problem)

    def look(self) -> int:
        """Take every file that is complete; how many were. One that cannot be taken does not hold up the others."""
        self._seen = {path: sight for path, sight in self._seen.items() if path.exists()}
        taken, trouble = 0, None
        for path in [path for path in self._files() if self._is_complete(path)]:
            try:
                self._take(path)
                taken += 1
            except OSError as problem:
                trouble = problem
        if trouble:
            raise trouble
        return taken

    @property
    def done(self) -> Path:
        return self.folder / "done"

    def _files(self) -> Iterator[Path]:
        for place, folders, names in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and Path(place, name) != self.done)
            for name in sorted(names):
                if not name.startswith(".") and not name.endswith(UNFINISHED) and Path(name).suffix.lower() in FORMS:
                    yield Path(place, name)

    def _is_complete(self, path: Path) -> bool:
        if _mark(path).exists():
            return True
        if not self._stands(path):
            return False
        sight, now = self._seen[path], self.clock()
        if now - sight.looked < QUIET_SECONDS:
            return False
        sight.looked = now
        return now - sight.since >= PICTURES_SECONDS or self._has_pictures(path)

    def _stands(self, path: Path) -> bool:
        """Whether nothing has changed about a file for a while."""
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        stamp, now = (found.st_size, found.st_mtime_ns), self.clock()
        sight = self._seen.get(path)
        if sight is None or sight.stamp != stamp:
            sight = self._seen[path] = _Sight(stamp, now)
        return now - sight.since >= QUIET_SECONDS

    def _has_pictures(self, path: Path) -> bool:
        """Whether every picture that a row names is here and whole."""
        beside = self._beside(path)
        try:
            found = [beside.find(name) for name in names_in(path)]
            # Every one is looked at, so that all are under watch from now on.
            still = [self._stands(picture) for picture in found if picture]
            return all(still) and None not in found
        except Problem:
            return True  # What cannot be read is taken, and said to be so.

    def _beside(self, path: Path) -> Pictures:
        """Pictures of a file; one that another file has taken to done/ already is found there."""
        return Pictures(path.parent, self.done / path.parent.relative_to(self.folder))

    def _take(self, path: Path) -> None:
        """Every row through the intake, then the file to done/."""
        counts = dict.fromkeys(Status, 0)
        refused: list[tuple[int, str, str]] = []
        pictures = []
        try:
            beside = self._beside(path)
            pictures = [picture for name in names_in(path) if (picture := beside.find(name))]
            for rows, answer in answers(self.site, rows_of(self.site, path, beside)):
                for (row, text), result in zip(rows, answer["results"], strict=True):
                    counts[Status(result["status"])] += 1
                    refused += [(row, fault, text) for fault in result.get("errors", ())]
            refused += [(0, f"{name}：{fault}", "") for name, fault in beside.faults.items()]
            told = "，".join(f"{WORDS[status]} {count} 条" for status, count in counts.items())
        except IntakeAway:
            raise
        except Problem as problem:
            refused, told = [(0, str(problem), "")], str(problem)
        self._move(path, refused, pictures)
        self.say(f"drop: {path.relative_to(self.folder)}：{told}")

    def _move(self, path: Path, refused: list[tuple[int, str, str]], pictures: list[Path]) -> None:
        """The file to done/: the reasons beside it before it, its pictures after it."""
        place = _free(self.done / path.relative_to(self.folder))
        place.parent.mkdir(parents=True, exist_ok=True)
        if refused:
            write_whole(place.with_name(f"{place.name}.refused.csv"), _sheet(refused))
        os.replace(path, place)
        _mark(path).unlink(missing_ok=True)
        for picture in dict.fromkeys(picture for picture in pictures if not picture.is_relative_to(self.done)):
            goal = _free(self.done / picture.relative_to(self.folder))
            goal.parent.mkdir(parents=True, exist_ok=True)
            os.replace(picture, goal)


def names_in(path: Path) -> list[str]:
    """The file names that the rows of a file give for their pictures."""
    found: list[str] = []

    def heard(name: str) -> None:
        found.append(name)

    for _, text in read_file(path):
        WEIGHING.attach(value_of(text), heard)
    return found


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.done")


def _free(path: Path) -> Path:
    """The path, or one like it that nothing has yet."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return free


def _sheet(refused: list[tuple[int, str, str]]) -> bytes:
    """Refused rows as a sheet that office programs open with its Chinese intact."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADING, *refused])
    return text.getvalue().encode("utf-8-sig", "replace")
