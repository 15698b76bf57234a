"""企业变更台账: businesses opened, changed, revoked and closed, each with its day and paper, and what it does to the
file.

Basis: 道路运输条例 第十条, 第十四条, 第二十四条 (licence, change of items, ending) and 第六十六条 (revocation). The
file says how an enterprise stands now; this ledger says since when and by which paper. What a second person confirms
is written into the file by itself, so that nothing is changed there without its reason.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.parties.enterprise import Business
from tonggui.register.actor import Actor, acting
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    own,
)

KEEPERS = ("clerk", "transport_officer", "admin")


class ChangeKind(TextChoices):
    OPENED = "opened", "开业"
    NAME = "name", "名称变更"
    HEAD = "head", "法定代表人变更"
    SCOPE = "scope", "经营范围变更"
    ADDRESS = "address", "地址变更"
    EXTENDED = "extended", "许可延续"
    REVOKED = "revoked", "吊销许可"
    CLOSED = "closed", "注销"


#: What a kind of change says, and which field of the enterprise takes it.
WRITES = {
    ChangeKind.NAME: ("new_name", "name"),
    ChangeKind.HEAD: ("new_head", "manager"),
    ChangeKind.SCOPE: ("new_business", "business"),
    ChangeKind.ADDRESS: ("new_address", "address"),
    ChangeKind.EXTENDED: ("new_until", "licence_until"),
}
ENDED = (ChangeKind.REVOKED, ChangeKind.CLOSED)


def needed(change: "Change") -> tuple[str, ...]:
    """The new value of a change, the paper of a revocation, the licence of an opening."""
    if change.kind in WRITES:
        return (WRITES[ChangeKind(change.kind)][0],)
    return ("approval_paper",) if change.kind in ENDED else ()


def why_not(change: "Change") -> str:
    """An opening must be of an enterprise in use, an ending of one that has not ended, a name nobody else's."""
    enterprise = change.enterprise
    if change.kind in ENDED and enterprise.state == "ended":
        return f"{enterprise.name}已停用，不必再办理{change.get_kind_display()}。"
    if change.kind not in ENDED and enterprise.state == "ended":
        return f"{enterprise.name}已停用，请先在企业台账恢复使用。"
    if change.kind == ChangeKind.NAME and type(enterprise)._base_manager.filter(name=change.new_name).exists():
        return f"“{change.new_name}”已是另一家企业的名称。"
    return ""


def write_to_file(change: "Change", actor) -> None:
    """The confirmed change becomes what the enterprise's file says; an ended one is taken out of use."""
    enterprise, because = change.enterprise, f"{change.number} {change.get_kind_display()}"
    machine = Actor.system("企业变更")
    if change.kind in ENDED:
        enterprise.ledger.perform(enterprise, "end", machine, f"{because}，{change.approval_paper}")
    elif change.kind in WRITES:
        said, field = WRITES[ChangeKind(change.kind)]
        setattr(enterprise, field, getattr(change, said))
        with acting(machine, because, action="change"):
            enterprise.save()


class Change(Record):
    """One change of one enterprise. `old_value` keeps what the file said before."""

    number = Number("QB{year}{seq:04}", year_of="changed_on")
    enterprise = Link("parties.Enterprise", "企业")
    kind = Choice(ChangeKind, "变更类别")
    changed_on = Day("变更日期", index=True)
    approval_paper = Text("变更批准文号", optional=True, max_length=60)
    reason = Text("变更原因", optional=True, max_length=200)
    new_name = Text("新名称", optional=True, max_length=80)
    new_head = Text("新负责人", optional=True, max_length=30)
    new_business = Choice(Business, "新经营类别", optional=True)
    new_address = Text("新地址", optional=True, max_length=120)
    new_until = Day("新许可有效期至", optional=True)
    old_value = Text("变更前", optional=True, max_length=120, editable=False)
    change_note = LongText("变更内容", optional=True)
    files = Files("变更材料")

    def prepare(self):
        """What the file said before is kept when the change is first written."""
        if self.pk is None and self.kind in WRITES:
            field = WRITES[ChangeKind(self.kind)][1]
            self.old_value = self.enterprise.kinds[field].show(getattr(self.enterprise, field))[:120]

    def faults(self):
        """A change says the new value of its kind and no other; a licence is extended to a later day."""
        for name in needed(self):
            if not getattr(self, name):
                yield name, f"{self.get_kind_display()}须填“{self.kinds[name].label}”。"
        given = {said for said, _ in WRITES.values() if getattr(self, said)}
        for name in sorted(given - set(needed(self))):
            yield name, f"{self.get_kind_display()}不填“{self.kinds[name].label}”，几项变更请分别登记。"
        if self.new_until and self.new_until <= self.changed_on:
            yield "new_until", f"“新许可有效期至”应晚于变更日期 {self.changed_on}。"

    class Flow(Workflow):
        noted = State("待核定", start=True)
        change_settled = State("已核定", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        settle_change = Move(
            noted >> change_settled,
            "核定变更",
            by=("transport_officer", "director"),
            check=why_not,
            then=write_to_file,
            recall=False,
        )
        cancel = Move(noted >> void, "作废", by=(*KEEPERS, "director"), comment=True)

    class Page(Ledger):
        title = "企业变更"
        columns = "number changed_on enterprise kind old_value approval_paper unit state"
        filters = "changed_on kind enterprise unit state"
        search = "number enterprise__name approval_paper new_name reason"
        form = [
            Section("变更", "enterprise kind changed_on approval_paper reason"),
            Section("新内容", "new_name new_head new_business new_address new_until"),
            Section("材料", "change_note files"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = dict.fromkeys(KEEPERS, anyone)
        imports = Sheet(
            "企业变更导入模板",
            columns="enterprise kind changed_on approval_paper reason new_name new_head "
            "new_business new_address new_until",
        )
        exports = (
            "number changed_on enterprise kind old_value new_name new_head new_business new_address new_until "
            "approval_paper reason change_note state"
        )
        sort = "-changed_on"
        unit_from = "enterprise"
        pictures = (Bars("各类变更", by="kind"), Bars("各月变更", by="changed_on", stack="kind"))
        example = dict(
            enterprise=None,
            kind=ChangeKind.HEAD,
            changed_on="2026-03-09",
            new_head="孙示例",
            approval_paper="示变字〔2026〕7号（示例）",
        )

    class Measures:
        opened = Count("开业企业", on="changed_on", where=Q(kind=ChangeKind.OPENED), unit="家")
        changed = Count("变更企业", on="changed_on", where=Q(kind__in=tuple(WRITES)), unit="家")
        revoked = Count("吊销许可企业", on="changed_on", where=Q(kind=ChangeKind.REVOKED), unit="家")
        closed = Count("注销企业", on="changed_on", where=Q(kind=ChangeKind.CLOSED), unit="家")
        freight_opened = Count(
            "开业货运企业",
            on="changed_on",
            where=Q(kind=ChangeKind.OPENED, enterprise__business=Business.FREIGHT),
            unit="家",
        )

    def __str__(self):
        return f"{self.enterprise.name} {self.get_kind_display()}"
