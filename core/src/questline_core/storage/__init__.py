"""Blob storage: local files or S3 behind `questline_sdk.storage.BlobStore`, chosen by the settings."""

from questline_core.settings import Settings
from questline_core.storage.errors import StorageError
from questline_sdk.storage import BlobStore

__all__ = ["StorageError", "make_store"]


def make_store(settings: Settings) -> BlobStore:
    """Build the store that the settings name; nothing is opened before its first use."""
    if settings.storage == "s3":
        from questline_core.storage.s3 import S3Store

        return S3Store(
            bucket=settings.s3_bucket,
            region=settings.s3_region,
            endpoint_url=settings.s3_endpoint_url,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
        )
    from questline_core.storage.local import LocalStore

    return LocalStore(settings.home_path / "blobs")
