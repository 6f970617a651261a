"""A storage that speaks S3, on this machine, for the time of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_SETTINGS = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1"}
BUCKET = "kho"


@contextmanager
def s3_server() -> Iterator[str]:
    """A server with one empty bucket, to which S3 clients of this process and its children then talk."""
    import boto3
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _SETTINGS.items():
            patch.setenv(name, value)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        S3FileSystem.clear_instance_cache()  # of a server before this one
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        try:
            yield f"s3://{BUCKET}"
        finally:
            S3FileSystem.clear_instance_cache()
            server.stop()


def put(key: str, content: bytes) -> None:
    """An object under any key, also one that a path cannot be."""
    import boto3

    boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)
