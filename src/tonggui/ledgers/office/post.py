"""编制台账: how many posts a unit is authorised by kind, how many are filled, and the order on which they rest.

Basis: 地方各级人民政府机构设置和编制管理条例 第十五条 to 第十九条: posts by kind, none above the number set. The
unit's own file says one number (编制人数); the sum of its kinds is held against it, so that the two never drift apart
unseen.
"""

from django.db.models import Q, TextChoices
from django.db.models import Sum as SqlSum

from tonggui.register.declare import (
    Bars,
    Choice,
    Confirming,
    Count,
    Day,
    Files,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
)


class PostKind(TextChoices):
    CIVIL = "civil", "行政编制"
    ENFORCEMENT = "enforcement", "执法专项编制"
    FULL = "full", "全额事业编制"
    PARTIAL = "partial", "差额事业编制"
    OWN_INCOME = "own_income", "自收自支编制"
    WORKER = "worker", "工勤编制"


def why_not_count(post: "Post") -> str:
    """One kind of a unit has one row in use, and all kinds together are no more than the unit's own file says."""
    in_use = Post._base_manager.filter(post_unit=post.post_unit_id, state="confirmed", ended_on__isnull=True)
    others = in_use.exclude(pk=post.pk)
    twin = others.filter(kind=post.kind).first()
    if twin and post.ended_on is None:
        return f"{post.post_unit.name}的{post.get_kind_display()}已有一行在用（{twin.number}），请先填编制停用日期。"
    said = post.post_unit.staff
    total = (others.aggregate(all=SqlSum("authorised"))["all"] or 0) + post.authorised
    if said is not None and total > said:
        return f"各类编制合计 {total} 个，单位档案的编制人数是 {said}，请先核对。"
    return ""


class Post(Record):
    """The posts of one kind in one unit, from an order on; a new order is a new row, and the old one is ended."""

    number = Number("BZ{seq:04}")
    post_unit = Link("parties.Unit", "编制单位")
    kind = Choice(PostKind, "编制类别")
    authorised = Integer("核定编制", unit="个", least=0, most=5000)
    filled = Integer("实有在编", unit="人", least=0, most=5000)
    seconded_out = Integer("借调外出", unit="人", least=0, default=0)
    retiring = Integer("两年内退休", unit="人", least=0, default=0)
    over_because = Text("超编说明", optional=True, max_length=120)
    order_no = Text("编制批文", optional=True, max_length=60)
    authorised_on = Day("核定日期", index=True)
    posts_counted_on = Day("在编统计日期", index=True)
    ended_on = Day("编制停用日期", optional=True, index=True)
    files = Files("编制文件")

    @column("空编", unit="个")
    def vacant(self):
        """Authorised posts that nobody fills; never below nought."""
        return max(0, self.authorised - self.filled)

    @column("实际在岗", unit="人")
    def at_work(self):
        """Who fills a post and is not seconded elsewhere."""
        return self.filled - self.seconded_out

    def faults(self):
        """More people than posts needs a word; who is seconded fills a post."""
        if self.filled > self.authorised and not self.over_because:
            yield "over_because", f"实有在编多于核定编制 {self.filled - self.authorised} 人，请写明超编说明。"
        if self.seconded_out > self.filled:
            yield "seconded_out", "“借调外出”多于“实有在编”，请核对。"

    class Flow(Confirming, enters=("clerk", "party_officer"), checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=why_not_count,
        )

    class Page(Ledger):
        title = "编制"
        columns = "number post_unit kind authorised filled vacant at_work posts_counted_on state"
        filters = "posts_counted_on authorised_on post_unit kind state ended_on"
        search = "number post_unit__name order_no"
        form = [
            Section("编制", "post_unit kind authorised order_no authorised_on files"),
            Section("在编", "filled seconded_out retiring over_because posts_counted_on ended_on"),
        ]
        read = {"county": anyone}
        write = {"clerk": anyone, "party_officer": anyone}
        imports = Sheet(
            "编制导入模板",
            key="post_unit kind",
            columns="authorised filled seconded_out retiring order_no authorised_on posts_counted_on",
        )
        exports = (
            "number post_unit kind authorised filled vacant seconded_out retiring at_work over_because order_no "
            "authorised_on posts_counted_on ended_on state"
        )
        sort = "post_unit"
        unit_from = "post_unit"
        pictures = (Bars("各单位编制", by="post_unit", of="authorised", stack="kind"),)
        example = dict(
            post_unit=None,
            kind=PostKind.CIVIL,
            authorised=42,
            filled=38,
            seconded_out=2,
            retiring=3,
            order_no="示编发〔2024〕3号（示例）",
            authorised_on="2024-05-10",
            posts_counted_on="2026-06-30",
        )

    class Measures:
        authorised = Sum("authorised", "核定编制数", where=Q(ended_on__isnull=True))
        filled = Sum("filled", "实有在编数", where=Q(ended_on__isnull=True))
        rows = Count("编制记录", on="posts_counted_on", unit="条")

    def __str__(self):
        return f"{self.post_unit.name} {self.get_kind_display()}"
