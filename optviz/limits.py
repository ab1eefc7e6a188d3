"""What a link may ask for at most: it comes from strangers. Python alone has no such bounds."""

MAX_LANES = 16
MAX_STEPS = 10_000
MAX_CHANGES = 32
# Nothing that a race can say is longer; a longer link is not read at all.
MAX_LINK = 32_000
# A QR code of more is too fine to be read from a screen.
MAX_CODED = 1_500
MAX_LABEL = 40
# The largest whole number that JavaScript's numbers, and so a link in a browser, hold exactly.
MAX_SEED = 2**53 - 1
# Points along a side of a grid, and cells along a side of a map.
MAX_GRID = 256
# A map of one request may take so many steps of one cell: about a second on one core.
MAX_CELL_STEPS = MAX_GRID * MAX_GRID * 2000
MAX_SEEDS = 1024
MAX_SEED_STEPS = 512_000
# Draws of one reply, seeds and steps together: a megabyte.
MAX_DRAWS = 65_536
MAX_TRIALS = 4096
MAX_STARTS = 4096
# Steps of all optimizers of a comparison together: about ten seconds on two cores, more for the
# costliest rules.
MAX_WORK = 1_000_000_000
# On a server one optimizer may take so many, trials and verdict together: a few seconds.
MAX_RULE_STEPS = 50_000_000

# What the catalogue tells the browser: each by its name, like cell_steps.
LIMITS = {
    name.removeprefix("MAX_").lower(): most
    for name, most in list(vars().items())
    if name.startswith("MAX_")
}
