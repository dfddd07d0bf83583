"""What gunicorn serves."""

from config.settings import Settings
from portal import create_app

app = create_app(Settings.from_environ())
