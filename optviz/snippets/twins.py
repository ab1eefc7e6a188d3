"""Which optimizer of Optax, PyTorch and Keras is a rule, and what its algebra does otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DELTA = "its small constant stands elsewhere in the division"
AHEAD = "its theta is the point that the book's rule looks ahead to"
RATE = "its velocity leaves out the learning rate, which changes here"
HELD = "its velocity keeps the learning rate, which changes here"


@dataclass(frozen=True)
class Twin:
    """How a library makes its optimizer of a rule from `theta`, `lr` and the values by name.

    `other` says what it does otherwise, `varied` what besides if the learning rate changes. `takes`
    says of values by name which ones the library does not refuse.
    """

    make: str
    other: str = ""
    varied: str = ""
    takes: Mapping[str, Callable[[float], bool]] = field(default_factory=dict)


def _below_one(value: float) -> bool:
    return 0 <= value < 1


def _share(value: float) -> bool:
    return 0 <= value <= 1


def _not_negative(value: float) -> bool:
    return value >= 0


def _positive(value: float) -> bool:
    return value > 0


BETAS = {"rho1": _below_one, "rho2": _below_one}
OPTAX = {
    "sgd": Twin("optax.sgd(lr)"),
    **dict.fromkeys(
        ("momentum", "momentum_ruder"), Twin("optax.sgd(lr, momentum={alpha})", varied=RATE)
    ),
    "momentum_torch": Twin("optax.sgd(lr, momentum={alpha})"),
    "ewma_momentum": Twin(
        "optax.chain(optax.ema({beta}, debias=False), optax.scale_by_learning_rate(lr))"
    ),
    **dict.fromkeys(
        ("nesterov", "nesterov_ruder"),
        Twin("optax.sgd(lr, momentum={alpha}, nesterov=True)", AHEAD, RATE),
    ),
    "nesterov_keras": Twin("optax.sgd(lr, momentum={alpha}, nesterov=True)", varied=RATE),
    "nesterov_torch": Twin("optax.sgd(lr, momentum={alpha}, nesterov=True)"),
    "adagrad": Twin("optax.adagrad(lr, initial_accumulator_value=0.0, eps={delta})", DELTA),
    "adagrad_inside": Twin("optax.adagrad(lr, initial_accumulator_value=0.0, eps={delta})"),
    "adagrad_keras": Twin("optax.adagrad(lr, initial_accumulator_value=0.1, eps={delta})"),
    "adadelta": Twin("optax.adadelta(lr, rho={rho}, eps={delta})"),
    "rmsprop": Twin("optax.rmsprop(lr, decay={rho}, eps={delta})"),
    "rmsprop_outside": Twin("optax.rmsprop(lr, decay={rho}, eps={delta}, eps_in_sqrt=False)"),
    "rmsprop_momentum": Twin("optax.rmsprop(lr, decay={rho}, eps={delta}, momentum={alpha})"),
    "rmsprop_nesterov": Twin(
        "optax.rmsprop(lr, decay={rho}, eps={delta}, momentum={alpha}, nesterov=True)", AHEAD
    ),
    "adam": Twin("optax.adam(lr, b1={rho1}, b2={rho2}, eps={delta})"),
    "adam_inside": Twin("optax.adam(lr, b1={rho1}, b2={rho2}, eps=0.0, eps_root={delta})"),
    "adam_keras": Twin("optax.adam(lr, b1={rho1}, b2={rho2}, eps={delta})", DELTA),
    "adamw": Twin(
        "optax.adamw(lr, b1={rho1}, b2={rho2}, eps={delta}, weight_decay={weight_decay})"
    ),
    "nadam": Twin("optax.nadam(lr, b1={rho1}, b2={rho2}, eps={delta})"),
    "adamax": Twin("optax.adamax(lr, b1={rho1}, b2={rho2}, eps={delta})"),
    "amsgrad": Twin(
        "optax.amsgrad(lr, b1={rho1}, b2={rho2}, eps={delta})",
        "it takes the largest r after the bias correction, not before",
    ),
    "radam": Twin("optax.radam(lr, b1={rho1}, b2={rho2}, eps={delta})"),
    "adabelief": Twin("optax.adabelief(lr, b1={rho1}, b2={rho2}, eps={delta}, eps_root={delta})"),
    "yogi": Twin(
        "optax.yogi(lr, b1={rho1}, b2={rho2}, eps={delta})",
        "its average of g begins at 1e-6, not at 0",
    ),
    "sign_sgd": Twin("optax.sign_sgd(lr)"),
    "lion": Twin("optax.lion(lr, b1={rho1}, b2={rho2}, weight_decay={weight_decay})"),
}
TORCH = {
    "sgd": Twin("torch.optim.SGD(theta, lr)"),
    **dict.fromkeys(
        ("momentum", "momentum_ruder"),
        Twin(
            "torch.optim.SGD(theta, lr, momentum={alpha})",
            varied=RATE,
            takes={"alpha": _not_negative},
        ),
    ),
    "momentum_torch": Twin(
        "torch.optim.SGD(theta, lr, momentum={alpha})", takes={"alpha": _not_negative}
    ),
    "ewma_momentum": Twin(
        "torch.optim.SGD(theta, lr, momentum={beta}, dampening=1 - {beta})",
        "its velocity begins with the first gradient, not with 1 - beta times that",
        takes={"beta": _positive},
    ),
    **dict.fromkeys(
        ("nesterov", "nesterov_ruder"),
        Twin(
            "torch.optim.SGD(theta, lr, momentum={alpha}, nesterov=True)",
            AHEAD,
            RATE,
            takes={"alpha": _positive},
        ),
    ),
    "nesterov_keras": Twin(
        "torch.optim.SGD(theta, lr, momentum={alpha}, nesterov=True)",
        varied=RATE,
        takes={"alpha": _positive},
    ),
    "nesterov_torch": Twin(
        "torch.optim.SGD(theta, lr, momentum={alpha}, nesterov=True)",
        takes={"alpha": _positive},
    ),
    "adagrad": Twin("torch.optim.Adagrad(theta, lr, eps={delta})"),
    "adagrad_inside": Twin("torch.optim.Adagrad(theta, lr, eps={delta})", DELTA),
    "adagrad_keras": Twin(
        "torch.optim.Adagrad(theta, lr, initial_accumulator_value=0.1, eps={delta})", DELTA
    ),
    "adadelta": Twin(
        "torch.optim.Adadelta(theta, lr, rho={rho}, eps={delta})", takes={"rho": _share}
    ),
    "rmsprop": Twin(
        "torch.optim.RMSprop(theta, lr, alpha={rho}, eps={delta})",
        DELTA,
        takes={"rho": _not_negative},
    ),
    "rmsprop_outside": Twin(
        "torch.optim.RMSprop(theta, lr, alpha={rho}, eps={delta})", takes={"rho": _not_negative}
    ),
    "rmsprop_momentum": Twin(
        "torch.optim.RMSprop(theta, lr, alpha={rho}, eps={delta}, momentum={alpha})",
        DELTA,
        RATE,
        takes={"rho": _not_negative, "alpha": _not_negative},
    ),
    "adam": Twin("torch.optim.Adam(theta, lr, betas=({rho1}, {rho2}), eps={delta})", takes=BETAS),
    **dict.fromkeys(
        ("adam_inside", "adam_keras"),
        Twin(
            "torch.optim.Adam(theta, lr, betas=({rho1}, {rho2}), eps={delta})", DELTA, takes=BETAS
        ),
    ),
    "adamw": Twin(
        "torch.optim.AdamW(theta, lr, betas=({rho1}, {rho2}), eps={delta}, "
        "weight_decay={weight_decay})",
        takes=BETAS | {"weight_decay": _not_negative},
    ),
    "nadam": Twin(
        "torch.optim.NAdam(theta, lr, betas=({rho1}, {rho2}), eps={delta})",
        "its momentum grows from step to step",
        takes=BETAS,
    ),
    "nadam_torch": Twin(
        "torch.optim.NAdam(theta, lr, betas=({rho1}, {rho2}), eps={delta}, momentum_decay={psi})",
        takes=BETAS | {"psi": _not_negative},
    ),
    "adamax": Twin(
        "torch.optim.Adamax(theta, lr, betas=({rho1}, {rho2}), eps={delta})", takes=BETAS
    ),
    "amsgrad": Twin(
        "torch.optim.Adam(theta, lr, betas=({rho1}, {rho2}), eps={delta}, amsgrad=True)",
        takes=BETAS,
    ),
    "radam": Twin(
        "torch.optim.RAdam(theta, lr, betas=({rho1}, {rho2}), eps={delta})", DELTA, takes=BETAS
    ),
}
KERAS = {
    "sgd": Twin("keras.optimizers.SGD(lr)"),
    **dict.fromkeys(
        ("momentum", "momentum_ruder"),
        Twin("keras.optimizers.SGD(lr, momentum={alpha})", takes={"alpha": _share}),
    ),
    "momentum_torch": Twin(
        "keras.optimizers.SGD(lr, momentum={alpha})", varied=HELD, takes={"alpha": _share}
    ),
    **dict.fromkeys(
        ("nesterov", "nesterov_ruder"),
        Twin(
            "keras.optimizers.SGD(lr, momentum={alpha}, nesterov=True)",
            AHEAD,
            takes={"alpha": _share},
        ),
    ),
    "nesterov_keras": Twin(
        "keras.optimizers.SGD(lr, momentum={alpha}, nesterov=True)", takes={"alpha": _share}
    ),
    "nesterov_torch": Twin(
        "keras.optimizers.SGD(lr, momentum={alpha}, nesterov=True)",
        varied=HELD,
        takes={"alpha": _share},
    ),
    "adagrad": Twin(
        "keras.optimizers.Adagrad(lr, initial_accumulator_value=0.0, epsilon={delta})", DELTA
    ),
    "adagrad_inside": Twin(
        "keras.optimizers.Adagrad(lr, initial_accumulator_value=0.0, epsilon={delta})"
    ),
    "adagrad_keras": Twin(
        "keras.optimizers.Adagrad(lr, initial_accumulator_value=0.1, epsilon={delta})"
    ),
    "adadelta": Twin("keras.optimizers.Adadelta(lr, rho={rho}, epsilon={delta})"),
    "rmsprop": Twin("keras.optimizers.RMSprop(lr, rho={rho}, epsilon={delta})"),
    "rmsprop_outside": Twin("keras.optimizers.RMSprop(lr, rho={rho}, epsilon={delta})", DELTA),
    "rmsprop_momentum": Twin(
        "keras.optimizers.RMSprop(lr, rho={rho}, momentum={alpha}, epsilon={delta})",
        takes={"alpha": _positive},
    ),
    "adam_keras": Twin("keras.optimizers.Adam(lr, beta_1={rho1}, beta_2={rho2}, epsilon={delta})"),
    **dict.fromkeys(
        ("adam", "adam_inside"),
        Twin("keras.optimizers.Adam(lr, beta_1={rho1}, beta_2={rho2}, epsilon={delta})", DELTA),
    ),
    "adamw": Twin(
        "keras.optimizers.AdamW(lr, weight_decay={weight_decay}, beta_1={rho1}, beta_2={rho2}, "
        "epsilon={delta})",
        DELTA,
    ),
    **dict.fromkeys(
        ("nadam", "nadam_torch"),
        Twin(
            "keras.optimizers.Nadam(lr, beta_1={rho1}, beta_2={rho2}, epsilon={delta})",
            "its momentum grows from step to step at a speed of its own",
        ),
    ),
    "adamax": Twin(
        "keras.optimizers.Adamax(lr, beta_1={rho1}, beta_2={rho2}, epsilon={delta})", DELTA
    ),
    "amsgrad": Twin(
        "keras.optimizers.Adam(lr, beta_1={rho1}, beta_2={rho2}, epsilon={delta}, amsgrad=True)",
        DELTA,
    ),
    "lion": Twin(
        "keras.optimizers.Lion(lr, beta_1={rho1}, beta_2={rho2}, weight_decay={weight_decay})"
    ),
}
TWINS: Mapping[str, Mapping[str, Twin]] = MappingProxyType(
    {"optax": OPTAX, "torch": TORCH, "keras": KERAS}
)
# What a library has in a form that leads elsewhere, and why the rule is written out instead.
UNLIKE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("optax", "rprop"): "Optax's Rprop makes each step one step late",
        ("optax", "polyak"): "Optax's polyak_sgd stands still where the gradient is small",
        ("torch", "rprop"): "PyTorch's Rprop reads the learning rate only once",
    }
)
