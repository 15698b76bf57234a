"""What the entries of the tables among the parameters are called, for everyone who reads or sets them.

The code looks entries up by an identifier; people see these words, and may type either.
"""

from tonggui.law.parameters import name_keys

PERIODS = {"day": "每日", "week": "每周", "month": "每月", "quarter": "每季", "year": "每年", "none": "不要求"}
GRADES_OF_RISK = {"general": "一般", "larger": "较大", "major": "重大", "low": "低"}
GRADES_OF_ACCIDENT = {"general": "一般", "larger": "较大", "serious": "重大", "especially_serious": "特别重大"}
PARTIES = {"person": "公民", "entity": "法人和其他组织"}
WARRANTY = {"km": "公里", "days": "日"}
STATION_GRADES = {"first": "一级", "second": "二级", "third": "三级"}
BRIDGE_SIZES = {"extra": "特大桥", "large": "大桥", "medium": "中桥"}
HOURS = {"from": "自", "to": "至"}
WATERWAY = {"outside": "等外"}
ASSESSED = {
    "network": "平台连通率",
    "online": "车辆上线率",
    "drift": "卫星定位漂移车辆率",
    "completeness": "轨迹完整率",
    "quality": "数据合格率",
    "speeding": "平均车辆超速次数",
    "fatigue": "平均疲劳驾驶时长",
    "checks": "平台查岗响应率",
}

name_keys(
    {
        "主管部门考核分值": ASSESSED,
        "运输企业考核分值": ASSESSED,
        "当场处罚罚款上限": PARTIES,
        "应当告知听证的罚款": PARTIES,
        "事故等级死亡人数下限": GRADES_OF_ACCIDENT,
        "事故等级重伤人数下限": GRADES_OF_ACCIDENT,
        "事故等级直接经济损失下限": GRADES_OF_ACCIDENT,
        "值班班次时长": {"day": "白班", "night": "夜班", "full": "全天"},
        "失踪人数计入死亡人数": {"water": "水上交通事故", "other": "其他事故"},
        "隐患整改期限": {"general": "一般隐患", "major": "重大隐患"},
        "防控人员检测间隔": {
            "border": "接触跨境货车",
            "station": "站场一线",
            "checkpoint": "检查点",
            "office": "机关后勤",
        },
        "接种统计周期": PERIODS,
        "大件运输分类上限": {
            "height_m": "高（米）",
            "width_m": "宽（米）",
            "length_m": "长（米）",
            "gross_t": "总重（吨）",
        },
        "党内组织生活周期": {
            "general_meeting": "支部党员大会",
            "committee": "支部委员会",
            "group_meeting": "党小组会",
            "theme_day": "主题党日",
            "central_group": "中心组学习",
            "organisation_life": "组织生活会",
            "democratic_life": "民主生活会",
            **PERIODS,
        },
        "党组会议到会比例下限": {
            "decision": "重大决策",
            "appointment": "重要人事任免",
            "project": "重大项目安排",
            "funds": "大额资金使用",
        },
        "宣传阵地内容更新周期": {
            "bulletin": "宣传栏",
            "billboard": "广告牌",
            "screen": "电子显示屏",
            "vehicle_tv": "车载电视",
            "themed_bus": "主题公交",
            "themed_station": "主题车站",
        },
        "政务舆情回应时限": {"serious": "重大", "larger": "较大", "general": "一般"},
        "述评考学分值比重": {"report": "述学", "review": "评学", "exam": "考学"},
        "考核等次分数线": {"excellent": "优秀", "good": "良好", "passed": "合格"},
        "问责影响期": {
            "criticism": "批评教育",
            "admonition": "诫勉",
            "transfer": "组织调整",
            "warning": "警告",
            "serious_warning": "严重警告",
            "removal": "撤职",
        },
        "客运站站级日发量": STATION_GRADES,
        "须配安检机的客运站等级": STATION_GRADES,
        "须实名验票的班线": {"one": "一类班线", "two": "二类班线"},
        "大客流预警比例": {"yellow": "黄色", "orange": "橙色"},
        "须配两名驾驶员的单程里程": {"road": "普通公路", "expressway": "高速公路"},
        "各轴数空车最小质量": {2: "二轴", 3: "三轴", 4: "四轴", 5: "五轴", 6: "六轴及以上"},
        "汽车整车修理和总成修理质量保证期": WARRANTY,
        "汽车二级维护质量保证期": WARRANTY,
        "汽车一级维护、小修和专项修理质量保证期": WARRANTY,
        "摩托车整车修理和总成修理质量保证期": WARRANTY,
        "摩托车维护、小修和专项修理质量保证期": WARRANTY,
        "其他机动车整车修理和总成修理质量保证期": WARRANTY,
        "其他机动车维护、小修和专项修理质量保证期": WARRANTY,
        "作业条件危险性评价法分级界限": GRADES_OF_RISK,
        "风险矩阵法分级界限": GRADES_OF_RISK,
        "公路水路行业风险评估分级界限": GRADES_OF_RISK,
        "风险复评周期": GRADES_OF_RISK,
        "桥梁总体评分权重": {"deck": "桥面系", "upper": "上部结构", "lower": "下部结构"},
        "桥梁规模：全长": BRIDGE_SIZES,
        "桥梁规模：单孔跨径": BRIDGE_SIZES,
        "桥梁经常检查周期": PERIODS,
        "路长巡路周期": {
            "general": "总路长",
            "county": "县级路长",
            "township": "乡级路长",
            "village": "村级路长",
            **PERIODS,
        },
        "养护巡查周期": {"X": "县道", "Y": "乡道", "C": "村道", **PERIODS},
        "养护巡查每期次数": {"X": "县道", "Y": "乡道", "C": "村道"},
        "养护调度周期": PERIODS,
        "路长公示牌核对周期": PERIODS,
        "公路建筑控制区": {"G": "国道", "S": "省道", "X": "县道", "Y": "乡道"},
        "路段问题整改期限": {
            "urgent": "应急养护",
            "minor": "小修",
            "routine": "日常养护",
            "medium": "中修",
            "major": "大修",
            "bridge": "桥梁处治",
        },
        "大中修费用界限": {"major": "大修", "medium": "中修"},
        "示范创建各项满分": {
            "building": "建设",
            "management": "管理",
            "upkeep": "养护",
            "operation": "运营",
            "feature": "特色",
        },
        "占用半幅须公告的界限": WARRANTY,
        "临水临崖防护高差": {"cliff": "临崖", "water": "临水"},
        "培训学时折算": {"whole": "一学时", "teaching": "有效教学时间"},
        "每日可计学时时段": HOURS,
        "渡口夜间时段": HOURS,
        "航道等级代表船型吨级": WATERWAY,
        "航道等级最小水深": WATERWAY,
    }
)
