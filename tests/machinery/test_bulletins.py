"""Overload bulletins: when they are written, what their figures rest on, what they say of none and of silence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from statistics import quantiles

import docx
import pyarrow as pa
import pytest
from stream_site import running

from tonggui.base import clock
from tonggui.base.site import Site
from tonggui.bridge import pass_counts
from tonggui.measure import documents, export, issuing, providers, schedule
from tonggui.measure.documents import DocumentError
from tonggui.measure.indicators import indicator
from tonggui.measure.models import Document, Reading
from tonggui.measure.periods import Kind, Period, PeriodError
from tonggui.measure.providers import NothingToCount, Part, Tallies
from tonggui.measure.schedule import Times
from tonggui.measure.spread import quantile
from tonggui.protocols.weighing import PASSES
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.reports import overload_schedule
from tonggui.reports.half_year import half_year
from tonggui.reports.overload_daily import daily
from tonggui.reports.overload_fines import fines
from tonggui.reports.overload_monthly import monthly
from tonggui.reports.overload_weekly import weekly
from tonggui.stream.store.client import connect

DAY = Period.parse("2026-06-30")
DIRECTOR = Actor.system("示例局长")
ISSUER = "示例县交通运输局"


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.CHINA)


# --- periods and their hours ------------------------------------------------------------------------------------------


def test_days_and_weeks_are_periods_with_codes_labels_and_bases():
    week = Period.parse("2026W26")
    assert (week.start, week.end) == (date(2026, 6, 22), date(2026, 6, 28)) and week.code == "2026W26"
    assert (week.label, week.days_label) == ("2026年第26周", "6月22日至28日")
    assert (week.previous.code, week.following.code, week.last_year.code) == ("2026W25", "2026W27", "2025W26")
    assert (DAY.label, DAY.days_label, DAY.previous.code) == ("2026年6月30日", "6月30日", "2026-06-29")
    assert DAY.last_year.code == "2025-06-30" and Period.parse("2024-02-29").last_year.code == "2023-02-28"
    assert Period.parse("2026W53").last_year.code == "2025W52"
    with pytest.raises(PeriodError, match="第53周"):
        Period.parse("2025W53")


TIMES = Times(hour=8, weekday=1, monthday=2, catch_up=10)


@pytest.mark.parametrize(
    ("code", "ready"),
    [
        ("2026-06-30", datetime(2026, 7, 1, 8, tzinfo=clock.CHINA)),
        ("2026W26", datetime(2026, 6, 29, 8, tzinfo=clock.CHINA)),
        ("2026-05", datetime(2026, 6, 2, 8, tzinfo=clock.CHINA)),
    ],
)
def test_a_bulletin_is_ready_at_the_hour_after_its_period(code, ready):
    assert TIMES.ready_at(Period.parse(code)) == ready


def test_the_first_time_only_the_last_period_is_due():
    due = schedule.due(Kind.DAY, TIMES, at(date(2026, 7, 1)), set())
    assert [period.code for period in due] == ["2026-06-30"]


def test_before_the_hour_the_day_before_is_not_due_yet():
    due = schedule.due(Kind.DAY, TIMES, at(date(2026, 7, 1), 7), set())
    assert [period.code for period in due] == ["2026-06-29"]


def test_what_an_outage_missed_is_caught_up_oldest_first_and_no_further_than_set():
    now = at(date(2026, 7, 1))
    written = {Period.parse(code) for code in ("2026-06-25", "2026-06-28")}
    due = schedule.due(Kind.DAY, TIMES, now, written, date(2026, 6, 25))
    assert [period.code[-2:] for period in due] == ["26", "27", "29", "30"]
    due = schedule.due(Kind.DAY, TIMES, now, set(), date(2026, 1, 1))
    assert (due[0].code, due[-1].code, len(due)) == ("2026-06-21", "2026-06-30", 10)


@pytest.mark.django_db
def test_the_schedule_writes_each_bulletin_once_and_seals_it():
    monday = at(date(2026, 6, 29))
    with clock.pretending(monday):
        made = overload_schedule.write_due()
        assert [(d.report_code, d.period_code) for d in made] == [
            ("overload_daily", "2026-06-28"), ("overload_weekly", "2026W26"), ("overload_monthly", "2026-05"),
        ]  # fmt: skip
        assert all(d.is_sealed and documents.is_intact(d) and d.stage[0] == "待签发" for d in made)
        assert overload_schedule.write_due() == []
    with clock.pretending(at(date(2026, 7, 2))):
        codes = [(d.report_code, d.period_code) for d in overload_schedule.write_due()]
    assert codes == [
        ("overload_daily", "2026-06-29"), ("overload_daily", "2026-06-30"), ("overload_daily", "2026-07-01"),
        ("overload_monthly", "2026-06"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_bulletin_somebody_asked_for_is_not_written_again_nor_begins_the_series():
    with clock.pretending(at(date(2026, 7, 1), 7)):
        issuing.write_sealed(daily, DAY, ISSUER)
        issuing.write_sealed(daily, Period.parse("2026-06-01"), ISSUER)
    with clock.pretending(at(date(2026, 7, 1), 9)):
        assert "overload_daily" not in {document.report_code for document in overload_schedule.write_due()}
    with clock.pretending(at(date(2026, 7, 2), 9)):
        codes = [d.period_code for d in overload_schedule.write_due() if d.report_code == "overload_daily"]
    assert codes == ["2026-07-01"]


@pytest.mark.django_db
def test_a_second_writer_of_the_same_period_writes_nothing():
    assert issuing.write_scheduled(daily, DAY, ISSUER) is not None
    assert issuing.write_scheduled(daily, DAY, ISSUER) is None
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_a_bulletin_waits_for_its_passes_and_then_no_longer():
    def away(period):
        raise OSError("the store is away")

    providers.provide("passes", away)
    try:
        with clock.pretending(at(date(2026, 7, 1), 9)):
            assert not [d for d in overload_schedule.write_due() if d.report_code == "overload_daily"]
        with clock.pretending(at(date(2026, 7, 1), 14)):
            (made,) = [d for d in overload_schedule.write_due() if d.report_code == "overload_daily"]
        assert "行车数据服务未启动" in text_of(made)
    finally:
        providers.withdraw("passes")


# --- what they say ----------------------------------------------------------------------------------------------------

COUNTS = dict.fromkeys(("passes", "valid", "over", *pass_counts.BAND_NAMES, "kings", "heavy", "doubled", "unread",
                        "doubted", "uncertified", "kg"), 0)  # fmt: skip


def counts(**some: int) -> dict[str, int]:
    return COUNTS | some


def tallies(*, over: int = 30, silent: bool = False, heard: bool = True) -> Tallies:
    """Two points: one that sent 600 passes, one that sent 200 or was silent."""
    east = counts(passes=600, valid=600, over=over, over_0=over, doubted=7) | {
        "days": 1, "days_due": 1, "days_silent": 0,
    }  # fmt: skip
    west = counts(passes=0 if silent else 200, valid=0 if silent else 200) | {
        "days": int(not silent), "days_due": 1, "days_silent": int(silent),
    }  # fmt: skip
    whole = {name: east[name] + west[name] for name in COUNTS}
    whole |= {"strangers": 0, "sites": 2, "sites_online": 2 - silent, "sites_silent": int(silent)}
    whole |= {"days": 2 - silent, "days_due": 2}
    if not heard:
        whole |= dict.fromkeys(COUNTS, 0)
    parts = {"point": {"JC0001": Part("城东", east, 1), "JC0002": Part("城西", west, 2)}}
    return Tallies(whole, parts | {"hour": {"22": Part("22时至23时", counts(passes=99, valid=99, over=over), 22)}})


@pytest.fixture
def passes():
    """`passes(tallies, …)`: what the store would count, for every period or for one."""

    def set_(found: Tallies, **by_period: Tallies) -> None:
        providers.provide("passes", lambda period: by_period.get(period.code, found))

    yield set_
    providers.withdraw("passes")


def text_of(document: Document) -> str:
    figures = document.figures()
    return "\n".join(
        "".join(figures.words(piece) if not isinstance(piece, str) else piece for piece in block.all_pieces)
        for block in documents.parse(document.text)
    )


def draft(report=daily, period=DAY) -> Document:
    return documents.draft(report, period, DIRECTOR, ISSUER, date(2026, 7, 1))


@pytest.mark.django_db
def test_a_day_of_passes_is_said_with_its_rate_hours_and_points(passes):
    passes(tallies())
    text = text_of(draft())
    assert "6月30日，2个应在线检测点中有数据的2个，检测货车800辆次（环比持平），其中有效过车800辆次；" in text
    assert "超限30辆次（环比持平），超限率3.75%（环比持平）。" in text
    assert "超限过车较多的检测点：城东30辆次（超限率5.00%）。超限过车较多的时段：22时至23时30辆次。" in text
    assert "有效过车中没有百吨王。" in text and "应在线检测点每天都有数据。" in text


@pytest.mark.django_db
def test_a_silent_point_is_named_and_never_counted_as_none(passes):
    passes(tallies(silent=True))
    document = draft()
    assert document.figures().get("OVR-20", "JC0002").text == "—"
    text = text_of(document)
    assert "缺数据的检测点：城西（缺1天）；缺数据的日子不计入，不等于没有超限。" in text
    assert "每天都有数据" not in text and "站点在线率50.00%（2天中1天）" in text


@pytest.mark.django_db
def test_no_excess_is_said_only_of_points_that_sent(passes):
    passes(tallies(over=0))
    assert "有效过车中没有超限的。" in text_of(draft())


@pytest.mark.django_db
def test_where_nothing_was_heard_nothing_is_claimed(passes):
    passes(tallies(heard=False))
    text = text_of(draft())
    assert "6月30日过车数据：2026年6月30日没有收到数据。" in text and "不作检测和超限情况的判断" in text
    assert not [claim for claim in ("0辆次", "没有百吨王", "没有超限", "0宗", "未发生") if claim in text]


@pytest.mark.django_db
def test_without_a_store_the_bulletin_still_stands_and_says_why():
    text = text_of(draft())
    assert "等待行车数据接入后统计" in text and "未见超限案件立案登记" in text


@pytest.mark.django_db
def test_changes_against_the_day_before_and_no_change_without_a_base(passes):
    def only_today(period):
        if period != DAY:
            raise NothingToCount("没有数据")
        return tallies()

    passes(tallies(), **{"2026-06-29": tallies(over=20)})
    assert "超限30辆次（环比增长50.0%）" in text_of(draft())
    providers.provide("passes", only_today)
    text = text_of(draft())
    assert "超限30辆次，超限率" in text and "环比" not in text and "同比" not in text


@pytest.mark.django_db
def test_the_year_before_is_a_base_only_once_it_is_sealed(passes):
    passes(tallies(), **{"2025-06-30": tallies(over=40)})
    documents.freeze(draft(period=DAY.last_year), DIRECTOR)
    assert "超限30辆次（环比持平，同比下降25.0%）" in text_of(draft())


@pytest.mark.django_db
def test_no_digit_of_a_bulletin_is_typed(passes):
    passes(tallies(silent=True))
    for report, period in ((daily, DAY), (weekly, Period.parse("2026W26")), (monthly, Period.parse("2026-06"))):
        document = draft(report, period)
        assert [fault for fault in report.faults(document.text, document.figures()) if fault.rule == "R13"] == []


@pytest.mark.django_db
def test_cases_are_counted_from_their_rows_and_late_ones_named(passes):
    passes(tallies())
    late = ledger("overload.case").example(plate="示A00001", filed_on=date(2026, 2, 1), state="filed")
    ledger("overload.case").example(plate="示A00002", filed_on=DAY.start, state="filed")
    document = draft()
    assert document.figures().get("OVR-52").record_numbers() == [late.number]
    text = text_of(document)
    assert "立案1宗" in text and "在办案件2宗。逾期未作决定1宗：" in text
    assert f"{late.number} 示A00001" in text


@pytest.mark.django_db
def test_the_funnel_divides_each_stage_by_the_one_before_and_a_larger_one_is_a_fault(passes):
    passes(tallies())
    ledger("enforcement.operation").example(
        operated_on=DAY.start, state="审核通过", checked=40, suspected=10, guided=8, found_over=4, reloaded=3
    )
    document = draft()
    found = document.figures()
    assert [found.get(code).text for code in ("OVR-40", "OVR-41S", "OVR-42S", "OVR-43S")] == [
        "40台", "25.0%", "80.0%", "50.0%",
    ]  # fmt: skip
    assert found.get("OVR-44S").reason.startswith("现场案件罚款")
    for n in range(5):
        decided = dict(filed_on=DAY.start, decided_on=DAY.start, fine=500, state="decided")
        ledger("overload.case").example(plate=f"示A0000{n}", **decided)
    documents.refresh(document)
    faults = daily.faults(document.text, document.figures())
    assert document.figures().get("OVR-44S").text == "125.0%"
    assert [fault.words for fault in faults if "现场案件罚款" in fault.words] == [
        "现场案件罚款5台大于路面确认超限4台。"
    ]


@pytest.mark.django_db
def test_the_month_has_what_only_a_month_gives(passes):
    month = tallies()
    whole = dict(month.whole) | {"sites_valid": 2, "sites_intact": 1, "yards": 4, "yards_online": 3}
    passes(Tallies(whole, month.parts))
    text = text_of(draft(monthly, Period.parse("2026-06")))
    assert "有效站点占100%（2个中2个），设备完好率50.00%（2个中1个）" in text
    assert "源头设备上线率75.00%（4家中3家）" in text
    assert indicator("OVR-29").figure(DAY).known and "有效站点占" not in text_of(draft())


# --- issued by a person -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_issuing_gives_the_next_number_of_the_series_and_year_once():
    first, second = (issuing.write_scheduled(daily, period, ISSUER) for period in (DAY, DAY.previous))
    other = issuing.write_scheduled(weekly, Period.parse("2026W26"), ISSUER)
    for document in (first, second, other):
        issuing.issue(document, DIRECTOR)
    assert [d.number for d in (first, second, other)] == [
        "治超日报〔2026〕1期", "治超日报〔2026〕2期", "治超周报〔2026〕1期",
    ]  # fmt: skip
    with pytest.raises(DocumentError, match="签发，期号为治超日报〔2026〕1期"):
        issuing.issue(first, DIRECTOR)
    assert documents.is_intact(Document.objects.get(pk=first.pk)) and first.stage == ("已签发", "done")


@pytest.mark.django_db
def test_only_what_is_sealed_intact_and_newest_is_issued():
    written = issuing.write_scheduled(daily, DAY, ISSUER)
    rewritten = issuing.revise(written, DIRECTOR)
    with pytest.raises(DocumentError, match="改写后的一份"):
        issuing.issue(Document.objects.get(pk=written.pk), DIRECTOR)
    with pytest.raises(DocumentError, match="请先封存"):
        issuing.issue(rewritten, DIRECTOR)
    documents.seal(rewritten, DIRECTOR)
    Document.objects.filter(pk=rewritten.pk).update(text="改过的正文")
    with pytest.raises(DocumentError, match="封存印记不符"):
        issuing.issue(Document.objects.get(pk=rewritten.pk), DIRECTOR)
    with pytest.raises(DocumentError, match="已有改写稿"):
        issuing.revise(Document.objects.get(pk=written.pk), DIRECTOR)


@pytest.mark.django_db
def test_a_sealed_bulletin_can_be_computed_again_with_its_passes_as_they_were(passes):
    passes(tallies())
    document = issuing.write_scheduled(daily, DAY, ISSUER)
    passes(tallies(over=31))
    assert documents.compare(document) == []
    assert documents.is_intact(Document.objects.get(pk=document.pk))


@pytest.mark.django_db
def test_a_reader_is_noted_once(office):
    document = issuing.write_scheduled(daily, DAY, ISSUER)
    reader = office.person("clerk", name="李示例")
    for _ in range(2):
        issuing.read_by(document, reader)
    assert list(Reading.objects.values_list("name", flat=True)) == ["李示例"]


@pytest.mark.django_db
def test_the_file_holds_the_tables_with_their_figures(passes):
    passes(tallies(silent=True))
    file = docx.Document(BytesIO(export.docx(issuing.write_scheduled(daily, DAY, ISSUER))))
    points, funnel, annex = file.tables
    assert [cell.text for cell in points.rows[0].cells][:4] == ["检测点（单位：辆次）", "检测", "有效", "超限"]
    assert [[cell.text for cell in row.cells][:5] for row in points.rows[1:]] == [
        ["城东", "600", "600", "30", "5.00%"], ["城西", "—", "—", "—", "—"],
    ]  # fmt: skip
    assert [cell.text for cell in funnel.rows[2].cells] == ["疑似", "—", "—", "30辆次", "5.00%"]
    assert "OVR-16 超限率" in {row.cells[1].text.split("\n")[0] for row in annex.rows}


def test_the_half_year_tells_guard_operations_yards_and_fines(db, passes):
    passes(tallies())
    half = Period.parse("2026H1")
    ledger("overload.weighingpoint").example()
    for zone in ("甲", "乙"):
        ledger("enforcement.operation").example(zone=zone, state="审核通过")
    ledger("enforcement.seizure").example(ground="oversize", state="held")
    yard = ledger("overload.yard").example(state="published")
    ledger("enforcement.operation").example(kind="source", yard=yard, zone="丙", state="审核通过")
    ledger("enforcement.case").example(yard=yard, fine=20_000, decided_on=date(2026, 3, 10), state="decided")
    ledger("overload.case").example(
        filed_on=date(2026, 3, 1), decided_on=date(2026, 3, 9), fine=25_400, state="decided"
    )
    text = text_of(documents.draft(half_year, half, DIRECTOR, ISSUER))
    assert "检测货车800辆次，超限率3.75%，坚持路面查处和源头治理并重。" in text
    assert (
        "开展联合治超行动2次。引导检测车辆18台，暂扣1台。查处超限超载车辆1台，立案1宗，罚款2.54万元，尚未缴纳" in text
    )
    assert "公示货运源头单位1家。开展源头巡查1次，处罚源头单位1家。" in text


# --- the spread of fines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [[500], [500, 1500], [500, 500, 3000], [1, 2, 3, 4], [5, 1, 9, 40, 7, 7]])
def test_quartiles_are_those_of_spreadsheets(values):
    ordered = sorted(map(Decimal, values))
    found = [quantile(ordered, Decimal(n) / 4) for n in range(5)]
    assert (found[0], found[4]) == (min(ordered), max(ordered))
    if len(values) > 1:
        assert found[1:4] == quantiles(ordered, n=4, method="inclusive")


def test_nothing_has_no_quartile():
    with pytest.raises(ValueError, match="nothing"):
        quantile([], Decimal("0.5"))


@pytest.mark.django_db
def test_fines_spread_by_act_and_degree_and_by_nobody():
    line = ledger("enforcement.discretion").example(lowest="1000", highest="3000", state="in_force")
    for n, fine in enumerate((500, 1000, 2000, 3000)):
        ledger("enforcement.case").example(
            plate=f"示A0000{n}", discretion=line, fine=fine, decided_on=date(2026, 3, 10), state="decided"
        )
    ledger("enforcement.case").example(plate="示A00009", fine=9000, decided_on=date(2026, 3, 10), state="decided")
    document = documents.draft(fines, Period.parse("2026H1"), DIRECTOR, ISSUER)
    text = text_of(document)
    assert "其他执法案件作出罚款决定5件，其中写明裁量条目的4件。罚款在裁量幅度以外的占25.0%（4件中1件）" in text
    assert "未见超限案件罚款决定登记" in text
    found = document.figures()
    row = [found.get(f"ENF-20Q{n}", line.number).text for n in range(5)]
    assert row == ["500元", "875元", "1500元", "2250元", "3000元"]
    assert {by for each in fines.splits for one in each.of for by in one.by} == {"discretion"}


# --- counted in the store ---------------------------------------------------------------------------------------------

NIGHT = datetime(2026, 6, 29, 16, 30, tzinfo=UTC)  # half past midnight of the 30th in China


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("bulletins"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        client.command(PASSES.create())
        client.command(f"TRUNCATE TABLE {PASSES.name}")
        yield client


def weighed(n: int, excess: float = 0, site="SL0001", **more):
    """A pass of a truck with a limit of 50 t, `excess` a part of it."""
    gross = 50_000 * (1 + excess)
    return {
        "record_no": f"r{n}", "site": site, "device": "W1", "usable": True, "plate": "示E00001", "axles": 6,
        "gross_kg": gross, "speed_kmh": 40.0, "time": NIGHT, "limit_kg": 50_000.0, "excess_kg": gross - 50_000,
        "rate": excess, "doubt": "", "received_at": NIGHT, "log": "weighing-0", "frame_position": n,
    } | more  # fmt: skip


@pytest.mark.django_db
def test_passes_are_counted_by_band_point_hour_and_day_of_china(client):
    ledger("overload.weighingpoint").example(name="甲")
    ledger("overload.weighingpoint").example(name="乙", code="SL0002")
    rows = [weighed(n, excess) for n, excess in enumerate((0, 0.1, 0.2, 0.5, 1.0, 1.2))]
    rows += [rows[1], weighed(10, 5.0), weighed(11, 0.3, usable=False, plate="", doubt="检定到期")]
    rows += [weighed(12, 0.3, site="SL9999"), weighed(13, 0.3, time=NIGHT - timedelta(hours=1))]
    client.insert_arrow("passes", pa.Table.from_pylist(rows))
    found = pass_counts.tallies(client, DAY)
    whole = found.whole
    assert (whole["passes"], whole["valid"], whole["over"]) == (8, 6, 5)
    assert [whole[name] for name in pass_counts.BAND_NAMES] == [1, 1, 1, 1, 1]
    assert (whole["kings"], whole["heavy"], whole["doubled"]) == (2, 2, 0)
    assert (whole["unread"], whole["uncertified"], whole["doubted"], whole["strangers"]) == (1, 1, 1, 1)
    assert {part.label: part.counts["passes"] for part in found.parts["point"].values()} == {"甲": 8, "乙": 0}
    assert [(code, part.label) for code, part in found.parts["hour"].items()] == [("00", "0时至1时")]
    assert (whole["sites"], whole["sites_online"], whole["days"], whole["days_due"]) == (2, 1, 1, 2)


@pytest.mark.django_db
def test_a_point_is_valid_by_its_days_and_trucks_and_intact_unless_under_repair(client):
    bad, good = (ledger("overload.weighingpoint").example(name=n, code=c) for n, c in (("甲", "SL1"), ("乙", "SL2")))
    ledger("overload.weighingpoint").example(name="丙", code="SL3")
    ledger("overload.devicefault").example(point=bad, broken_at="2026-06-20T10:00:00+08:00", state="under_repair")
    rows = [
        weighed(n, site=code, record_no=f"{code}{n}", time=NIGHT - timedelta(days=n % 10))
        for code in ("SL1", "SL2")
        for n in range(501)
    ]
    client.insert_arrow("passes", pa.Table.from_pylist([*rows, weighed(1, site="SL3")]))
    whole = pass_counts.tallies(client, Period.parse("2026-06")).whole
    assert (whole["sites"], whole["sites_valid"], whole["sites_intact"]) == (3, 2, 1)
    assert good.code == "SL2" and "sites_valid" not in pass_counts.tallies(client, DAY).whole


@pytest.mark.django_db
def test_a_source_yard_is_online_by_its_trucks_and_counted_apart_from_the_road(client):
    gate = ledger("overload.weighingpoint").example(code="SL7", kind="source")
    ledger("overload.yard").example(point=gate)
    rows = [weighed(n, 0.3 if n < 100 else 0, site="SL7") for n in range(411)]
    client.insert_arrow("passes", pa.Table.from_pylist(rows))
    whole = pass_counts.tallies(client, Period.parse("2026-06")).whole
    assert (whole["passes"], whole["yards"], whole["yards_online"]) == (0, 1, 1)
    assert (whole["yard_valid"], whole["yard_over_20"]) == (411, 100)
