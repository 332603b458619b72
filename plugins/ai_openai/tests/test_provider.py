"""The adapter keeps every promise of an AI provider, through either of OpenAI's APIs."""

import pytest_asyncio

from questline_sdk.testing.ai import AIProviderConformance
from questline_sdk.testing.ai_vendor import AIVendor, Reply, running_vendor

SIZE = 997
"""Letters in one event, so that a huge answer has many."""
USAGE = {
    "input_tokens": 12,
    "output_tokens": 7,
    "total_tokens": 19,
    "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
    "output_tokens_details": {"reasoning_tokens": 0},
}


def pieces(text):
    return [text[start : start + SIZE] for start in range(0, len(text), SIZE)]


class OpenAIVendor(AIVendor):
    """OpenAI's API of 2026: responses, models, embeddings, moderations."""

    plugin_id = "ai_openai"
    live_variable = "OPENAI_API_KEY"
    api = "responses"

    def settings(self, url):
        models = [
            {"name": "gpt-5.4-mini"},
            {"name": "text-embedding-3-small", "capabilities": ["embed"]},
            {"name": "omni-moderation-latest", "capabilities": ["moderate"]},
        ]
        account = {"api_key": self.key, "api": self.api, "timeout_seconds": 1, "models": models}
        return {**account, "base_url": f"{url}/v1"} if url else account

    def live_settings(self, key):
        return {"api_key": key, "api": self.api}

    def answer(self, asked, text):
        assert asked.headers["authorization"] == f"Bearer {self.key}"
        match asked.path.removeprefix("/v1/"):
            case "responses":
                return self.spoken(text)
            case "chat/completions":
                return self.said(text)
            case "embeddings":
                vectors = [
                    {"object": "embedding", "index": index, "embedding": [len(each) / 10, 0.5]}
                    for index, each in enumerate(asked.body["input"])
                ]
                usage = {"prompt_tokens": 4, "total_tokens": 4}
                return Reply.json({"object": "list", "data": vectors[::-1], "model": "m", "usage": usage})
            case "moderations":
                result = {"flagged": False, "categories": {"hate": False}, "category_scores": {"hate": 0.01}}
                return Reply.json({"id": "modr_1", "model": "m", "results": [result]})
            case "models":
                return Reply.json({"object": "list", "data": []})
        return Reply.json(self.error(404), 404)

    def spoken(self, text, status="completed", **more):
        whole = {"id": "resp_1", "object": "response", "output": [], "usage": USAGE, "status": status, **more}
        place = {"item_id": "m", "output_index": 0, "content_index": 0, "logprobs": []}
        return Reply.events(
            {"type": "response.created", "sequence_number": 0, "response": {**whole, "status": "in_progress"}},
            *(
                {"type": "response.output_text.delta", "delta": piece, "sequence_number": number, **place}
                for number, piece in enumerate(pieces(text), start=1)
            ),
            {"type": f"response.{status}", "sequence_number": 9, "response": whole},
        )

    def said(self, text, finish="stop"):
        whole = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        usage = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}
        return Reply.events(
            *(
                {**whole, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
                for piece in pieces(text)
            ),
            {**whole, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]},
            {**whole, "choices": [], "usage": usage},
            end=b"data: [DONE]\n\n",
        )

    def decline(self, asked):
        return self.spoken("", "incomplete", incomplete_details={"reason": "content_filter"})

    def error(self, status):
        return {"error": {"code": None, "message": f"{self.key} failed", "type": "x", "param": None}}


class CompletionsVendor(OpenAIVendor):
    """A server that knows only the older API."""

    api = "chat_completions"

    def settings(self, url):
        return {**super().settings(url), "models": [{"name": "gpt-5.4-mini"}]}

    def decline(self, asked):
        return self.said("", "content_filter")


class TestResponses(AIProviderConformance):
    @pytest_asyncio.fixture(loop_scope="session")
    async def vendor(self, ctx, as_user):
        vendor = OpenAIVendor()
        async with running_vendor(vendor, ctx, as_user):
            yield vendor


class TestChatCompletions(AIProviderConformance):
    @pytest_asyncio.fixture(loop_scope="session")
    async def vendor(self, ctx, as_user):
        vendor = CompletionsVendor()
        async with running_vendor(vendor, ctx, as_user):
            yield vendor
