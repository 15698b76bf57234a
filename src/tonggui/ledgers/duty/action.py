"""响应步骤台账: the steps of one response, each with the moment by which it is to be done and the one at which it was.

They are copied from the plan when the response starts (`response.py`); steps thought of on the day are added by hand.
Basis: 生产安全事故应急条例 第十七条 and 第二十条 (measures are recorded).
"""

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.register.declare import (
    Board,
    Count,
    Handheld,
    Integer,
    Ledger,
    Link,
    Moment,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
)


class ResponseStep(Record):
    """One step to be taken in one response."""

    number = Number("XB{year}{seq:05}")
    response = Link("duty.Response", "应急响应")
    step = Link("duty.PlanStep", "预案步骤", optional=True)
    order = Integer("步骤序号", least=1, most=500, total=False)
    what = Text("步骤内容", max_length=120)
    who = Text("责任岗位", max_length=60)
    person = Link("parties.Person", "责任人员", optional=True)
    due_at = Moment("应完成时间")
    done_at = Moment("完成时间", optional=True)
    done_by = Text("执行人员", optional=True, max_length=60)
    outcome = Text("执行情况", optional=True)
    photos = Photos("现场照片")
    place = Place("位置", optional=True)

    @column("超时", unit="分钟")
    def minutes_late(self):
        """Minutes after the time it was due, so far or when done."""
        if self.state == "set_aside":
            return None
        return max(0, int(((self.done_at or clock.now()) - self.due_at).total_seconds() // 60))

    class Flow(Workflow):
        open = State("待完成", start=True, confirmed=True, tone="todo")
        done = State("已完成", final=True, confirmed=True)
        set_aside = State("无需执行", final=True, tone="void")

        tick = Move(
            open >> done,
            "完成",
            by=("county",),
            takes=("done_by", "outcome", "photos", "place"),
            sets={"done_at": clock.now},
        )
        put_aside = Move(open >> set_aside, "无需执行", by=("duty_officer", "director"), comment=True)
        undo = Move((done | set_aside) >> open, "恢复待办", by="director", comment=True, sets={"done_at": None})

    class Page(Ledger):
        title = "响应步骤"
        columns = "number response order what who due_at done_at minutes_late outcome state"
        filters = "due_at response state done_at"
        search = "number what who outcome"
        form = [
            Section("步骤", "response step order what who person due_at"),
            Section("执行", "done_at done_by outcome photos place"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone}
        imports = Sheet("响应步骤导入模板", columns="response order what who person due_at done_at done_by outcome")
        exports = "number response order what who person due_at done_at minutes_late done_by outcome state"
        sort = "order"
        unit_from = "response"
        map = "place"
        pictures = (Board("步骤看板", by="state", card="who due_at"),)
        handheld = Handheld("响应步骤", "response order what who due_at done_by outcome photos place", moves="tick")
        example = dict(
            response=None,
            order=1,
            what="江口渡口停航，渡船加缆靠泊",
            who="江口镇签单员",
            due_at="2026-02-20 17:00",
            done_by="吴示例",
        )

    class Measures:
        steps = Count("响应步骤", on="due_at", unit="步")
        in_time = Count("按时完成步骤", on="due_at", where=Q(done_at__lte=F("due_at")), unit="步")

    def __str__(self):
        return f"{self.order}. {self.what}"
