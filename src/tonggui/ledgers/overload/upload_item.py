"""省级平台上传台账: every item that the provincial overload system is told, what became of it, and its receipt.

Basis: 超限运输车辆行驶公路管理规定 第四十四条 (case data go through the over-limit information system); the province's
own exchange rules. `tonggui exchange` writes the items and moves them on (`bridge/exchange`); while the line is down
for long, an officer hands items over otherwise and notes the receipt, or sends again what was turned down. The number
is the serial by which the other side sees what it lacks.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Integer,
    Ledger,
    LongText,
    Moment,
    Move,
    Noted,
    Number,
    Record,
    Section,
    State,
    Text,
    Workflow,
    anyone,
)


class UploadKind(TextChoices):
    SITE = "site", "检测点与设备"
    PASS = "pass", "超限过车"
    CASE = "case", "超限案件"
    UNLOADING = "unloading", "卸载情况"
    COPY = "copy", "抄告信息"
    DAILY = "daily", "每日统计"


class UploadItem(Record):
    """One record of ours as the province was told it; a record that changes later is told again as a new item."""

    number = Number("SC{seq:08}")
    kind = Choice(UploadKind, "上传类别")
    upload_key = Text("来源记录编号", max_length=60)
    upload_content = Noted("上传内容", words=lambda content: "，".join(f"{k} {v}" for k, v in content[0].items()))
    upload_digest = Text("内容指纹", max_length=64)
    tries = Integer("发送次数", unit="次", default=0, least=0, total=False)
    tried_at = Moment("最近发送时间", optional=True)
    upload_receipt = Text("省级回执号", optional=True, max_length=60)
    receipted_at = Moment("收到回执时间", optional=True)
    turned_down_for = LongText("省级退回原因", optional=True)

    class Flow(Workflow):
        to_upload = State("待上传", start=True)
        dispatched = State("已发送待回执")
        upload_receipted = State("已有回执", confirmed=True, tone="done")
        turned_down = State("省级退回", tone="todo")

        report_by_hand = Move(to_upload >> dispatched, "人工报送", by="overload_officer", comment=True)
        take_upload_receipt = Move(
            dispatched >> upload_receipted,
            "登记回执",
            by="overload_officer",
            takes=("upload_receipt",),
            needs=("upload_receipt",),
        )
        note_turned_down = Move(
            dispatched >> turned_down,
            "登记省级退回",
            by="overload_officer",
            takes=("turned_down_for",),
            needs=("turned_down_for",),
        )
        upload_again = Move(
            (turned_down | upload_receipted | dispatched) >> to_upload, "重新上传", by="overload_officer"
        )

    class Page(Ledger):
        title = "省级平台上传"
        menu = "治超管理"
        columns = "number kind upload_key tries tried_at upload_receipt turned_down_for state"
        filters = "kind state tried_at"
        search = "number upload_key upload_receipt turned_down_for"
        names = "upload_key"
        form = [
            Section("内容", "kind upload_key upload_content upload_digest"),
            Section("传输", "tries tried_at upload_receipt receipted_at turned_down_for"),
        ]
        read = {"county": anyone}
        write = {"admin": anyone}
        exports = "number kind upload_key tries tried_at upload_receipt receipted_at turned_down_for state"
        sort = "-number"
        pictures = (Bars("各类上传", "kind", stack="state"),)
        example = dict(
            kind=UploadKind.PASS,
            upload_key="SL000120260601091200001",
            upload_content=[{"record_code": "SL000120260601091200001", "total_weight": "52.400"}],
            upload_digest="9c1d2e3fa0",
        )

    class Measures:
        uploads = Count("上传数据", unit="条")
        upload_receipted = Count("已有回执的上传数据", where=Q(state="upload_receipted"), unit="条")

    def __str__(self):
        return f"{self.get_kind_display()} {self.upload_key}"
