"""宣传教育指标 PUB: leaflets, guides, what was published by channel, people trained and reached.

Basis: 安全生产法 (2021) 第十三条 (安全生产宣传教育); 谁执法谁普法 普法责任制.
"""

from django.db.models import Q

from tonggui.ledgers.party.publicity import Publicity
from tonggui.measure.declare import Total

BASIS = "宣传教育登记"
SPLITS = ("medium", "kind", "campaign")
PUBLISHED = Q(kind__in=("article", "post"))

leaflets = Total("PUB-01", "发放宣传资料", "份", of=Publicity.Measures.leaflets, by=SPLITS, basis=BASIS)
guides = Total("PUB-02", "张贴指南", "个", of=Publicity.Measures.guides, by=SPLITS, basis=BASIS)
pieces = Total("PUB-03", "发布宣传信息", "条", of=Publicity.Measures.pieces, where=PUBLISHED, by=SPLITS, basis=BASIS)
articles = Total("PUB-03N", "刊发新闻稿件", "篇", of=Publicity.Measures.articles, by=SPLITS, basis=BASIS)
posts = Total(
    "PUB-03W",
    "发布新媒体信息",
    "条",
    of=Publicity.Measures.pieces,
    where=Q(kind="post"),
    by=SPLITS,
    basis=BASIS,
)
trained = Total("PUB-04", "宣讲培训人员", "人次", of=Publicity.Measures.trained, by=SPLITS, basis=BASIS)
reached = Total("PUB-04N", "受宣传教育人员", "人次", of=Publicity.Measures.people, by=SPLITS, basis=BASIS)
sessions = Total("PUB-05", "开展宣传活动", "场", of=Publicity.Measures.sessions, by=SPLITS, basis=BASIS)
