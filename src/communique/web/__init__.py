"""The reading room: a ledger as web pages, served to a browser without any outside request."""
