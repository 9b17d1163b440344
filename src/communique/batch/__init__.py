"""Batch: shards of many pages to Parquet, on this machine or on a Dask cluster."""
