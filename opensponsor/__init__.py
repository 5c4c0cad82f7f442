"""OpenSponsor: one platform for sponsorship schemes."""
