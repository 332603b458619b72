"""A course with an exercise of each kind, imported as authors keep it, and a vendor of AI on this machine."""

import asyncio
import json
import textwrap

import pytest
import pytest_asyncio

from questline_core.content.importer import available_block_types, import_course, load_course

CRITIQUE = """
:::ai_lab.critique
title: Say less
brief: Rewrite *this*.
copy: Our revolutionary tea is the best tea.
checks:
  min_words: 4
  max_words: 12
  max_sentence_words: 8
  keywords: [green tea]
  banned: [best, revolutionary, SECRET-claim]
  call_to_action: [order, try]
:::
"""
DUEL = """
:::ai_lab.duel
brief: Which had more clicks?
a: Tea is good
b: Five teas for the evening
winner: b
result: SECRET-result
reason: SECRET-reason
:::
"""
PROMPT = """
:::ai_lab.prompt
title: Brief a tool
brief: Have a tool write a *subject line* for the tea box.
brand_voice: Warm, never loud.
constraints: [At most nine words, No exclamation mark]
rubric:
  - id: audience
    title: Audience
    hint: Say who reads it.
    guidance: SECRET-guidance-audience
  - id: limits
    title: Limits
    hint: Say how long it may be.
    guidance: SECRET-guidance-limits
key: SECRET-key prompt
checks:
  max_words: 9
  banned: [SECRET-claim]
:::
"""
FILES = {
    "course.yaml": "slug: tea\ntitle: Tea\nsummary: How to sell tea.\nmodules: [leaves]\n",
    "leaves/module.yaml": "title: Leaves\nlessons: [01-green.md]\n",
}


class Course:
    """A course with exercises, and its learners."""

    def __init__(self, site, tenant, folder, as_user):
        self.site, self.tenant, self.folder, self.as_user = site, tenant, folder, as_user

    async def load(self, critique=CRITIQUE, duel=DUEL, prompt=PROMPT):
        lesson = f"---\ntitle: Green tea\nminutes: 5\n---\nGreen.\n{critique}\n{duel}\n{prompt}"
        for name, content in (FILES | {"leaves/01-green.md": lesson}).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(content), encoding="utf-8")
        return load_course(self.folder, await available_block_types(self.site.host, self.tenant.id))

    async def publish(self, **blocks):
        source, problems = await self.load(**blocks)
        assert source is not None, [str(each) for each in problems]
        async with self.site.context(self.tenant.id) as ctx:
            await import_course(ctx, self.site.host, source)

    async def learner(self, *, enrolled=True):
        client = await self.as_user("learner")
        course = (await client.get("/api/v1/courses/tea")).json()
        if enrolled:
            (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
        return client

    async def page(self, client):
        course = (await client.get("/api/v1/courses/tea")).json()
        answer = await client.get(f"/api/v1/lessons/{course['modules'][0]['lessons'][0]['id']}")
        return answer.json()["blocks"]

    async def address(self, client, kind):
        data = next(each["data"] for each in await self.page(client) if each["type"] == f"ai_lab.{kind}")
        return f"/api/v1/p/ai_lab/exercises/{data['exercise_id']}"


@pytest.fixture
async def course(site, tenant, tmp_path, as_user):
    made = Course(site, tenant, tmp_path / "tea", as_user)
    await made.publish()
    return made


class Vendor:
    """Answers as OpenAI's Chat Completions do: `words` where a text is asked for, `marks` where JSON is."""

    def __init__(self):
        self.url = ""
        self.asked = []
        self.words = ["Five teas", " for the evening"]
        self.marks = "{}"
        self.status = 200

    async def serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            size = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
            body = json.loads(await reader.readexactly(size))
            self.asked.append(body)
            writer.write(self._answer(body))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, StopIteration):
            pass
        finally:
            writer.close()

    def _answer(self, body):
        if self.status == 200 and "input" in body:
            return self._embeddings(body)
        if self.status != 200:
            error = json.dumps({"error": {"message": "no", "code": None}}).encode()
            return b"HTTP/1.1 %d No\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
                self.status, len(error), error,
            )  # fmt: skip
        said = [self.marks] if "response_format" in body else self.words
        chunks = [{"choices": [{"index": 0, "delta": {"content": each}, "finish_reason": None}]} for each in said]
        chunks.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        chunks.append({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 14}})
        base = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
        lines = [f"data: {json.dumps(base | each)}\n\n" for each in chunks]
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
        return (head + "".join(lines) + "data: [DONE]\n\n").encode()

    def _embeddings(self, body):
        """Loud and calm texts stand at right angles."""
        data = [
            {"object": "embedding", "index": index, "embedding": [1.0, 0.0] if "!" in each else [0.0, 1.0]}
            for index, each in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 3, "total_tokens": 3}
        said = json.dumps({"object": "list", "data": data, "model": body["model"], "usage": usage}).encode()
        return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(said), said)


@pytest_asyncio.fixture(loop_scope="session")
async def vendor(as_user):
    """A vendor with two models that the site's admin has set up."""
    made = Vendor()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    admin = await as_user("admin")
    models = [
        {"name": each, "capabilities": ["chat"], "input_micros": 1, "output_micros": 1} for each in ("one", "two")
    ]
    models.append({"name": "vectors", "capabilities": ["embed"], "input_micros": 1, "output_micros": 0})
    values = {"api_key": "sk-test", "base_url": made.url, "api": "chat_completions", "models": models}
    (await admin.put("/api/v1/plugins/ai_openai/settings", json=values)).raise_for_status()
    (await admin.put("/api/v1/plugins/ai/settings", json={"attempts": 1})).raise_for_status()
    yield made
    server.close()


class Bench:
    """A learner at work on the prompt exercise."""

    def __init__(self, client, address):
        self.client, self.address = client, address

    async def draft(self, prompt):
        answer = await self.client.post(f"{self.address}/drafts", json={"prompt": prompt})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def run(self, draft, model="one", provider="ai_openai"):
        tool = {"provider": provider, "model": model}
        return await self.client.post(f"/api/v1/p/ai_lab/drafts/{draft['id']}/outputs", json=tool)

    async def hand_in(self, draft, output_id):
        return await self.client.post(f"/api/v1/p/ai_lab/drafts/{draft['id']}/hand-in", json={"output_id": output_id})

    def events(self, answer):
        """The events of a streamed answer."""
        blocks = (block.split("\n") for block in answer.text.split("\n\n") if block)
        return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]

    async def see(self):
        return (await self.client.get(f"{self.address}/drafts")).json()


@pytest_asyncio.fixture(loop_scope="session")
async def bench(course, vendor):
    learner = await course.learner()
    return Bench(learner, await course.address(learner, "prompt"))
