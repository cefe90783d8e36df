"""Proofs: every row of the ledger joins one log whose heads are signed and published."""
