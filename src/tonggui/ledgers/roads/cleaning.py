"""清扫保洁台账: what was swept by machine and what by hand, day by day and section by section.

Basis: the bureaus' rule 机械清扫为主、人工保洁为辅; 公路养护技术规范 for keeping road and sides clean. The share
swept by machine is computed from kilometres, each pass over a section counted.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Confirming,
    Count,
    Day,
    Handheld,
    Integer,
    Ledger,
    Link,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
    own,
)


class CleaningKind(TextChoices):
    DAILY = "daily", "日常清扫"
    WASH = "wash", "冲洗"
    SPRAY = "spray", "洒水降尘"
    DITCH = "ditch", "边沟清理"
    SNOW = "snow", "除雪除冰"
    SPILL = "spill", "抛洒物清理"


class Cleaning(Record):
    """One crew's day on one section."""

    number = Number("QS{year}{seq:05}", year_of="worked_on")
    worked_on = Day("作业日期")
    kind = Choice(CleaningKind, "保洁类别")
    section = Link("roads.Section", "路段")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    enterprise = Link("parties.Enterprise", "保洁企业", optional=True)
    crew_lead = Text("保洁负责人", optional=True, max_length=30)
    vehicle = Link("fleet.Vehicle", "作业车辆", optional=True)
    machine_km = Amount("机械清扫里程", unit="公里", places=1, least=0)
    manual_km = Amount("人工保洁里程", unit="公里", places=1, least=0)
    cleaners = Integer("保洁人员", unit="人次", least=0, most=500)
    machine_hours = Amount("机械作业时间", unit="小时", places=1, optional=True, least=0, most=24)
    water_t = Amount("用水量", unit="吨", places=1, optional=True, least=0)
    salt_t = Amount("融雪剂用量", unit="吨", places=2, optional=True, least=0)
    rubbish_t = Amount("清运垃圾", unit="吨", places=2, optional=True, least=0)
    photos = Photos("作业照片")

    @derive("section")
    def derive_town(self):
        return self.section.town

    @derive("section")
    def derive_enterprise(self):
        """Whoever keeps the road, unless another swept it."""
        return self.section.road.maintainer

    @column("机械化率", unit="%")
    def machine_share(self):
        """Kilometres by machine of all kilometres swept, in whole per cent."""
        total = self.machine_km + self.manual_km
        return round(100 * self.machine_km / total) if total else None

    class Flow(Confirming, enters=("road_officer", "clerk", "enterprise"), checks=("road_officer", "director")):
        pass

    class Page(Ledger):
        title = "清扫保洁"
        columns = "number worked_on kind section enterprise machine_km manual_km machine_share cleaners water_t state"
        filters = "worked_on town section kind enterprise unit state"
        search = "number crew_lead section__name"
        names = "number"
        form = [
            Section("作业", "worked_on kind section town enterprise crew_lead"),
            Section("机械", "vehicle machine_km machine_hours water_t salt_t"),
            Section("人工", "manual_km cleaners rubbish_t photos"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"road_officer": anyone, "clerk": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "清扫保洁导入模板",
            columns=(
                "worked_on kind section enterprise crew_lead vehicle machine_km manual_km cleaners machine_hours "
                "water_t salt_t rubbish_t"
            ),
        )
        exports = (
            "number worked_on kind section town enterprise crew_lead vehicle machine_km manual_km machine_share "
            "cleaners machine_hours water_t salt_t rubbish_t state"
        )
        sort = "-worked_on"
        unit_from = "section"
        pictures = (
            Bars("各乡镇机械清扫里程", by="town", of="machine_km"),
            Bars("按月保洁", by="worked_on", of="manual_km"),
        )
        handheld = Handheld(
            "清扫保洁",
            "kind section worked_on machine_km manual_km cleaners rubbish_t photos",
            nearest="section",
            then="submit",
        )
        example = dict(
            worked_on="2026-05-08",
            kind=CleaningKind.DAILY,
            section=None,
            vehicle=None,
            enterprise=None,
            crew_lead="吴示例",
            machine_km="12.4",
            manual_km="3.0",
            cleaners=4,
            machine_hours="5.0",
            water_t="6.0",
            rubbish_t="1.20",
        )

    class Measures:
        days = Count("保洁作业", on="worked_on", unit="次")
        machine = Sum("machine_km", "机械清扫里程", on="worked_on")
        manual = Sum("manual_km", "人工保洁里程", on="worked_on")
        cleaners = Sum("cleaners", "保洁人员", on="worked_on")
        rubbish = Sum("rubbish_t", "清运垃圾", on="worked_on")
        snow = Count("除雪除冰作业", on="worked_on", where=Q(kind="snow"), unit="次")

    def faults(self):
        """Work by machine names its vehicle, work by hand its people, and a day has some work in it."""
        if not self.machine_km and not self.manual_km:
            yield "machine_km", "机械清扫和人工保洁里程不能都是 0。"
        if self.machine_km and self.vehicle is None:
            yield "vehicle", "有机械清扫里程的，须填写作业车辆。"
        if self.manual_km and not self.cleaners:
            yield "cleaners", "有人工保洁里程的，须填写保洁人员数。"
        if self.salt_t and self.kind != CleaningKind.SNOW:
            yield "salt_t", "只有除雪除冰才填写融雪剂用量。"

    def __str__(self):
        return f"{self.worked_on} {self.section.name}"
