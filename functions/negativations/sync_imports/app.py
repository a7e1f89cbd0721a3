"""Each five minutes: work the imports on that do not move."""

from lastro.aws.entrypoints.schedule import scheduled
from lastro.negativations.imports.wiring import open_import_sweep

handler = scheduled(open_import_sweep().run)
