"""宣传教育台账: talks, training, leaflets, guides, articles and posts, each counted in its own unit.

Basis: 安全生产法 第十三条 (publicity of safety) and the bureau's yearly publicity plan. A summary says how many
leaflets, guides, articles and people; each kind has the one figure it must give, so nothing is counted in the wrong
place.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Calendar,
    Choice,
    Confirming,
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
    within_unit,
)


class PublicityKind(TextChoices):
    CAMPAIGN = "campaign", "集中宣传"
    TRAINING = "training", "宣讲培训"
    LEAFLET = "leaflet", "发放资料"
    GUIDE = "guide", "张贴指南"
    ARTICLE = "article", "新闻稿件"
    POST = "post", "新媒体信息"


class Medium(TextChoices):
    ON_SITE = "on_site", "现场"
    PAPER = "paper", "报纸"
    TELEVISION = "television", "广播电视"
    WEBSITE = "website", "门户网站"
    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    DOUYIN = "douyin", "抖音"
    SCREEN = "screen", "电子屏"


#: The figure that each kind must give: the indicators sum it.
FIGURE = {
    PublicityKind.CAMPAIGN: "people_reached",
    PublicityKind.TRAINING: "people_reached",
    PublicityKind.LEAFLET: "copies",
    PublicityKind.GUIDE: "guides",
    PublicityKind.ARTICLE: "pieces",
    PublicityKind.POST: "pieces",
}
IN_PRINT = (PublicityKind.ARTICLE, PublicityKind.POST)


class Publicity(Record):
    """One act of publicity on one day by one unit."""

    number = Number("XCJ{year}{seq:05}", year_of="published_day")
    kind = Choice(PublicityKind, "宣传类别")
    subject = Text("宣传主题", max_length=200)
    published_day = Day("宣传日期")
    medium = Choice(Medium, "宣传渠道", default=Medium.ON_SITE)
    campaign = Link("safety.Campaign", "专项行动", optional=True)
    enterprise = Link("parties.Enterprise", "企业", optional=True, hint="进企业宣讲的")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    submission = Link("party.Submission", "来源稿件", optional=True)
    sentiment = Link("party.Sentiment", "回应舆情", optional=True)
    sessions = Integer("宣传场次", unit="场", least=0, default=0)
    people_reached = Integer("受教育人次", unit="人次", least=0, default=0)
    copies = Integer("发放资料", unit="份", least=0, default=0)
    guides = Integer("张贴指南", unit="个", least=0, default=0)
    pieces = Integer("发布信息", unit="条", least=0, default=0)
    publication_url = Text("发布链接", optional=True, max_length=300)
    photos = Photos("宣传照片")

    class Flow(Confirming, enters=("party_officer", "writer", "clerk"), checks=("party_officer", "director")):
        pass

    class Page(Ledger):
        title = "宣传教育"
        columns = "number published_day kind subject medium sessions people_reached copies pieces unit state"
        filters = "published_day unit kind medium state campaign"
        search = "number subject"
        form = [
            Section("宣传", "kind subject published_day unit medium campaign enterprise town"),
            Section("数量", "sessions people_reached copies guides pieces"),
            Section("来源和佐证", "submission sentiment publication_url photos"),
        ]
        read = {"county": anyone}
        write = {"party_officer": anyone, "writer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "宣传教育导入模板",
            columns=(
                "kind subject published_day unit medium campaign enterprise town sessions people_reached copies guides "
                "pieces publication_url"
            ),
        )
        exports = (
            "number kind subject published_day unit medium campaign enterprise town sessions people_reached copies "
            "guides pieces publication_url state"
        )
        sort = "-published_day"
        pictures = (
            Bars("各渠道", by="medium", stack="kind"),
            Calendar("宣传日历", on="published_day", text="subject"),
        )
        handheld = Handheld(
            "宣传教育", "kind subject published_day medium town people_reached copies sessions photos", then="submit"
        )
        example = dict(
            kind=PublicityKind.LEAFLET,
            subject="渡运安全进校园（示例）",
            published_day="2026-04-15",
            sessions=1,
            people_reached=320,
            copies=400,
        )

    class Measures:
        leaflets = Sum("copies", "发放宣传资料", on="published_day")
        guides = Sum("guides", "张贴宣传指南", on="published_day")
        pieces = Sum("pieces", "发布宣传信息", on="published_day")
        articles = Sum("pieces", "刊发稿件", on="published_day", where=Q(kind=PublicityKind.ARTICLE))
        people = Sum("people_reached", "宣传教育", on="published_day")
        trained = Sum("people_reached", "宣讲培训", on="published_day", where=Q(kind=PublicityKind.TRAINING))
        sessions = Sum("sessions", "宣传活动", on="published_day")

    def faults(self):
        """Each kind gives its figure, and what was printed was printed somewhere."""
        name = FIGURE[PublicityKind(self.kind)]
        if not getattr(self, name):
            yield name, f"{PublicityKind(self.kind).label}须填写“{self.kinds[name].label}”。"
        if self.kind in IN_PRINT and self.medium == Medium.ON_SITE:
            yield "medium", f"{PublicityKind(self.kind).label}的渠道不能是“现场”。"
        if self.pieces and self.kind not in IN_PRINT:
            yield "pieces", "只有新闻稿件和新媒体信息计发布条数。"

    def __str__(self):
        return f"{self.published_day} {self.subject}"
