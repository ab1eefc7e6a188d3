"""Kernels: JAX's own programs of a rule on a surface, printed for the browser."""

from optviz.kernels.cells import cells
from optviz.kernels.kernel import kernel
from optviz.kernels.lines import lines_kernel
from optviz.kernels.schedule import schedule_kernel
from optviz.kernels.stock import LINES, lines_stock, stock

__all__ = ["LINES", "cells", "kernel", "lines_kernel", "lines_stock", "schedule_kernel", "stock"]
