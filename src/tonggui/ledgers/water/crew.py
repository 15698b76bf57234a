"""渡工船员台账: who may steer, tend the engine and sign off, with certificate, health and training.

Basis: 内河交通安全管理条例 第三十八条 (渡工 trained, examined and certified by the department the county names),
第九条 (crew hold certificates); 内河渡口渡船安全管理规定 第十三条 (regular training).
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.water import CERTIFICATE_LEAD, HEALTH_CHECK


class Post(TextChoices):
    FERRYMAN = "ferryman", "渡工"
    MASTER = "master", "船长（驾驶员）"
    ENGINEER = "engineer", "轮机员"
    SAILOR = "sailor", "水手"
    SIGNER = "signer", "签单员"


class Crew(Record):
    """One person in one post. The health check falls due by its own date."""

    number = Number("CY{seq:04}")
    person = Link("parties.Person", "人员")
    name = Text("姓名", optional=True, max_length=30)
    post = Choice(Post, "船上职务")
    ferry = Link("water.Ferry", "所在渡口", optional=True)
    certificate = Text("船员证书号", max_length=40, hint="渡工证或船员适任证书")
    grade = Text("适任等级", optional=True, max_length=30)
    issued_on = Day("发证日期", optional=True)
    valid_until = Day("船员证书有效期至", index=True)
    health_on = Day("健康检查日期", optional=True)
    health_until = Day("健康检查有效期至", optional=True, index=True)
    trained_on = Day("最近培训日期", optional=True)
    training_hours = Integer("本年培训学时", unit="学时", optional=True, least=0)

    @derive("person", always=True)
    def derive_name(self):
        """The name under which voyages show the crew."""
        return self.person.name

    @derive("health_on")
    def derive_health_until(self):
        return HEALTH_CHECK.due(self.health_on)

    def may_serve(self, day) -> str:
        """Why this person may not serve on a day, or the empty string."""
        if self.state not in self.ledger.flow.confirmed:
            return f"{self.name}已{self.state_now.label}。"
        if self.valid_until < day:
            return f"{self.name}的{self.get_post_display()}证书已于 {self.valid_until} 到期。"
        if self.health_until and self.health_until < day:
            return f"{self.name}的健康检查已于 {self.health_until} 到期。"
        return ""

    @column("证书剩余天数", unit="天")
    def certificate_days_left(self):
        """Whole days until the certificate ends; negative once it has."""
        return (self.valid_until - clock.today()).days if self.valid_until else None

    class Flow(Standing, keeps="water_officer"):
        pass

    class Page(Ledger):
        title = "渡工船员"
        columns = "number person post ferry certificate valid_until certificate_days_left health_until trained_on state"
        filters = "valid_until post ferry state health_until"
        search = "number name certificate"
        names = "name certificate"
        form = [
            Section("人员", "person post ferry"),
            Section("证书", "certificate grade issued_on valid_until"),
            Section("健康和培训", "health_on health_until trained_on training_hours"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "渡工船员导入模板",
            key="certificate",
            columns="person post ferry grade issued_on valid_until health_on trained_on training_hours",
        )
        exports = (
            "number person post ferry certificate grade issued_on valid_until health_on health_until trained_on "
            "training_hours state"
        )
        sort = "number"
        watches = (
            Watch(
                "valid_until", "渡工船员证书到期", lead=CERTIFICATE_LEAD, basis="内河交通安全管理条例第九条、第三十八条"
            ),
            Watch("health_until", "健康检查到期", lead=CERTIFICATE_LEAD),
        )
        example = dict(
            person=None,
            post=Post.FERRYMAN,
            ferry=None,
            certificate="示渡工0001",
            grade="内河二类",
            issued_on="2024-08-01",
            valid_until="2029-07-31",
            health_on="2026-02-10",
            trained_on="2026-03-05",
            training_hours=16,
        )

    class Measures:
        crew = Count("在册渡工船员", unit="人")
        ferrymen = Count("在册渡工", where=Q(post="ferryman"), unit="人")
        trained = Count("培训渡工船员", on="trained_on", unit="人次")

    def faults(self):
        """A certificate ends after it was issued; a signer signs for a crossing."""
        if self.issued_on and self.valid_until < self.issued_on:
            yield "valid_until", f"“船员证书有效期至”早于“发证日期”（{self.issued_on}）。"
        if self.post == Post.SIGNER and self.ferry is None:
            yield "ferry", "签单员须填所在渡口。"

    def __str__(self):
        return f"{self.name}（{self.get_post_display()}）"
