"""Weighing passes out of files: each row with its pictures, through our own log or the running intake."""

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any

from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.protocols.weighing.files import read_file
from tonggui.run.weighing import WEIGHING
from tonggui.stream.devices import FILE_IMPORT, Devices, enrol, sign
from tonggui.stream.intake import answer_of
from tonggui.stream.intake_log import IntakeLog, as_text
from tonggui.stream.intake_media import read_light
from tonggui.stream.log import LogInUse
from tonggui.stream.media import Media

RECORDS_AT_ONCE = 1_000

Row = tuple[int, str]


class IntakeAway(Problem):
    """The running intake does not answer, or cannot store now; the same may be tried again later."""


def open_log(site: Site) -> IntakeLog:
    return IntakeLog(site.frame_logs / "weighing-0", site.stream_state / "weighing-0.sqlite3", WEIGHING)


def rows_of(site: Site, path: Path, beside: "Pictures") -> Iterator[Row]:
    """The rows of a file; a picture that a row names and that lies beside the file is kept, and named by its hash."""
    media = Media(site)

    def keep(name: str) -> str | None:
        picture = beside.find(name)
        try:
            return media.put(picture.read_bytes()) if picture else None
        except Problem as problem:
            beside.faults[name] = str(problem)
            return None

    for row, text in read_file(path):
        item = value_of(text)
        attached = WEIGHING.attach(item, keep)
        yield row, text if attached is item else as_text(attached)


class Pictures:
    """The files that the rows of a file of passes may name: those in the given folders and below them.

    `faults` has those that could not be kept. Their passes are taken in all the same, with the name alone.
    """

    def __init__(self, *folders: Path) -> None:
        self.folders = [folder.resolve() for folder in folders]
        self.faults: dict[str, str] = {}

    def find(self, name: str) -> Path | None:
        """The file of a name in the first folder that has it."""
        try:
            found = [(folder, (folder / name.replace("\\", "/")).resolve()) for folder in self.folders]
            return next((path for folder, path in found if path.is_relative_to(folder) and path.is_file()), None)
        except (OSError, ValueError):
            return None  # No name that a file could have.


def answers(site: Site, rows: Iterator[Row]) -> Iterator[tuple[list[Row], dict[str, Any]]]:
    """The rows and the answer of each batch, through our own log or, where it is in use, through the running intake."""
    try:
        log = open_log(site)
    except LogInUse:
        log = None
    devices, media = Devices(site), Media(site)
    try:
        while batch := list(islice(rows, RECORDS_AT_ONCE)):
            texts = [text for _, text in batch]
            yield batch, (directly(log, devices, media, texts) if log else through_the_running_one(site, texts))
    finally:
        if log:
            log.close()


def directly(log: IntakeLog, devices: Devices, media: Media, texts: list[str]) -> dict[str, Any]:
    now = time.time_ns() // 1000
    items = [(text, value_of(text)) for text in texts]
    records = read_light(WEIGHING, items, lambda values: devices.note(FILE_IMPORT, values), now, media)
    return answer_of(records, log.take(records, now), media)


def value_of(text: str) -> Any:
    """The JSON value of a text, None where it is none: the reading then says so."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def through_the_running_one(site: Site, texts: list[str]) -> dict[str, Any]:
    address = site.address("intake")
    if address is None:
        raise IntakeAway("称重日志正被另一进程写入，而它没有公布地址", do="请先停止该进程再导入")
    key = bytes.fromhex(enrol(site, FILE_IMPORT))
    whole = [text if value_of(text) is not None else json.dumps(text) for text in texts]
    body, moment = f"[{','.join(whole)}]".encode(), str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Tonggui-Device": FILE_IMPORT,
        "X-Tonggui-Time": moment,
        "X-Tonggui-Signature": sign(key, moment, body),
    }
    connection = HTTPConnection(address["host"], address["port"], timeout=60)
    try:
        connection.request("POST", "/passes", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    except (OSError, ValueError) as error:
        raise IntakeAway(f"连不上正在运行的称重接入进程：{error}", do="请稍后再导入") from None
    finally:
        connection.close()
    if response.status >= 500:
        raise IntakeAway(answer["error"])
    if response.status != 200:
        raise Problem(answer["error"])
    return answer
