"""What the demo county says in public and does in its villages: sentiment, publicity, writers, village teams."""

from datetime import timedelta

from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.town import Town
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.party.correspondent import Beat, Correspondent
from tonggui.ledgers.party.helpproject import HelpKind, HelpProject, MoneyFrom
from tonggui.ledgers.party.helpteam import HelpTeam
from tonggui.ledgers.party.publicity import Medium, Publicity, PublicityKind
from tonggui.ledgers.party.sentiment import Heat, Outlet, Sentiment
from tonggui.ledgers.party.stay import Stay
from tonggui.ledgers.party.submission import OutletLevel, Submission
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after

ARCHIVE = Actor.system("建立演示档案")
BRANCHES = ["道路运输事务中心", "公路事务中心", "水路事务中心"]
POSTS = [
    (Outlet.FORUM, "网帖反映乡道Y012路面坑槽多、下雨积水"),
    (Outlet.SUNSHINE, "市民询问3路公交末班车为何提前"),
    (Outlet.DOUYIN, "视频称城西治超站排队时间长"),
    (Outlet.WEIBO, "游客称客运站行李安检态度差"),
    (Outlet.FORUM, "网帖称渡口周末不开渡"),
]
PUBLICITY = [
    (PublicityKind.LEAFLET, "渡运安全进校园", Medium.ON_SITE, {"copies": 400, "people_reached": 320}),
    (PublicityKind.TRAINING, "两客一危企业驾驶员安全宣讲", Medium.ON_SITE, {"people_reached": 86}),
    (PublicityKind.GUIDE, "公交换乘指南", Medium.ON_SITE, {"guides": 60}),
    (PublicityKind.POST, "汛期出行提示", Medium.WECHAT, {"pieces": 3}),
    (PublicityKind.ARTICLE, "四好农村路修到家门口", Medium.PAPER, {"pieces": 1}),
    (PublicityKind.CAMPAIGN, "路政宣传月现场咨询", Medium.ON_SITE, {"people_reached": 650, "copies": 1200}),
]


def make_sentiment(diary: Diary, units: dict[str, Unit]) -> None:
    officer, clerk, director = diary.who("party_officer"), diary.who("clerk"), diary.who("director")
    for number, day in enumerate(diary.days(15)):
        outlet, content = POSTS[number % len(POSTS)]
        seen = diary.moment(day)
        item = Sentiment(
            seen_at=seen, outlet=outlet, heat=Heat.LARGER if number == 6 else Heat.GENERAL, unit=units["办公室"],
            content=f"{content}（示例）", answering_unit=units[BRANCHES[number % 3]], views=diary.count(80, 6000),
        )  # fmt: skip
        item = diary.write(item, officer, seen)
        if number == 14:
            continue
        hours = diary.count(5, 60)
        facts = "经现场核实情况属实。"
        item = diary.take(item, "look_into", officer, seen + timedelta(hours=2), facts_found=facts)
        reply = "感谢反映，已安排处理，预计一周内完成。"
        item = diary.take(item, "guide", clerk, seen + timedelta(hours=hours), public_reply=reply)
        if number % 5:
            item = item.ledger.change(item, Actor.system("补录"), {"lessons": "加强信息公开"}, why="办结前补录")
            diary.take(item, "wind_up", director, seen + timedelta(days=4))


def make_publicity(diary: Diary, units: dict[str, Unit], staff: list[Person]) -> None:
    officer, writer, director = diary.who("party_officer"), diary.who("writer"), diary.who("director")
    for number, day in enumerate(diary.days(24)):
        kind, subject, medium, figures = PUBLICITY[number % len(PUBLICITY)]
        act = Publicity(
            kind=kind, subject=f"{subject}（示例）", published_day=day, medium=medium, sessions=1, **figures,
            unit=units["办公室"],
        )  # fmt: skip
        diary.confirm(diary.write(act, officer, day), "party_officer", "director", after(day, 1))
    writers = [
        Correspondent(person=one, unit=one.unit, beat=beat, joined_on=diary.start)
        for one, beat in zip(staff[6:], Beat, strict=False)
    ]
    writers = [diary.write(one, officer, diary.start) for one in writers]
    outlets = [
        ("示例日报", OutletLevel.CITY),
        ("县融媒体", OutletLevel.COUNTY),
        ("示例省交通网", OutletLevel.PROVINCE),
    ]
    for number, day in enumerate(diary.days(26)):
        outlet, level = outlets[number % 3]
        one = writers[(number * number) % len(writers)]
        text = Submission(
            correspondent=one, unit=one.unit, subject=f"{diary.one_of(PUBLICITY)[1]}侧记{number + 1}（示例）",
            words=900, written_on=day, outlet_name=outlet, outlet_level=level,
        )  # fmt: skip
        text = diary.write(text, writer, day)
        if number % 9:
            text = diary.take(text, "clear_text", director, after(day, 1))
            used = after(day, 3)
            move, values = ("record_use", {"used_on": used.isoformat()}) if number % 3 else ("record_refusal", {})
            diary.take(text, move, writer, used, **values)


def make_village(diary: Diary, bureau: Unit, staff: list[Person]) -> None:
    officer = diary.who("party_officer")
    villages = Town.objects.visible_to(ARCHIVE).filter(kind="village").order_by("pk")[:2]
    for place, village in enumerate(villages):
        helpers = staff[6 + 3 * place : 9 + 3 * place]
        began = after(diary.start, -240)
        team = HelpTeam(
            name=f"驻{village.name}工作队（示例）", town=village, unit=bureau, first_secretary=helpers[0], helpers=3,
            sent_from=began, sent_until=after(began, 730), poor_households=14, help_goals="巩固成果，修通两条组道路",
        )  # fmt: skip
        team = diary.write(team, officer, began)
        month = diary.start.replace(day=1)
        while month <= diary.end:
            for helper in helpers:
                days = diary.count(16, 24)
                stay = Stay(
                    help_team=team, unit=bureau, helper=helper, month=month, days_in_village=days,
                    visits_made=diary.count(8, 40), matters_solved=diary.count(0, 4),
                    short_because="参加县里防汛值守" if days < 20 else "", village_work="走访监测户，协调道路维修",
                )  # fmt: skip
                day = after(month, 32)
                diary.confirm(diary.write(stay, officer, day), "clerk", "director", after(day, 2))
            month = (month + timedelta(days=32)).replace(day=1)
        for name, kind, money in (("组道路硬化", HelpKind.ROAD, 180_000), ("村口路灯", HelpKind.LIVING, 42_000)):
            project = HelpProject(
                help_team=team, unit=bureau, name=f"{village.name}{name}（示例）"[:80], kind=kind, help_money=money,
                help_agreed_on=after(diary.start, 20), money_from=MoneyFrom.BUREAU, money_arrived=money // 2,
                money_used=money // 4, helped_households=52, done_by_day=after(diary.end, 60),
                shown_in_village_on=after(diary.start, 25),
            )  # fmt: skip
            project = diary.write(project, officer, after(diary.start, 20))
            diary.take(project, "begin_help", officer, after(diary.start, 40))
