"""Words of an enforcement case: its kind, by trade."""

from django.db.models import TextChoices


class CaseKind(TextChoices):
    UNLICENSED = "unlicensed", "非法营运（黑车）"
    RIDE_HAILING = "ride_hailing", "违规网约车"
    TAXI = "taxi", "出租汽车"
    PASSENGER = "passenger", "道路客运"
    FREIGHT = "freight", "道路货运"
    HAZMAT = "hazmat", "危险货物运输"
    REPAIR = "repair", "机动车维修"
    TRAINING = "training", "驾驶培训"
    ROAD = "road", "公路路政"
    SOURCE = "source", "货运源头"
    WATER = "water", "水路运输"
    WORKS = "works", "工程建设"


ILLEGAL_CARRIAGE = (CaseKind.UNLICENSED, CaseKind.RIDE_HAILING)
