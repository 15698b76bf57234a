"""The pages that every ledger gets from its declaration: who may open them, what they show, what they cost."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from ledger_values import example

from tonggui.register.registry import all_ledgers
from tonggui.register.sheets.reading import read_table

pytestmark = pytest.mark.django_db
every_ledger = pytest.mark.parametrize("ledger", all_ledgers(), ids=str)
HTMX = {"HX-Request": "true"}
# What a page may cost beyond the rows: session, account, saved queries, to-dos of the bell, menu, facets.
MOST_QUERIES = 40


@pytest.fixture
def reader(bureau, client):
    """`reader(ledger)`: a browser logged in as someone of the bureau's top unit who may read and write the ledger."""

    def log_in(ledger):
        roles = {role for role in (*ledger.read.by_role, *ledger.write.by_role) if role != "enterprise"}
        client.force_login(bureau.person(*roles).account)
        return client

    return log_in


def one_of(ledger, bureau, n=1):
    """A record of the ledger below the bureau's top unit."""
    place = {"parent": bureau.root} if ledger.key == "parties.unit" else {}
    return example(ledger, n, unit=bureau.root, **place)


@every_ledger
def test_the_list_shows_each_record_with_its_state(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    page = reader(ledger).get(ledger.url + "?all=1").content.decode()
    assert ledger.title in page
    assert record.number in page
    assert record.state_now.label in page
    for column in ledger.columns:
        assert column.label in page


@every_ledger
def test_an_empty_list_says_why_and_what_next(ledger, bureau, reader):
    one_of(ledger, bureau)
    page = reader(ledger).get(ledger.url, {"q": "没有这样的字"}).content.decode()
    assert "没有符合条件的记录" in page
    assert "清除全部条件" in page


@every_ledger
def test_htmx_gets_the_part_it_replaces_and_the_address_to_show(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    browser = reader(ledger)
    part = browser.get(ledger.url, {"q": record.number, "state": ""}, headers={**HTMX, "HX-Target": "results"})
    text = part.content.decode()
    assert "<html" not in text
    assert record.number in text
    assert part["HX-Push-Url"] == f"{ledger.url}?q={record.number}"
    panel = browser.get(ledger.url, {"open": record.number}, headers={**HTMX, "HX-Target": "panel"}).content.decode()
    assert "<html" not in panel
    assert record.url in panel
    facets = browser.get(ledger.url, {"part": "facets"}, headers={**HTMX, "HX-Target": "facets"}).content.decode()
    assert "<table" not in facets


@every_ledger
def test_the_side_panel_stands_in_the_address(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    page = reader(ledger).get(ledger.url, {"open": record.number}).content.decode()
    assert "ledger-panel" in page
    assert 'aria-selected="true"' in page


@every_ledger
def test_the_record_page_shows_every_field_of_the_form(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    browser = reader(ledger)
    page = browser.get(record.url).content.decode()
    for name in ledger.form_names:
        kind = ledger.kinds[name]
        assert kind.label in page
    for tab in ("related", "files", "fields", "nonsense"):
        assert browser.get(record.url, {"tab": tab}).status_code == 200


@every_ledger
def test_history_and_the_day_before(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    browser = reader(ledger)
    assert record.number in browser.get(record.url + "history/").content.decode()
    today = browser.get(record.url, {"as_of": record.changed_at.date().isoformat()})
    assert "只能查看" in today.content.decode()
    assert browser.get(record.url, {"as_of": "2001-01-01"}).status_code == 404
    past = browser.get(ledger.url, {"as_of": "2001-01-01"}).content.decode()
    assert record.number not in past


@every_ledger
def test_paper_has_the_title_and_the_signature_places(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    browser = reader(ledger)
    assert record.number in browser.get(ledger.url + "print/").content.decode()
    for address in (record.url + "print/", f"{ledger.url}cards/?number={record.number}"):
        card = browser.get(address).content.decode()
        assert f"{ledger.title}登记卡" in card
        assert "签字" in card


@every_ledger
def test_the_export_holds_exactly_what_is_filtered(ledger, bureau, reader, tmp_path):
    first, second = one_of(ledger, bureau, 1), one_of(ledger, bureau, 2)
    browser = reader(ledger)
    answer = browser.get(ledger.url + "export.xlsx", {"number": first.number})
    assert "attachment" in answer["Content-Disposition"]
    path = tmp_path / "export.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    with path.open("rb") as file:
        cells = {str(cell) for _, row in read_table(file, "export.xlsx").rows for cell in row}
    assert first.number in cells
    assert second.number not in cells


@every_ledger
def test_the_map_layer_is_geojson_of_what_has_a_place(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    answer = reader(ledger).get(ledger.url + "map.geojson")
    if answer.status_code == 404:
        assert "没有位置" in json.loads(answer.content)["detail"]
        return
    features = json.loads(answer.content)["features"]
    numbers = [feature["properties"]["number"] for feature in features]
    placed = any(kind.value_of(record) for kind in ledger.kinds.values() if kind.control in ("place", "area"))
    assert (record.number in numbers) == placed


@every_ledger
def test_an_empty_form_comes_back_with_its_faults(ledger, bureau, reader):
    browser = reader(ledger)
    form = browser.get(ledger.url + "new/")
    assert form.status_code == 200
    back = browser.post(ledger.url + "new/", {"act": "save"})
    if back.status_code == 302:
        assert not any(name for name in ledger.form_names if not ledger.kinds[name].optional and name != "number")
        return
    assert back.status_code == 422
    assert "没有填写" in back.content.decode()


@every_ledger
def test_each_open_move_shows_its_form(ledger, bureau, reader):
    record = one_of(ledger, bureau)
    browser = reader(ledger)
    from tonggui.register.models import Account

    actor = Account.objects.get(pk=browser.session["_auth_user_id"]).actor
    for move in ledger.moves_for(record, actor):
        address = f"{record.url}move/{move.name}/"
        page = browser.get(address).content.decode()
        part = browser.get(address, headers=HTMX).content.decode()
        assert move.label in page and "<html" in page
        assert move.label in part and "<html" not in part
        for name in (*move.needed(record), *move.takes):
            assert f'id="field-{name}"' in part
        assert browser.get(f"{record.url}move/nothing/").status_code == 404


@every_ledger
def test_a_stranger_is_sent_to_the_login_and_a_closed_ledger_stays_closed(ledger, bureau, client):
    record = one_of(ledger, bureau)
    assert client.get(ledger.url)["Location"].startswith("/login/")
    outsider = bureau.person("enterprise", unit=bureau.east)
    client.force_login(outsider.account)
    answer = client.get(ledger.url)
    if "enterprise" not in ledger.read.by_role:
        assert answer.status_code == 403
        assert client.get(record.url).status_code == 403
    else:
        assert answer.status_code == 200
        assert record.number not in answer.content.decode()
        assert client.get(record.url).status_code == 404
    assert client.post(f"{record.url}comment/", {"text": "越权"}).status_code in (403, 404)
    assert client.get(f"{record.url}edit/").status_code in (403, 404)
    if "enterprise" not in ledger.write.by_role:
        assert client.get(f"{ledger.url}new/").status_code == 403
        assert client.get(f"{ledger.url}import/").status_code in (403, 404)


@every_ledger
def test_pages_cost_the_same_queries_whatever_their_length(ledger, bureau, reader):
    browser = reader(ledger)

    def cost(address, **query):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address, query).status_code == 200
        return len(captured)

    records = [one_of(ledger, bureau, n) for n in range(1, 11)]
    addresses = [(ledger.url, {"size": "100"}), (ledger.url + "print/", {}), (records[0].url, {"tab": "related"})]
    for address, query in addresses:
        cost(address, **query)  # what is counted here and kept for the next requests is not measured
    few = [cost(address, **query) for address, query in addresses]
    for n in range(11, 61):
        one_of(ledger, bureau, n)
    many = [cost(address, **query) for address, query in addresses]
    assert many == few
    assert max(many) <= MOST_QUERIES
