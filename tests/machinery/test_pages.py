"""What people do on the pages of a ledger, told on drivers, vehicles and hazards."""

import io
from datetime import date

import pytest
from django.http import QueryDict
from page_values import credit_code, words

from tonggui.register.drafts import Draft
from tonggui.register.history import lines_of
from tonggui.register.models import Attachment, Comment, SavedView
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.views.address import Address

pytest_plugins = ["page_people"]
pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n" + b"example" * 20
HTMX = {"HX-Request": "true"}


def driver_form(county, **values):
    return {
        "act": "save",
        "name": "钱示例",
        "enterprise": county.firm.number,
        "qualification": "passenger",
        "certificate": "SL0000000002",
        "licence": "A1",
        "phone": "",
        "valid_until": "2028-06-30",
        "hired_on": "",
        **values,
    }


# --- form -------------------------------------------------------------------------------------------------------------


def test_a_form_comes_back_with_each_fault_beside_its_field_and_nothing_lost(county):
    back = county.clerk.post(
        "/ledgers/fleet.driver/new/", driver_form(county, phone="12", valid_until="2026-13-01", enterprise="没有这家")
    )
    assert back.status_code == 422
    page = words(back)
    assert "有 3 处需要改正" in page
    assert "不是日期：2026-13-01" in page
    assert 'value="没有这家"' in page
    assert 'value="钱示例"' in page


def test_a_saved_form_is_a_record_with_its_history(county):
    answer = county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county))
    record = ledger("fleet.driver").query(county.clerk.account.actor).get()
    assert answer["Location"] == record.url
    assert record.enterprise == county.firm
    assert [line.actor_name for line in lines_of(record)] == ["clerk（示例）"]
    assert "clerk（示例）" in words(county.clerk.get(record.url))


def test_the_same_certificate_twice_is_refused_in_words(county):
    county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county))
    back = county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county, name="孙示例"))
    assert back.status_code == 422
    assert "里已有相同“从业资格证号”的行" in words(back)
    assert 'value="孙示例"' in words(back)


def test_a_draft_is_kept_for_its_writer_alone_until_it_is_saved(county):
    county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county, act="draft", certificate=""))
    assert 'value="钱示例"' in words(county.clerk.get("/ledgers/fleet.driver/new/"))
    assert "钱示例" not in words(county.other_clerk.get("/ledgers/fleet.driver/new/"))
    draft = Draft.objects.get()
    assert county.other_clerk.post(f"/ledgers/fleet.driver/drafts/{draft.pk}/drop/").status_code == 404
    county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county))
    assert not Draft.objects.exists()


def test_who_changed_it_meanwhile_is_told_and_nothing_is_overwritten_unseen(county):
    county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county))
    bound = ledger("fleet.driver")
    record = bound.query(county.clerk.account.actor).get()
    opened = record.version
    county.other_clerk.post(
        record.url + "edit/", driver_form(county, phone="13900000002", version=opened, why="补登电话")
    )
    mine = driver_form(county, name="钱二示例", phone="", version=opened, why="改名")
    back = county.clerk.post(record.url + "edit/", mine)
    assert back.status_code == 422
    assert "clerk2（示例） 在" in words(back)
    assert "13900000002" in words(back)
    assert f'name="version" value="{opened + 1}"' in words(back)
    again = county.clerk.post(record.url + "edit/", {**mine, "phone": "13900000002", "version": opened + 1})
    assert again.status_code == 302
    stored = bound.get(record.number, county.clerk.account.actor)
    assert (stored.name, stored.phone) == ("钱二示例", "13900000002")


def test_a_record_that_counts_is_changed_only_with_a_reason(county):
    county.clerk.post("/ledgers/fleet.driver/new/", driver_form(county))
    record = ledger("fleet.driver").query(county.clerk.account.actor).get()
    assert f'href="{record.url}edit/"' in words(county.clerk.get(record.url))
    assert f'href="{record.url}edit/"' not in words(county.director.get(record.url))
    changed = driver_form(county, licence="A2", version=record.version)
    back = county.clerk.post(record.url + "edit/", changed)
    assert back.status_code == 422
    assert "已计入正式数据，请写明更正的原因" in words(back)
    county.clerk.post(record.url + "edit/", {**changed, "why": "换证后准驾车型变更"})
    assert lines_of(record)[0].why == "换证后准驾车型变更"
    assert lines_of(record)[0].changes["licence"] == ["A1", "A2"]


# --- workflow ---------------------------------------------------------------------------------------------------------


def hazard_in(county, state):
    bound = ledger("safety.hazard")
    record = bound.example(enterprise=county.firm, unit=county.unit, grade="general", found_on=date(2026, 10, 1))
    type(record)._base_manager.filter(pk=record.pk).update(state=state)
    return bound.get(record.number, county.officer.account.actor)


