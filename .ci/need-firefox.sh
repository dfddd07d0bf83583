#!/bin/sh
# One browser test is for Firefox. As root with apt it is installed; otherwise this says what to install.
set -eu
command -v firefox-esr >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing firefox-esr for the browser tests ..." >&2
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq firefox-esr >/dev/null; then exit 0; fi
fi
echo "The browser tests need Firefox ESR and none was found on the PATH; install it (Debian: sudo apt-get install firefox-esr)." >&2
exit 1
