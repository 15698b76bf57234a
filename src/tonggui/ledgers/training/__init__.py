"""驾培管理: driving schools, where they may train, their coaches and cars, and the hours that count."""