def test_a_move_asks_for_what_it_needs_and_says_clearly_why_not(county):
    record = hazard_in(county, "ordered")
    address = record.url + "move/fix/"
    form = words(county.officer.get(address, headers=HTMX))
    assert "待整改 → 待复查" in form
    assert 'name="photos__new"' in form
    back = county.officer.post(address, {"comment": ""}, headers=HTMX)
    assert back.status_code == 422
    assert "还没有填写“整改照片”" in words(back)
    photo = io.BytesIO(PICTURE)
    photo.name = "整改后.png"
    done = county.officer.post(address, {"photos__new": photo, "fixed_on": "2026-10-09"}, headers=HTMX)
    assert done["HX-Redirect"] == record.url
    assert "待复查" in words(county.officer.get(record.url))


def test_nobody_passes_their_own_work(county):
    record = hazard_in(county, "ordered")
    photo = io.BytesIO(PICTURE)
    photo.name = "整改后.png"
    county.officer.post(record.url + "move/fix/", {"photos__new": photo})
    own = county.officer.post(record.url + "move/accept/", {})
    assert own.status_code == 422
    assert "是同一人（officer（示例））" in words(own)
    assert county.other_officer.post(record.url + "move/accept/", {}).status_code == 302
    assert ledger("safety.hazard").get(record.number, county.officer.account.actor).state == "closed"


def test_a_move_that_is_not_theirs_is_not_shown_and_not_taken(county):
    record = hazard_in(county, "fixed")
    assert "/move/accept/" not in words(county.director.get(record.url))
    assert county.director.post(record.url + "move/accept/", {}).status_code == 422
    assert ledger("safety.hazard").get(record.number, county.officer.account.actor).state == "fixed"


def test_a_missing_reason_is_asked_for_beside_its_box(county):
    record = hazard_in(county, "fixed")
    back = county.officer.post(record.url + "move/reject/", {"comment": " "})
    assert back.status_code == 422
    assert "请写明理由" in words(back)


# --- remarks and files ------------------------------------------------------------------------------------------------


def test_a_remark_stands_in_the_time_line_as_text(county):
    record = hazard_in(county, "ordered")
    county.officer.post(record.url + "comment/", {"text": "<script>已电话催办"})
    county.officer.post(record.url + "comment/", {"text": "  "})
    assert Comment.objects.count() == 1
    assert "&lt;script&gt;已电话催办" in words(county.officer.get(record.url))


def attached(county, name="整改后.png", content=PICTURE):
    record = hazard_in(county, "ordered")
    file = io.BytesIO(content)
    file.name = name
    county.officer.post(
        record.url + "attachments/", {"field": "photos", "file": file, "why": "补传", "version": record.version}
    )
    return ledger("safety.hazard").get(record.number, county.officer.account.actor)


def test_an_attachment_is_read_by_whoever_may_read_the_record(county):
    record = attached(county)
    address = f"{record.url}attachments/{record.photos[0]}/"
    answer = county.firm_user.get(address)
    assert b"".join(answer.streaming_content) == PICTURE
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    inline = county.firm_user.get(address, {"inline": "1"})
    assert inline["Content-Type"] == "image/png"
    assert inline["Content-Disposition"].startswith("inline")
    stranger = county.browser(
        "stranger",
        "enterprise",
        enterprise=ledger("parties.enterprise").example(
            name="示例外县货运有限公司", credit_code=credit_code(9), unit=county.unit
        ),
    )
    assert stranger.get(address).status_code == 404


def test_a_file_of_another_record_cannot_be_hung_on_ones_own(county):
    held = attached(county).photos[0]
    mine = hazard_in(county, "ordered")
    back = county.other_officer.post(mine.url + "move/fix/", {"photos": str(held)})
    assert back.status_code == 422
    assert "不是您上传的" in words(back)
    assert county.other_officer.get(f"{mine.url}attachments/{held}/").status_code == 404


def test_a_program_named_as_a_picture_is_refused(county):
    record = attached(county, "照片.png", b"MZ\x90\x00program")
    assert record.photos == []
    assert not Attachment.objects.exists()


# --- list -------------------------------------------------------------------------------------------------------------


def test_the_address_says_all_that_is_shown(county):
    bound = ledger("fleet.driver")
    query = QueryDict("q=钱&licence=A1&licence=A2&page=3&sort=-number&cols=name,phone,nothing&dense=1&open=CY000001")
    address = Address(ListQuery(bound, county.clerk.account.actor, query))
    assert address.chosen_columns(bound.kinds) == ["name", "phone"]
    assert address.dense and address.open == "CY000001" and address.text == "钱"
    assert "page=3" in address.to(open="CY000002")
    assert "page" not in address.to(licence=None)
    assert "licence=A1" not in address.toggled("licence", "A1")
    assert "licence=A2" in address.toggled("licence", "A1")
    assert "sort=number" in address.sorted_by("number")
    assert "open" not in address.kept and "page" not in address.kept


