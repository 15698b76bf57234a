"""Codes that things carry in the world: stop signs, badges, vehicles of 金通工程; written by a rule, checked by a sign.

A code is the prefix of a scheme, what kind of thing it is, a running number and a check sign by GB/T 17710-2008
(ISO 7064) MOD 37,36: letters and digits in, one letter or digit out, and every single wrong sign and every two swapped
neighbours are noticed. A lost badge is issued again under the next number; the old code stays void for ever and still
leads to its record, which says so.
"""

import re
from typing import Any

from django.db import transaction

from tonggui.register.actor import Actor, acting
from tonggui.register.errors import DeclarationError, Invalid, Refused
from tonggui.register.kinds.base import Reading
from tonggui.register.kinds.text import Text, as_text

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: How the line of history that retires a code names it; the column is indexed.
RETIRED = "code:"

_FIELD = re.compile(r"\{(\w+)(?::[^}]*)?\}")


def check_sign(text: str) -> str:
    """The check sign of a code by GB/T 17710-2008 MOD 37,36; hyphens and the like do not count."""
    product = len(SIGNS)
    for sign in _signs(text):
        product = ((product + SIGNS.index(sign)) % 36 or 36) * 2 % 37
    return SIGNS[(1 - product) % 36]


def agrees(code: str) -> bool:
    """Whether the last sign of a code is that of the signs before it."""
    signs = _signs(code)
    return len(signs) > 1 and check_sign(signs[:-1]) == signs[-1]


def _signs(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign in SIGNS)


class Coded(Text):
    """A code given by the system: `Coded("JT{region}-{kind}-{seq:05}-{check}", region="510623", kind="kind")`.

    `{seq}` runs for each prefix of its own, `{check}` comes last. Every other name is a field of the record whose
    stored word stands in the code (a choice's code, in capitals), or one that the declaration gives as a constant of
    capitals and digits.
    """

    control = "code"

    def __init__(
        self, scheme: str = "", label: str = "编码", *, max_length: int = 40, parts: Any = None, **options: Any
    ):
        self.scheme, self.parts = scheme, dict(parts or {})
        options.pop("optional", None)
        super().__init__(label, max_length=max_length, optional=True, index=True, **options)
        if scheme and not (scheme.endswith("{check}") and re.search(r"\{seq(:0\d)?\}", scheme)):
            raise DeclarationError(f'Coded("{scheme}"): it needs {{seq:05}} and must end with {{check}}.')

    def read(self, raw: Any, reading: Reading) -> str:
        text = as_text(raw).upper()
        if not agrees(text):
            raise Invalid(f"编码的校验位不对：{text}。请对照实物检查有没有抄错。")
        return super().read(text, reading)

    def note(self) -> str:
        return self.hint or "新增时留空，由系统编码"

    def prefix(self, record: Any) -> str:
        """The scheme with everything of a record filled in but number and check sign; its series runs under it."""
        values = {
            name: self._part(record, name) for name in _FIELD.findall(self.scheme) if name not in ("seq", "check")
        }
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), self.scheme)

    def _part(self, record: Any, name: str) -> str:
        source = self.parts.get(name, name)
        if source not in record.kinds:
            return str(source).upper()
        kind = record.kinds[source]
        value = kind.value_of(record)
        if kind.is_empty(value):
            raise Refused(f"不能编码：还没有填写“{kind.label}”。")
        return str(getattr(value, "number", value)).upper()

    def next_for(self, record: Any) -> str:
        """The next code of the record's series, taken for good when the surrounding transaction commits."""
        from tonggui.register.models import Series

        prefix = self.prefix(record)
        whole = prefix.format(seq=Series.take(prefix[:64], 0, 1), check="")
        return whole + check_sign(whole)


def coded_field(bound: Any) -> Coded | None:
    """The field of a ledger that holds its records' code, or None."""
    return next((kind for kind in bound.kinds.values() if isinstance(kind, Coded)), None)


def give_codes(records: list[Any]) -> None:
    """A code for each new record that has none."""
    for record in records:
        kind = coded_field(record.ledger)
        if kind is not None and not kind.value_of(record):
            kind.set_on(record, kind.next_for(record))


def reissue(record: Any, actor: Actor, why: str) -> Any:
    """Give the record a new code; the old one is void from now on. Refused without a reason or permission."""
    from tonggui.register.editing import locked

    kind = coded_field(record.ledger)
    if kind is None:
        raise Refused(f"{record.ledger.title}没有编码。")
    if not record.ledger.write.allows(actor, record):
        raise Refused("您没有补发编码的权限。")
    if not why.strip():
        raise Refused("请写明补发的原因，如遗失、损坏。")
    with transaction.atomic():
        record = locked(record)
        old = kind.value_of(record)
        kind.set_on(record, kind.next_for(record))
        with acting(actor, f"补发编码，{old} 作废：{why.strip()}", request=f"{RETIRED}{old}", action="amend"):
            record.save()
    return record


def find(code: str, actor: Actor) -> tuple[Any, str]:
    """The record that carries a code, or carried it: (record or None, what is to be said of the code).

    A ledger with labels but no code of its own is found by its number. What the actor may not see is not found.
    """
    from tonggui.register.models import HistoryEntry
    from tonggui.register.registry import all_ledgers, ledger

    code = code.strip().upper()
    for bound in all_ledgers():
        kind = coded_field(bound)
        name = kind.name if kind is not None else "number" if bound.page.labels else ""
        if name and bound.can_read(actor) and (record := bound.query(actor).filter(**{name: code}).first()):
            return record, ""
    line = HistoryEntry.objects.filter(request=f"{RETIRED}{code}").order_by("-id").first()
    if line is not None:
        record = ledger(line.ledger).query(actor).filter(pk=line.record).first()
        if record is not None:
            return record, f"这个编码已于 {line.at.date()} 作废：{line.why}。"
    if not agrees(code):
        return None, "校验位不对：编码可能抄错了一位，或不是本系统所编。请对照实物再输一次。"
    return None, "没有这个编码的记录，或者它不在您的权限范围内。"


def code_of(record: Any) -> str:
    """What a label of the record carries: its code, else its number."""
    kind = coded_field(record.ledger)
    return (kind.value_of(record) if kind is not None else "") or record.number


def has_labels(bound: Any) -> bool:
    """Whether labels of a ledger can be printed: it has a code, or its page says what a label shows."""
    return bool(bound.page.labels) or coded_field(bound) is not None
