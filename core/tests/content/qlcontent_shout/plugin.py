"""A plugin that changes blocks while lessons are read."""

import msgspec

from questline_sdk import Plugin, hookimpl


class Shout(Plugin):
    @hookimpl
    async def transform_block(self, ctx, block):
        if block.type != "callout":
            return block
        return msgspec.structs.replace(block, data={**block.data, "title": block.data["title"].upper()})


plugin = Shout()
