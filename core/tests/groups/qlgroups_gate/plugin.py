"""Keeps some users out of every course, and remembers what it hears of groups."""

from questline_sdk import Plugin, handles, hookimpl
from questline_sdk.events import GroupMemberAdded, GroupMemberRemoved
from questline_sdk.hooks import Veto


class Gate(Plugin):
    """A plugin whose state a test may set."""

    def __init__(self):
        self.kept_out, self.heard = set(), {}

    @hookimpl
    async def check_enrolment(self, ctx, user_id, course_id):
        """Refuse who is kept out."""
        return Veto(code="kept_out", detail="Not you.") if user_id in self.kept_out else None

    @hookimpl
    def register_event_handlers(self):
        """Remember who comes and goes."""

        @handles(GroupMemberAdded)
        async def joined(ctx, event):
            self.heard.setdefault(event.tenant_id, []).append(("joined", event.data.group_slug, event.data.user_id))

        @handles(GroupMemberRemoved)
        async def left(ctx, event):
            self.heard.setdefault(event.tenant_id, []).append(("left", event.data.group_slug, event.data.user_id))

        return [joined, left]


plugin = Gate()
