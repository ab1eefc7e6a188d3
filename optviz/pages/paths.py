"""Where each page is, below the app."""

RACE = "race"
MAPS = "maps"
COMPARE = "compare"
LESSONS = "lessons"
SHEETS = "sheets"
# A race is at the bare address, too.
ALL = frozenset({"", RACE, MAPS, COMPARE, LESSONS, SHEETS})
