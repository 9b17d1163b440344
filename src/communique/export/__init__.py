"""Exports: what a ledger holds, in the formats of the field.

    communique export LEDGER FOLDER --format csv --format parquet

A format is one module of this package with one function::

    def write(record: Record, folder: Path, metadata: Metadata) -> None

and one line in the table of ``formats.py`` (name, module, help, the extra that it needs). ``write`` is called with

* ``record`` (``record.Record``): what the source holds, streamed in a fixed order.

  - ``record.pages()`` gives ``StoredPage``, with the text that evidence points into;
  - ``record.told()`` gives ``Told``: an Event with its key, its page, its move and thread, and who coded it. Both give
    events as they stand: corrected as people corrected them, without those that people rejected;
  - ``record.moves()``, ``record.threads()``, ``record.parties()``, ``record.decisions()``, ``record.sources()``.

  Each call starts a new pass; none holds more than a part of the ledger in memory. ``record.focus`` names the threads
  and actors that were asked for (``--thread``, ``--actor``), and ``record.connection`` is the ledger's connection, for
  its own queries (None where the source is a folder).
* ``folder``: an empty folder, this format's own. It becomes ``FOLDER/NAME`` when ``write`` returns, and is thrown
  away when it raises. The frame adds ``metadata.json``; whatever has room for metadata says it inside as well.
* ``metadata`` (``metadata.Metadata``): title, licence, citation; versions of Communique, ledger, coders, codebook.

Rules for a format: the same ledger gives the same bytes (no clock, no random ids, sorted where order means nothing);
missing is None or an absent cell, never a sentinel; what the format cannot hold is said in a file beside it
(``lost.csv`` where values fall away). Heavy libraries are imported inside the module: it is loaded only when asked for.
Raise ``ExportError`` with one line for what a person can put right.
"""
