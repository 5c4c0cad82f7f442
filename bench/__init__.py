"""Measurements. They are printed, never asserted: seconds and megabytes depend on the machine.

A measurement is a module with `measure()`, which prints its lines; list it in `__main__.py`.
"""
