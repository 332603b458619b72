"""What ends a change of the installed plugins."""


class OperationError(Exception):
    """A change cannot be made, or was undone; the message says why on one line."""


class Declined(OperationError):
    """The operator said no to the plan."""
