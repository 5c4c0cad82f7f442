"""Signing in with the account that the organisation gave: OpenID Connect, in stricter form than the library's.

`tokens` reads and judges what the provider says, `flow` goes there and back, `answers` decides whom it lets in.
"""
