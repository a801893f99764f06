"""Kinds of the catalog, held against the sandbox through the real binary."""
