# Installs what resources/packages/debian.txt lists and this machine lacks: one apt-get install, nothing when all is there.

kPackages=resources/packages/debian.txt
kClangs=(22 23 21 20) # 22 is in Debian 12 and decides how code is formatted; elsewhere any of the others will do

# A section's packages, '?' marks kept
listed() # section
{
  sed -n "/^\[$1\]/,/^\[/{/^[#[]/d;/^ *\$/d;p}" "$kPackages"
}

# The same for sections in a row, with the clang that this machine has or could have
listedFor() # sections...
{
  local section
  for section in "$@"; do
    if [[ $section == clang ]]; then listed clang | sed "s/22/$(clangVersion)/"; else listed "$section"; fi
  done
}

clangVersion()
{
  local version
  for version in "${kClangs[@]}"; do
    if command -v "clang++-$version" >/dev/null; then echo "$version" && return; fi
  done
  for version in "${kClangs[@]}"; do
    if [[ $(echo "clang-$version" | known) ]]; then echo "$version" && return; fi
  done
  echo "${kClangs[0]}"
}

notInstalled() # names on stdin
{
  local installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  grep -vxFf <(sed 'p;s/^/?/' <<<"$installed")
}

known() # names on stdin; prints those that apt could install
{
  LC_ALL=C xargs -r apt-cache policy 2>/dev/null |
    awk '/^[^ ]/ { name = $1; sub(/:$/, "", name) } $1 == "Candidate:" && $2 != "(none)" { print name }'
}

# Those that Tutti cannot do without. Clang is a must on Debian, which has it.
required() # names
{
  local must
  must=$(printf '%s\n' "$@" | grep -v '^?')
  [[ $(distribution) == debian* ]] || must=$(grep -Ev 'clang-|llvm-' <<<"$must")
  [[ ! $must ]] || echo "$must"
}

distribution() { (. /etc/os-release 2>/dev/null && echo "${ID:-} ${VERSION_CODENAME:-}"); }

explainLacking() # names
{
  local id suite
  read -r id suite < <(distribution)
  case $id in
    debian) fail "apt does not know: $*. Its sources need 'main' of $suite, $suite-updates and $suite-security." ;;
    ubuntu) fail "apt does not know: $*. Switch the component 'universe' on: add-apt-repository universe" ;;
    *) fail "apt does not know: $*. Tutti is built on Debian 12 and Ubuntu 24.04; install its like by hand." ;;
  esac
}

asRoot() # command...
{
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

refresh()
{
  say "Asking the package mirrors what they have: apt-get update"
  logged update asRoot apt-get update
}

aptInstall() # names
{
  say "Installing $# of the packages in $kPackages: apt-get install $(echo "$*" | cut -c -60)…"
  logged install asRoot env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" </dev/null
}

mayInstall() { ((EUID == 0)) || command -v sudo >/dev/null; }

ensurePackages() # sections...
{
  local missing must lacking
  if ! command -v apt-get >/dev/null; then
    say "No apt-get here, so nothing is installed: $kPackages names what has to be there."
    return
  fi
  mapfile -t missing < <(listedFor "$@" | notInstalled)
  ((${#missing[@]} > 0)) || return 0
  mapfile -t must < <(required "${missing[@]}")
  if ((${#must[@]} == 0)); then
    installOptional "${missing[@]}"
    return 0
  fi

  mayInstall || fail "packages are missing and there is no sudo; as root: apt-get install ${must[*]}" || return
  refresh || say "Going on with the lists that are here."
  mapfile -t missing < <(listedFor "$@" | notInstalled) # now apt knows which clang it has
  mapfile -t lacking < <(required "${missing[@]}" | grep -vxFf <(required "${missing[@]}" | known))
  ((${#lacking[@]} == 0)) || explainLacking "${lacking[@]}" || return
  mapfile -t missing < <(printf '%s\n' "${missing[@]#\?}" | known)
  aptInstall "${missing[@]}"
}

installOptional() # names
{
  local have
  mapfile -t have < <(printf '%s\n' "${@#\?}" | known)
  ((${#have[@]} == 0)) || ! mayInstall || aptInstall "${have[@]}" || say "It goes without them."
}
