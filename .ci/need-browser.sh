#!/bin/sh
# The browser tests need a browser on the PATH: need-browser.sh PACKAGE [OTHER NAMES ...]
# As root with apt it is installed; otherwise this says what to install.
set -eu
package=$1
for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $package for the browser tests ..." >&2
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null; then exit 0; fi
fi
echo "The browser tests need $package and it was not found on the PATH; install it (Debian: sudo apt-get install $package)." >&2
exit 1
