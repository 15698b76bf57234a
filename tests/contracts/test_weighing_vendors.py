"""Every vendor's form of a weighing pass: known by its own keys alone, its examples read and judged."""

import csv
import json
import pkgutil
import sys

import pytest

from tonggui.base.clock import to_micros
from tonggui.protocols.weighing import media, vendors
from tonggui.protocols.weighing.fields import FIELDS, instant
from tonggui.protocols.weighing.files import read_file
from tonggui.protocols.weighing.vendors import VENDORS, vendor_of
from tonggui.run.weighing import WEIGHING

RECEIVED = to_micros(instant("2026-05-01 08:31:00"))
EXAMPLES = [
    pytest.param(vendor, example, id=f"{vendor.name}-{place}")
    for vendor in VENDORS
    for place, example in enumerate(vendor.examples)
]
OURS = {field.name for field in FIELDS}


@pytest.fixture(params=VENDORS, ids=lambda vendor: vendor.name)
def vendor(request):
    return request.param


def test_a_declaration_is_whole(vendor):
    assert vendor.name in {module.name for module in pkgutil.iter_modules(vendors.__path__)}
    assert vendor.title and vendor.examples and set(vendor.known_by) <= vendor.names
    assert {field.name for field in FIELDS if field.required} <= set(vendor.fields) <= OURS - {"media"}
    assert set(filter(None, vendor.media.values())) <= set(media.KINDS)
    assert not vendor.names & set(vendor.left_out) and all(vendor.left_out.values())


def test_no_key_is_known_of_two(vendor):
    assert not set(vendor.known_by) & OURS
    for other in VENDORS:
        assert other is vendor or not set(vendor.known_by) & (other.names | set(other.known_by))


@pytest.mark.parametrize(("vendor", "example"), EXAMPLES)
def test_an_example_reads_as_it_says(vendor, example):
    assert vendor_of(example.item) is vendor
    assert set(example.item) <= vendor.names | set(vendor.left_out), "a key is neither read nor left out"
    reading = WEIGHING.read(example.item, RECEIVED)
    assert reading.faults == []
    assert {name: reading.values.get(name) for name in example.gives} == dict(example.gives)
    assert len(WEIGHING.judged([reading.values], [{}])["limit_kg"]) == 1


@pytest.mark.parametrize(("vendor", "example"), EXAMPLES)
def test_an_example_reads_alike_from_a_sheet(vendor, example, tmp_path):
    cells = {name: ";".join(value) if isinstance(value, list) else value for name, value in example.item.items()}
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(cells))
        writer.writeheader()
        writer.writerow(cells)
    [(_, text)] = read_file(sheet)
    assert WEIGHING.read(json.loads(text), RECEIVED) == WEIGHING.read(example.item, RECEIVED)


@pytest.mark.parametrize("value", [None, "", " ", 0, -1, True, [], {}, [[]], [{"a": 1}], "…", 1e300, "x" * 600])
def test_nothing_under_any_key_raises(vendor, value):
    for example in vendor.examples:
        for name in vendor.names:
            reading = WEIGHING.read({**example.item, name: value}, RECEIVED)
            assert all(isinstance(fault, str) for fault in reading.faults)


def test_a_new_vendor_is_one_file(tmp_path, monkeypatch):
    (tmp_path / "newcomer.py").write_text(
        "from tonggui.protocols.weighing.vendor import Vendor, same\n"
        "VENDOR = Vendor('newcomer', '示例厂家', known_by=('wimNo',), fields={'record_no': same('wimNo')})\n"
    )
    monkeypatch.setattr(vendors, "__path__", [*vendors.__path__, str(tmp_path)])
    found = {one.name: one for one in vendors.declared()}
    assert set(found) == {one.name for one in VENDORS} | {"newcomer"}
    assert found["newcomer"].ours({"wimNo": "7", "other": 1}) == {"record_no": "7"}
    sys.modules.pop(f"{vendors.__name__}.newcomer")
