"""The read side: takes a session that is already scoped to an actor; every answer is ordered and bounded."""
