"""路域环境指标 RAD: stalls cleared, billboards, works and threshing on road land.

Basis: 公路安全保护条例 第十三条, 第十六条 and 第二十七条; 公路法 第五十四条. Stalls count on the day they were cleared;
the others on the day they were found, as they are reported.
"""

from tonggui.indicators.roads import BY_ROAD
from tonggui.ledgers.roads.roadside import Roadside
from tonggui.measure.declare import Total

BASIS = "路域环境台账"

stalls = Total("RAD-01", "清理摆摊设点", "次", of=Roadside.Measures.stalls_cleared, by=BY_ROAD, basis=BASIS)
billboards = Total("RAD-02", "查处广告牌", "处", of=Roadside.Measures.billboards, by=BY_ROAD, basis=BASIS)
works = Total("RAD-03", "查处涉路施工", "处", of=Roadside.Measures.works, by=BY_ROAD, basis=BASIS)
threshing = Total("RAD-04", "查处打场晒粮", "处", of=Roadside.Measures.threshing, by=BY_ROAD, basis=BASIS)
