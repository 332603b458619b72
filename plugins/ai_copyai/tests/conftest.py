"""A local server that answers as Copy.ai documents."""

import asyncio
import os

import pytest_asyncio

from questline_sdk.testing.ai_vendor import AIVendor, Reply, running_vendor

WORKFLOW = "WCFG-6db59f06"
SECRET = "a-secret-of-the-webhook-1"


class CopyAIVendor(AIVendor):
    """The Workflows API: runs and webhooks."""

    plugin_id = "ai_copyai"
    live_variable = "COPYAI_API_KEY"

    def __init__(self):
        super().__init__()
        self.runs = {}
        self.pending = 1
        """How often a run is still being processed when it is asked after."""
        self.failing = False
        self.misses = []
        """Answers to the next questions after a run."""
        self.outputs = None
        self.webhooks = []
        self.polled = asyncio.Event()

    def settings(self, url):
        account = {
            "api_key": self.key,
            "timeout_seconds": 1,
            "poll_seconds": 0.05,
            "workflows": [{"id": WORKFLOW, "title": "Slogans"}],
        }
        return {**account, "base_url": f"{url}/api"} if url else account

    def live_settings(self, key):
        workflow = {"id": os.environ.get("COPYAI_WORKFLOW_ID", WORKFLOW), "title": "Live"}
        return {"api_key": key, "workflows": [workflow]}

    def answer(self, asked, text):
        assert asked.headers["x-copy-ai-api-key"] == self.key
        match asked.method, asked.path.removeprefix("/api/").split("/"):
            case "POST", ["workflow", name, "run"] if name == WORKFLOW:
                run_id = f"WRUN-{len(self.runs)}"
                self.runs[run_id] = [self.pending, text, asked.body]
                return Reply.json({"status": "success", "data": {"id": run_id}})
            case "GET", ["workflow", name, "run", run_id] if name == WORKFLOW and run_id in self.runs:
                return self.state(run_id)
            case "GET", ["webhook"]:
                return Reply.json({"total": len(self.webhooks), "data": self.webhooks})
            case "POST", ["webhook"]:
                self.webhooks.append({"id": str(len(self.webhooks)), "workflowId": None, **asked.body})
                return Reply.json({"status": "success", "data": self.webhooks[-1]})
        return Reply.json({"status": "error", "errorCode": "NOT_FOUND"}, 404)

    def state(self, run_id):
        self.polled.set()
        if self.misses:
            return self.misses.pop(0)
        run = self.runs[run_id]
        run[0] -= 1
        status = "PROCESSING" if run[0] >= 0 else "FAILED" if self.failing else "COMPLETE"
        output = (self.outputs or {"Output 1": run[1]}) if status == "COMPLETE" else {}
        data = {"id": run_id, "status": status, "input": run[2]["startVariables"], "output": output, "credits": 2}
        return Reply.json({"status": "success", "data": {**data, "createdAt": "2026-11-18T20:30:07.434Z"}})

    def error(self, status):
        return {"status": "error", "errorCode": f"{status} {self.key}"}


@pytest_asyncio.fixture(loop_scope="session")
async def vendor(ctx, as_user):
    vendor = CopyAIVendor()
    async with running_vendor(vendor, ctx, as_user):
        yield vendor
