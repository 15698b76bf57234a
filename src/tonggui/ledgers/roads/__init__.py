"""公路养护: the county's roads, bridges and chiefs, what is found on them and what is done about it."""
