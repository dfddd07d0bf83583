"""Pages for anybody, and the two questions a load balancer asks."""

from portal.web.public import health, ketens, pages
from portal.web.public.blueprint import bp

__all__ = ["bp", "health", "ketens", "pages"]
