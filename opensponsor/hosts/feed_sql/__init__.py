"""The statements of `hosts.feed_rows`. No value of a file stands in them: they read temporary tables."""
