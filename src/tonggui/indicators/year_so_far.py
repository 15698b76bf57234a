"""本年累计指标: the figures of the monthly safety form from 1 January on, as HAZ-01Y of HAZ-01."""

from tonggui.indicators import hazards, safety
from tonggui.measure.declare import year_so_far

ACCIDENTS = [year_so_far(each) for each in (safety.accidents, safety.major, safety.deaths, safety.injured, safety.loss)]
VISITS = [year_so_far(each) for each in (safety.visits, safety.staff, safety.vehicles)]
hazards_found = year_so_far(hazards.found)
HAZARDS = [
    hazards_found,
    *(year_so_far(each) for each in (hazards.notices, hazards.fixed, hazards.fix_rate, hazards.closed)),
]
