"""Figures of old summaries are heard as the indicators they are, in the many ways bureaus word them."""

import pytest

from tonggui.indicators.heard import CUES, code_of
from tonggui.indicators.heard.hearing import NONE
from tonggui.texts.reading import Text
from tonggui.texts.summary import read_summary

# Each sentence stands below a heading; behind the bar the codes of its figures in order, - where it is none.
SAID = """
重点项目 实施省市重点项目9个，年度计划投资12亿元，完成投资6亿元，占年度计划的50%。| PRJ-01 PRJ-03 PRJ-04 PRJ-09
重点项目 环湖路改造工程总投资3.2亿元，年度计划投资1.1亿元。| PRJ-02 PRJ-06
重点项目 截至6月底完成投资0.6亿元，完成率54.5%。| PRJ-07 PRJ-08
重点项目 示例大桥项目全长860米，桥宽24.5米，桩基完成120根，形象进度达到62%。| PRJ-15 PRJ-15 PRJ-10 PRJ-10
重点项目 S201改线工程今年计划完成投资8000万元，目前已完成5200万元，占年度计划的65%。| PRJ-06 PRJ-07 PRJ-08
农村公路 全县提质改造乡道8条，已开工5条，普查乡镇14个。| RRD-04 RRD-07 RRD-01
农村公路 符合条件的自然村组116个，创建示范路3条、示范村5个。| RRD-02 RRD-10 RRD-10
农村公路 三级路长开展巡路1860次，发现问题142处，整改136处。| RRD-08 RRD-09 RRD-09
公路养护 摸底排查养护问题326项，改造危桥4座，完成大中修5条，整治危险路段12处。| MNT-01 MNT-06 MNT-03 MNT-07
路域环境 清理占道摆摊86次、非公路标志牌34块，查处违法涉路施工6起，取缔打谷晒场11处。| RAD-01 RAD-02 RAD-03 RAD-04
治超 引导疑似超限车辆进站检测412台，暂扣26台。| OVR-03 OVR-04
治超 查处超限超载车辆186台，卸载货物2630吨，罚款96.4万元。| OVR-05 OVR-08 OVR-09
治超 开展联合治超36次，立案查处超限案件150宗，处罚到位率100%，卸载率98%。| OVR-06 OVR-07 OVR-10 OVR-11
治超 检查货运源头企业46家次，处罚源头企业3家，公示重点货运源头单位28家，平均超限率0.9%。| OVR-13 OVR-14 OVR-15 OVR-16
治超 在用超限检测站3个，值守4320小时。| OVR-01 OVR-02
行政执法 出动执法人员2860人次、执法车辆640台次，开展打非治违行动42次。| ENF-02 ENF-01 ENF-03
行政执法 查扣非法营运车辆35台次，查处违规出租车12台次，罚款48.6万元，移送公安机关2件。| ENF-08 ENF-10 ENF-11 ENF-12
运输服务 开通城乡公交线路2条，新增跨市公交线路1条。| BUS-02 BUS-01
运输服务 优化公交线路6条，加密班次3条，延长运营时间2条。| BUS-04 BUS-07 BUS-08
运输服务 新增纯电动公交车20辆，回购农村客运车辆15辆，班线改公交4条。| BUS-06 PAX-04 PAX-03
运输服务 更换公交站牌86个，制作工作服120套、工牌150个，停运班线3条。| PAX-10 PAX-12 PAX-13 PAX-09
货运物流 新增普货企业5家，吊销货运企业许可16家。| FRT-01 FRT-02
维修驾培 维修企业上传电子档案3.2万条，建成维修救援点6个。| RPR-02 RPR-03
维修驾培 安装电子围栏驾校9所，搬迁驾校1所。| DRV-01 DRV-04
安全生产 发生道路运输事故2起，死亡1人，直接经济损失15万元。| SAF-01 SAF-03 SAF-03
安全生产 召开安全生产例会6次、季度形势分析会2次，开展专项整治行动5项。| SAF-04 SAF-04 SAF-08
安全生产 出动检查人员420人次、车辆106车次。| SAF-07 SAF-06
安全生产 排查隐患88处，完成整改85处，整改率96.6%，下发整改通知书31份。| HAZ-01 HAZ-03 HAZ-04 HAZ-02
安全生产 发现各类安全隐患56个，现已整改到位54个。| HAZ-01 HAZ-03
安全生产 检查客运站场8个，车辆例检2.1万车次，其中不合格65车次。| STN-01 STN-04 STN-04
安全生产 现有危险货物运输企业6家，抽查电子运单860份。| HZM-01 HZM-03
动态监控 重型货车安装智能视频监控报警装置680台，安装率96.5%。| VEH-01 VEH-01
动态监控 车辆上线率98.1%，轨迹完整率97.2%。| VEH-02 VEH-03
动态监控 平台连通率99.9%，处理报警4200条。| VEH-04 VEH-06
水上交通 出动海事执法人员168人次，检查船舶326艘次。| WTR-02 WTR-03
水上交通 开展联合巡航22次，签单4860航次，发布停航令5次。| WTR-04 WTR-05 WTR-06
水上交通 接收船舶生活污水120立方米、船舶垃圾3.5吨。| WTR-07 WTR-07
应急管理 修订应急预案6个，组织应急演练4次，储备应急物资1260件，报送值班信息36条。| EMG-01 EMG-01 EMG-02 DTY-02
疫情防控 全系统应接种人员860人，已接种820人，禁忌25人，延后接种15人，接种率95.3%。| EPI-01 EPI-02 EPI-03 EPI-04 EPI-05
党的建设 组织理论学习中心组学习7次，开展主题党日42次，召开廉政教育会议2次。| PTY-05 PTY-04 PTY-06
党的建设 “学习强国”人均积分3860分，活跃度92%。| PTY-01 PTY-02
意识形态 处置网络舆情9条，更新宣传阵地15处，打造主题公交6辆。| IDE-01 IDE-02 IDE-03
宣传教育 发放宣传手册8600份，在市级以上媒体刊发稿件46篇，培训从业人员1260人次。| PUB-01 PUB-03 PUB-04
建议提案 承办人大代表建议12件、政协委员提案8件，办复率100%。| PRP-01 PRP-02 PRP-03
资金保障 争取上级补助资金3680万元，资金缺口1.2亿元。| FIN-01 FIN-03
机关建设 核定编制86个，印发文件112份。| ORG-01 DOC-01
安全生产 悬挂横幅36条，同比增长12%，比去年同期减少3起。| - - -
下半年工作打算 计划改造危桥6座，完成投资3亿元。| - -
""".strip().splitlines()


@pytest.mark.parametrize("said", SAID, ids=lambda said: said[:16])
def test_the_figures_of_a_sentence_are_heard_as_their_indicators(said):
    text, _, codes = said.partition("|")
    heading, _, sentence = text.partition(" ")
    written = Text.of(f"示例县交通运输局2024年上半年工作总结\n一、{heading}\n{sentence}")
    found = [(entry.item, code_of(entry) or "-") for entry in read_summary(written)]
    assert [code for _, code in found] == codes.split(), found


def test_every_code_is_one_of_the_catalogue():
    from tonggui.measure.indicators import all_indicators

    declared = {each.code for each in all_indicators()}
    heard = {cue.code for cue in CUES if cue.code != NONE}
    assert not {code for code in heard if code not in declared and not _parts(code, declared)}


def _parts(code: str, declared: set[str]) -> bool:
    """Whether only values of a row with a letter behind are declared."""
    return any(one.startswith(code) for one in declared)
