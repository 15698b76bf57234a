"""Words of an incident: its kind, the trade it happened in, and its grade.

Basis: 生产安全事故报告和调查处理条例 第三条 for the four grades.
"""

from django.db.models import TextChoices


class IncidentKind(TextChoices):
    ACCIDENT = "accident", "生产安全事故"
    DISASTER = "disaster", "自然灾害"
    BLOCKED = "blocked", "交通中断"
    DANGER = "danger", "险情"
    CROWD = "crowd", "旅客滞留和群体事件"
    HEALTH = "health", "公共卫生事件"


class Domain(TextChoices):
    ROAD = "road", "道路运输"
    WATER = "water", "水路运输"
    UPKEEP = "upkeep", "公路养护"
    WORKS = "works", "在建工程"
    STATION = "station", "客运站场"
    CITY = "city", "城市客运"
    PORT = "port", "港口"
    FIRE = "fire", "火灾"


class Grade(TextChoices):
    GENERAL = "general", "一般"
    LARGER = "larger", "较大"
    SERIOUS = "serious", "重大"
    ESPECIALLY_SERIOUS = "especially_serious", "特别重大"
