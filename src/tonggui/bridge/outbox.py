"""The outbox of notices: what waits to be sent goes to the bureau's own gateway, one message at a time.

Tonggui sends nothing to any outside service by itself. Where the bureau runs a gateway to its text messages and road
signs, it names the address in TONGGUI_NOTICE_GATEWAY and a shared key in TONGGUI_NOTICE_KEY; `tonggui tasks` then hands
over each notice that a machine can carry, signed, and enters the gateway's receipt. Without an address, and for
letters, calls and announcements, the list 待发送 is the work list of a person. A notice that the gateway did not take
stays in the outbox and is offered again under the same number, so the gateway can tell that it is the same.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from tonggui.base import clock
from tonggui.ledgers.overload.notice import Notice
from tonggui.ledgers.overload.notice_kinds import ByGateway, Way
from tonggui.register.actor import Actor

SENDER = Actor.system("告知发送")
AT_ONCE = 200
TIMEOUT_SECONDS = 10
SIGNATURE = "X-Tonggui-Signature"


@dataclass(frozen=True, slots=True)
class Handed:
    """How many notices the gateway took, and what it said of those it did not."""

    taken: int
    faults: tuple[str, ...]


def hand_over(address: str, key: str) -> Handed:
    """Offer each waiting notice that a machine can carry; those taken are sent, the others stay."""
    taken, faults = 0, []
    for notice in waiting():
        try:
            receipt = _offer(address, key, message_of(notice))
        except (urllib.error.HTTPError, ValueError) as problem:
            faults.append(f"{notice.number}：{problem}")
            continue
        except OSError as problem:
            # Nobody answers: the rest would wait in vain too.
            faults.append(f"{notice.number}：{problem}")
            break
        values = {"sent_on": clock.today().isoformat(), "gateway_receipt": receipt[:60]}
        notice.ledger.perform(notice, "send_out", SENDER, "", values)
        taken += 1
    return Handed(taken, tuple(faults))


def waiting() -> list[Notice]:
    """Notices in the outbox that a machine can carry, oldest first; a text without a telephone number waits for one."""
    links = ("overload_case", "overload_case__point", "doubted_pass", "doubted_pass__point")
    ready = Notice.objects.visible_to(SENDER).filter(state="to_send", told_by__in=ByGateway.WAYS)
    return list(ready.exclude(told_by=Way.TEXT, phone="").select_related(*links).order_by("pk")[:AT_ONCE])


def message_of(notice: Notice) -> dict[str, Any]:
    """What the gateway is given: whom, by which way, the words, and the weights behind them."""
    about = notice.overload_case or notice.doubted_pass
    point = about.point
    return {
        "id": notice.number,
        "way": notice.told_by,
        "plate": notice.plate,
        "phone": notice.phone,
        "sign": point.code if point and notice.told_by == Way.SIGN else "",
        "text": notice.told_text,
        "gross_kg": about.gross_kg,
        "limit_kg": about.limit_kg,
        "excess_kg": max(about.gross_kg - about.limit_kg, 0),
        "unload_at": notice.unload_at,
    }


def _offer(address: str, key: str, message: dict[str, Any]) -> str:
    """The gateway's receipt for one message; URLError when it is not there or refuses, ValueError without a receipt."""
    body = json.dumps(message, ensure_ascii=False).encode()
    signature = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json; charset=utf-8", SIGNATURE: signature}
    asked = urllib.request.Request(address, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:
        said = json.loads(answer.read(64_000))
    receipt = said.get("receipt") if isinstance(said, dict) else None
    if not receipt:
        raise ValueError("网关没有给出回执号")
    return str(receipt)
