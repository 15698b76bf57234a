"""执法案件台账: every penalty case outside overload, from the clue to the archived file, with its legal clocks.

Basis: 行政处罚法 (2021); 交通运输行政执法程序规定; 道路运输条例 (2023) 第六十三条 to 第七十条 and
网络预约出租汽车经营服务管理暂行办法 for illegal carriage. Fields, clocks, checks, procedure and forms are those of any
penalty case (`ledgers/penalty`). The fine decided and the fine paid are two fields; neither is ever ranked by person
or team (行政处罚法 第七十四条).
"""

from django.db.models import F, Q

from tonggui.ledgers.enforcement.case_flow import CaseFlow
from tonggui.ledgers.enforcement.case_kinds import ILLEGAL_CARRIAGE, CaseKind
from tonggui.ledgers.enforcement.case_page import CasePage
from tonggui.ledgers.penalty.case import PenaltyCase
from tonggui.ledgers.penalty.words import Procedure
from tonggui.register.declare import Choice, Count, Link, Number, Place, Plate, Sum


class Case(PenaltyCase):
    """One act of one party. A case found on an operation or from a clue names it."""

    number = Number("AJ{year}{seq:05}", "案号", year_of="received_on")
    kind = Choice(CaseKind, "案件类别")
    clue = Link("enforcement.Clue", "违法线索", optional=True)
    operation = Link("enforcement.Operation", "执法行动", optional=True)
    plate = Plate("号牌号码", optional=True, index=True)
    place = Place("位置", optional=True)

    def faults(self):
        """One act is punished once."""
        yield from super().faults()
        if self.plate and (twin := self.twin()):
            yield (
                "plate",
                f"{self.plate} {self.happened_on} 因同一案由已有案件 {twin.number}，同一行为不得给予两次罚款。",
            )

    def twin(self) -> "Case | None":
        """Another case of the same vehicle, day and act."""
        same = Case._base_manager.filter(plate=self.plate, happened_on=self.happened_on, charge=self.charge)
        return same.exclude(pk=self.pk).exclude(state__in=("void", "not_filed")).first()

    def when_filed(self, actor) -> None:
        """The clue that led to the case says so by itself."""
        if self.clue_id is not None and self.clue.state == "proven":
            self.clue.ledger.perform(self.clue, "turn", actor, f"已立案：{self.number}")

    class Flow(CaseFlow):
        pass

    class Page(CasePage):
        pass

    class Measures:
        filed = Count("立案查处", on="filed_on", unit="件")
        trucks = Count("查处货车", on="filed_on", where=Q(kind=CaseKind.FREIGHT), distinct="plate", unit="辆")
        illegal = Count("查处非法营运", on="filed_on", where=Q(kind__in=ILLEGAL_CARRIAGE), unit="台次")
        illegal_decided = Count(
            "其中作出处罚", on="filed_on", where=Q(kind__in=ILLEGAL_CARRIAGE, decided_on__isnull=False), unit="台次"
        )
        taxis = Count("查处出租汽车违规", on="filed_on", where=Q(kind=CaseKind.TAXI), unit="台次")
        yards = Count(
            "处罚源头单位", on="decided_on", where=Q(yard__isnull=False, fine__gt=0), distinct="yard", unit="家"
        )
        decided = Count("处罚决定", on="decided_on", unit="件")
        decided_in_time = Count("按期作出决定", on="decided_on", where=Q(decided_on__lte=F("decide_by")), unit="件")
        spot = Count("当场处罚", on="decided_on", where=Q(procedure=Procedure.SPOT), unit="件")
        fined = Count("作出罚款决定", on="decided_on", where=Q(fine__gt=0), unit="件")
        banded = Count("有裁量条目的罚款", on="decided_on", where=Q(fine__gt=0, discretion__isnull=False), unit="件")
        fines = Sum("fine", "执法案件决定罚款", on="decided_on")
        fines_paid = Sum("fine_paid", "执法案件实缴罚款", on="paid_on")
        reviewed = Count("经法制审核", on="legal_reviewed_on", unit="件")
        heard = Count("举行听证", on="hearing_on", unit="次")
        with_police = Count("移送公安机关案件", on="filed_on", where=Q(state="with_police"), unit="件")
        closed = Count("执法案件结案", on="closed_on", unit="件")

    def __str__(self):
        return f"{self.number} {self.party} {self.charge}"
