"""帮扶项目台账: what the bureau builds or pays for in the village it helps, with its money from promise to use.

Basis: 乡村振兴促进法 and the local rule of publicity in the village before the start. Money paid out never exceeds
money that arrived, money arrived never what was planned.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Money,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    column,
    within_unit,
)


class HelpKind(TextChoices):
    ROAD = "road", "道路交通"
    INDUSTRY = "industry", "产业发展"
    WATER = "water", "农田水利"
    LIVING = "living", "人居环境"
    PARTY = "party", "基层党建"


class MoneyFrom(TextChoices):
    BUREAU = "bureau", "本局资金"
    FINANCE = "finance", "财政衔接资金"
    DONATION = "donation", "社会捐赠"
    VILLAGE = "village", "村集体"


class HelpProject(Record):
    """One project in one village."""

    number = Number("BFX{year}{seq:03}", year_of="help_agreed_on")
    help_team = Link("party.HelpTeam", "驻村帮扶队")
    name = Text("帮扶项目名称", max_length=80)
    kind = Choice(HelpKind, "帮扶项目类别")
    help_agreed_on = Day("确定日期")
    help_money = Money("帮扶资金", least=0)
    money_from = Choice(MoneyFrom, "帮扶资金渠道")
    money_arrived = Money("到位帮扶资金", least=0, default=0)
    money_used = Money("支出帮扶资金", least=0, default=0)
    helped_households = Integer("受益户数", unit="户", least=0, default=0)
    shown_in_village_on = Day("村内公示日期", optional=True)
    done_by_day = Day("计划建成日期")
    handed_to_village_on = Day("移交村集体日期", optional=True)
    photos = Photos("项目照片")

    @column("资金到位率", unit="%")
    def arrived_rate(self):
        """Money arrived of money planned, in percent to one decimal; None where none is planned."""
        return round(100 * self.money_arrived / self.help_money, 1) if self.help_money else None

    class Flow(Workflow):
        agreed = State("待实施", start=True, due="done_by_day", confirmed=True)
        in_hand = State("实施中", due="done_by_day", confirmed=True)
        handed_to_village = State("已移交", final=True, confirmed=True)
        stopped_help = State("终止", final=True, tone="void")

        begin_help = Move(agreed >> in_hand, "开始实施", by="party_officer", needs=("shown_in_village_on",))
        hand_to_village = Move(
            in_hand >> handed_to_village,
            "移交村集体",
            by="party_officer",
            needs=("photos", "helped_households"),
            sets={"handed_to_village_on": clock.today},
        )
        stop_help = Move((agreed | in_hand) >> stopped_help, "终止", by="director", comment=True)

    class Page(Ledger):
        title = "帮扶项目"
        columns = "number help_team name kind help_money arrived_rate money_used helped_households done_by_day state"
        filters = "help_agreed_on help_team kind money_from state"
        search = "number name"
        form = [
            Section("项目", "help_team name kind help_agreed_on done_by_day shown_in_village_on"),
            Section("资金", "help_money money_from money_arrived money_used"),
            Section("成效", "helped_households photos"),
        ]
        read = {"county": anyone}
        write = {"party_officer": anyone, "clerk": within_unit}
        imports = Sheet(
            "帮扶项目导入模板",
            columns=(
                "help_team name kind help_agreed_on done_by_day shown_in_village_on help_money money_from "
                "money_arrived money_used helped_households"
            ),
        )
        exports = (
            "number help_team name kind help_agreed_on done_by_day shown_in_village_on help_money money_from "
            "money_arrived money_used arrived_rate helped_households handed_to_village_on state"
        )
        sort = "-help_agreed_on"
        unit_from = "help_team"
        pictures = (
            Board("帮扶项目看板", by="state", card="help_team help_money done_by_day"),
            Bars("各类帮扶资金", by="kind", of="help_money"),
        )
        example = dict(
            help_team=None,
            name="东岗村通组路硬化（示例）",
            kind=HelpKind.ROAD,
            help_agreed_on="2026-03-01",
            help_money="180000",
            money_from=MoneyFrom.BUREAU,
            money_arrived="100000",
            done_by_day="2026-10-31",
        )

    class Measures:
        projects = Count("帮扶项目", on="help_agreed_on", unit="个")
        money = Sum("help_money", "帮扶资金", on="help_agreed_on")
        handed_over = Count("移交帮扶项目", on="handed_to_village_on", where=Q(state="handed_to_village"), unit="个")

    def faults(self):
        """Money used has arrived, money arrived was planned."""
        if self.money_arrived > self.help_money:
            yield "money_arrived", f"“到位帮扶资金”多于计划的 {self.help_money:f} 元。"
        if self.money_used > self.money_arrived:
            yield "money_used", f"“支出帮扶资金”多于到位的 {self.money_arrived:f} 元。"

    def __str__(self):
        return self.name
