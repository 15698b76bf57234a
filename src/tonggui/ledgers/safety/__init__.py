"""安全监管: inspections, hazards and what follows from them."""
