"""Mail that comes in: read without trust, kept before anything else, tied to what was sent."""
