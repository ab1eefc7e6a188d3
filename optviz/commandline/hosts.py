"""Which devices of which machines a command uses: all of that is JAX's."""

import argparse
from typing import Any

import jax
import numpy as np
from jax.experimental import multihost_utils

from optviz import checks
from optviz.checks import RaceError

MAX_DEVICES = 256


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    group = parser.add_argument_group(
        "devices and machines",
        "All devices that JAX sees are used. For several machines, start the same command on each.",
    )
    group.add_argument(
        "--devices",
        metavar="N",
        help="make N devices of the processor; by default it is one, which uses all cores",
    )
    group.add_argument(
        "--distributed",
        action="store_true",
        help="join the other processes of a job on a cluster that JAX knows, like Slurm's",
    )
    group.add_argument(
        "--coordinator",
        metavar="HOST:PORT",
        help="join others elsewhere: where process 0 listens; needs --processes and --process;"
        " they wait five minutes for each other",
    )
    group.add_argument("--processes", metavar="N", help="how many processes there are in all")
    group.add_argument("--process", metavar="K", help="which of them this one is, counted from 0")


def join(arguments: argparse.Namespace) -> None:
    """Set up the devices, and join the other processes if there are any."""
    devices = arguments.devices and checks.whole(arguments.devices, "--devices", 1, MAX_DEVICES)
    placed = _place(arguments)
    try:
        if devices:
            jax.config.update("jax_num_cpu_devices", devices)
        if placed is not None:
            jax.distributed.initialize(**placed)
    except (RuntimeError, ValueError) as error:
        if placed == {}:
            raise RaceError(
                "JAX finds no cluster's job here: give --coordinator, --processes and --process."
            ) from None
        said = str(error).splitlines()[0].rstrip(".")
        raise RaceError(f"JAX could not set up the devices or join the others: {said}.") from None
    if devices and (backend := jax.default_backend()) != "cpu":
        raise RaceError(
            f"--devices is for processors, but JAX uses a {backend} here: leave it out."
        )


def leads() -> bool:
    """Return whether this process is the one that prints and writes."""
    return jax.process_index() == 0


def first_says(value: bool) -> bool:
    """Return what the first process gave, in all of them."""
    return bool(multihost_utils.broadcast_one_to_all(np.array(value)))


def _place(arguments: argparse.Namespace) -> dict[str, Any] | None:
    """Return this process's place among the others: {} if JAX finds it, None if it is alone."""
    given = arguments.coordinator, arguments.processes, arguments.process
    if given == (None, None, None):
        return {} if arguments.distributed else None
    if arguments.distributed or None in given:
        raise RaceError(
            "Give --coordinator, --processes and --process together, or --distributed alone."
        )
    address, count, number = given
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise RaceError(
            f"--coordinator is {checks.shown(address)}; it should read HOST:PORT, like node1:9000."
        )
    processes = checks.whole(count, "--processes", 1)
    process = checks.whole(number, "--process", 0)
    if process >= processes:
        raise RaceError(
            f"--process is {process}; with {processes} processes, the last one is {processes - 1}."
        )
    return {
        "coordinator_address": address,
        "num_processes": processes,
        "process_id": process,
    }
