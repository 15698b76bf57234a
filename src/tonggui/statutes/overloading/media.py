"""过车影像: from which addresses pictures are fetched, and how long those of lawful passes are kept.

Basis: no national text sets a time for media of passes. Where anything is said, passage records are to be kept six
months or more (the loading ledger of a source yard in Jiangxi); what founds a case is kept with its file. Both values
are the bureau's own.
"""

from datetime import date

from tonggui.base.allowed_hosts import NOWHERE, checked
from tonggui.law.declare import Parameter
from tonggui.statutes.sources import BUREAU, CHECKED

_MEDIA = BUREAU.part("过车影像管理")
_START = date(2010, 1, 1)

FETCH_FROM = Parameter(
    "影像取用地址",
    source=_MEDIA,
    checked=CHECKED,
    values={_START: NOWHERE},
    local=True,
    check=checked,
    note="检测点只报影像地址时，平台只向这里列出的主机（可带端口）和网段取用，以逗号分开，如"
    " img.example.cn，10.20.0.0/16；内部网络须写网段。“无”表示一律不取。",
)
KEEP_MONTHS = Parameter(
    "未超限过车影像保存期",
    unit="个月",
    source=_MEDIA,
    checked=CHECKED,
    values={_START: 6},
    local=True,
    note="国家未定，取原始过车记录不少于六个月；待核对。超限、存疑和已立案过车的影像不在此列，随案卷保存。"
    "0 表示不清理。",
)
