"""意识形态指标 IDE: public sentiment found and handled, display points kept up to date, themed buses and stations.

Basis: 党委（党组）意识形态工作责任制实施办法; 关于全面推进政务公开的意见 on answering public sentiment. Handled is
what of the found was answered to the end or shown to be untrue, as it stands when figures are taken; a display counts
as updated in the period of its last update by its end.
"""

from django.db.models import Q

from tonggui.ledgers.party.display import Display
from tonggui.ledgers.party.sentiment import Sentiment
from tonggui.measure.declare import AT_END, Share, Total

DUTY = "意识形态工作责任制"
AS_TAKEN = "意识形态工作责任制；按取数时的状态"
HANDLED = Q(state__in=("wound_up", "untrue"))
BY_SENTIMENT = ("outlet", "heat")

sentiments = Total("IDE-01", "发现舆情", "条", of=Sentiment.Measures.found, by=BY_SENTIMENT, basis=DUTY)
handled = Total("IDE-01N", "办结舆情", "条", of=Sentiment.Measures.wound_up, by=BY_SENTIMENT, basis=AS_TAKEN)
handled_share = Share(
    "IDE-01P",
    "舆情办结率",
    whole=Sentiment.Measures.found,
    part=HANDLED,
    part_title="已办结或者不实已澄清的",
    by=BY_SENTIMENT,
    basis=AS_TAKEN,
)
updated = Total(
    "IDE-02",
    "更新宣传阵地",
    "个",
    of=Display.Measures.updated,
    during=AT_END,
    by=("kind",),
    names="name",
    basis=DUTY,
)
displays = Total("IDE-02N", "在用宣传阵地", "个", of=Display.Measures.displays, during=AT_END, by=("kind",), basis=DUTY)
themed = Total(
    "IDE-03",
    "主题公交和主题车站",
    "个",
    of=Display.Measures.themed,
    during=AT_END,
    by=("kind",),
    names="name",
    basis=DUTY,
)
