"""No file of the repository has a key, a token or a private key in it."""

import subprocess
from pathlib import Path

import pytest
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).parents[2]
DETECTORS = [
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "CloudantDetector", "DiscordBotTokenDetector",
    "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector", "MailchimpDetector", "NpmDetector",
    "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector", "SlackDetector",
    "SquareOAuthDetector", "StripeDetector", "TelegramBotTokenDetector", "TwilioKeyDetector",
]  # fmt: skip
"""Those that know what they look for; what guesses by entropy finds every hash and every id."""
TEXTS = {
    ".py",
    ".toml",
    ".md",
    ".json",
    ".yaml",
    ".yml",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".html",
    ".txt",
    ".sh",
    ".env",
    "",
}
NOT_WRITTEN_BY_HAND = {"package-lock.json", "requirements.lock"}


def found_in(*paths: Path) -> list[str]:
    with transient_settings({"plugins_used": [{"name": name} for name in DETECTORS]}):
        return [f"{path}:{each.line_number}: {each.type}" for path in paths for each in scan_file(str(path))]


def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    if not listed:
        pytest.skip("not a checkout")
    names = [name for name in listed.split("\0") if name and Path(name).name not in NOT_WRITTEN_BY_HAND]
    paths = [ROOT / name for name in names if Path(name).suffix in TEXTS and (ROOT / name).is_file()]
    assert len(paths) > 500
    assert found_in(*paths) == []


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN RSA PRIVATE", " KEY-----"),
        ("AKIA", "ABCDEFGHIJKLMNOP"),
        ("ghp_", "a1B2" * 9),
        ("sk_live_", "a1B2" * 6),
        ("npm = '//registry/:_authT", "oken=npm_" + "a1B2" * 9 + "'"),
    ],
)
def test_what_looks_like_one_is_found(tmp_path: Path, parts: tuple[str, ...]) -> None:
    path = tmp_path / "settings.py"
    path.write_text(f'KEY = "{"".join(parts)}"\n')
    assert found_in(path)
