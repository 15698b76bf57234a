"""学习强国月报: the month's mean points, activity and rank on the study platform, with the screenshot that shows them.

The platform belongs to others and gives no data, so the party officer copies three figures from its page each month
and attaches the picture. Whether a document may say 前列 follows from the rank and the share the bureau has set;
nobody may claim it otherwise.
"""

from tonggui.register.declare import (
    Amount,
    Bars,
    Confirming,
    Count,
    Every,
    Integer,
    Ledger,
    Month,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    column,
    within_unit,
)
from tonggui.statutes.party import FOREFRONT_SHARE, STUDY_GRACE


class Study(Record):
    """One month of one unit among the units it is ranked with."""

    number = Number("XQG{year}{seq:04}", year_of="month")
    month = Month("月份")
    learners = Integer("参学人数", unit="人", least=1)
    active_learners = Integer("活跃人数", unit="人", least=0)
    mean_points = Amount("平均积分", unit="分", places=1, least=0, total=False)
    platform_rank = Integer("平台排名", unit="名", least=1, total=False)
    units_ranked = Integer("参加排名单位", unit="个", least=1, total=False)
    claim = Text("拟用表述", optional=True, max_length=80, hint="写入材料的说法，如“位居全县前列”")
    screenshot = Photos("排名截图")

    @column("活跃率", unit="%")
    def active_rate(self):
        """Active learners of all who take part, in percent to one decimal."""
        return round(100 * self.active_learners / self.learners, 1)

    @property
    def is_forefront(self) -> bool:
        """Whether the rank lies in the share of the units ranked that may be called 前列; the first always does."""
        share = FOREFRONT_SHARE.on(self.month)
        return self.platform_rank == 1 or 100 * self.platform_rank <= share * self.units_ranked

    @column("可否称前列", numeric=False)
    def forefront_word(self):
        return "可以" if self.is_forefront else "不可"

    class Flow(Confirming, enters="party_officer", checks=("party_officer", "director")):
        submit = Move(
            (Confirming.draft | Confirming.amending) >> Confirming.submitted,
            "提交审核",
            by="party_officer",
            needs=("screenshot",),
        )

    class Page(Ledger):
        title = "学习强国月报"
        columns = "number month unit learners active_rate mean_points platform_rank units_ranked forefront_word state"
        filters = "month unit state platform_rank"
        search = "number claim"
        form = [
            Section("月份", "month unit learners active_learners"),
            Section("积分和排名", "mean_points platform_rank units_ranked claim screenshot"),
        ]
        read = {"county": within_unit}
        write = {"party_officer": within_unit}
        imports = Sheet(
            "学习强国月报导入模板",
            key="month unit",
            columns="learners active_learners mean_points platform_rank units_ranked claim",
        )
        exports = (
            "number month unit learners active_learners active_rate mean_points platform_rank units_ranked "
            "forefront_word claim state"
        )
        sort = "-month"
        duties = (Every("month", "学习强国月报", on="month", grace=STUDY_GRACE, confirmed=True, tell="party_officer"),)
        pictures = (Bars("各月参学", by="month", of="learners"),)
        example = dict(
            month="2026-05",
            learners=86,
            active_learners=81,
            mean_points="42.6",
            platform_rank=5,
            units_ranked=42,
            claim="平均积分位居全县前列",
        )

    class Measures:
        returns = Count("学习强国月报", on="month", unit="期")
        points = Sum("mean_points", "平均积分合计", on="month")
        learners = Sum("learners", "学习强国参学", on="month")
        active = Sum("active_learners", "学习强国活跃", on="month")

    def faults(self):
        """Parts do not exceed wholes, and 前列 is said only where the rank allows it."""
        if self.active_learners > self.learners:
            yield "active_learners", f"“活跃人数”多于参学的 {self.learners} 人。"
        if self.platform_rank > self.units_ranked:
            yield "platform_rank", f"排名大于参加排名的 {self.units_ranked} 个单位。"
        elif "前列" in self.claim and not self.is_forefront:
            yield (
                "claim",
                f"第 {self.platform_rank} 名（共 {self.units_ranked} 个单位）不在前 "
                f"{FOREFRONT_SHARE.on(self.month)}%，不能写“前列”。",
            )

    def __str__(self):
        return f"{self.month:%Y-%m} 学习强国"
