"""One step of a rule, line by line, from the rule's own code and the run's own state."""

from optviz.inspection.inspector import Inspection, inspect

__all__ = ["Inspection", "inspect"]
