"""Settings of a process, from `questline.toml` and the environment (which wins), checked once at start."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from questline_core.edge.rates import RateLimits
from questline_core.edge.sizes import RequestLimits

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Positive = Annotated[int, msgspec.Meta(ge=1)]
PostgresUrl = Annotated[str, msgspec.Meta(pattern=r"^postgres(ql)?://")]
RedisUrl = Annotated[str, msgspec.Meta(pattern=r"^(rediss?|unix)://")]
SyslogUrl = Annotated[str, msgspec.Meta(pattern=r"^(tls|tcp|udp)://[^/@\s]+$")]
SmtpUrl = Annotated[str, msgspec.Meta(pattern=r"^(smtp|smtps|smtp\+plain)://")]
Sender = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([^<>@\x00-\x1f]* <[^<>@\s\x00-\x1f]+@[^<>@\s\x00-\x1f]+>|[^<>@\s\x00-\x1f]+@[^<>@\s\x00-\x1f]+)$"
    ),
]
Networks = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-fA-F.:]+/[0-9]{1,3}(, *|$))*$")]
HttpUrl = Annotated[str, msgspec.Meta(pattern=r"^https?://")]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]

ENVIRONMENT_PREFIX = "QUESTLINE_"
CONFIG_FILE = "questline.toml"
FILE_ONLY = ("shards", "limits", "plugins", "plugin_settings", "rate_limits", "request_limits")
"""Tables of the file, which no variable could hold."""


class SettingsError(Exception):
    """A setting is wrong; the message names it, where it was set, and what it must be."""


class PluginChoices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table `[plugins]` of `questline.toml`, which `questline sync` applies."""

    wanted: dict[str, str] = {}
    """Distributions and the range of their version, e.g. `">=1.2,<2"`; `"*"` for any."""
    allow: list[str] | None = None
    """Patterns of the distributions that may be installed, e.g. `"questline-*"`; left out = any."""
    essential: list[str] = []
    """Ids of plugins that cannot be uninstalled."""
    wheelhouse: str | None = None
    """A folder of wheels, for a site without a package index."""


class Shard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table `[shards.<name>]`: another database, to which single tenants are moved."""

    database_url: PostgresUrl
    owner_database_url: PostgresUrl | None = None
    """The address for migrations and moves; only the machines that run those need it."""


class DefaultLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The table `[limits]`: the most a tenant may use that has no limits of its own; left out = no limit."""

    users: Positive | None = None
    storage_bytes: Positive | None = None
    requests_per_minute: Positive | None = None
    ai_micros_per_month: Positive | None = None


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
    encryption_keys: str | None = None
    """The key ring: `<id>:<32 bytes in base64>` with commas between. The first wraps the tenants' data keys."""
    encryption_keys_file: str | None = None
    """A file with more of the ring, one key a line."""
    smtp_url: SmtpUrl | None = None
    mail_from: Sender = "no-reply@localhost"
    audit_syslog_url: SyslogUrl | None = None
    """Where the audit logs are streamed to, as CEF in syslog: `tls://`, `tcp://` or `udp://`, host and port."""
    audit_syslog_ca: str | None = None
    """A file of certificates that the receiver's is checked against, in place of the system's."""
    default_tenant: Slug | None = None
    access_token_seconds: Annotated[int, msgspec.Meta(ge=30, le=3600)] = 600
    session_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30
    session_longest_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 90
    cookie_secure: bool = True
    hsts_subdomains: bool = False
    """Tell browsers that every host below the site's own is reached over HTTPS only, too."""
    max_body_bytes: Positive = 5_000_000
    private_networks: Networks = ""
    """Networks that are not public and that plugins may reach all the same: CIDR blocks with commas between."""
    trusted_proxies: Networks = "127.0.0.0/8, ::1/128"
    """Networks of the proxies before the site, whose word on a client's address counts."""
    proxy_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    """The header in which they say it; the other one is not looked at."""
    hook_timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 2.0
    job_concurrency: Positive = 200
    job_heartbeat_seconds: Annotated[float, msgspec.Meta(ge=1, le=600)] = 30.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    rate_limits: RateLimits = RateLimits()
    """The tables `[rate_limits.<class>]`: how many requests there may be."""
    request_limits: RequestLimits = RequestLimits()
    """The tables `[request_limits.<class>]`: how large and how long they may be."""
    plugins: PluginChoices = PluginChoices()
    plugin_settings: dict[str, dict[str, Any]] = {}
    """Values of plugins' settings for every tenant, by plugin id: the tables `[plugin_settings.<id>]`."""
    shards: dict[Annotated[str, msgspec.Meta(pattern=r"^(?!main$)[a-z][a-z0-9_-]{0,30}$")], Shard] = {}
    """Databases beside the main one, by name: the tables `[shards.<name>]`. The same in every process."""
    limits: DefaultLimits = DefaultLimits()
    tenant_grace_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 14
    """How long a tenant whose deletion was asked for in the console can still be kept."""
    dns_servers: str = ""
    """Addresses of the DNS servers that are asked for the proof of a domain, with commas between; empty = the system's.

    With a port after `:` where it is not 53.
    """

    @property
    def owner_urls(self) -> dict[str, str]:
        """The owner's address of every database by name, the main one first."""
        main = self.owner_database_url or self.require("database_url")
        shards = {name: each.owner_database_url or each.database_url for name, each in self.shards.items()}
        return {"main": main, **shards}

    @property
    def shard_urls(self) -> dict[str, str]:
        """The application's address of each database beside the main one."""
        return {name: shard.database_url for name, shard in self.shards.items()}

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
        if environment.get(name) and field.name not in FILE_ONLY:
            values[field.name], sources[field.name] = environment[name], name
    for field in msgspec.structs.fields(Settings):
        if field.name in values:
            values[field.name] = _convert(values[field.name], field, sources[field.name])
    unknown = sorted(values.keys() - {field.name for field in msgspec.structs.fields(Settings)})
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}")
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
        secret = field.name.endswith(("_key", "_keys", "_url", "_settings"))
        shown = "the value given" if secret else repr(value)
        raise SettingsError(f"{where}: {shown} is not accepted: {_explain(field.type, error)}") from None


def _explain(kind: Any, error: msgspec.ValidationError) -> str:
    literals = [value for value in get_args(kind) if isinstance(value, str)]
    if literals:
        return "use one of " + ", ".join(literals)
    return str(error)[:1].lower() + str(error)[1:]
