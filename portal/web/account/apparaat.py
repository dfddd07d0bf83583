"""What a person calls the browser in front of him: enough to tell two sessions apart, and no more is kept."""

_BROWSERS = {"Firefox/": "Firefox", "Edg/": "Edge", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "Mac",
            "Linux": "Linux"}  # fmt: skip


def naam(user_agent: str) -> str:
    """'Firefox op Windows'; the first name that fits, because browsers call themselves by each other's names too."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "Een browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), None)
    return f"{browser} op {system}" if system else browser
