"""Shape parameters change the shape alone, and do what their meaning says."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from surfaces import SURFACES

SHAPED = [surface for surface in SURFACES.values() if surface.parameters]
every_shaped_surface = pytest.mark.parametrize("surface", SHAPED, ids=lambda surface: surface.slug)


def shapes(surface, count=40):
    """Return `count` random shapes within the sliders' ranges, name -> (count,), ends included."""
    random = np.random.default_rng(2)

    def values(parameter):
        share = np.append(random.random(count - 2), [0, 1])
        if parameter.log:
            return jnp.array(parameter.low * (parameter.high / parameter.low) ** share)
        return jnp.array(parameter.low + (parameter.high - parameter.low) * share)

    return {name: values(parameter) for name, parameter in surface.parameters.items()}


def for_all_shapes(surface, measure):
    """Return `measure(f)` of the surface's f in each of its random shapes, stacked."""

    def of(shape):
        return measure(lambda x, y: surface.f(x, y, **shape))

    return jax.vmap(of)(shapes(surface))


@every_shaped_surface
def test_no_shape_moves_a_stationary_point(surface):
    for point in (*surface.minima, *surface.local_minima, *surface.saddles):
        gradient = for_all_shapes(surface, lambda f, p=point: jnp.stack(jax.grad(f, (0, 1))(*p)))
        np.testing.assert_allclose(gradient, 0, atol=1e-9)


@every_shaped_surface
def test_no_shape_changes_the_minimum(surface):
    x, y = (
        jnp.linspace(surface.x[0], surface.x[1], 161)[None, :],
        jnp.linspace(surface.y[0], surface.y[1], 161)[:, None],
    )
    for point in surface.minima:
        value = for_all_shapes(surface, lambda f, p=point: f(*p))
        np.testing.assert_allclose(value, surface.minimum, atol=1e-12)
        assert (for_all_shapes(surface, lambda f: f(x, y).min()) >= surface.minimum - 1e-12).all()


@every_shaped_surface
def test_every_shape_has_a_slope_at_the_start(surface):
    slope = for_all_shapes(surface, lambda f: jnp.hypot(*jax.grad(f, (0, 1))(*surface.start)))
    assert (slope > 0).all()


@every_shaped_surface
def test_a_new_shape_compiles_nothing(surface):
    traces = []

    @jax.jit
    def height(shape):
        traces.append(shape)
        return surface.f(*surface.start, **shape)

    heights = {
        float(height(surface.values({name: p.high}))) for name, p in surface.parameters.items()
    }
    heights |= {
        float(height(surface.values({name: p.low}))) for name, p in surface.parameters.items()
    }
    assert len(traces) == 1
    assert len(heights) > 1


def test_the_default_shapes_are_the_literature():
    x, y = np.random.default_rng(3).normal(size=(2, 50))
    assert (SURFACES["saddle"].f(x, y) == x**2 - y**2).all()
    rosenbrock = SURFACES["rosenbrock"].f(x, y)
    np.testing.assert_allclose(rosenbrock, (1 - x) ** 2 + 100 * (y - x**2) ** 2, rtol=1e-14)
    waves = np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)
    np.testing.assert_allclose(SURFACES["rastrigin"].f(x, y), 20 + x**2 + y**2 - 10 * waves)


@pytest.mark.parametrize("rotation", [0.0, 17.0, 30.0, 90.0])
@pytest.mark.parametrize("condition", [1.0, 25.0, 1000.0])
def test_the_ravine_has_the_curvatures_it_declares(condition, rotation):
    def f(p):
        return SURFACES["ravine"].f(p[0], p[1], condition=condition, rotation=rotation)

    curvature, axes = np.linalg.eigh(jax.hessian(f)(jnp.array([0.3, -2.0])))
    np.testing.assert_allclose(curvature, [1, condition], rtol=1e-12)
    if condition > 1:
        angle = np.deg2rad(rotation)
        floor = [np.cos(angle), np.sin(angle)]
        assert abs(axes[:, 0] @ floor) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("slope", [1e-6, 1e-3, 0.05])
def test_the_plateau_is_as_flat_as_it_declares(slope):
    plateau = SURFACES["plateau"]
    gradient = jax.grad(plateau.f, (0, 1))(0.0, 3.4, slope=slope, width=4.0)
    steepness = slope * 3.4 / np.hypot(1, 3.4)
    assert np.hypot(*gradient) == pytest.approx(steepness, abs=1e-8)


def test_the_double_wells_barrier_is_as_high_as_it_declares():
    assert SURFACES["double_well"].f(0.0, 0.0, barrier=3.5) == 3.5


def test_the_saddles_curvature_is_the_ratio_of_its_two_curvatures():
    hessian = jax.hessian(lambda p: SURFACES["saddle"].f(p[0], p[1], curvature=4.0))(jnp.zeros(2))
    np.testing.assert_array_equal(hessian, [[2, 0], [0, -8]])
