"""Errors in what the program was asked to do; nothing has been read or written when they are raised."""

from __future__ import annotations

from pipeline.errors import KehoachError


class UsageError(KehoachError):
    """The request cannot be met as it stands."""

    code = "usage"
    summary = "The request cannot be met."
    remedy = "See kehoach --help."


class NoLayout(UsageError):
    """The format tells what is written, not where on a page it stands."""

    code = "no-layout"
    summary = "A file of this format has no pages with places on them."
    remedy = "Give a PDF or an image of pages (TIFF, JPEG, PNG)."


class NoSuchPage(UsageError):
    code = "no-such-page"
    summary = "There is no such page."
    remedy = "Give the number of a page, from 1."


class NoSource(UsageError):
    code = "no-source"
    summary = "There is no such file or folder."
    remedy = "Check the path."


class FolderTaken(UsageError):
    """The folder for the dataset holds something else, which is never overwritten."""

    code = "folder-taken"
    summary = "The folder for the dataset holds something else."
    remedy = "Name an empty folder, a new one, or a dataset of an earlier run."


class DatasetBusy(UsageError):
    code = "dataset-busy"
    summary = "Another run is writing this dataset."
    remedy = "Wait until it has ended (--wait does so), or name another folder."


class NotADataset(UsageError):
    code = "not-a-dataset"
    summary = "The folder is no dataset of kehoach."
    remedy = "Make one with: kehoach ingest FOLDER --out DATASET."

    @classmethod
    def at(cls, place: object) -> NotADataset:
        """The error for a folder or an address."""
        return cls(f"{place} is no dataset of kehoach.")


class NoSuchVersion(UsageError):
    code = "no-such-version"
    summary = "The dataset has no such version."
    remedy = "See version in its manifest.json."


class BadMetadata(UsageError):
    code = "bad-metadata"
    summary = "The table of an archive's columns cannot be read."
    remedy = "Give a CSV file in UTF-8 with a heading line and a column path, as in table files."


class OtherSchema(UsageError):
    """The tables were written by another version of kehoach."""

    code = "other-schema"
    summary = "The dataset was written by another version of kehoach."
    remedy = "Bring it up to date with: kehoach ingest SOURCE --out DATASET (records are taken over)."


class UnknownBody(UsageError):
    code = "unknown-body"
    summary = "No document of the dataset names that body."
    remedy = "See Dataset.bodies() for those that there are."
