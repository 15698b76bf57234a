"""An old summary of the demo county, read, with its certain figures taken as baselines."""

import tempfile
from pathlib import Path

from tonggui.register.actor import Actor
from tonggui.texts.summary import read_file

NAME = "示例县交通运输局上年同期工作总结（示例）.txt"
TEXT = """示例县交通运输局{year}年上半年工作总结
上半年，全县共承担省、市、县重点项目4个，年度计划投资3.6亿元，截至6月30日完成投资1.9亿元，占年度计划的52.8%。
一、公路建设与养护
改造危桥2座，整治危险路段7处，其中急弯3处、挡墙2处、护栏3处，投入资金404余万元。三级路长巡查1260次。
二、治超与执法
出动执法人员1860人次、执法车辆412台次，开展联合治超28次，查处超限超载车辆142台，卸载货物1563.5吨，罚款86.2万元。
查扣非法营运车辆21台次，已处罚20台次；清理摆摊96次、广告牌18处、涉路施工3处。
三、安全生产
共开展安全检查126次，发现隐患188处，下发整改通知书46份，完成整改181处，整改率96.3%。
水上交通方面，检查船舶216艘次，联合巡航20余次，发放宣传资料3000余份。
四、下半年打算
计划新建农村公路20公里，10月底前召开现场推进会1次。
"""


def make_old_summary(year: int, account: object = None) -> None:
    """The half-year summary of the year before, uploaded by the writer, its certain figures accepted."""
    from tonggui.measure.baselines import Baseline
    from tonggui.web.documents.old import deciding
    from tonggui.web.documents.old.reading import keep

    actor = Actor.system("示例数据")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path.write_text(TEXT.format(year=year), encoding="utf-8")
        kept = keep(NAME, "0" * 64, read_file(path), actor, account)
    deciding.decide(deciding.certain(kept), Baseline.CONFIRMED, actor)
