"""The adapter keeps every promise of an AI provider, and asks Jasper as Jasper documents."""

import pytest
import pytest_asyncio

from questline_sdk.ai import CopyRequest, ProviderError, ProviderUnavailable
from questline_sdk.testing.ai import AIProviderConformance
from questline_sdk.testing.ai_vendor import AIVendor, Reply, running_vendor

TASK = "agt_0190f3a1b2c34d5e6f7a8b9c0d1e2f3a"
TEMPLATE = "skl_32AFF124B6404DA09CD27EE3ACC0D733"
TONE = {"id": "ton_2ee766eaa4ef48e59da1d9602bfecf2d", "name": "It's-a me!", "value": "Energetic."}
SIZE = 997
"""Letters in one event, so that a huge answer has many."""


class JasperVendor(AIVendor):
    """Jasper's API v1."""

    plugin_id = "ai_jasper"
    live_variable = "JASPER_API_KEY"
    stream = False

    def __init__(self):
        super().__init__()
        self.events = None

    def settings(self, url):
        account = {
            "api_key": self.key,
            "timeout_seconds": 1,
            "stream": self.stream,
            "tasks": [{"id": TASK, "title": "Slogans"}],
            "templates": [{"id": TEMPLATE, "title": "Product description", "brief_input": "productDescription"}],
        }
        return {**account, "base_url": f"{url}/v1"} if url else account

    def live_settings(self, key):
        return {"api_key": key}

    def answer(self, asked, text):
        assert asked.headers["x-api-key"] == self.key
        whole = {"requestId": "bce766ea-a4ef-48e5-9da1-d9602bfecf2d"}
        texts = {**whole, "resource": "content", "data": [{"text": text, "id": "txt_1"}]}
        match asked.path.removeprefix("/v1/").split("/"):
            case ["command"]:
                return Reply.json(texts, 201)
            case ["templates", name, "run"] if name == TEMPLATE:
                return Reply.json(texts, 201)
            case ["tasks", name, "run"] if name == TASK:
                output = [{"type": "TEXT", "value": text}]
                return Reply.json({**whole, "resource": "tasks", "data": {"output": output}})
            case ["tasks", name, "run", "stream"] if name == TASK:
                return Reply.events(*(self.events or self.spoken(text)))
            case ["tones"]:
                return Reply.json({**whole, "resource": "tone", "data": [TONE]})
        return Reply.json(self.error(404), 404)

    def spoken(self, text):
        step = {"id": "f1d3b309-67bd-4054-a852-8806bc1a5344", "label": "Generating content"}
        content = {"id": "155cb8fc", "contentId": "155cb8fc", "role": "JASPER", "usage": None, "skillId": "8c1ede2b"}
        pieces = [text[start : start + SIZE] for start in range(0, len(text), SIZE)]
        return [
            {"step": {**step, "status": "loading"}},
            *({**content, "content": piece} for piece in pieces),
            {"step": {**step, "status": "completed"}},
        ]

    def error(self, status):
        return {"statusCode": status, "message": f"no {self.key}", "error": "HttpException"}


class StreamingVendor(JasperVendor):
    stream = True


@pytest_asyncio.fixture(loop_scope="session")
async def jasper(ctx, as_user):
    vendor = JasperVendor()
    async with running_vendor(vendor, ctx, as_user):
        yield vendor


@pytest_asyncio.fixture(loop_scope="session")
async def streaming(ctx, as_user):
    vendor = StreamingVendor()
    async with running_vendor(vendor, ctx, as_user):
        yield vendor


class TestProvider(AIProviderConformance):
    @pytest.fixture
    def vendor(self, jasper):
        return jasper


class TestStreaming(AIProviderConformance):
    @pytest_asyncio.fixture(loop_scope="session")
    async def vendor(self, streaming):
        await streaming.configure(templates=None)
        return streaming


def asking(model, **more):
    values = {"brief": "A slogan", "variables": {"Product": "Coffee"}, "max_output_tokens": 100, **more}
    return CopyRequest(model=model, **values)


async def ask(vendor, ctx, request):
    *texts, end = [part async for part in vendor.provider.copy(ctx, request)]
    return "".join(text.text for text in texts), end


async def test_a_command_is_run(jasper, ctx):
    await jasper.configure(language="German", quality="quality")
    text, end = await ask(jasper, ctx, asking("command"))
    assert (text, end.finish, end.usage.estimated) == (jasper.text, "stop", True)
    (asked,) = jasper.asked
    options = {"outputCount": 1, "inputLanguage": "German", "outputLanguage": "German", "completionType": "quality"}
    assert asked.body == {"inputs": {"command": "A slogan", "context": "Product: Coffee"}, "options": options}


async def test_a_template_is_filled_in(jasper, ctx):
    await ask(jasper, ctx, asking(TEMPLATE, tone=TONE["id"]))
    (asked,) = jasper.asked
    assert asked.query == f"toneId={TONE['id']}"
    assert asked.body["inputs"] == {"Product": "Coffee", "productDescription": "A slogan"}


@pytest.mark.parametrize("stream", [False, True])
async def test_an_agent_gets_its_context(jasper, ctx, stream):
    await jasper.configure(stream=stream)
    item = "729d2dd3-9ec6-4930-b216-48b8923671ca"
    await ask(jasper, ctx, asking(TASK, variables={item: "x", "Product": "Coffee"}, tone="it's-a ME!"))
    tones, asked = jasper.asked
    assert (tones.path, asked.path.endswith("/stream")) == ("/v1/tones", stream)
    assert asked.body == {
        "contextItems": [
            {"name": "Brief", "question": "What is to be written?", "answer": "A slogan"},
            {"id": item, "value": "x"},
            {"name": "Product", "question": "Product", "answer": "Coffee"},
        ],
        "toneId": TONE["id"],
    }


async def test_a_voice_that_jasper_does_not_know_is_described(jasper, ctx):
    await ask(jasper, ctx, asking("command", tone="calm"))
    assert jasper.asked[-1].body["inputs"]["command"] == "A slogan\n\nTone of voice: calm"


@pytest.mark.parametrize("stream", [False, True])
async def test_a_longer_text_is_cut(jasper, ctx, stream):
    await jasper.configure(stream=stream)
    jasper.text = "x" * 5000
    text, end = await ask(jasper, ctx, asking(TASK))
    assert (len(text), end.finish) == (400, "length")


@pytest.mark.parametrize(
    ("events", "error"),
    [
        ([{"statusCode": 400, "message": "app not found", "error": "HttpException"}], ProviderError),
        ([{"content": "half", "id": "1"}, {"statusCode": 503, "message": "no", "error": "x"}], ProviderUnavailable),
        ([{"step": {"id": "1", "status": "loading"}}, {"content": "half"}], ProviderUnavailable),
        ([{"step": {"id": "1", "status": "completed"}}], ProviderUnavailable),
    ],
)
async def test_a_stream_that_fails_is_no_answer(streaming, ctx, events, error):
    streaming.events = events
    with pytest.raises(ProviderError) as caught:
        await ask(streaming, ctx, asking(TASK))
    assert type(caught.value) is error


async def test_what_the_admin_did_not_name_is_not_run(jasper, ctx):
    with pytest.raises(ProviderError):
        await ask(jasper, ctx, asking("../tones"))
    assert jasper.asked == []
