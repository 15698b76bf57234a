"""部门: the departments outside the bureau that go along on joint work on roads and on the water.

One vocabulary for every ledger that names them, so that joint outings are told apart by the same words everywhere.
"""

from django.db.models import TextChoices


class Department(TextChoices):
    TRAFFIC_POLICE = "traffic_police", "公安交警"
    POLICE = "police", "公安"
    TRANSPORT = "transport", "运政"
    MARITIME = "maritime", "海事"
    ROAD = "road", "路政"
    WATER = "water", "水务"
    FISHERY = "fishery", "渔政"
    EMERGENCY = "emergency", "应急管理"
    ENVIRONMENT = "environment", "生态环境"
    MARKET = "market", "市场监管"
    CITY = "city", "城市管理"
    TOWN = "town", "乡镇（街道）"
