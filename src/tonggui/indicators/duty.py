"""值班指标 DTY: days on which somebody was on duty all day, and information reported.

Basis: 生产安全事故应急条例 第十四条 (24 hours of duty). A day counts where one shift of 24 hours or two that make up
the day were kept at a duty room of the bureau; hours at a weighing point are not duty of the bureau (OVR-02).
"""

from django.db.models import Q

from tonggui.ledgers.duty.call import Call
from tonggui.ledgers.duty.shift import Shift
from tonggui.measure.declare import DaysKept, Total

ROSTER = "生产安全事故应急条例第十四条"
AT_THE_BUREAU = Q(point__isnull=True)

days = Total("DTY-01", "24小时值班", "天", of=Shift.Measures.days, where=AT_THE_BUREAU, basis=ROSTER)
days_share = DaysKept("DTY-01P", "24小时值班到位率", of=Shift.Measures.days, where=AT_THE_BUREAU, basis=ROSTER)
missed = Total("DTY-01M", "值班缺岗", "班次", of=Shift.Measures.missed, where=AT_THE_BUREAU, basis=ROSTER)
reports = Total("DTY-02", "报送信息", "条", of=Call.Measures.reports, by=("urgency",), basis="信息报送制度")
