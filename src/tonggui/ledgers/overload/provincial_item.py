"""省级平台下发台账: permits, black-listed vehicles and cases of other counties, as the province hands them down.

Basis: 超限运输车辆行驶公路管理规定 第三十二条 (黑名单), 第四十四条 (抄告); 公路安全保护条例 第三十六条 (跨市县许可由
上级受理). `tonggui exchange` writes them (`bridge/exchange`); an item handed down again under its number takes the
place of what stood there.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Ledger,
    LongText,
    Moment,
    Noted,
    Number,
    Plate,
    Record,
    Section,
    Standing,
    Text,
    anyone,
)


class ProvincialKind(TextChoices):
    PERMIT = "permit", "超限运输许可"
    BLACK_LIST = "black_list", "黑名单"
    CASE = "case", "外县超限案件"


class ProvincialItem(Record):
    """One item of the province, known by its kind and the province's number."""

    number = Number("XF{seq:07}")
    kind = Choice(ProvincialKind, "下发类别")
    provincial_no = Text("省级编号", max_length=60)
    plate = Plate("号牌号码", index=True, optional=True)
    summary_of_item = LongText("下发摘要", optional=True)
    handed_down_from = Day("下发有效期自", optional=True)
    handed_down_until = Day("下发有效期至", optional=True, index=True)
    provincial_content = Noted("下发内容", words=lambda content: "，".join(f"{k} {v}" for k, v in content[0].items()))
    handed_down_at = Moment("下发时间", index=True)
    not_used_for = LongText("未能采用原因", optional=True, hint="没有转成许可或线索的原因")

    class Flow(Standing, keeps="admin"):
        pass

    class Page(Ledger):
        title = "省级平台下发"
        menu = "治超管理"
        columns = (
            "number kind provincial_no plate summary_of_item handed_down_from handed_down_until handed_down_at state"
        )
        filters = "handed_down_at kind handed_down_until state"
        search = "number provincial_no plate summary_of_item"
        names = "provincial_no plate"
        form = [
            Section("下发", "kind provincial_no plate summary_of_item handed_down_from handed_down_until"),
            Section("来源", "handed_down_at not_used_for provincial_content"),
        ]
        read = {"county": anyone}
        write = {"admin": anyone}
        exports = (
            "number kind provincial_no plate summary_of_item handed_down_from handed_down_until handed_down_at state"
        )
        sort = "-handed_down_at"
        example = dict(
            kind=ProvincialKind.BLACK_LIST,
            provincial_no="示例HMD20260001",
            plate="沪A00001",
            summary_of_item="一年内违法超限运输超过三次",
            handed_down_at="2026-06-01T08:00:00+08:00",
        )

    class Measures:
        handed_down = Count("省级下发数据", on="handed_down_at", unit="条")

    def __str__(self):
        return f"{self.get_kind_display()} {self.provincial_no}"
