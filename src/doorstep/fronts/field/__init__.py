"""The grid worker's phone: what today asks for, one case, and what one has seen oneself.

Nothing here asks where somebody is, when they were here, or for a picture; nothing counts or compares people.
"""
