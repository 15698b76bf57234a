"""争取上级资金台账: each request for money from above, from being prepared to the money on the account.

Basis: the bureau's 跑争拼抢 (W42): what was asked for, whom, on which day; what was promised by which document; what
came. A granted request opens its batch in the ledger of funds, so the promised sum is typed once.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.works.fund_request_flow import FundRequestFlow
from tonggui.ledgers.works.steps import FundSource
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    anyone,
    column,
)


class FundRequest(Record):
    """One request to one authority above the county."""

    number = Number("ZQ{year}{seq:04}")
    project = Link("works.Project", "项目", optional=True)
    matter = Text("争取事由", max_length=80)
    money_source = Choice(FundSource, "资金来源")
    authority = Text("受理单位", max_length=60, hint="向哪个厅、局或部门申请")
    contact_person = Link("parties.Person", "对接人员", optional=True)
    requested = Money("申请资金", unit="万元", least=0)
    fund_applied_on = Day("申请上报日期", optional=True, index=True)
    application_no = Text("申请文号", optional=True, max_length=60)
    reply_by = Day("应答复日期", optional=True, index=True)
    replied_on = Day("下达批复日期", optional=True, index=True)
    reply_no = Text("下达文号", optional=True, max_length=60)
    granted_fund = Money("批复资金", unit="万元", least=0, optional=True)
    pay_due_on = Day("预计到账日期", optional=True)
    contacts = LongText("对接情况", optional=True, hint="何时、找谁、结果")
    request_files = Files("申报附件")

    @column("批复比例", unit="%")
    def granted_rate(self):
        """Granted of what was asked for, one decimal."""
        if self.granted_fund is None or not self.requested:
            return None
        return f"{self.granted_fund / self.requested * 100:.1f}"

    def faults(self):
        """A reply follows its application."""
        if self.fund_applied_on and self.replied_on and self.replied_on < self.fund_applied_on:
            yield "replied_on", f"“下达批复日期”早于申请上报日期 {self.fund_applied_on}。"
        if self.money_source in (FundSource.COUNTY, FundSource.OWN):
            yield "money_source", "县级和自筹资金不是上级资金，请在项目资金里登记。"

    def prepare(self):
        """An application handed in without a day went out today."""
        if self.state == "fund_applied":
            self.fund_applied_on = self.fund_applied_on or clock.today()

    class Flow(FundRequestFlow):
        pass

    class Page(Ledger):
        title = "争取上级资金"
        menu = "项目建设"
        columns = (
            "number matter project money_source authority requested fund_applied_on granted_fund "
            "replied_on granted_rate state"
        )
        filters = "fund_applied_on replied_on project money_source state"
        search = "number matter authority application_no reply_no"
        names = "matter"
        form = [
            Section("事项", "matter project money_source authority contact_person requested"),
            Section("申报", "fund_applied_on application_no reply_by request_files contacts"),
            Section("批复", "replied_on reply_no granted_fund pay_due_on"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "争取上级资金导入模板",
            columns="matter project money_source authority requested fund_applied_on application_no reply_by contacts",
        )
        exports = (
            "number matter project money_source authority requested fund_applied_on application_no "
            "reply_by replied_on reply_no "
            "granted_fund granted_rate pay_due_on state"
        )
        watches = (Watch("reply_by", "申请待答复", lead=7, tell="project_officer", where=Q(state="fund_applied")),)
        pictures = (Board("争取进展", by="state", card="money_source requested granted_fund fund_applied_on"),)
        example = dict(
            matter="示例县危桥改造补助",
            money_source=FundSource.PROVINCE,
            authority="示例省交通运输厅",
            requested="1500",
            application_no="示交〔2026〕35号",
        )

    class Measures:
        fund_applied = Count("申报上级资金", on="fund_applied_on", unit="项")
        requested = Sum("requested", "申请上级资金", on="fund_applied_on")
        granted_fund = Sum("granted_fund", "批复上级资金", on="replied_on")
        fund_arrived = Count("到位上级资金", on="replied_on", where=Q(state="fund_arrived"), unit="项")

    def __str__(self):
        return self.matter
