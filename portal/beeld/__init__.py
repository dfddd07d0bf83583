"""From what a stranger sent to a picture that is safe to show: everything is decoded in a short-lived process."""
