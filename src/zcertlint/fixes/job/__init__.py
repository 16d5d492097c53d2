"""Somebody's job read: JCL, CLIST, REXX or pasted commands become commands in the order in which they are run.

Nothing is skipped in silence: a line that is not understood is told with its number.
"""
