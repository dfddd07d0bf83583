#!/bin/sh
# One delivery test needs a real Postfix. As root with apt it is installed, not started; otherwise this says what to do.
set -eu
PATH=$PATH:/usr/sbin
command -v postfix >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing postfix for the delivery tests ..." >&2
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections 2>/dev/null || true
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postfix >/dev/null; then exit 0; fi
fi
echo "The delivery tests need Postfix and none was found; install it (Debian: sudo apt-get install postfix)." >&2
exit 1
