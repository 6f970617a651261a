"""Errors of handing over; the target is as it was before whenever one of them is raised."""

from __future__ import annotations

from pipeline.errors import KehoachError
from pipeline.usage import UsageError


class UnknownTarget(UsageError):
    code = "unknown-target"
    summary = "The target of the export is of no known kind."
    remedy = "See kehoach export --help for those that there are."


class TargetTaken(UsageError):
    """Something stands there already."""

    code = "target-taken"
    summary = "The target exists."
    remedy = "Name another one, or give --overwrite."


class NotOurs(UsageError):
    """What stands there was written by others and is never removed."""

    code = "target-not-ours"
    summary = "The target holds something that kehoach did not write."
    remedy = "Name another target."


class InsideDataset(UsageError):
    """The folder of a dataset holds what kehoach ingest put there, and nothing else."""

    code = "inside-dataset"
    summary = "The target lies in the dataset itself."
    remedy = "Name a place outside of it."


class NoFolder(UsageError):
    code = "no-folder"
    summary = "The folder for the target does not exist."
    remedy = "Make it first, or correct the path."


class CannotWrite(KehoachError):
    """The disk is full, or the right to write is missing."""

    cause = "environment"
    code = "cannot-write"
    summary = "The target cannot be written."
    remedy = "Make room or choose another place; the target is as it was before."


class NoConnection(KehoachError):
    """The database server refuses, or is not there. The message never holds a password."""

    cause = "environment"
    code = "no-connection"
    summary = "The database cannot be reached."
    remedy = "Check host, port, user and database; give the password by PGPASSWORD or ~/.pgpass."


class DatabaseRefused(KehoachError):
    """The server took the connection and refused the work, all of which was taken back."""

    cause = "environment"
    code = "database-refused"
    summary = "The database refused the export."
    remedy = "Check the rights of the user in that schema; nothing was changed."


class BrokenDataset(KehoachError):
    """The tables of the dataset do not fit together."""

    code = "broken-dataset"
    summary = "The tables of the dataset do not fit together."
    remedy = "Build it anew with: kehoach build DATASET."
