"""Making the demo county: its bureau, its people, its fleet, and the ledgers of its last complete half-year.

The same seed and the same as-of date make the same county. It is made whole, in one transaction, or not at all.
"""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from tonggui.base.clock import today
from tonggui.base.site import Site, write_whole
from tonggui.run.demo.diary import Diary


def last_half_year(as_of: date) -> tuple[date, date]:
    """First and last day of the last half-year that had ended by a day."""
    if as_of > date(as_of.year, 6, 30):
        return date(as_of.year, 1, 1), date(as_of.year, 6, 30)
    return date(as_of.year - 1, 7, 1), date(as_of.year - 1, 12, 31)


def make_county(
    site: Site, *, vehicles: int, seed: int, as_of: date | None, say: Callable[[str], None] = print
) -> list[tuple[str, str, str]]:
    """Make the county unless the site already holds it; (role, login, password) of each new account."""
    marker = site.data / "demo.json"
    if marker.exists():
        return []
    as_of = as_of or today()
    started = time.monotonic()
    say(f"making the demo county as of {as_of}, seed {seed}: this takes about a minute, once")
    with transaction.atomic():
        logins = _make(site, vehicles, seed, as_of, say)
    facts = {"seed": seed, "as_of": as_of.isoformat(), "vehicles": vehicles}
    write_whole(marker, json.dumps(facts).encode())
    say(f"  the county stands after {time.monotonic() - started:.0f} s")
    return logins


def _make(site: Site, vehicles: int, seed: int, as_of: date, say: Callable[[str], None]) -> list[tuple[str, str, str]]:
    """Everything in the order in which one thing names another."""
    from tonggui.run.demo import (
        answers,
        bulletins,
        desk,
        duty,
        enforcement,
        evasion,
        exchange,
        fleet,
        fourfold,
        gates,
        hazmat,
        health,
        office,
        old,
        overload,
        overload_cases,
        parties,
        party,
        passenger,
        point_life,
        responsibility,
        roadside,
        safety,
        sources,
        staff,
        transit,
        water,
        wordings,
        works,
        workshops,
        yards,
    )

    start, end = last_half_year(as_of)
    diary = Diary(start, end, np.random.default_rng(seed))
    founded = start - timedelta(days=200)
    units = staff.make_units(diary, founded)
    owners = fleet.make_firms(diary, units, founded)
    firms = [firm for firm, _ in owners]
    towns = parties.make_towns(diary, founded)
    people = parties.make_people(diary, units, firms, towns, founded)
    logins = staff.make_accounts(diary, units, firms[0])
    made = fleet.make_vehicles(diary, owners, vehicles, founded)
    fleet.make_terminals(diary, made, founded)
    fleet.make_drivers(diary, made, founded)
    fleet.make_areas(diary, founded)
    say(f"  {len(firms)} firms, {len(made):,} vehicles, their terminals and drivers")
    campaigns = responsibility.make_campaigns(diary, units, people, as_of)
    responsibility.make_criteria(diary, founded)
    responsibility.make_risks(diary, units, people)
    responsibility.make_posts(diary, units, people, founded)
    responsibility.make_letters(diary, units, firms, people)
    safety.make_inspections(diary, units, campaigns, 180)
    safety.make_hazards(diary, firms, safety.make_sites(diary, units, founded), 220, as_of)
    responsibility.make_listings(diary, people)
    say("  inspections, hazards, and who answers for them")
    passenger.make_passenger(diary, units, as_of)
    transit.make_transit(diary, units, as_of)
    hazmat.make_hazmat(diary, units, as_of)
    workshops.make_workshops(diary, units, as_of)
    gates.make_gates(diary, as_of)
    say("  stations, waybills, repair shops, driving schools")
    roadside.make_roads(diary, units, as_of)
    works.make_projects(diary, units, as_of)
    water.make_water(diary, units, as_of)
    say("  roads and their upkeep, projects with their months, ferries and boats")
    points = overload.make_points(diary, units, founded)
    source_yards = sources.make_sources(diary, units, points)
    exits = yards.Exits([yard for yard in source_yards if yard.point])
    accepted = overload.make_passes(diary, site, points, made, exits, 10_000, as_of)
    point_life.make_silence(diary, points[2], as_of)
    evasion.make_evasion(diary, points, as_of)
    sources.make_freight(diary)
    officers = enforcement.make_officers(diary, units)
    overload_cases.make_cases(diary, accepted, officers, source_yards, points[4], as_of)
    fourfold.make_repeats(diary, units, officers, source_yards, points[4], as_of)
    fourfold.deal_with_checks(diary, as_of)
    yards.make_yard_months(diary, exits.trips)
    enforcement.make_enforcement(diary, units, officers, source_yards, as_of)
    exchange.make_exchange(site, as_of)
    say("  weighing points, doubted passes, cases of every trade")
    duty.make_duty(diary, units, as_of)
    office.make_parameters(diary, as_of)
    office.make_sources(diary, founded, as_of)
    desk.make_desk(diary, as_of)
    answers.make_answers(diary, as_of)
    old.make_old_summary(start.year - 1)
    party.make_party(diary, units)
    health.make_health(diary, units)
    bulletins.make_bulletins(diary, site, as_of)
    wordings.make_wordings(diary)
    say("  duty and emergencies, the office, Party work, epidemic control")
    return logins
