"""道路客运与公共交通: stations and their gate, lines and their licences, taxis, buses, and the subsidy of rural lines.

Basis: 道路运输条例 (2023) articles 14, 15 and 70; 道路旅客运输企业安全管理规范 article 38; 城市公共交通条例 (2024)
articles 14, 16, 20, 22, 23, 27 and 34; 网络预约出租汽车经营服务管理暂行办法. What no national text gives in numbers (24
hours of a pass notice, days of an opinion round, when a crowd is a crowd) is the bureau's own.
"""

from datetime import date
from decimal import Decimal

from tonggui.base.money import yuan
from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Act, Article, Parameter, Reading
from tonggui.statutes.sources import BUREAU, CHECKED, PASSENGER_SAFETY
from tonggui.statutes.working_days import CALENDAR

START = date(2000, 1, 1)

STATION_SAFETY = Act(
    "汽车客运站安全生产规范",
    doubt="2024年版全文未读；第二十六条、第二十七条取自2019年前后的文本，文号和施行日期待核对。",
)
STATION_GRADES = Act("汽车客运站级别划分和建设要求", "JT/T 200-2020", doubt="日发量界限取自转述，待核对。")
PASSENGER_ORDER = Act("道路旅客运输及客运站管理规定", "2023年修正", doubt="班线类型的条号待核对。")
BUS_LAW = Act("城市公共交通条例", "国务院令第793号", since=date(2024, 12, 1), doubt="令号待核对；条文已读。")
ROAD_SAFETY_RULES = Act("中华人民共和国道路交通安全法实施条例", "国务院令第405号", since=date(2004, 5, 1))
VEHICLE_TYPES = Act("道路交通管理 机动车类型", "GA 802-2019", doubt="标准文本未读，界限待核对。")
RIDE_HAILING = Act(
    "网络预约出租汽车经营服务管理暂行办法", "2022年修正", since=date(2022, 12, 5), doubt="本文件所引各条待核对。"
)
TAXI_DRIVERS = Act("出租汽车驾驶员从业资格管理规定", "2021年修正", doubt="令号、施行日期和条文待核对。")
SCRAPPING = Act("机动车强制报废标准规定", "商务部令2012年第12号", since=date(2013, 5, 1), doubt="年限待核对。")
TAXIMETERS = Act("出租汽车计价器检定规程", "JJG 517", doubt="版本待核对。")
NETWORK_STANDARD = Act(
    "城市道路交通规划设计规范", "GB 50220-95", doubt="已由GB/T 51328-2018替代，数值仍常被引用，待核对。"
)
INTEGRATION = Act("城乡道路客运一体化发展水平评价", doubt="评价指标取自转载文本，文号待核对。")


def rule_of(title: str, value, unit: str, source: Article, note: str = "", **more) -> Parameter:
    """A number of a clause that has held since long before the first record."""
    return Parameter(title, unit=unit, source=source, checked=CHECKED, values={START: value}, note=note, **more)


def own_rule(title: str, value, unit: str, note: str = "") -> Parameter:
    """A number that is the bureau's own."""
    return rule_of(title, value, unit, BUREAU.part("客运管理"), note or "本局自定。", local=True)


def period(title: str, length: int, unit: Unit, source: Article, **more) -> Deadline:
    return Deadline(title, {START: length}, unit, source, checked=CHECKED, calendar=CALENDAR, **more)


# 客运站
STATION_GRADE_DAILY = rule_of(
    "客运站站级日发量", {"first": 5_000, "second": 2_000, "third": 300}, "人次", STATION_GRADES.part("站级划分"),
    "2004年版为一级一万、二级五千、三级二千；2020年版数值待核对。", local=True,
)  # fmt: skip
SCANNER_GRADES = rule_of(
    "须配安检机的客运站等级", ("first", "second"), "", STATION_SAFETY.article(26), "三级及以下鼓励配备。"
)
BUS_TRANSFER_M = own_rule("客运站至公交站距离", 300, "米", "三级以上客运站与公交站换乘距离，取交通运输一体化评价口径。")
PASS_NOTICE_HOURS = rule_of(
    "例检合格通知单有效时间", 24, "小时", STATION_SAFETY.article(27),
    "各地通行二十四小时，2024年版安全生产规范未读，待核对。", local=True,
)  # fmt: skip
TRIP_CHECK_KM = rule_of(
    "须趟趟例检的班线里程", 800, "公里", STATION_SAFETY.article(27), "单程达到此里程的每趟检，其余每日检；待核对。",
    local=True,
)  # fmt: skip
CROWD = own_rule("大客流预警比例", {"yellow": 100, "orange": 120}, "%", "当日发送量与阈值之比，达到为黄色、橙色。")
CROWD_SHARE = own_rule("大客流阈值比例", 80, "%", "阈值取设计日发量的此比例，站场可另定。")

# 出站
FREE_CHILD_SHARE = rule_of(
    "免票儿童限额", 10, "%", ROAD_SAFETY_RULES.article(55), "载客已满时，免票儿童不得超过核定载客人数的此比例。"
)
LARGE_COACH_SEATS = rule_of(
    "大型客车核定载客", 20, "人", VEHICLE_TYPES.part("载客汽车"), "达到此数的须持A1；另以车长六米为界。"
)
DAILY_DRIVING = rule_of("客车驾驶员日驾驶时间", 8, "小时", PASSENGER_SAFETY.article(38), "二十四小时内累计。")
REST_MINUTES = rule_of("客车驾驶员每次停车休息", 20, "分钟", PASSENGER_SAFETY.article(38))
TWO_DRIVERS_KM = rule_of(
    "须配两名驾驶员的单程里程", {"road": 400, "expressway": 600}, "公里", PASSENGER_SAFETY.article(38)
)
REAL_NAME_CLASSES = rule_of(
    "须实名验票的班线", ("one", "two"), "", PASSENGER_ORDER.part("实名制管理"), "省际、市际班线；条号待核对。"
)

