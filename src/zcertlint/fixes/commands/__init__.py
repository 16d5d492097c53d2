"""Commands as values: each renders itself, applies itself to a database, and tells how it is undone.

The effects are RACF's, as far as documents and transcripts show them; what is only believed is named in the
plan that uses the command, with the listing that proves it.
"""
