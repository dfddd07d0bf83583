"""Development only: the inbox, the demonstration world, and the supervisor behind `portal run`."""
