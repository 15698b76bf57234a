"""Words of a construction project: its class in the plan and the level at which it is a key project."""

from django.db.models import TextChoices


class ProjectClass(TextChoices):
    TRUNK = "trunk", "国省干线"
    COUNTY = "county", "县道改造"
    TOWNSHIP = "township", "乡道提升"
    VILLAGE = "village", "村道建设"
    BRIDGE = "bridge", "危桥改造"
    PROTECTION = "protection", "安防工程"
    STATION = "station", "客货运站场"
    SERVICE_POINT = "service_point", "运输服务站"
    PARKING = "parking", "停车场"
    CHARGING = "charging", "充电设施"
    WATERWAY = "waterway", "航道整治"
    PORT = "port", "港口码头"
    HUB = "hub", "航电枢纽"
    DEMONSTRATION = "demonstration", "示范创建"
    OTHER = "other", "其他"


class Level(TextChoices):
    PROVINCE = "province", "省重点"
    CITY = "city", "市重点"
    COUNTY = "county", "县重点"
