"""All made plans."""

from __future__ import annotations

from tests.maker.facts import MadePlan
from tests.maker.plans_emulation import EMULATION
from tests.maker.plans_members import MEMBERS
from tests.maker.plans_odd import ODD
from tests.maker.plans_reform import REFORMS
from tests.maker.plans_safety import SAFETY
from tests.maker.plans_years import YEARS

PLANS: tuple[MadePlan, ...] = (*EMULATION, *MEMBERS, *REFORMS, *SAFETY, *ODD, *YEARS)
