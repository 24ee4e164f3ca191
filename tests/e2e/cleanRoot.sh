#!/usr/bin/env bash
# Proves the two commands of README on a machine that has nothing: makes a minimal Debian 12 root, clones this checkout's
# HEAD into it, and runs ./dev there. Takes most of an hour, needs root, debootstrap, the network and 10 GB. Not part of CI.
#
#   tests/e2e/cleanRoot.sh [--user] [--packages-only] [--keep]
#     --user            as an ordinary user with sudo (tests that need root are skipped)
#     --packages-only   only what apt-get brings, and that cmake finds it: a few minutes
#     --keep            leave the root where it is, and say where
set -euo pipefail

checkout=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
who=root home=/root packagesOnly=''
times=() cell=()
alone=(unshare --net sh -c 'ip link set lo up && exec "$@"' alone) # for Tutti itself: nobody outside is to hear it

main()
{
  [[ ${1:-} != --inside ]] || { shift && inside "$@"; return; }
  ((EUID == 0)) || { echo "cleanRoot: needs root, for debootstrap and chroot" >&2; exit 1; }
  command -v debootstrap >/dev/null || { echo "cleanRoot: needs debootstrap: apt-get install debootstrap" >&2; exit 1; }
  root=$(mktemp -d "${TMPDIR:-/var/tmp}/tutti-root-XXXXXX")
  chmod 755 "$root" # mktemp hides it from everybody, and the user of --user is somebody
  # Mounts and processes live in namespaces of their own and end with them, however this script ends
  unshare --mount --propagation private --pid --fork --kill-child "$0" --inside "$root" "$@" || status=$?
  if [[ " $* " == *" --keep "* ]]; then echo "kept: $root"; else rm -rf --one-file-system "$root"; fi
  exit "${status:-0}"
}

inside() # root options...
{
  root=$1
  shift
  for option in "$@"; do
    case $option in
      --user) who=musician home=/home/musician ;;
      --packages-only) packagesOnly=yes ;;
      --keep) ;;
      *) echo "cleanRoot: what is $option?" >&2 && exit 2 ;;
    esac
  done
  trap report EXIT
  timed "debootstrap" makeRoot
  moveIn
  if [[ $packagesOnly ]]; then
    timed "packages to build and run" pieces 'ensurePackages build && configure release'
    timed "packages to test" pieces 'ensurePackages build test clang'
    timed "once more, with nothing to do" pieces 'ensurePackages build test clang'
    timed "every build tree configures" pieces 'for preset in $(presets); do configure $preset || exit; done'
    return
  fi
  timed "./dev run: no display" refused './dev run'
  timed "./dev run --version, from nothing" dev './dev run --version'
  cell=("${alone[@]}")
  timed "./dev run doctor" dev './dev run doctor || [[ $? == 1 ]]' # it may well find something
  timed "./dev run link" dev './dev run link --json --duration 2'
  cell=()
  timed "./dev test, from nothing" dev './dev test'
  cell=("${alone[@]}")
  timed "./dev run: the window, on Xvfb" dev 'timeout 10 xvfb-run -a ./dev run; [[ $? == 124 ]]' # still there after 10 s
  cell=()
  timed "./dev test, compiler cache warm" dev 'rm -rf build && ./dev test'
}

# name command...
timed()
{
  local start=$SECONDS status=0
  echo "==== $1"
  "${@:2}" || status=$?
  times+=("$(printf '%5d s  %-36s %s' $((SECONDS - start)) "$1" "$( ((status == 0)) && echo good || echo "FAILED ($status)")")")
  return "$status"
}

report()
{
  echo "==== times, on $(nproc) cores, as $who"
  printf "%s\n" "${times[@]}"
}

# The mirrors that this machine itself uses for Debian 12, else Debian's own
mirror() # suite default
{
  apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$1" -v found="$2" '$2 == suite && !n++ { found = $1 } END { print found }'
}

makeRoot()
{
  local main updates security
  main=$(mirror bookworm http://deb.debian.org/debian)
  updates=$(mirror bookworm-updates "$main")
  security=$(mirror bookworm-security http://deb.debian.org/debian-security)
  debootstrap --variant=minbase bookworm "$root" "$main" >"$root.log" 2>&1 || { tail "$root.log"; return 1; }
  rm -f "$root.log"
  cat >"$root/etc/apt/sources.list" <<END
deb $main bookworm main
deb $updates bookworm-updates main
deb $security bookworm-security main
END
  apt-config dump | grep -E '^Acquire::(http|https|ftp)::Proxy' >"$root/etc/apt/apt.conf.d/90proxy" || true
}

moveIn()
{
  mount --bind "$root" "$root" # who makes a mount namespace inside wants its root to be a mount
  mount -t proc proc "$root/proc"
  mount -t sysfs sysfs "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/dev/shm" # semaphores and JACK servers of its own
  mount -t tmpfs tmpfs "$root/run"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
  if [[ $who != root ]]; then
    chroot "$root" sh -c 'apt-get -q update && apt-get install -qy --no-install-recommends sudo' >/dev/null
    chroot "$root" useradd -m -s /bin/bash "$who"
    echo "$who ALL=(ALL) NOPASSWD: ALL" >"$root/etc/sudoers.d/$who"
  fi
  git clone -q --no-hardlinks "$checkout" "$root$home/tutti"
  chroot "$root" chown -R "$who:" "$home/tutti"
}

# Runs a line in the checkout with nothing in the environment: no locale, no display, no runtime folder
dev() # line
{
  "${cell[@]}" chroot "$root" /usr/bin/env -i HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    setpriv --reuid "$who" --regid "$who" --init-groups bash -c "cd ~/tutti && $1" </dev/null
}

pieces() { dev "for part in say packages build; do . cmake/dev/\$part.sh; done; $1"; }

refused() { ! dev "$1"; }

main "$@"
