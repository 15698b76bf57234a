"""The outbox of notices and a gateway that takes, refuses, or is away."""

import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from tonggui.base.errors import Problem
from tonggui.bridge.outbox import SIGNATURE, hand_over, waiting
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.run.commands.tasks import hand_over_notices

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
KEY = "示例密钥"


@pytest.fixture
def gateway():
    """A gateway on this machine: `taken` holds what it was given, `answer` what it says."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append((json.loads(body), self.headers[SIGNATURE], body))
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(json.dumps(server.answer).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.status, server.answer = [], 200, {"receipt": "WG0001"}
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(server):
    return f"http://127.0.0.1:{server.server_port}/"


def notice(**values):
    return ledger("overload.notice").example(sent_on=None, unload_at="城东站", **values)


def again(record):
    return record.ledger.get(record.number, OFFICER)


def test_what_a_machine_can_carry_is_handed_over_signed_and_receipted(gateway):
    text, letter = notice(), notice(told_by="letter")
    unknown = notice(phone=None)
    handed = hand_over(address(gateway), KEY)
    assert (handed.taken, handed.faults) == (1, ())
    (message, signature, body) = gateway.taken[0]
    assert message["id"] == text.number and message["phone"] == "13800000000"
    assert (message["gross_kg"], message["limit_kg"], message["excess_kg"]) == (52_400, 49_000, 3_400)
    assert "城东站卸载" in message["text"] and message["unload_at"] == "城东站"
    assert signature == hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()
    assert (again(text).state, again(text).gateway_receipt) == ("gone_out", "WG0001")
    assert {again(letter).state, again(unknown).state} == {"to_send"}
    assert hand_over(address(gateway), KEY).taken == 0


def test_what_the_gateway_does_not_take_stays_in_the_outbox(gateway):
    kept = notice()
    gateway.status = 503
    assert hand_over(address(gateway), KEY).faults[0].startswith(kept.number)
    gateway.status, gateway.answer = 200, {}
    assert "没有给出回执号" in hand_over(address(gateway), KEY).faults[0]
    assert [one.pk for one in waiting()] == [kept.pk]
    gateway.answer = {"receipt": 7}
    assert hand_over(address(gateway), KEY).taken == 1
    assert len({message["id"] for message, _, _ in gateway.taken}) == 1


def test_a_gateway_that_is_away_loses_nothing():
    kept = notice()
    assert hand_over("http://127.0.0.1:9/", KEY).taken == 0
    assert again(kept).state == "to_send"


def test_nothing_is_handed_over_without_a_key_to_sign_it(gateway, monkeypatch):
    notice()
    monkeypatch.setenv("TONGGUI_NOTICE_GATEWAY", address(gateway))
    monkeypatch.delenv("TONGGUI_NOTICE_KEY", raising=False)
    with pytest.raises(Problem, match="TONGGUI_NOTICE_KEY"):
        hand_over_notices()
    assert gateway.taken == []
    monkeypatch.setenv("TONGGUI_NOTICE_KEY", KEY)
    hand_over_notices()
    assert len(gateway.taken) == 1
