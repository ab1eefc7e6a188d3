"""What came of a race, to be kept: a table as text, and the arrays of all of it."""

import csv
import io
from itertools import chain

import numpy as np

from optviz.trajectories import Trajectories

HEAD = ("lane", "label", "step", "x", "y", "loss", "grad_x", "grad_y")


def as_csv(done: Trajectories) -> str:
    """Return a table with a row for each point of each lane, with all digits.

    Its columns are those of `Trajectories.to_frame`; after a lane has diverged there is nan.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    steps = range(done.race.steps + 1)
    writer.writerows(
        chain.from_iterable(
            zip(
                *([index] * len(steps), [lane.label] * len(steps), steps),
                *done.theta[index].T.tolist(),
                done.loss[index].tolist(),
                *done.grad[index].T.tolist(),
                strict=True,
            )
            for index, lane in enumerate(done.race.lanes)
        )
    )
    return text.getvalue()


def arrays(done: Trajectories) -> dict[str, np.ndarray]:
    """Return all arrays by name, and the race itself as the text `query`.

    Those of `Trajectories`; `memory_0_v` is what lane 0 remembered as v, `state` and `step` are
    those of its status, -1 where it has no step.
    """
    memory = {
        f"memory_{lane}_{name}": values
        for lane, remembered in enumerate(done.memory)
        for name, values in remembered.items()
    }
    return {
        "query": np.array(done.race.to_query()),
        "theta": done.theta,
        "loss": done.loss,
        "grad": done.grad,
        "multipliers": done.multipliers,
        "distance": done.distance,
        "state": np.array([status.state for status in done.status]),
        "step": np.array([-1 if status.step is None else status.step for status in done.status]),
        **memory,
    }


def as_npz(done: Trajectories) -> bytes:
    """Return the arrays as a file of NumPy's: `numpy.load` reads it."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays(done))
    return file.getvalue()
