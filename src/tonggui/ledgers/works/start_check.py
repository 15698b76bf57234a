"""开工复工检查台账: what must be in order before works begin, or begin again after a holiday or a stop.

Basis: 公路法 第二十五条 (works approval), 建设工程质量管理条例 第十三条 (quality registration),
建设工程安全生产管理条例 as named beside each item; 公路水运工程平安工地建设管理办法 第四条 (safety conditions before
the start). Another person than the checker reviews the list, and no site starts before it has passed.
"""

from django.db.models import Q

from tonggui.ledgers.works.start_check_flow import ITEMS, Occasion, StartCheckFlow, Verdict, failed_items
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Matrix,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    column,
)


def item(label: str, clause: str) -> Choice:
    """One line of the list with its clause."""
    return Choice(Verdict, label, hint=clause)


class StartCheck(Record):
    """One list for one site on one day."""

    number = Number("KG{year}{seq:05}", year_of="start_checked_on")
    project = Link("works.Project", "项目")
    occasion = Choice(Occasion, "检查事由")
    start_checked_on = Day("开工检查日期", index=True)
    start_checker = Link("parties.Person", "检查人", optional=True)
    contractor = Link("parties.Enterprise", "承建单位", optional=True)
    works_approval = item("施工许可", "公路法第二十五条")
    quality_registered = item("质量监督手续", "建设工程质量管理条例第十三条")
    site_staff = item("管理人员到岗", "建设工程安全生产管理条例第二十三条、第三十六条")
    trained = item("进场教育和技术交底", "建设工程安全生产管理条例第二十七条、第三十七条")
    special_plans = item("危大工程专项方案", "建设工程安全生产管理条例第二十六条")
    machines_checked = item("机械设备验收", "建设工程安全生产管理条例第三十五条")
    protection_ready = item("安全防护和用品", "建设工程安全生产管理条例第二十八条、第三十二条")
    power_fire = item("临时用电和消防", "建设工程安全生产管理条例第二十六条、第三十一条")
    emergency_ready = item("应急预案和物资", "建设工程安全生产管理条例第四十八条")
    traffic_plan = item("施工路段交通组织", "公路法第三十二条")
    workers_back = Text("返岗情况", optional=True, max_length=80, hint="应到、实到、体检和身份核验")
    start_findings = LongText("检查发现的问题", optional=True)
    start_fix = LongText("问题整改情况", optional=True)
    photos = Photos("检查现场照片")
    agreed_on = Day("同意开工日期", optional=True, index=True)

    @column("不符合项", numeric=False)
    def failing(self):
        return "、".join(failed_items(self)) or None

    def faults(self):
        """Items that fail are explained."""
        if failed_items(self) and not self.start_findings:
            yield "start_findings", "有不符合项的，请写明检查发现的问题。"
        if self.agreed_on and self.agreed_on < self.start_checked_on:
            yield "agreed_on", f"“同意开工日期”早于开工检查日期 {self.start_checked_on}。"

    class Flow(StartCheckFlow):
        pass

    class Page(Ledger):
        title = "开工复工检查"
        menu = "项目建设"
        columns = "number project occasion start_checked_on start_checker failing start_fix agreed_on state"
        filters = "start_checked_on project occasion state agreed_on"
        search = "number project__name start_findings workers_back"
        form = [
            Section("检查", "project occasion start_checked_on contractor start_checker workers_back"),
            Section("检查清单", " ".join(ITEMS)),
            Section("结果", "start_findings start_fix photos agreed_on"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "safety_officer": anyone, "director": anyone}
        imports = Sheet(
            "开工复工检查导入模板",
            columns=f"project occasion start_checked_on contractor {' '.join(ITEMS)} workers_back start_findings",
        )
        exports = (
            f"number project occasion start_checked_on {' '.join(ITEMS)} failing start_findings start_fix "
            f"agreed_on state"
        )
        sort = "-start_checked_on"
        pictures = (Matrix("检查结果", down="occasion", across="state"),)
        follow_ups = (
            FollowUp("safety.hazard", "登记隐患", {"enterprise": "contractor", "found_on": "start_checked_on"}),
        )
        handheld = Handheld(
            "开工复工检查",
            f"project occasion start_checked_on {' '.join(ITEMS)} start_findings photos",
            then="submit_check",
        )
        example = dict(
            project=None,
            occasion=Occasion.HOLIDAY,
            start_checked_on="2026-02-26",
            **dict.fromkeys(ITEMS, Verdict.PASS),
        )

    class Measures:
        checked = Count("开工复工检查", on="start_checked_on", unit="次")
        agreed = Count("同意开工复工", on="agreed_on", where=Q(state="start_agreed"), unit="个")
        refused = Count("不同意开工", on="start_checked_on", where=Q(state="failed"), unit="个")

    def __str__(self):
        return f"{self.start_checked_on} {self.project}"
