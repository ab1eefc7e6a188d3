"""Kernels: JAX's own programs of a rule on a surface, printed for the browser."""

from optviz.kernels.cells import cells
from optviz.kernels.kernel import kernel
from optviz.kernels.schedule import schedule_kernel
from optviz.kernels.stock import stock

__all__ = ["cells", "kernel", "schedule_kernel", "stock"]
