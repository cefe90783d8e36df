"""Signing in, one's own seats and sessions, posts and people, accounts, and what the audit reads."""
