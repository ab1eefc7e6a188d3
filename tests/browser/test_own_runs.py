"""Seeds and rates that the browser tries itself while one drags: as the server does."""

from __future__ import annotations

import numpy as np
import pytest

from optviz import Change, Lane, Race, Schedule, find_rate, run_ensemble
from optviz.api import assets
from optviz.maps.grids import DIVERGED

# Of a page of its own: what the race page makes of a race once all that it needs has come.
BEGIN = """
  const parts = ["live/draws", "live/kernels", "live/ownseeds", "live/ownrates", "server/client", "state/store"];
  const [{ Draws }, { Kernels }, { OwnSeeds }, { OwnRates }, { httpApi, decodeRates }, { Store }] =
    await Promise.all(parts.map((name) => import(`${folder}/${name}.js`)));
  const api = httpApi("/api");
  const catalogue = await (await fetch("/api/catalogue")).json();
  const store = new Store({ catalogue, race, view: { chosen: 0, show: [], hidden: [] } });
  const sources = { store, kernels: new Kernels(), draws: new Draws(api) };
  const till = async (make) => {
    for (let turn = 0; turn < 1200; turn += 1) {
      const made = await make();
      if (made) return made;
      await new Promise((done) => setTimeout(done, 25));
    }
  };
"""  # noqa: E501
SEEDS = f"""async ({{ folder, race }}) => {{ {BEGIN}
  const own = new OwnSeeds(sources);
  const {{ end, excess, ...rest }} = await till(() => own.run(race));
  return {{ ...rest, end: [...end].map(String), excess: [...excess].map(String) }};
}}"""
RATES = f"""async ({{ folder, race, query }}) => {{ {BEGIN}
  const known = decodeRates(await api.rates(query));
  const own = new OwnRates(sources);
  const found = await till(() => own.find(race, known));
  own.destroy();
  return Object.fromEntries(Object.entries(found).map(([name, part]) =>
    [name, part instanceof Float32Array ? [...part].map(String) : part]));
}}"""
NOISY = [
    Race("himmelblau", Lane("sgd", lr=0.012), (-0.2, -0.9), 200, noise=30, noise_decay=0.03),
    # Some seeds diverge, some do not.
    Race("himmelblau", Lane("sgd", lr=0.03), (-0.2, -0.9), 40, noise=30, noise_decay=0.03),
    Race(
        "beale",
        Lane("adam", lr=0.05),
        steps=90,
        noise=0.5,
        seed=2**53 - 30,
        schedule=Schedule("cosine", end=0.1),
        changes=[Change(30, 0, lr=0.2)],
    ),
]
TRIED = [
    Race("ravine", Lane("momentum", lr=0.02, alpha=0.8), steps=120),
    Race(
        "beale",
        Lane("rmsprop", lr=0.01),
        steps=90,
        noise=0.01,
        changes=[Change(30, 0, lr=0.02, rho=0.5), Change(50, schedule=Schedule("cosine", end=0.1))],
    ),
]


@pytest.fixture
def made(visit):
    """Have a page make something of a race."""

    def make(script: str, race: Race) -> dict:
        screen = visit.enter(path="api/openapi.json", new=True)
        folder = f"/api/player/{assets.fingerprint()}"
        given = {"folder": folder, "race": race.plain(), "query": race.to_query()}
        came = screen.page.evaluate(script, given)
        assert came, "nothing came"
        return came

    return make


def numbers(texts: list[str]) -> np.ndarray:
    return np.array(texts, float)


@pytest.mark.parametrize("race", NOISY, ids=lambda race: race.to_query())
def test_seeds_are_those_of_the_server(made, race):
    seen = made(SEEDS, race)
    done = run_ensemble(race, 0, seen["seeds"])
    assert seen["shares"] == pytest.approx(done.shares)
    assert seen["lowest"] == pytest.approx(done.lowest)
    np.testing.assert_allclose(numbers(seen["end"]).reshape(-1, 2), done.end, rtol=1e-5, atol=1e-6)
    excess = done.loss - (race.objective.minimum or 0)
    ours = numbers(seen["excess"]).reshape(excess.shape)
    np.testing.assert_allclose(ours, excess, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("race", TRIED, ids=lambda race: race.to_query())
def test_rates_come_to_what_the_server_says_and_are_not_judged(made, race):
    seen = made(RATES, race)
    done = find_rate(race)
    rate = numbers(seen["rate"])
    at = [int(abs(done.rate - one).argmin()) for one in rate]
    np.testing.assert_allclose(rate, done.rate[at], rtol=1e-6)
    place = numbers(seen["place"])
    assert ((place == DIVERGED) == (done.place[at] == DIVERGED)).all()
    lowest = race.objective.minimum or 0
    excess = numbers(seen["excess"])
    np.testing.assert_allclose(excess, done.loss[at] - lowest, rtol=1e-4, atol=1e-6)
    around = numbers(seen["around"]).reshape(2, -1)
    np.testing.assert_allclose(around, done.around[:, at] - lowest, rtol=1e-3, atol=1e-6)
    np.testing.assert_allclose(numbers(seen["lost_around"]), done.lost_around[at], rtol=1e-6)
    np.testing.assert_allclose(numbers(seen["ramp"]), done.ramp_loss - lowest, rtol=1e-4, atol=1e-6)
    assert seen["own"]
    assert (seen["suggested"], seen["notes"]) == (None, [])