def test_columns_and_density_are_chosen_in_the_address(county):
    ledger("fleet.driver").example(enterprise=county.firm, unit=county.unit)
    page = words(county.clerk.get("/ledgers/fleet.driver/", {"cols": ["phone"], "dense": "1"}))
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert "联系电话" in head and "准驾车型" not in head and "编号" in head
    assert "table--dense" in page


def test_the_totals_row_sums_the_whole_filter(county):
    case = ledger("overload.case")
    for n in range(25):
        case.example(plate=f"示A{n:05}", fine=1500 + n, enterprise=county.firm, unit=county.unit)
    officer = county.browser("overload", "overload_officer")
    page = words(officer.get("/ledgers/overload.case/", {"all": "1"}))
    foot = page[page.index("<tfoot>") :]
    assert "合计 25 条" in foot
    assert f"{sum(1500 + n for n in range(25)):,}.00" in foot


def test_a_long_list_shows_its_rows_first_and_counts_them_after(county, monkeypatch):
    hazard_in(county, "ordered")
    hazard_in(county, "closed")
    monkeypatch.setattr("tonggui.register.views.listing.COUNTED_AT_ONCE", 1)
    page = words(county.officer.get("/ledgers/safety.hazard/", {"all": "1"}))
    assert "正在按类计数" in page and "逾期 1 条" not in page
    counts = words(county.officer.get("/ledgers/safety.hazard/", {"part": "facets"}, headers=HTMX))
    assert "state=closed" in counts and "part=" not in counts
    assert "overdue=1" in counts


def test_a_saved_query_is_ones_own_or_shared_and_may_open_the_ledger(county):
    save = {"name": "持 A1 的", "query": "licence=A1&size=50", "shared": "1", "default": "1"}
    county.clerk.post("/ledgers/fleet.driver/saved/", save)
    assert county.clerk.get("/ledgers/fleet.driver/")["Location"] == "/ledgers/fleet.driver/?licence=A1&size=50"
    assert county.clerk.get("/ledgers/fleet.driver/", {"all": "1"}).status_code == 200
    assert "持 A1 的" in words(county.other_clerk.get("/ledgers/fleet.driver/"))
    assert "持 A1 的" not in words(county.firm_user.get("/ledgers/fleet.driver/"))
    view = SavedView.objects.get()
    county.other_clerk.post(f"/ledgers/fleet.driver/saved/{view.pk}/", {"act": "delete"})
    assert SavedView.objects.exists()
    county.clerk.post(f"/ledgers/fleet.driver/saved/{view.pk}/", {"act": "delete"})
    assert county.clerk.get("/ledgers/fleet.driver/").status_code == 200


def test_a_link_is_looked_up_among_what_one_may_see(county):
    other = ledger("parties.enterprise").example(
        name="示例乙货运有限公司", credit_code=credit_code(8), unit=county.unit
    )
    found = words(county.clerk.get("/ledgers/fleet.driver/lookup/enterprise/", {"enterprise": "示例乙"}))
    assert other.name in found and county.firm.name not in found
    by_number = words(county.clerk.get("/ledgers/fleet.driver/lookup/enterprise/", {"as": "number"}))
    assert f'value="{other.number}"' in by_number
    assert other.name not in words(county.firm_user.get("/ledgers/fleet.driver/lookup/enterprise/"))
    assert county.clerk.get("/ledgers/fleet.driver/lookup/name/").status_code == 404


def test_a_list_is_narrowed_by_a_part_of_a_linked_name(county):
    driver = ledger("fleet.driver").example(enterprise=county.firm, unit=county.unit)
    found = words(county.clerk.get("/ledgers/fleet.driver/", {"enterprise": county.firm.name[:4]}))
    assert driver.number in found
    assert f"所属企业：含“{county.firm.name[:4]}”" in found
    assert driver.number not in words(county.clerk.get("/ledgers/fleet.driver/", {"enterprise": "别的企业"}))


# --- the account ------------------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_stopped_by_its_owner_alone(county):
    page = words(county.clerk.post("/tokens/", {"name": "市平台对接", "days": "30", "may_write": "1"}))
    assert "tg_" in page
    assert "tg_" not in words(county.clerk.get("/tokens/"))
    token = county.clerk.account.tokens.get()
    assert token.may_write and (token.expires_at - token.created_at).days in (29, 30)
    assert county.other_clerk.post(f"/tokens/{token.pk}/drop/").status_code == 404
    county.clerk.post(f"/tokens/{token.pk}/drop/")
    assert not county.clerk.account.tokens.exists()
    assert county.clerk.post("/tokens/", {"name": " "}).status_code == 422
