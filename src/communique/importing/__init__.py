"""Importing hand-coded data: the rows of a CSV file become pages and events beside the machine's, as another coder's.

mapping -> rows -> documents (rows of one article) -> coded pages -> ledger. A mapping file names the columns.
"""

from communique.importing.mapping import Mapping, MappingError, read_mapping
from communique.importing.running import Imported, import_csv

__all__ = ["Imported", "Mapping", "MappingError", "import_csv", "read_mapping"]
