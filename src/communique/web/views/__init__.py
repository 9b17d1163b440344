"""One module a kind of page: what is looked up for it, as plain values."""
