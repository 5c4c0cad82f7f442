"""Every component and page shape with invented content, for looking at and for the checks of accessibility.

Never in a live system.
"""
