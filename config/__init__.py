"""What differs between installations: settings, logging, the web server's own configuration."""
