"""What leaves the house: the worker's tasks and the way to the mail server."""
