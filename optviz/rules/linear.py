"""Linear algebra and the line search that the rules of second order are written with."""

import jax
import jax.numpy as jnp

# lr / 2**39 is 2e-12 lr: no shorter step would move a point on the screen.
HALVINGS = 40


def identity(theta):
    """Return the identity matrix (n, n) for parameters `theta` (n,)."""
    return jnp.eye(theta.size, dtype=theta.dtype)


def solve(A, b):
    """Return x with A x = b for a symmetric A (n, n) and b (n,); zero where A is singular."""
    x = _solve_2x2(A, b) if b.shape == (2,) else jnp.linalg.solve(A, b)
    return jnp.where(jnp.isfinite(x).all(), x, jnp.zeros_like(x))


def _solve_2x2(A, b):
    """Cramer's rule: on a plane it is some ten times faster than a general factorisation."""
    (p, q), (r, s) = A
    return jnp.stack([s * b[0] - q * b[1], p * b[1] - r * b[0]]) / (p * s - q * r)


def backtrack(f, theta, d, lr, c):
    """Return the first of lr, lr/2, lr/4, ... at which the step along `d` (n,) descends enough.

    Enough is the condition of Armijo: the loss falls by at least the share `c` of what its slope
    along `d` promises. Zero if that takes more than `HALVINGS` steps (Nocedal and Wright (2006),
    algorithm 3.1).
    """
    loss, g = jax.value_and_grad(f)(theta)
    promise = c * jnp.sum(g * d)

    def fails(search):
        t, tries = search
        return ~(f(theta + t * d) <= loss + t * promise) & (tries < HALVINGS)

    def halve(search):
        t, tries = search
        return t / 2, tries + 1

    t, tries = jax.lax.while_loop(fails, halve, (jnp.asarray(lr, theta.dtype), 0))
    return jnp.where(tries < HALVINGS, t, 0.0)
