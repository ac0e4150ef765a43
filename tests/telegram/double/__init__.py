"""A strict double of the Bot API server, for tests; how to use it stands in ``../README.md``."""

from tests.telegram.double.faults import Fault, Order
from tests.telegram.double.server import TOKEN, Double, running

__all__ = ["TOKEN", "Double", "Fault", "Order", "running"]
