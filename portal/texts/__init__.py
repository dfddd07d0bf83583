"""Texts that leave the house: facts in, frozen words out. Plain Jinja2 over versioned templates, no Flask."""
