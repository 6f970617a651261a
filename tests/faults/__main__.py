"""The command with quick workers that fall into traps: python -m tests.faults TRAPS ingest …

Versions stand still, so that a code that is edited meanwhile makes no difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pipeline.ingestion
import pipeline.versions
from pipeline.cli import main
from tests.faults.work import TrappedWork

if __name__ == "__main__":
    traps = Path(sys.argv[1])
    pipeline.versions.stage_version = lambda stage: f"test-{stage}"  # type: ignore[assignment]
    pipeline.ingestion.ReadWork = lambda: TrappedWork(traps)  # type: ignore[assignment,misc]
    raise SystemExit(main(sys.argv[2:]))
