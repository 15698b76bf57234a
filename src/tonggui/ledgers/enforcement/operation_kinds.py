"""Words of an outing: its kind, and how often key source yards are looked at."""

from django.db.models import Q, TextChoices

from tonggui.register.declare import Every


class OperationKind(TextChoices):
    OVERLOAD = "overload", "路面治超"
    SOURCE = "source", "源头巡查"
    ILLEGAL = "illegal", "打击非法营运"
    PASSENGER = "passenger", "客运市场"
    FREIGHT = "freight", "货运市场"
    HAZMAT = "hazmat", "危险货物"
    ROADSIDE = "roadside", "路域环境"
    WATER = "water", "水上执法"
    OTHER = "other", "其他"


OPERATION_DUTIES = (
    Every(
        "month",
        "重点源头单位巡查",
        on="operated_on",
        where=Q(kind=OperationKind.SOURCE),
        per="yard",
        of=Q(key=True),
        grace=5,
        tell=("overload_officer",),
        basis="超限运输车辆行驶公路管理规定第三十一条，周期由本局定",
    ),
)
