"""The product driven like its users do: a real browser, the real web server, real commits."""
