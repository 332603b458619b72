"""Settings of a process, from `questline.toml` and the environment (which wins), checked once at start."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
PostgresUrl = Annotated[str, msgspec.Meta(pattern=r"^postgres(ql)?://")]
RedisUrl = Annotated[str, msgspec.Meta(pattern=r"^(rediss?|unix)://")]
HttpUrl = Annotated[str, msgspec.Meta(pattern=r"^https?://")]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]

ENVIRONMENT_PREFIX = "QUESTLINE_"
CONFIG_FILE = "questline.toml"


class SettingsError(Exception):
    """A setting is wrong; the message names it, where it was set, and what it must be."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator may set. `QUESTLINE_<NAME>` in the environment, `<name>` in `questline.toml`."""

    home: str = ".questline"
    environment: Literal["production", "development"] = "production"
    host: str = "127.0.0.1"
    port: Port = 8000
    public_url: HttpUrl | None = None
    workers: Positive = 1
    worker_in_server: bool = False
    database_url: PostgresUrl | None = None
    owner_database_url: PostgresUrl | None = None
    database_pool_size: Positive = 10
    redis_url: RedisUrl | None = None
    storage: Literal["local", "s3"] = "local"
    s3_bucket: str = "questline"
    s3_endpoint_url: HttpUrl | None = None
    s3_region: str = "us-east-1"
    s3_access_key: str | None = None
    s3_secret_key: str | None = None
    secret_key: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    default_tenant: Slug | None = None
    access_token_seconds: Annotated[int, msgspec.Meta(ge=30, le=3600)] = 600
    session_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30
    cookie_secure: bool = True
    max_body_bytes: Positive = 5_000_000
    hook_timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 2.0
    job_concurrency: Positive = 200
    job_heartbeat_seconds: Annotated[float, msgspec.Meta(ge=1, le=600)] = 30.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"

    @property
    def home_path(self) -> Path:
        """The folder that holds everything this machine keeps."""
        return Path(self.home).expanduser().absolute()

    def require(self, name: str) -> str:
        """A setting this process cannot do without; raises `SettingsError` naming it."""
        value = getattr(self, name)
        if not value:
            raise SettingsError(f"{ENVIRONMENT_PREFIX}{name.upper()} is not set; `questline up` sets it for you")
        return str(value)


def load_settings(environment: Mapping[str, str] | None = None, config_file: Path | None = None) -> Settings:
    """Read the settings; raises `SettingsError` with one line for the first wrong value."""
    environment = os.environ if environment is None else environment
    path = config_file or Path(environment.get("QUESTLINE_CONFIG", CONFIG_FILE))
    values = _read_config(path, must_exist="QUESTLINE_CONFIG" in environment or config_file is not None)
    sources = dict.fromkeys(values, str(path))
    for field in msgspec.structs.fields(Settings):
        name = ENVIRONMENT_PREFIX + field.name.upper()
        if environment.get(name):
            values[field.name], sources[field.name] = environment[name], name
    for field in msgspec.structs.fields(Settings):
        if field.name in values:
            values[field.name] = _convert(values[field.name], field, sources[field.name])
    unknown = sorted(values.keys() - {field.name for field in msgspec.structs.fields(Settings)} - {"plugins"})
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}")
    values.pop("plugins", None)
    return Settings(**values)


def _read_config(path: Path, *, must_exist: bool) -> dict[str, Any]:
    if not path.is_file():
        if must_exist:
            raise SettingsError(f"{path}: there is no such file")
        return {}
    try:
        return msgspec.toml.decode(path.read_bytes(), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}") from None


def _convert(value: Any, field: Any, source: str) -> Any:
    where = source if source.startswith(ENVIRONMENT_PREFIX) else f"{source}: {field.name}"
    try:
        return msgspec.convert(value, field.type, strict=not source.startswith(ENVIRONMENT_PREFIX))
    except msgspec.ValidationError as error:
        secret = field.name.endswith(("_key", "_url"))
        shown = "the value given" if secret else repr(value)
        raise SettingsError(f"{where}: {shown} is not accepted: {_explain(field.type, error)}") from None


def _explain(kind: Any, error: msgspec.ValidationError) -> str:
    literals = [value for value in get_args(kind) if isinstance(value, str)]
    if literals:
        return "use one of " + ", ".join(literals)
    return str(error)[:1].lower() + str(error)[1:]
