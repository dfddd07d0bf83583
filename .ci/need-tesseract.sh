#!/bin/sh
# The tests read photographed letters with Tesseract. As root with apt it is installed; otherwise this says what to do.
set -eu
if command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx nld; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Tesseract for the tests that read letters ..." >&2
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-nld >/dev/null; then exit 0; fi
fi
echo "The tests need Tesseract with Dutch; install it (Debian: sudo apt-get install tesseract-ocr tesseract-ocr-nld)." >&2
exit 1
