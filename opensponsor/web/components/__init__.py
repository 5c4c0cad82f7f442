"""The parts pages are built from.

Data in `shapes`, finished HTML in the other modules, every template tag in `tags`.
"""
