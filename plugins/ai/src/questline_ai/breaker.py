"""Circuit breakers: a model that fails again and again rests for a while, and one call tries it out afterwards."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Literal
from uuid import UUID

Key = tuple[UUID, str, str]
State = Literal["closed", "open", "trying"]
REMEMBERED = 10_000


class _Circuit:
    __slots__ = ("failures", "trying", "until")

    def __init__(self) -> None:
        self.failures = 0
        self.until = 0.0
        self.trying = False


class Breakers:
    """The circuits of this process, one for each tenant's provider and model."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._circuits: OrderedDict[Key, _Circuit] = OrderedDict()

    def admits(self, key: Key) -> bool:
        """Say whether a call may be made; where the rest is over, only to the first who asks."""
        circuit = self._circuits.get(key)
        if circuit is None or circuit.until == 0:
            return True
        if circuit.trying or self._clock() < circuit.until:
            return False
        circuit.trying = True
        return True

    def succeeded(self, key: Key) -> None:
        """Close the circuit."""
        self._circuits.pop(key, None)

    def left(self, key: Key) -> None:
        """A call ended without telling anything of the model: another may try it."""
        circuit = self._circuits.get(key)
        if circuit is not None:
            circuit.trying = False

    def failed(self, key: Key, *, limit: int, rest: float) -> None:
        """Count a failure; open the circuit at the limit, or where the model was only tried out."""
        circuit = self._circuits.setdefault(key, _Circuit())
        self._circuits.move_to_end(key)
        while len(self._circuits) > REMEMBERED:
            self._circuits.popitem(last=False)
        circuit.failures += 1
        if circuit.trying or circuit.failures >= limit:
            circuit.until = self._clock() + rest
        circuit.trying = False

    def state(self, key: Key) -> State:
        """How a circuit stands."""
        circuit = self._circuits.get(key)
        if circuit is None or circuit.until == 0:
            return "closed"
        return "open" if self._clock() < circuit.until else "trying"


BREAKERS = Breakers()
"""The circuits of this process."""
