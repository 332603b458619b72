"""A process that refunds an order and is killed once the bank has done it; told what on its standard input."""

import asyncio
import os
import signal
import sys
from uuid import UUID

import msgspec

from questline_core.host import Host
from questline_core.settings import Settings
from questline_payments import refunds
from questline_payments.schemas import RefundInput
from questline_payments_sandbox.provider import SandboxProvider


async def main() -> None:
    asked = msgspec.json.decode(sys.stdin.buffer.read())
    sent = SandboxProvider.refund

    async def fatal(self, ctx, request):
        await sent(self, ctx, request)
        os.kill(os.getpid(), signal.SIGKILL)

    SandboxProvider.refund = fatal
    host = Host(Settings(**asked["settings"]))
    async with host.running(), host.context(UUID(asked["tenant"])) as ctx:
        await refunds.refund(ctx, UUID(asked["order"]), RefundInput(amount=2000), "refund-and-die")


if __name__ == "__main__":
    asyncio.run(main())
