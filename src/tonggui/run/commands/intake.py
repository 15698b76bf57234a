"""Weighing passes in: over HTTP from the weighing points, or from a file.

Without --file it serves `POST /passes` (JSON, signed by the device; stream/devices.py has the headers) and answers once
the passes are durable; files that come into the drop folder are taken in too (run/weighing_drop.py). With --file it
brings in JSON lines, a JSON array or CSV with the pictures beside it, through the running intake where there is one.
`--enrol DEVICE` prints the key of a weighing point's device, made on first use.
"""

import argparse
import socket
import sys
import threading
from pathlib import Path

from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.protocols.weighing.files import array_items
from tonggui.run.cli import add_data_option
from tonggui.run.weighing_drop import Drop
from tonggui.run.weighing_import import Pictures, answers, open_log, rows_of
from tonggui.stream.devices import Devices, enrol
from tonggui.stream.intake import WORDS, Intake
from tonggui.stream.intake_log import Status
from tonggui.stream.log import LogInUse
from tonggui.stream.media import Media
from tonggui.stream.references import References
from tonggui.stream.service import serve

SWITCH_SECONDS = 0.0005
"""The thread that waits for the disk gets the interpreter back this soon: with Python's 5 ms, answers wait for it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (every one)")
    parser.add_argument(
        "--port", type=int, default=8809, help="TCP port of the weighing points (8809); 0 takes a free one"
    )
    parser.add_argument("--file", type=Path, metavar="F", help="bring in passes from a file and end")
    parser.add_argument(
        "--drop",
        type=Path,
        metavar="DIR",
        help="folder whose files of passes are taken in while serving (the site's drop/)",
    )
    parser.add_argument("--fetch-again", action="store_true", help="try pictures again that were given up, and end")
    parser.add_argument("--enrol", metavar="DEVICE", help="print the key of a device and end")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    try:
        if options.enrol:
            print(enrol(site, options.enrol))
            return 0
        if options.fetch_again:
            print(f"{References(site).again()} 份影像将重新取用")
            return 0
        if options.file:
            return import_file(site, options.file)
        folder = options.drop or site.folder("drop")
        if not folder.is_dir():
            raise Problem(f"没有这个文件夹：{folder}", do="请先建立，再作为 --drop 给出")
        return listen(site, options.host, options.port, folder.resolve())
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1


def listen(site: Site, host: str, port: int, folder: Path) -> int:
    try:
        log = open_log(site)
    except LogInUse:
        raise Problem("已有一个称重接入进程在运行") from None
    listener = socket.create_server((host, port), backlog=1024)
    host, port = listener.getsockname()[:2]
    site.announce("intake", host="127.0.0.1" if host == "0.0.0.0" else host, port=port)
    sys.setswitchinterval(SWITCH_SECONDS)
    media, stop = Media(site), threading.Event()
    media.sweep()
    watching = threading.Thread(target=Drop(site, folder, say=_say).watch, args=(stop,), name="drop")
    watching.start()
    try:
        serve(Intake(log, Devices(site), media, array_items), listener)
    finally:
        stop.set()
        watching.join()
        log.close()
    return 0


def import_file(site: Site, path: Path) -> int:
    """Bring in a file and say what became of it; 1 where a record was refused."""
    counts = dict.fromkeys(Status, 0)
    beside = Pictures(path.parent)
    for rows, answer in answers(site, rows_of(site, path, beside)):
        for (row, _), result in zip(rows, answer["results"], strict=True):
            counts[result["status"]] += 1
            for fault in result.get("errors", ()):
                print(f"第 {row} 行：{fault}", file=sys.stderr)
    for name, fault in beside.faults.items():
        print(f"{name}：{fault}", file=sys.stderr)
    print("，".join(f"{WORDS[Status(status)]} {count} 条" for status, count in counts.items()))
    return 1 if counts[Status.REFUSED] else 0


def _say(text: str) -> None:
    print(text, flush=True)
