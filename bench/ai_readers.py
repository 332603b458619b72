"""Readers of streams, in a process of their own: `python -m bench.ai_readers PORT PATH STREAMS OPENING < token`."""

import asyncio
import json
import sys

BODY = json.dumps({"variables": {"text": "Hi"}}).encode()
LONGEST = 120.0


class Readers:
    """Opens streams spread over time and reads each to its end."""

    def __init__(self, port: int, path: str, token: str) -> None:
        self._port = port
        self._head = (
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(BODY)}\r\nconnection: close\r\n\r\n"
        ).encode()
        self.open_now = self.most = 0
        self.errors: list[str] = []

    async def read(self, after: float) -> None:
        """One stream, begun so many seconds from now."""
        await asyncio.sleep(after)
        self.open_now += 1
        self.most = max(self.most, self.open_now)
        try:
            async with asyncio.timeout(LONGEST):
                answer = await self._ask()
            if not answer.startswith(b"HTTP/1.1 200") or b"event: answer\n" not in answer:
                self.errors.append(answer[:12].decode() + answer[-300:].decode(errors="replace"))
        except (OSError, TimeoutError) as error:
            self.errors.append(repr(error))
        self.open_now -= 1

    async def _ask(self) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(self._head + BODY)
            return await reader.read(-1)
        finally:
            writer.close()


async def main(port: int, path: str, streams: int, opening: float, token: str) -> None:
    """Read them all, and print what came of it."""
    readers = Readers(port, path, token)
    await asyncio.gather(*(readers.read(number * opening / streams) for number in range(streams)))
    print(json.dumps({"most": readers.most, "errors": readers.errors}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.stdin.read().strip()))
