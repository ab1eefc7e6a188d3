"""What the HTTP API says of its queries, with an example of each part, and of its replies."""

from typing import Any

from optviz.limits import (
    MAX_CODED,
    MAX_DRAWS,
    MAX_GRID,
    MAX_SEED,
    MAX_SEEDS,
    MAX_STARTS,
    MAX_STEPS,
    MAX_TRIALS,
)


def parameter(name: str, description: str, example: str) -> dict[str, Any]:
    """Return the description of one part of a query."""
    text = {"type": "string"}
    repeated = name in ("lane", "change", "reschedule")
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": text} if repeated else text,
        "example": [example] if repeated else example,
    }


SURFACE_PARAMETERS = [
    parameter("surface", "Slug of the surface, as in the catalogue.", "ravine"),
    parameter("shape", "Shape parameters of the surface.", "condition:100,rotation:30"),
]
FORMAT = parameter("format", "`json`, or nothing for bytes.", "json")
RACE_PARAMETERS = [
    *SURFACE_PARAMETERS,
    parameter("start", "Where every lane starts; by default the surface's own.", "-1.2,1"),
    parameter("steps", f"The number of steps, at most {MAX_STEPS}.", "500"),
    parameter("schedule", "A schedule and its values.", "cosine,end:0.1"),
    parameter("noise", "Standard deviation of the gradient perturbation.", "0.1"),
    parameter("noise_decay", "Exponential decay of the noise per step.", "0.01"),
    parameter("seed", f"Seed of the noise, at most {MAX_SEED}.", "0"),
    parameter(
        "lane",
        "A rule, its hyperparameters and, if it has one of its own, its schedule; once per lane.",
        "adam,lr:0.05,schedule:step_drop,schedule.every:50",
    ),
    parameter(
        "change", "Other values of a lane from a step on: step:lane, values.", "50:0,lr:0.01"
    ),
    parameter(
        "reschedule",
        "Another schedule from a step on, of all lanes or, as step:lane, of one.",
        "100,cosine,end:0.1",
    ),
    FORMAT,
]
LANE = "A number says which lane is meant, counted from 0."
# Of which a lane may be chosen by its number.
LANE_PARAMETERS = [
    one | {"description": f"{one['description']} {LANE}", "example": [*one["example"], "0"]}
    if one["name"] == "lane"
    else one
    for one in RACE_PARAMETERS
]

# What may be said to each path that computes.
PARAMETERS = {
    "/race": [
        *RACE_PARAMETERS[:-1],
        parameter(
            "format",
            "`json`, or `csv` or `npz` for a file with everything, or `html` for one that runs the "
            "race in any browser without a server, or nothing for bytes; or `numpy`, `optax`, "
            "`torch`, `keras` or `optviz` for the race as a Python program.",
            "json",
        ),
        parameter("rest", "`1` adds what float32 leaves of the positions.", "1"),
        parameter("notation", "Whose letters the equations of an HTML file have.", "keras"),
    ],
    "/slopes": RACE_PARAMETERS,
    "/inspection": LANE_PARAMETERS,
    "/surface": [
        *SURFACE_PARAMETERS,
        parameter("x", "The window's limits in x; by default the domain.", "-2,2"),
        parameter("y", "The window's limits in y; by default the domain.", "-1,3"),
        parameter("n", f"Points along each side, 2 to {MAX_GRID}.", "121"),
        FORMAT,
    ],
    "/map": [
        *LANE_PARAMETERS,
        parameter(
            "over",
            "Two axes: of x and y, the start's coordinates, and the lane's hyperparameters.",
            "lr,rho1",
        ),
        parameter("x", "Limits of the first axis; by default the domain's or slider's.", "0.1,1"),
        parameter("y", "Limits of the second axis; by default the domain's or slider's.", "0,0.99"),
        parameter("n", f"Cells along each side, 2 to {MAX_GRID}.", "64"),
    ],
    "/rates": [
        *LANE_PARAMETERS,
        parameter("rough", "`1` computes in float32, for a look while a value is dragged.", "1"),
    ],
    "/ensemble": [
        *LANE_PARAMETERS,
        parameter("seeds", f"How many seeds, from the race's own on, at most {MAX_SEEDS}.", "64"),
    ],
    "/compare": [
        *SURFACE_PARAMETERS,
        parameter("rules", "Slugs of the rules; plain SGD is always added.", "momentum,adam"),
        parameter("steps", f"The steps of every run, at most {MAX_STEPS}.", "200"),
        parameter(
            "trials", f"How many settings every rule is tuned with, at most {MAX_TRIALS}.", "16"
        ),
        parameter("starts", f"How many starts the verdict is from, at most {MAX_STARTS}.", "64"),
        parameter("seed", "Seed of the settings and the starts.", "0"),
        parameter("rule", "Only one of the rules; by default all, the best first.", "adam"),
        parameter("format", "`csv` for a table to download, or `json`, which is usual.", "json"),
    ],
    "/kernel": [
        parameter("rule", "Slug of the rule.", "adam"),
        parameter("surface", "Slug of the surface.", "beale"),
        parameter("schedule", "Slug of a schedule, which needs no rule and no surface.", "cosine"),
    ],
    "/qr": [
        parameter(
            "link", f"A link, of at most {MAX_CODED} characters.", "http://localhost:8501/?at=61"
        ),
    ],
    "/draws": [
        parameter("seed", f"Seed of the noise, at most {MAX_SEED}.", "0"),
        parameter("steps", f"The number of steps, at most {MAX_STEPS}.", "500"),
        parameter("seeds", f"How many seeds; times the steps, at most {MAX_DRAWS}.", "1"),
    ],
}

_SENTENCES = {
    "type": "object",
    "properties": {
        "detail": {"type": "string"},
        "problems": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["detail", "problems"],
}
_AGAIN = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}


def _said(description: str, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": _SENTENCES}}
    return {"description": description, "content": content, **more}


def answers(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """Return what a path may answer; `kinds` are the media types of what was asked for."""
    return {
        200: {"description": "What was asked for.", "content": {kind: {} for kind in kinds}},
        304: {"description": "The reply that `If-None-Match` names still holds."},
        422: _said("A sentence for each thing that is wrong with the query."),
        429: _said("This client has too many requests that wait.", headers=_AGAIN),
        503: _said("Too many requests wait.", headers=_AGAIN),
    }
