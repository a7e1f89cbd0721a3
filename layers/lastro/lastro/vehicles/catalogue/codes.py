"""The codes and years that models are known by outside."""

from __future__ import annotations

from typing import Annotated

from lastro.vehicles.errors import WRONG_FIPE_CODE, WRONG_MOLICAR_CODE, WRONG_MONTH
from lastro.wire.amounts import InWhole
from lastro.wire.rule import Shape

MolicarCode = Annotated[str, Shape(WRONG_MOLICAR_CODE.rule, "[0-9]{8}-[0-9]", WRONG_MOLICAR_CODE.text)]
FipeCode = Annotated[str, Shape(WRONG_FIPE_CODE.rule, "[0-9]{6}-[0-9]", WRONG_FIPE_CODE.text)]
Year = Annotated[int, InWhole(1900, 2100, written=True)]
Month = Annotated[str, Shape(WRONG_MONTH.rule, "(19|20)[0-9]{2}-(0[1-9]|1[0-2])", WRONG_MONTH.text)]
