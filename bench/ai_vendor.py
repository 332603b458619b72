"""A local server that streams as OpenAI's Chat Completions do: `python -m bench.ai_vendor PORT WORDS PAUSE`."""

import asyncio
import json
import sys


def _chunk(**more: object) -> bytes:
    base = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "bench"}
    return b"data: " + json.dumps(base | more).encode() + b"\n\n"


WORD = _chunk(choices=[{"index": 0, "delta": {"content": "word "}, "finish_reason": None}])
END = (
    _chunk(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    + _chunk(choices=[], usage={"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30})
    + b"data: [DONE]\n\n"
)


async def serve(port: int, words: int, pause: float) -> None:
    """Answer every POST with so many words, a pause between each two; anything else with 200."""

    def framed(data: bytes) -> bytes:
        return f"{len(data):x}\r\n".encode() + data + b"\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                await reader.readexactly(int(sizes[0].partition(b":")[2]) if sizes else 0)
                if head.startswith(b"GET"):
                    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                    continue
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                )
                for number in range(words):
                    if number:
                        await asyncio.sleep(pause)
                    writer.write(framed(WORD))
                writer.write(framed(END) + b"0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", port, backlog=2048) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
