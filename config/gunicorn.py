"""gunicorn's configuration, used by `portal web`. Threads: most of a request is waiting for PostgreSQL."""

from pathlib import Path

from gunicorn.config import Config
from gunicorn.glogging import Logger

from config import logging as portal_logging
from config.settings import Settings, network_address

_settings = Settings.from_environ()


class PortalLogger(Logger):
    """gunicorn's own lines in the same form as all others."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        portal_logging.configure(development=_settings.is_development)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


bind = network_address(_settings.host, _settings.port)
worker_class = "gthread"
workers = _settings.web_workers
threads = _settings.web_threads
timeout = 30
graceful_timeout = 5 if _settings.is_development else 25
# A worker is replaced now and then, so that a slow leak never fills a machine; not all of them at once.
max_requests = 10_000
max_requests_jitter = 1_000
# The heartbeat file in memory: on a disk that stalls, healthy workers would be killed.
_memory = Path("/dev/shm")  # noqa: S108
if _memory.is_dir():
    worker_tmp_dir = str(_memory)
control_socket_disable = True
# X-Forwarded headers are read in one place, ProxyFix with TRUSTED_PROXIES; gunicorn itself believes nobody.
forwarded_allow_ips = ""
forwarder_headers = ""
# The portal logs its requests itself, by route; an access log would hold tokens and addresses.
accesslog = None
logger_class = PortalLogger
