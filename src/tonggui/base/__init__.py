"""What every other part stands on: codes, clock, money, geography, errors and the layout of a site's data."""
