"""Tables that are made of a build as a whole: contradictions across documents, bodies over the years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.manifest import Part
from pipeline.parts import chunks, write_parts
from pipeline.rows import Row
from pipeline.schema import TABLES

TABLES_OF_ALL = ("conflicts", "bodies")
_BATCH = 5_000  # rows that are held at a time
_MEMORY = "400MB"  # of the database; what does not fit goes to the disk
_SECONDS = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class OverallWork:
    """Builds the parts of all documents together, in the folder of a build that has all other parts."""

    folder: Path

    def seconds(self, _: str) -> float:
        return _SECONDS

    def __call__(self, bucket: str) -> list[Part]:
        """The parts; `bucket` is what stands for it, `OVERALL`."""
        from pipeline.bodies import body_rows
        from pipeline.conflicts_across import dataset_conflicts
        from pipeline.queries import database, is_text

        parts = {name: sorted(map(str, (self.folder / name).glob("part-*.parquet"))) for name in TABLES}
        # Beside the tables there is room; a database takes no path that is no text.
        beside = self.folder if is_text(str(self.folder)) else None
        with TemporaryDirectory(dir=beside, prefix=".spill-") as spill:
            connection = database(parts)
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            connection.execute("SET temp_directory = $spill", {"spill": spill})
            # The one asks before the other's rows are written: a database answers one at a time.
            conflicts, bodies = list(dataset_conflicts(connection)), body_rows(connection)
            batches = chain(_batches("conflicts", conflicts), _batches("bodies", bodies))
            written = write_parts(self.folder, bucket, batches, TABLES_OF_ALL)
            connection.close()
        return written


def _batches(name: str, rows: Iterable[Row]) -> Iterator[dict[str, list[Row]]]:
    for chunk in chunks(rows, _BATCH):
        yield {**{other: [] for other in TABLES_OF_ALL}, name: chunk}
