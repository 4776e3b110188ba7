#!/bin/sh
# Installs the servers that the tests use, where they are missing (Debian, as root);
# as `packages.sh benchmarks`, also the rival that the benchmarks measure.
# Does nothing, and asks no network, where all are there.  No service is started.
set -eu
purpose=${1:-tests}
PATH=$PATH:/usr/sbin:/sbin

missing_of() { # PROGRAM-OR-FILE PACKAGE...
  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || echo "$2"
    shift 2
  done | sort -u
}

missing() {
  php -r 'exit(extension_loaded("mysqli") ? 0 : 1);' 2>/dev/null || echo php-mysql
  missing_of \
    setpriv util-linux \
    systemd-analyze systemd \
    dovecot dovecot-imapd \
    /usr/lib/dovecot/imap dovecot-imapd \
    /usr/lib/dovecot/lmtp dovecot-lmtpd \
    sievec dovecot-sieve \
    /usr/lib/postfix/sbin/master postfix \
    mariadbd mariadb-server \
    mariadb mariadb-client \
    php php-cli \
    node nodejs \
    /usr/share/wordpress/wp-settings.php wordpress \
    /usr/lib/postgresql postgresql \
    chromium chromium
  [ "$purpose" != benchmarks ] || missing_of \
    /usr/lib/nagios/plugins/check_email_delivery monitoring-plugins-contrib \
    /usr/share/perl5/Mail/IMAPClient.pm libmail-imapclient-perl \
    /usr/share/perl5/IO/Socket/SSL.pm libio-socket-ssl-perl
}

packages=$(missing)
[ -n "$packages" ] || exit 0

list=$(echo "$packages" | tr '\n' ' ')
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need the servers of these Debian packages, which are missing here: ${list% }. On Debian, run this as root." >&2
  exit 1
fi

# Debian starts a service as soon as it is installed, unless this says no (101).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
echo "Installing ${list% } for the tests." >&2
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
install() {
  # shellcheck disable=SC2086 # one word a package
  apt-get install --quiet=2 --yes --no-install-recommends $list >/dev/null
}
install || { apt-get update --quiet=2 && install; }

packages=$(missing)
[ -z "$packages" ] || { echo "Still missing: $packages" >&2; exit 1; }
