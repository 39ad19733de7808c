"""The desk of the hotline: accounts, queue, live talk, numbers, audit. It shares nouns with the public site, never modules."""
