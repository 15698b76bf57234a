"""A provincial system for tests: checks signatures, keeps what it is told, and fails in all the ways a line can."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tonggui.bridge.exchange.transport import SIGNATURE, TIME, sign

KEY = bytes(range(32))


class Provincial:
    """What the other side holds: `held` by number, `lost` numbers it says it lacks, what it refuses and hands down.

    `down` answers nothing but 503; `swallow` keeps what it is told and breaks the line before the receipt.
    """

    def __init__(self):
        self.held, self.arrivals, self.lost, self.refused, self.given = {}, [], [], {}, {}
        self.down = self.swallow = False
        self.key, self.told_up_to = KEY, ""

    def upload(self, items):
        answers = []
        for item in items:
            self.arrivals.append(item["no"])
            if item["key"] in self.refused:
                answers.append({"no": item["no"], "refused": self.refused[item["key"]]})
                continue
            self.held[item["no"]] = item
            answers.append({"no": item["no"], "receipt": f"HZ-{item['no']}"})
        self.lost = [number for number in self.lost if number not in self.held]
        return {"answers": answers}

    def download(self, kind, after, at_once=2):
        found = self.given.get(kind, [])[after : after + at_once]
        return {"items": found, "cursor": after + len(found)}


def handler(province):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(body, lambda: province.upload(json.loads(body)["items"]))

        def do_GET(self):
            asked = urlsplit(self.path)
            if asked.path == "/api/missing":
                province.told_up_to = (parse_qs(asked.query).get("up_to") or [""])[0]
                self._answer(b"", lambda: {"numbers": province.lost})
            else:
                after = int(parse_qs(asked.query)["after"][0])
                self._answer(b"", lambda: province.download(asked.path.rpartition("/")[2], after))

        def _answer(self, body, work):
            signed = sign(KEY, self.headers[TIME], self.path, body) == self.headers[SIGNATURE]
            if province.down or not signed:
                told, status = b"", 503 if province.down else 401
            else:
                told, status = json.dumps(work()).encode(), 200
            if province.swallow and self.command == "POST":
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.send_header(SIGNATURE, sign(province.key, self.headers[TIME], self.path, told))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_):
            pass

    return Handler


class serving:
    """The province behind an address, for the length of a block."""

    def __init__(self, province):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(province))

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/api"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
