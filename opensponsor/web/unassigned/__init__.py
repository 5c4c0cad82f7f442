"""Households that a feed brought without a council: the national team gives each to one."""
