"""车辆监管: vehicles, drivers, terminals, and the alarms they raise."""
