"""省级治超系统常见格式: the names under which one provincial database keeps stations, passes, cases and copy notices.

The national exchange standard (全国治超信息管理系统数据交换标准) could not be read; the names are those seen in one
province's system (待核对). Masses are in tonnes there, rates in percent.
"""

from typing import Any

from django.db.models import Q

from tonggui.bridge.exchange.declaration import Download, Field, Province, Upload, tonnes
from tonggui.bridge.exchange.using import clue_of_copy_notice, permit_of_the_province
from tonggui.statutes.overloading.statistics import BANDS


def _daily(counts: dict[str, int]) -> dict[str, Any]:
    bands = {f"overrun_band_{place}": counts[f"band_{place}"] for place in range(len(BANDS))}
    return {"check_num": counts["passes"], "overrun_num": counts["over"], "unread_num": counts["unread"], **bands}


PROVINCIAL = Province(
    "省级治超系统",
    uploads=(
        Upload(
            "site",
            "overload.weighingpoint",
            Q(state="in_use"),
            "code",
            (
                Field("out_station", "code"),
                Field("site_name", "name"),
                Field("site_type", "get_kind_display"),
                Field("road_code", "road"),
                Field("stake", "stake"),
                Field("lane_num", "lanes"),
                Field("equip_code", "device"),
                Field("equip_level", "accuracy"),
                Field("cert_no", "certificate"),
                Field("cert_valid_to", "calibrated_to"),
            ),
        ),
        Upload(
            "pass",
            "overload.doubtedpass",
            Q(state="accepted"),
            "number",
            (
                Field("record_code", "record_no"),
                Field("out_station", "point.code"),
                Field("site_name", "point.name"),
                Field("out_station_time", "passed_at"),
                Field("car_no", "plate"),
                Field("axis", "axles"),
                Field("total_weight", "gross_kg", tonnes),
                Field("limit_weight", "limit_kg", tonnes),
                Field("overrun", "excess_kg", tonnes),
                Field("overrun_rate", "rate"),
                Field("direction", "direction"),
                Field("allow", "permit.pass_no"),
            ),
        ),
        Upload(
            "case",
            "overload.case",
            Q(decided_on__isnull=False, served_on__isnull=False),
            "number",
            (
                Field("CASE_NUM", "number"),
                Field("decision_no", "penalty_no"),
                Field("record_type", "get_found_by_display"),
                Field("record_code", "doubted_pass.record_no"),
                Field("out_station", "point.code"),
                Field("car_no", "plate"),
                Field("party", "party"),
                Field("total_weight", "gross_kg", tonnes),
                Field("limit_weight", "limit_kg", tonnes),
                Field("punish_money", "fine"),
                Field("decision_time", "decided_on"),
                Field("served_time", "served_on"),
                Field("paid_money", "fine_paid"),
                Field("close_case_time", "closed_on"),
            ),
        ),
        Upload(
            "unloading",
            "overload.unloading",
            Q(reweighed_at__isnull=False) & ~Q(state="void"),
            "number",
            (
                Field("CASE_NUM", "overload_case.number"),
                Field("car_no", "plate"),
                Field("unload_time", "unloaded_on"),
                Field("unload_place", "unload_at"),
                Field("goods", "load"),
                Field("before_weight", "before_kg", tonnes),
                Field("recheck_weight", "reweigh_kg", tonnes),
                Field("recheck_time", "reweighed_at"),
                Field("unload_weight", "unloaded_t"),
            ),
        ),
        Upload(
            "copy",
            "overload.copying",
            Q(copied_on__isnull=False) & ~Q(state="void"),
            "number",
            (
                Field("copy_no", "copy_no"),
                Field("copy_to", "copied_to"),
                Field("copy_reason", "get_copied_for_display"),
                Field("make_copy", "copied_on"),
                Field("car_no", "plate"),
                Field("load_sheet", "sheet_no"),
                Field("CASE_NUM", "overload_case.number"),
                Field("decision_no", "overload_case.penalty_no"),
                Field("owner", "overload_case.enterprise.name"),
                Field("owner_licence", "overload_case.enterprise.licence"),
                Field("driver", "overload_case.driver_name"),
                Field("driver_certificate", "overload_case.driver.certificate"),
                Field("source_site", "overload_case.source"),
            ),
        ),
    ),
    downloads=(
        Download(
            "permit",
            {
                "plate": "car_no",
                "summary_of_item": "route",
                "handed_down_from": "valid_from",
                "handed_down_until": "valid_to",
            },
            use=permit_of_the_province,
        ),
        Download("black_list", {"plate": "car_no", "summary_of_item": "reason", "handed_down_until": "valid_to"}),
        Download("case", {"plate": "car_no", "summary_of_item": "case_desc"}, use=clue_of_copy_notice),
    ),
    daily=_daily,
)