# 出租汽车
RIDE_CAR_YEARS = period("网约车退出年限", 8, Unit.YEAR, RIDE_HAILING.article(39))
RIDE_CAR_KM = rule_of("网约车强制报废里程", 600_000, "公里", RIDE_HAILING.article(39))
RIDE_CAR_SEATS = rule_of("网约车核定载客上限", 7, "人", RIDE_HAILING.article(12))
DRIVING_YEARS = rule_of("出租汽车驾驶员驾龄", 3, "年", RIDE_HAILING.article(14))
TAXI_REGISTRATION = period("出租汽车驾驶员注册有效期", 3, Unit.YEAR, TAXI_DRIVERS.part("注册"), note="条号待核对。")
TAXI_TRAINING_HOURS = rule_of(
    "出租汽车驾驶员继续教育", 54, "学时", TAXI_DRIVERS.part("继续教育"), "每个注册期；待核对。", local=True
)
METER_CHECK = period("计价器检定周期", 1, Unit.YEAR, TAXIMETERS.part("检定周期"), note="待核对。")

# 公交
DETOUR_MOST = rule_of(
    "公交线路非直线系数上限", Decimal("1.4"), "", NETWORK_STANDARD.part("公交线网"), "县城参照，不作硬性要求。"
)
OPINION_DAYS = period(
    "公交线路调整征求意见期", 7, Unit.DAY, BUREAU.part("线路调整"), local=True, note="法规未定日数，取各地做法。"
)
CHANGE_NOTICE_DAYS = own_rule("公交线路调整提前公告", 5, "日", "城市公共交通条例第二十二条只要求提前公告，未定日数。")
CHANGE_REPORTS = own_rule("公交线路调整后评估", (1, 3), "个月", "实施满一个月、三个月各评估一次。")
BUS_YEARS = period("公共汽车使用年限", 13, Unit.YEAR, SCRAPPING.article(5))
VILLAGE_STOP_KM = rule_of(
    "建制村通客车站点距离",
    Decimal("2"),
    "公里",
    INTEGRATION.part("建制村通客车率"),
    "两公里范围内有客运起讫点或停靠点。",
)
VILLAGE_WEEKLY_TRIPS = own_rule("建制村通客车每周最少班次", 1, "趟", "预约响应的不看班次，看预约电话。")
FREQUENCY_STEPS = own_rule("建制村班次分级", (2, 4, 8), "趟/日")
BOOKING_MINUTES = own_rule("预约响应时限", 60, "分钟")

# 农村客运补贴
SUBSIDY_BASIS = BUS_LAW.article(16)
SUBSIDY_METHOD = Reading(
    "rural_subsidy",
    "农村客运补贴的计算",
    SUBSIDY_BASIS,
    {"cost": "成本规制：核定成本减收入，乘服务质量系数", "km": "按完成里程定额补贴，乘服务质量系数"},
    default="cost",
)
COST_PER_KM = own_rule("农村客运核定单位成本", Decimal("4.20"), "元/公里", "每年成本审计后重定。")
SUBSIDY_PER_KM = own_rule("农村客运里程补贴标准", Decimal("1.50"), "元/公里", "选用按里程补贴时采用。")
QUALITY_FACTORS = own_rule(
    "服务质量系数",
    {"90": Decimal("1.00"), "80": Decimal("0.90"), "0": Decimal("0.80")},
    "",
    "考核得分达到左列的取右列。",
)
LOSS_MONTHS = own_rule("农村客运停运风险连续亏损月数", 3, "个月", "补贴后仍连续亏损达到此数的提示停运风险。")
LOW_LOAD = own_rule("农村客运低客流标准", 5, "人次/班", "班均低于此数的提示改为预约响应。")


def line_class(reach: str) -> str:
    """The class of a coach line by how far it reaches (道路旅客运输及客运站管理规定): 一类 to 四类.

    Between neighbouring counties a line is of the fourth class, whatever border lies between them.
    """
    return {"province": "one", "city": "two", "county": "three", "within": "four", "neighbour": "four"}[reach]


def station_grade(daily: int, on: date) -> str:
    """The grade of a station for so many passengers a day; smaller ones are 便捷车站."""
    steps = STATION_GRADE_DAILY.on(on)
    return next((grade for grade in ("first", "second", "third") if daily >= steps[grade]), "convenient")


def quality_factor(score: int, on: date) -> Decimal:
    """The factor of the service-quality score of the year (0 to 100)."""
    steps = QUALITY_FACTORS.on(on)
    return Decimal(str(next(steps[least] for least in sorted(steps, key=int, reverse=True) if score >= int(least))))


def subsidy_due(on: date, *, km: Decimal, income: Decimal, score: int, method: str = "") -> Decimal:
    """What a rural line is due for a month, in yuan, never below 0.

    km: kilometres done and recognised; income: fares and other income in yuan; method: "cost" or "km", else the
    reading in force on the day.
    """
    factor = quality_factor(score, on)
    if (method or SUBSIDY_METHOD.on(on)) == "km":
        return yuan(km * SUBSIDY_PER_KM.on(on) * factor)
    return yuan(max(Decimal(0), km * COST_PER_KM.on(on) - income) * factor)
