"""Weighing passes in: over HTTP from the weighing points, or from a file.

Without --file it serves `POST /passes` (JSON, signed by the device; stream/devices.py has the headers) and answers once
the passes are durable. With --file it brings in JSON lines, a JSON array or CSV, through the running intake where there
is one. `--enrol DEVICE` prints the key of a weighing point's device, made on first use.
"""

import argparse
import json
import socket
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any

from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.protocols.weighing.files import array_items, read_file
from tonggui.run.cli import add_data_option
from tonggui.run.weighing import WEIGHING
from tonggui.stream.devices import FILE_IMPORT, Devices, enrol, sign
from tonggui.stream.intake import WORDS, Intake, answer_of
from tonggui.stream.intake_log import IntakeLog, Status
from tonggui.stream.intake_media import read_light
from tonggui.stream.log import LogInUse
from tonggui.stream.media import Media
from tonggui.stream.service import serve

RECORDS_AT_ONCE = 1_000


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (every one)")
    parser.add_argument(
        "--port", type=int, default=8809, help="TCP port of the weighing points (8809); 0 takes a free one"
    )
    parser.add_argument("--file", type=Path, metavar="F", help="bring in passes from a file and end")
    parser.add_argument("--enrol", metavar="DEVICE", help="print the key of a device and end")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    try:
        if options.enrol:
            print(enrol(site, options.enrol))
            return 0
        return import_file(site, options.file) if options.file else listen(site, options.host, options.port)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1


def open_log(site: Site) -> IntakeLog:
    return IntakeLog(site.frame_logs / "weighing-0", site.stream_state / "weighing-0.sqlite3", WEIGHING)


def listen(site: Site, host: str, port: int) -> int:
    try:
        log = open_log(site)
    except LogInUse:
        raise Problem("已有一个称重接入进程在运行") from None
    listener = socket.create_server((host, port), backlog=1024)
    host, port = listener.getsockname()[:2]
    site.announce("intake", host="127.0.0.1" if host == "0.0.0.0" else host, port=port)
    try:
        media = Media(site)
        media.sweep()
        serve(Intake(log, Devices(site), media, array_items), listener)
    finally:
        log.close()
    return 0


def import_file(site: Site, path: Path) -> int:
    """Bring in a file and say what became of it; 1 where a record was refused."""
    counts = dict.fromkeys(Status, 0)
    for rows, answer in answers(site, read_file(path)):
        for row, result in zip(rows, answer["results"], strict=True):
            counts[result["status"]] += 1
            for fault in result.get("errors", ()):
                print(f"第 {row} 行：{fault}", file=sys.stderr)
    print("，".join(f"{WORDS[Status(status)]} {count} 条" for status, count in counts.items()))
    return 1 if counts[Status.REFUSED] else 0


def answers(site: Site, items: Iterator[tuple[int, str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
    """The rows and the answer of each batch, through our own log or, where it is in use, through the running intake."""
    try:
        log = open_log(site)
    except LogInUse:
        log = None
    devices, media = Devices(site), Media(site)
    try:
        while batch := list(islice(items, RECORDS_AT_ONCE)):
            rows, texts = [row for row, _ in batch], [text for _, text in batch]
            yield rows, (directly(log, devices, media, texts) if log else through_the_running_one(site, texts))
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
        raise Problem("称重日志正被另一进程写入，而它没有公布地址", do="请先停止该进程再导入")
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
    except OSError as error:
        raise Problem(f"连不上正在运行的称重接入进程：{error}", do="请稍后再导入") from None
    finally:
        connection.close()
    if response.status != 200:
        raise Problem(answer["error"])
    return answer
