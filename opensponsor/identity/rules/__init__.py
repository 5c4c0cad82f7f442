"""Calculations about accounts and organisations."""
