"""The write side: one public function = one act = one transaction. Knows no web."""
