#!/bin/sh
# The browser tests need a Chromium on the PATH. As root with apt it is installed; otherwise this says what to install.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium for the browser tests ..." >&2
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then exit 0; fi
fi
echo "The browser tests need Chromium and none was found on the PATH; install it (Debian: sudo apt-get install chromium)." >&2
exit 1
