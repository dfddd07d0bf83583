"""The forms of the journey, apart from the pages that show them."""
