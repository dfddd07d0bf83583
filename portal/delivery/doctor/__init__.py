"""`portal doctor mail`: what receivers of our mail will find when they look us up, and what to do about it."""
