"""Coming to the platform: asking for access, and accepting an invitation."""
