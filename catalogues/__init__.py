"""What every catalogue is made of: entries from the files of a package, and declared numbers."""

from catalogues.collecting import by_name, collected, imported
from catalogues.parameter import Parameter, declared

__all__ = ["Parameter", "by_name", "collected", "declared", "imported"]
