"""Addresses of PostgreSQL servers, and what may be told of them: never a password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from pipeline.export.errors import UnknownTarget

_SCHEMA = "schema"  # ours alone: libpq knows no such parameter
_SECRET = frozenset({"password", "sslpassword"})
_HIDDEN = "…"


_ENCODE = (
    "The address of the database can be read in several ways, so nothing of it is told: write @ / # ? & and"
    " spaces in a name or password as %40 %2F %23 %3F %26 %20, or give the password by PGPASSWORD."
)


def _is_ambiguous(text: str) -> bool:
    """Whether what stands before the last @, or after a password in the query, may be more than it seems."""
    rest = text.partition("://")[2]
    account, at, _ = rest.rpartition("@")
    odd = bool(at) and bool(set("@/#?& ") & set(account))
    query = rest.partition("?")[2]
    return odd or any("=" not in pair for pair in query.split("&") if query)


@dataclass(frozen=True, slots=True)
class Address:
    """A database, and the schema in it; none for the one that the server gives its user.

    `str` and `repr` hold no password.
    """

    url: str = field(repr=False)
    schema: str | None
    shown: str
    _secrets: tuple[str, ...] = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Address:
        """`postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=NAME`, all of it optional.

        Raises UnknownTarget.
        """
        if _is_ambiguous(text):
            raise UnknownTarget(_ENCODE)
        try:
            parts = urlsplit(text)
        except ValueError:  # its message would repeat the address
            raise UnknownTarget("The address of the database cannot be read.") from None
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        account, at, place = parts.netloc.rpartition("@")
        user, _, password = account.partition(":")
        secrets = [password, unquote(password), *(value for name, value in pairs if name in _SECRET)]
        asked = [(name, value) for name, value in pairs if name != _SCHEMA]
        told = [(name, value) for name, value in pairs if name not in _SECRET]
        return cls(
            url=_joined(parts, parts.netloc, asked),
            schema=next((value for name, value in pairs if name == _SCHEMA and value), None),
            shown=_joined(parts, user + at + place, told),
            _secrets=tuple(secret for secret in secrets if secret),
        )

    def __str__(self) -> str:
        return self.shown

    def told(self, message: str) -> str:
        """A message of the server or its library, indented, its lines as they are, without what is secret."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            message = message.replace(secret, _HIDDEN)
        return (
            "".join(f"\n  {' '.join(line.split())}" for line in message.splitlines() if line.strip()) + "\n"
        )


def _joined(parts: SplitResult, place: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address as libpq reads it: two slashes even where no host follows, spaces as %20."""
    query = urlencode(pairs, quote_via=quote)
    return f"{parts.scheme}://{place}{parts.path}{'?' if query else ''}{query}"
