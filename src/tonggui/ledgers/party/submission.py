"""投稿台账: each text a writer sends, read by a second person before it goes out, and whether a medium took it.

Basis: 保守国家秘密法 第二十九条 and the bureau's own rule of review before release (先审后发). Sent and accepted texts
are counted for each writer; an accepted one becomes an entry of publicity without typing it again.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Every,
    Files,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
)
from tonggui.statutes.party import SUBMISSIONS_A_QUARTER


class OutletLevel(TextChoices):
    COUNTY = "county", "县级媒体"
    CITY = "city", "市级媒体"
    PROVINCE = "province", "省级媒体"
    NATION = "nation", "中央媒体"


class Submission(Record):
    """One text by one writer for one medium."""

    number = Number("TG{year}{seq:05}", year_of="written_on")
    correspondent = Link("party.Correspondent", "投稿通讯员")
    subject = Text("稿件标题", max_length=100)
    written_on = Day("成稿日期")
    words = Integer("稿件字数", unit="字", least=1, optional=True, total=False)
    outlet_name = Text("投稿媒体", max_length=60)
    outlet_level = Choice(OutletLevel, "媒体级别", default=OutletLevel.COUNTY)
    has_secret = Flag("涉密或敏感内容", hint="有则不得投稿")
    manuscript = Files("稿件全文")
    sent_out_on = Day("投稿日期", optional=True)
    used_on = Day("采用日期", optional=True)
    publication_url = Text("发布链接", optional=True, max_length=300)

    class Flow(Workflow):
        written = State("待审稿", start=True)
        sent_out = State("已投稿", confirmed=True)
        used = State("已采用", final=True, confirmed=True)
        unused = State("未采用", final=True, confirmed=True, tone="void")
        withdrawn_text = State("已撤稿", final=True, tone="void")

        clear_text = Move(
            written >> sent_out,
            "审稿通过",
            by=("party_officer", "director"),
            sets={"sent_out_on": clock.today},
            check=lambda text: "稿件含涉密或敏感内容，不得投稿。" if text.has_secret else "",
        )
        take_back_text = Move(written >> withdrawn_text, "撤稿", by=("party_officer", "writer"), comment=True)
        record_use = Move(
            sent_out >> used, "登记采用", by=("writer", "party_officer"), needs=("used_on",), takes=("publication_url",)
        )
        record_refusal = Move(sent_out >> unused, "登记未采用", by=("writer", "party_officer"))

    class Page(Ledger):
        title = "投稿"
        columns = "number written_on correspondent subject outlet_name outlet_level sent_out_on used_on state"
        filters = "written_on unit correspondent outlet_level state"
        search = "number subject outlet_name"
        names = "subject"
        form = [
            Section("稿件", "correspondent subject written_on words has_secret manuscript"),
            Section("投稿", "outlet_name outlet_level"),
            Section("采用", "used_on publication_url"),
        ]
        read = {"county": anyone}
        write = {"writer": anyone, "party_officer": anyone}
        imports = Sheet(
            "投稿导入模板", columns="correspondent subject written_on words outlet_name outlet_level publication_url"
        )
        exports = (
            "number correspondent subject written_on words outlet_name outlet_level sent_out_on used_on "
            "publication_url state"
        )
        sort = "-written_on"
        unit_from = "correspondent"
        duties = (
            Every(
                "quarter",
                "通讯员投稿",
                on="sent_out_on",
                count=SUBMISSIONS_A_QUARTER.on(clock.today()),
                per="correspondent",
                of=Q(state="in_use"),
                confirmed=True,
                tell=("party_officer", "writer"),
            ),
        )
        pictures = (
            Bars("各通讯员投稿", by="correspondent", stack="state"),
            Bars("媒体级别", by="outlet_level", stack="state"),
        )
        follow_ups = (
            FollowUp(
                "party.publicity",
                "登记宣传",
                {
                    "submission": "self",
                    "subject": "subject",
                    "published_day": "used_on",
                    "publication_url": "publication_url",
                },
                states="used",
            ),
        )
        example = dict(
            correspondent=None,
            subject="县道整修进村口（示例）",
            written_on="2026-05-06",
            words=900,
            outlet_name="示例日报",
            outlet_level=OutletLevel.CITY,
        )

    class Measures:
        sent = Count("投稿", on="sent_out_on", unit="篇")
        used = Count("采用稿件", on="used_on", where=Q(state="used"), unit="篇")
        used_above = Count(
            "市级以上采用稿件",
            on="used_on",
            where=Q(state="used") & ~Q(outlet_level=OutletLevel.COUNTY),
            unit="篇",
        )
        writers = Count("投稿通讯员", on="sent_out_on", distinct="correspondent", unit="人")

    def faults(self):
        """Written, then sent, then used."""
        if self.used_on and self.used_on < (self.sent_out_on or self.written_on):
            yield "used_on", "“采用日期”早于投稿。"

    def __str__(self):
        return self.subject
