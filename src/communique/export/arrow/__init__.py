"""The tables of the exports as Arrow: whole columns at a time, for csv and parquet.

What a ledger holds comes from its database as columns (``asking``) and becomes the tables' columns without a Python
object for each event: a million events then take seconds rather than minutes. ``chunks`` makes the same rows one by
one, for folders of batch Parquet, for pages that people judged, and where pyarrow is not installed; a test compares
the two cell by cell.
"""
