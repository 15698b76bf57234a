"""告知记录台账: each time a party is told or reminded, by which way, with the words, the proof, and when next.

Basis: 行政处罚法 (2021) 第四十一条 (the party of an off-site record is told promptly), 第四十四条 (the intended
penalty), 第六十一条 and 民事诉讼法 for service by announcement; the days of reminders are the bureau's own
(`statutes.overloading.notices`). The day of a case's notice follows from the proof of delivery here. What waits to be
sent is an outbox: `bridge/outbox.py` hands it to the bureau's gateway; without one, or where the gateway does not carry
a way, a person sends it from this list and enters when.
"""

from typing import Any

from django.db.models import Q

from tonggui.ledgers.overload.notice_flow import NoticeFlow
from tonggui.ledgers.overload.notice_kinds import ByGateway, Told, Way
from tonggui.ledgers.overload.notice_words import words_of
from tonggui.ledgers.overload.reminders import next_of
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Plate,
    Record,
    Section,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.overloading.notices import announced_until


class Notice(Record):
    """One message, letter, call or announcement to one party."""

    number = Number("GZ{year}{seq:05}", year_of="to_send_on")
    overload_case = Link("overload.Case", "超限案件", optional=True)
    doubted_pass = Link("overload.DoubtedPass", "过车记录", optional=True)
    told_of = Choice(Told, "告知事项", default=Told.FACTS)
    told_by = Choice(Way, "告知方式", default=Way.TEXT)
    plate = Plate("号牌号码", index=True)
    told_party = Text("受告知人", optional=True, max_length=80)
    phone = Phone("联系电话", optional=True)
    address = Text("地址", optional=True, max_length=120)
    unload_at = Text("卸载地点", optional=True, max_length=60, hint="情报板和短信里告诉驾驶员去哪里卸载")
    to_send_on = Day("拟发日期")
    told_text = LongText("告知内容", optional=True, hint="不填的按案件自动写成")
    sent_on = Day("发出日期", optional=True)
    gateway_receipt = Text("发送回执号", optional=True, max_length=60)
    mail_no = Text("挂号信号", optional=True, max_length=40)
    call_note = LongText("通话情况", optional=True, hint="时间、接听人、告知内容和答复")
    announced_until = Day("公告期满日期", optional=True)
    reached_on = Day("告知送达日期", optional=True)
    proof = Files("送达凭证")
    bounced_on = Day("退信日期", optional=True)
    return_reason = Text("退信原因", optional=True, max_length=60)
    appeared_on = Day("当事人到案日期", optional=True)
    next_due = Day("下次催告日期", optional=True)
    next_way = Choice(Way, "下次催告方式", optional=True)

    @derive("sent_on", "told_by")
    def derive_announced_until(self):
        """An announcement counts as delivered when its days are over."""
        return announced_until(self.sent_on) if self.told_by == Way.ANNOUNCEMENT else None

    @column("发送途径", numeric=False)
    def carried_by(self):
        """Who sends it: the gateway where the bureau has one for this way, otherwise a person."""
        return ByGateway.said_of(self.told_by)

    def prepare(self) -> None:
        """Its words where nobody wrote any, and the next reminder, which only the newest notice bears."""
        self.told_text = self.told_text or words_of(self)
        self.next_due, self.next_way = next_of(self)

    def faults(self) -> Any:
        """About a case or a pass; sent, delivered or returned in this order; an announcement runs its days."""
        if self.overload_case_id is None and self.doubted_pass_id is None:
            yield "overload_case", "请填写“超限案件”或者“过车记录”其中一项。"
        for name in ("reached_on", "bounced_on"):
            day = getattr(self, name)
            if day and (self.sent_on is None or day < self.sent_on):
                yield name, f"“{self.kinds[name].label}”早于发出日期，请核对。"
        if self.reached_on and self.announced_until and self.reached_on < self.announced_until:
            yield "reached_on", f"公告至 {self.announced_until} 期满，期满才视为送达。"
        if self.told_of == Told.INTENT and self.overload_case_id is None:
            yield "overload_case", "送达违法行为通知书的，请填写“超限案件”。"

    class Flow(NoticeFlow):
        pass

    class Page(Ledger):
        title = "告知记录"
        menu = "治超管理"
        columns = "number plate told_of told_by told_party to_send_on sent_on reached_on next_due next_way state"
        filters = "to_send_on unit told_of told_by state sent_on next_due"
        search = "number plate told_party mail_no gateway_receipt"
        names = "number"
        form = [
            Section("对象", "overload_case doubted_pass plate told_party phone address"),
            Section("告知", "told_of told_by to_send_on unload_at told_text"),
            Section("发出", "sent_on gateway_receipt mail_no call_note"),
            Section("送达", "announced_until reached_on proof bounced_on return_reason appeared_on next_due next_way"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number overload_case plate told_of told_by carried_by told_party phone address told_text to_send_on "
            "sent_on gateway_receipt mail_no reached_on bounced_on appeared_on next_due next_way unit state"
        )
        sort = "-to_send_on"
        unit_from = "overload_case"
        watches = (
            Watch("next_due", "应再次催告车主", lead=2, basis="本局参数：短信、电话催告间隔和挂号信期限"),
            Watch("announced_until", "公告期满", lead=0, where=Q(state="gone_out"), basis="民事诉讼法第九十五条"),
        )
        pictures = (Board("送达情况", by="state", card="plate told_by sent_on next_due"),)
        example = dict(
            overload_case=None,
            plate="沪A00001",
            told_party="钱示例",
            phone="13800000000",
            to_send_on="2026-06-02",
            sent_on="2026-06-02",
        )

    class Measures:
        sent = Count("告知催告", on="sent_on", unit="次")
        delivered = Count("告知送达", on="reached_on", unit="次")

    def __str__(self):
        return f"{self.number} {self.plate}"
