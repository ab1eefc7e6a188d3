"""The data plane: pure functions of a query over HTTP."""

from optviz.api.app import api

__all__ = ["api"]
