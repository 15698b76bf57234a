"""危货运输: firms, tanks, parking places, waybills, loading checks and checks of bills on the road."""
