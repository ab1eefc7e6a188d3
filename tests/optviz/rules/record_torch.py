"""Records the paths of torch.optim: `python record_torch.py > torch_paths.json`, with torch alone.

Gradients are worked out by hand, everything is float64, and lr is set before every step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import torch  # pyright: ignore[reportMissingImports]
from torch import optim  # pyright: ignore[reportMissingImports]

STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)


def rosenbrock(x: float, y: float) -> tuple[float, float]:
    """Return the gradient of (1 - x)^2 + 100 (y - x^2)^2."""
    return -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)


def himmelblau(x: float, y: float) -> tuple[float, float]:
    """Return the gradient of (x^2 + y - 11)^2 + (x + y^2 - 7)^2."""
    a, b = x * x + y - 11, x + y * y - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


SURFACES = {"rosenbrock": (rosenbrock, (-1.2, 1.0)), "himmelblau": (himmelblau, (-1.0, 1.5))}
# The multiplier of lr at step k; "inverse_time" with decay 0.05.
SCHEDULES = {"constant": lambda _: 1.0, "inverse_time": lambda k: 1 / (1 + 0.05 * k)}

Make = Callable[..., Any]
ADAM = {"lr": 0.02, "rho1": 0.8, "rho2": 0.99, "delta": 1e-3}


def _adam(make: Make, **fixed: Any) -> Make:
    def made(p, lr, rho1, rho2, delta, **others):
        return make(p, lr=lr, betas=(rho1, rho2), eps=delta, **others, **fixed)

    return made


def _sgd(p, lr, alpha=0.0, **fixed):
    return optim.SGD(p, lr=lr, momentum=alpha, **fixed)


def _rmsprop(p, lr, rho, delta, alpha=0.0):
    return optim.RMSprop(p, lr=lr, alpha=rho, eps=delta, momentum=alpha)


def _rprop(p, lr, eta_plus, eta_minus, d_max, d_min):
    return optim.Rprop(p, lr=lr, etas=(eta_minus, eta_plus), step_sizes=(lr * d_min, lr * d_max))


# (rule, torch.optim with the rule's hyperparameters, their values, the schedules it agrees under).
# The book's momentum and that of RMSProp have lr inside the velocity: with a constant lr it is the
# same. Rprop reads lr once. RAdam and RMSProp inside the root put delta elsewhere: it is none here.
BOTH, ALONE = ("constant", "inverse_time"), ("constant",)
TWINS: list[tuple[str, Make, dict[str, float], tuple[str, ...]]] = [
    ("sgd", _sgd, {"lr": 1e-3}, BOTH),
    ("momentum", _sgd, {"lr": 1e-3, "alpha": 0.8}, ALONE),
    ("momentum_torch", _sgd, {"lr": 1e-3, "alpha": 0.8}, BOTH),
    (
        "nesterov_torch",
        lambda p, lr, alpha: _sgd(p, lr, alpha, nesterov=True),
        {"lr": 1e-3, "alpha": 0.8},
        BOTH,
    ),
    (
        "adagrad",
        lambda p, lr, delta: optim.Adagrad(p, lr=lr, eps=delta),
        {"lr": 0.3, "delta": 1e-3},
        BOTH,
    ),
    (
        "adadelta",
        lambda p, lr, rho, delta: optim.Adadelta(p, lr=lr, rho=rho, eps=delta),
        {"lr": 0.5, "rho": 0.9, "delta": 1e-4},
        BOTH,
    ),
    ("rmsprop", _rmsprop, {"lr": 2e-3, "rho": 0.95, "delta": 0.0}, BOTH),
    ("rmsprop_outside", _rmsprop, {"lr": 2e-3, "rho": 0.95, "delta": 1e-2}, BOTH),
    ("rmsprop_momentum", _rmsprop, {"lr": 1e-3, "rho": 0.95, "delta": 0.0, "alpha": 0.8}, ALONE),
    ("adam", _adam(optim.Adam), ADAM, BOTH),
    ("adamw", _adam(optim.AdamW), ADAM | {"weight_decay": 0.3}, BOTH),
    ("amsgrad", _adam(optim.Adam, amsgrad=True), ADAM, BOTH),
    ("adamax", _adam(optim.Adamax), ADAM, BOTH),
    ("radam", _adam(optim.RAdam), ADAM | {"lr": 1e-3, "delta": 0.0}, BOTH),
    (
        "nadam_torch",
        lambda p, psi, **others: _adam(optim.NAdam)(p, momentum_decay=psi, **others),
        ADAM | {"psi": 0.05},
        BOTH,
    ),
    (
        "rprop",
        _rprop,
        {"lr": 1e-2, "eta_plus": 1.2, "eta_minus": 0.5, "d_max": 50.0, "d_min": 1e-6},
        ALONE,
    ),
]


def path(make: Make, values: dict[str, float], surface: str, schedule: str) -> list[list[float]]:
    """Return theta after each of STEPS."""
    gradient, start = SURFACES[surface]
    theta = torch.tensor(start, requires_grad=True)
    optimizer = make([theta], **values)
    found = []
    for k in range(STEPS[-1]):
        for group in optimizer.param_groups:
            group["lr"] = values["lr"] * SCHEDULES[schedule](k)
        theta.grad = torch.tensor(gradient(*theta.tolist()))
        optimizer.step()
        if k + 1 in STEPS:
            found.append(theta.tolist())
    return found


def paths() -> Iterator[str]:
    """Yield every path as one line of JSON."""
    for rule, make, values, schedules in TWINS:
        for surface in SURFACES:
            for schedule in schedules:
                theta = path(make, values, surface, schedule)
                yield json.dumps(
                    {
                        "rule": rule,
                        "values": values,
                        "surface": surface,
                        "schedule": schedule,
                        "theta": theta,
                    }
                )


if __name__ == "__main__":
    # NAdam keeps the product of its momenta in the default type.
    torch.set_default_dtype(torch.float64)
    starts = {name: start for name, (_, start) in SURFACES.items()}
    head = json.dumps({"torch": torch.__version__, "steps": STEPS, "starts": starts})
    print(f'{head[:-1]}, "paths": [\n{",".join(chr(10) + line for line in paths())[1:]}\n]}}')
