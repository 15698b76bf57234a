"""渡口视频点台账: cameras that watch crossings, with the identity by which the county's video platform knows them.

Basis: GB/T 28181-2022 annex E: a device has twenty digits, of which the first eight are the place (GB/T 2260 and
below) and the eleventh to thirteenth the kind (131 camera, 132 network camera). A camera that counts people aboard
backs the clerk's own count of each trip; one that is down is to be repaired within the bureau's days.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Choices,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
    derive,
)
from tonggui.statutes.water import CAMERA_REPAIR

CAMERA_KINDS = ("131", "132")


class View(TextChoices):
    LANDING = "landing", "码头坡道"
    CABIN = "cabin", "船舱"
    WHEEL = "wheel", "驾驶台"
    CHANNEL = "channel", "渡运水域"
    GAUGE = "gauge", "水尺"


class Alert(TextChoices):
    PEOPLE = "people", "超员清点"
    JACKET = "jacket", "未穿救生衣"
    HOURS = "hours", "非渡运时间上船"
    HALTED = "halted", "停航期间离泊"
    ABSENT = "absent", "驾驶人员离岗"
    INTRUDER = "intruder", "人员落水闯入"


class Camera(Record):
    """One camera at one crossing or aboard one of its boats."""

    number = Number("SP{seq:04}")
    name = Text("视频点名称", max_length=60)
    channel_id = Text("国标设备编码", max_length=20, hint="GB/T 28181 二十位编码")
    ferry = Link("water.Ferry", "渡口")
    boat = Link("water.Boat", "装船船舶", optional=True, hint="装在船上的填写")
    view = Choice(View, "监看部位")
    alerts = Choices(Alert, "智能识别事项", optional=True)
    installed_on = Day("安装日期", optional=True)
    recorded_days = Integer("录像保存天数", unit="天", least=0, most=400, total=False)
    place = Place("位置", optional=True)
    broken_on = Day("故障日期", optional=True)
    fault = Text("故障情况", optional=True, hint="离线、遮挡、画面冻结、录像缺失")
    repair_by = Day("应修复日期", optional=True, index=True)
    repaired_on = Day("修复日期", optional=True)

    @derive("broken_on")
    def derive_repair_by(self):
        """The bureau's days run from the day it went down."""
        return self.broken_on + timedelta(days=CAMERA_REPAIR.on(self.broken_on))

    @column("停机天数", unit="天")
    def days_down(self):
        """Days without a picture in the present fault."""
        return (clock.today() - self.broken_on).days if self.state == "down" and self.broken_on else None

    class Flow(Workflow):
        watching = State("在线", start=True, confirmed=True, tone="done")
        down = State("故障", confirmed=True, tone="todo", due="repair_by")
        ended = State("停用", final=True, tone="void")

        go_down = Move(watching >> down, "报故障", by="water_officer", needs=("broken_on", "fault"))
        repair = Move(down >> watching, "修复", by="water_officer", needs=("repaired_on",))
        end = Move((watching | down) >> ended, "停用", by="water_officer", comment=True)

    class Page(Ledger):
        title = "渡口视频点"
        columns = "number name channel_id ferry view alerts recorded_days broken_on days_down state"
        filters = "installed_on ferry view alerts state broken_on"
        search = "number name channel_id fault"
        names = "name"
        form = [
            Section("视频点", "name channel_id ferry boat view alerts installed_on recorded_days place"),
            Section("故障", "broken_on fault repair_by repaired_on"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "渡口视频点导入模板",
            key="name",
            columns="channel_id ferry boat view alerts installed_on recorded_days place",
        )
        exports = (
            "number name channel_id ferry boat view alerts installed_on recorded_days place broken_on fault repair_by "
            "repaired_on state"
        )
        sort = "number"
        unit_from = "ferry"
        map = "place"
        example = dict(
            name="江口渡口坡道（示例）",
            channel_id="51000000001310000001",
            ferry=None,
            view=View.LANDING,
            alerts="超员清点、未穿救生衣",
            installed_on="2025-06-10",
            recorded_days=30,
            broken_on="2026-05-08",
            fault="离线",
            repaired_on="2026-05-11",
        )

    class Measures:
        cameras = Count("渡口视频点", unit="处")
        down = Count("故障视频点", where=Q(state="down"), unit="处")

    def faults(self):
        """The identity names a camera, and one aboard belongs to a boat of the crossing."""
        digits = self.channel_id
        if not (digits.isdigit() and len(digits) == 20 and digits[10:13] in CAMERA_KINDS):
            yield "channel_id", "国标设备编码为二十位数字，第11至13位为131（摄像机）或132（网络摄像机）。"
        others = Camera._base_manager.filter(channel_id=digits).exclude(ferry=self.ferry_id).first()
        if others:
            yield "channel_id", f"这一编码已用于{others.name}。"
        if self.boat and self.boat.ferry_id not in (None, self.ferry_id):
            yield "boat", f"{self.boat.name}不是本渡口的渡船。"
        if self.repaired_on and self.broken_on and self.repaired_on < self.broken_on:
            yield "repaired_on", f"“修复日期”早于“故障日期”（{self.broken_on}）。"

    def __str__(self):
        return self.name
