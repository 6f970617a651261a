"""What a child process tells the process that watches over it."""

from __future__ import annotations

import pickle
import traceback
from dataclasses import dataclass
from typing import NoReturn


class RemoteTraceback(Exception):
    """The traceback of an error raised in another process, as the cause of the error raised here."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


@dataclass(frozen=True, slots=True)
class Ready:
    """It has started and knows its work."""


@dataclass(frozen=True, slots=True)
class Begun:
    """It begins with its item, which may take until `deadline` on the machine's monotonic clock."""

    deadline: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Returned:
    """The result of the work."""

    result: object


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that the work raised."""

    error: Exception
    trace: str

    @classmethod
    def of(cls, error: Exception) -> Raised:
        """The error, or one of the same text where it cannot cross the border."""
        trace = "".join(traceback.format_exception(error))
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # an error's own __reduce__ or __init__ may raise anything
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return cls(error, trace)

    def again(self) -> NoReturn:
        """Raise the error here."""
        raise self.error from RemoteTraceback(self.trace)


@dataclass(frozen=True, slots=True)
class NoMemory:
    """The work could not get memory and did not catch the error."""


Message = Ready | Begun | Returned | Raised | NoMemory


def packed_message(message: Message) -> bytes:
    """The message as bytes; a result that cannot be pickled becomes the error that says so."""
    try:
        return pickle.dumps(message)
    except Exception as error:  # a result's own __reduce__ may raise anything
        return pickle.dumps(Raised.of(error))
