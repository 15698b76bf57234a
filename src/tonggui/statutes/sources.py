"""The acts our statutes rest on, each once, with number and first day in force.

`CHECKED` is the day the values declared in this folder were last compared with published copies of the texts; a file
that is compared later names its own day. A value whose text leaves it open, or could not be read, says so in its note.
"""

from datetime import date

from tonggui.law.declare import Act

CHECKED = date(2026, 11, 22)

PENALTY_LAW = Act("中华人民共和国行政处罚法", "2021年修订", since=date(2021, 7, 15))
COMPULSION_LAW = Act("中华人民共和国行政强制法", "主席令第49号", since=date(2012, 1, 1))
SAFETY_LAW = Act("中华人民共和国安全生产法", "2021年修正", since=date(2021, 9, 1))
CIVIL_PROCEDURE_LAW = Act("中华人民共和国民事诉讼法", "2023年修正", since=date(2024, 1, 1))
HIGHWAY_LAW = Act("中华人民共和国公路法", "2017年修正", since=date(2017, 11, 5))
HIGHWAY_PROTECTION = Act("公路安全保护条例", "国务院令第593号", since=date(2011, 7, 1))
RURAL_ROADS = Act("农村公路条例", since=date(2025, 9, 15), doubt="条文待核对；只读到新华社所列要点。")
ROAD_TRANSPORT = Act("中华人民共和国道路运输条例", "2023年修订", since=date(2023, 7, 20))

OVERLIMIT_ORDER = Act(
    "超限运输车辆行驶公路管理规定",
    "交通运输部令2016年第62号",
    since=date(2016, 9, 21),
    doubt="2021年8月修正的令号和条文待核对；第三条、第二十七条至第三十四条、第四十二条至第四十六条已读。",
)
OVERLIMIT_STANDARD = Act(
    "公路货运车辆超限超载认定标准",
    "交办公路〔2016〕109号附件",
    since=date(2016, 9, 21),
    doubt="通知文号待核对；限值和备注已读转载文本，图示车型由限值推定。",
)
VEHICLE_LIMITS = Act(
    "汽车、挂车及汽车列车外廓尺寸、轴荷及质量限值",
    "GB 1589-2016",
    since=date(2016, 7, 26),
    doubt="标准原文未读；总质量限值与第62号令第三条一致，轴荷数值待核对。",
)
WEIGHING_RULE = Act(
    "动态公路车辆自动衡器检定规程",
    "JJG 907-2006",
    since=date(2006, 11, 23),
    doubt="原文未读；准确度等级和误差取自转载，待核对。",
)
ZHEJIANG_ROADS = Act(
    "浙江省公路条例",
    "2020年",
    since=date(2020, 7, 1),
    doubt="外省规定，供选用；施行日期待核对，第三十三条至第四十一条、第五十三条至第五十六条已读。",
)
HENAN_OVERLOAD = Act(
    "河南省治理货物运输车辆超限超载条例",
    "2018年",
    since=date(2018, 1, 1),
    doubt="外省规定，供选用；施行日期待核对，第七条、第十条、第十五条、第二十四条至第二十九条已读。",
)
ENFORCEMENT_PROCEDURE = Act(
    "交通运输行政执法程序规定",
    "交通运输部令2021年第6号修正",
    since=date(2021, 7, 15),
    doubt="修正令号待核对；第一条至第五条、第六十条至第六十四条已读，其余待核对。",
)
DYNAMIC_SUPERVISION = Act("道路运输车辆动态监督管理办法", "2022年修正", since=date(2022, 2, 14))
NETWORK_ASSESSMENT = Act(
    "全国重点营运车辆联网联控系统考核管理办法",
    "交运发〔2016〕160号",
    since=date(2016, 9, 5),
    doubt="文号待核对；考核表和说明已读转载文本。",
)
PASSENGER_SAFETY = Act("道路旅客运输企业安全管理规范", doubt="文号和施行日期待核对；第三十八条已读。")

REVIEW_LAW = Act("中华人民共和国行政复议法", "2023年修订", since=date(2024, 1, 1))
LITIGATION_LAW = Act("中华人民共和国行政诉讼法", "2017年修正", since=date(2017, 7, 1))
REFERRAL_RULE = Act("行政执法机关移送涉嫌犯罪案件的规定", "2020年修订", since=date(2020, 8, 7))
FREIGHT_ORDER = Act(
    "道路货物运输及站场管理规定",
    "交通运输部令2026年第5号",
    since=date(2026, 3, 20),
    doubt="待核对，全文未读；第五十条（货车每年审验一次）取自转载的条款。",
)

INLAND_WATERS = Act("中华人民共和国内河交通安全管理条例", "2019年修订", since=date(2019, 3, 2))
FERRIES = Act(
    "内河渡口渡船安全管理规定",
    "交通运输部令2014年第1号",
    since=date(2014, 8, 1),
    doubt="施行日期待核对；第六条、第七条、第十二条至第十八条、第三十一条第一款已读，其余待核对。",
)
YANGTZE_LAW = Act("中华人民共和国长江保护法", "主席令第65号", since=date(2021, 3, 1))
SHANDONG_WATERS = Act("山东省水路交通条例", "2020年", doubt="外省规定，本县未必适用；仅作缺省值的出处，待核对。")
NAVIGATION_STANDARD = Act(
    "内河通航标准",
    "GB 50139-2014",
    doubt="等级和吨级已核对；水深取GB 50139-2004的摘录，2014年版数值待核对。",
)
ACCIDENT_REPORTS = Act("生产安全事故报告和调查处理条例", "国务院令第493号", since=date(2007, 6, 1))
SAFETY_EMERGENCIES = Act("生产安全事故应急条例", "国务院令第708号", since=date(2019, 4, 1))
EMERGENCY_RESPONSE = Act("中华人民共和国突发事件应对法", "2024年修订", since=date(2024, 11, 1))
WATER_ACCIDENTS = Act(
    "水上交通事故统计办法",
    "交通运输部令2021年第23号修正",
    since=date(2021, 9, 1),
    doubt="施行日期和条号待核对；2014年版一般事故的直接经济损失为100万元以上，2021年版为1000万元以下。",
)

GOVERNMENT_INVESTMENT = Act("政府投资条例", "国务院令第712号", since=date(2019, 7, 1))
WORKS_SAFETY = Act("建设工程安全生产管理条例", "国务院令第393号", since=date(2004, 2, 1))
WORKS_QUALITY = Act("建设工程质量管理条例", "2019年修正", since=date(2019, 4, 23))
SAFE_SITES = Act(
    "公路水运工程平安工地建设管理办法",
    "交安监发〔2018〕43号",
    since=date(2018, 4, 17),
    doubt="文号和施行日期待核对；第四条、第十七条、第十八条已读转载文本。",
)
LEADER_ON_SITE = Act(
    "公路水运工程施工企业项目负责人施工现场带班生产制度（暂行）",
    "交质监发〔2012〕576号",
    doubt="文号、施行日期和条文均待核对。",
)

BUREAU = Act("本局工作约定", "可按本地规定修改")
