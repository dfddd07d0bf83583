"""Pages for anybody, and the two questions a load balancer asks."""

from portal.web.public import cijfers, health, ketens, logo, pages
from portal.web.public.blueprint import bp

__all__ = ["bp", "cijfers", "health", "ketens", "logo", "pages"]
