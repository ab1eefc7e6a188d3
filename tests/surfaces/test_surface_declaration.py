"""How a surface is declared, and which declarations are refused."""

from typing import Any

import jax.numpy as jnp
import pytest

from surfaces import SURFACES, Parameter, Surface, kind, shape, surface

DOMAIN: dict[str, Any] = {"x": (-1.0, 1.0), "y": (-2.0, 2.0), "start": (0.5, 0.5)}


@surface("Bowl", **DOMAIN, minima=((0.0, 0.0),), minimum=0.0, source="a test (2000)")
def bowl(x, y, *, height=shape(2.0, 1.0, 10.0, "height at distance 1", log=True)):
    """Holds the tests of the declaration."""
    return height * (x**2 + y**2)


def test_the_function_gives_slug_sentence_and_parameters():
    assert (bowl.slug, bowl.name) == ("bowl", "Bowl")
    assert bowl.about == "Holds the tests of the declaration."
    assert dict(bowl.parameters) == {
        "height": Parameter(2.0, 1.0, 10.0, True, "height at distance 1", least=1.0, most=10.0)
    }


def test_a_shape_left_out_has_its_default():
    assert bowl.f(1.0, 0.0) == 2.0
    assert bowl.f(1.0, 0.0, height=3.0) == 3.0
    assert bowl.values() == {"height": 2.0}
    assert bowl.values({"height": 5.0}) == {"height": 5.0}


def test_a_plain_function_makes_a_surface_too():
    def tilted(x, y, *, tilt=0.5):
        return jnp.sin(x) + tilt * y

    custom = Surface(tilted, name="Tilted", **DOMAIN)
    assert not custom.parameters
    assert custom.f(0.0, 2.0) == 1.0


@pytest.mark.parametrize(
    "domain", [(1.0, 1.0), (2.0, -2.0), (0.0, float("inf")), (float("nan"), 1.0)]
)
@pytest.mark.parametrize("axis", ["x", "y"])
def test_a_domain_must_rise(axis, domain):
    with pytest.raises(ValueError, match=f"domain of {axis}"):
        Surface(bowl.function, name="Broken", **{**DOMAIN, axis: domain})


def test_a_start_must_be_finite():
    with pytest.raises(ValueError, match="start"):
        Surface(bowl.function, name="Broken", **{**DOMAIN, "start": (0.0, float("nan"))})


def test_the_catalogue_holds_every_surface_of_the_issue():
    slugs = """rosenbrock beale saddle monkey_saddle plateau ravine double_well himmelblau booth
    matyas three_hump_camel six_hump_camel mccormick goldstein_price branin styblinski_tang
    rastrigin ackley griewank levy_13 easom dixon_price drop_wave bohachevsky"""
    assert set(slugs.split()) <= set(SURFACES)


def test_a_surface_of_the_catalogue_is_of_a_kind_and_others_of_none():
    kinds = {slug: kind(one) for slug, one in SURFACES.items()}
    assert kinds["rosenbrock"] == "valley"
    assert kinds["booth"] == "bowl"
    assert kinds["ackley"] == "ripples"
    assert "" not in kinds.values()
    assert kind(Surface.of(lambda x, y: x * y)) == ""
