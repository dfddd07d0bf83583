"""Trouble that the command line tells in one sentence, without a traceback."""


class ProblemError(Exception):
    """Its text is the sentence."""
