"""What people do with lists: keep a way of looking at one, take one out of the platform."""
