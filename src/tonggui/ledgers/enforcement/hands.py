"""Who enforces: the desks whose officers go out, look into clues and handle cases, each in its own trade."""

OFFICERS = ("enforcement_officer", "overload_officer", "water_officer", "road_officer", "transport_officer")
