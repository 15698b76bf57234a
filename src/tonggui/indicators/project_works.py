"""项目工程量与技术指标 PRJ-10, PRJ-15: how much of each item is done, and what the cards of the projects say.

Basis: 建设工程质量管理条例 第三十七条 (no quantity counts that the engineer has not signed); the plan is that of the
approved drawings or of a 设计变更. Items are measured in 根, 立方米, 公里 …: quantities of different units are never
added, so the rate stands for an item, not for the county. Parameters are the fixed fields of a project's card.
"""

from tonggui.indicators.projects import BY_PLAN, PLAN, PLAN_YEAR
from tonggui.ledgers.works.project import Project
from tonggui.ledgers.works.quantity import Quantity
from tonggui.ledgers.works.quantity_month import QuantityMonth
from tonggui.measure.declare import AT_END, SELF, UNTIL_END, Ratio, Told, Total

QUANTITIES = "工程量清单"

quantity_planned = Total(
    "PRJ-10D",
    "设计工程量",
    of=Quantity.Measures.allowed,
    during=AT_END,
    by={"item": SELF, "project": "project", "work_item": "work_item"},
    unit_of="measured_in",
    places=3,
    basis=QUANTITIES,
)

quantity_done = Total(
    "PRJ-10N",
    "累计完成工程量",
    of=QuantityMonth.Measures.done,
    during=UNTIL_END,
    among=("quantity_item", quantity_planned),
    by={"item": "quantity_item", "project": "quantity_item__project", "work_item": "quantity_item__work_item"},
    unit_of="quantity_item__measured_in",
    places=3,
    basis="形象进度月报",
)

physical_share = Ratio("PRJ-10", "工程项完成比例", over=quantity_done, under=quantity_planned, basis=QUANTITIES)


def _card(code: str, title: str, unit: str, of, places: int = 0) -> Total:
    """A number of the cards of the year's projects, of one or of all."""
    return Total(
        code, title, unit, of=of, during=AT_END, year=PLAN_YEAR, by=BY_PLAN, places=places, filled=True, basis=PLAN
    )


works_km = _card("PRJ-15", "建设里程", "公里", Project.Measures.works_km, 3)
bridges_m = _card("PRJ-15B", "桥梁总长", "米", Project.Measures.bridges_m, 1)
floor_area = _card("PRJ-15A", "建筑面积", "平方米", Project.Measures.floor_area, 2)
parking_area = _card("PRJ-15K", "停车场面积", "平方米", Project.Measures.parking, 2)
berths = _card("PRJ-15Q", "泊位数量", "个", Project.Measures.berths_built)
capacity = _card("PRJ-15E", "装机容量", "万千瓦", Project.Measures.capacity, 2)
earthwork = _card("PRJ-15V", "土石方总量", "万立方米", Project.Measures.earthwork, 2)
formation = Told(
    "PRJ-15W",
    "设计路基宽度",
    "米",
    of=Project.Measures.listed,
    field="formation_m",
    during=AT_END,
    by={"project": SELF},
    basis=PLAN,
)
