"""Words of an enforcement case: its kind, its party, its procedure, how a decision is served."""

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


class PartyKind(TextChoices):
    PERSON = "person", "公民"
    ENTITY = "entity", "单位"


class Procedure(TextChoices):
    ORDINARY = "ordinary", "普通程序"
    SPOT = "spot", "简易程序"


class Service(TextChoices):
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    ANNOUNCED = "announced", "公告送达"


ILLEGAL_CARRIAGE = (CaseKind.UNLICENSED, CaseKind.RIDE_HAILING)
