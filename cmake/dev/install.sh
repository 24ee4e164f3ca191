# Tutti for this user: the program, its entry in the menu, its icon, and tutti:// links that open it. No root needed.

programPlace() { echo "$HOME/.local/bin/tutti"; }
dataFolder() { echo "${XDG_DATA_HOME:-$HOME/.local/share}"; }
entryPlace() { echo "$(dataFolder)/applications/tutti.desktop"; }
iconPlace() { echo "$(dataFolder)/icons/hicolor/scalable/apps/tutti.svg"; }

# Puts a file there in one step, so that a Tutti that runs from it plays on.
place() # file to mode
{
  mkdir -p "$(dirname "$2")" && cp "$1" "$2.new" && chmod "$3" "$2.new" && mv -f "$2.new" "$2"
}

installFrom() # executable
{
  local entry
  [[ ${HOME:-} ]] || fail "there is no HOME to install into" || return
  entry=$(mktemp) || return
  sed "s|@TUTTI@|$(programPlace)|g" resources/desktop/tutti.desktop >"$entry"
  place "$1" "$(programPlace)" 755 && place "$entry" "$(entryPlace)" 644 &&
    place resources/icons/tutti.svg "$(iconPlace)" 644
  local status=$?
  rm -f "$entry"
  ((status == 0)) || fail "that folder cannot be written; nothing else was changed" || return
  say "program   $(programPlace)"
  say "menu      $(entryPlace)"
  say "icon      $(iconPlace)"
  openLinks
  [[ :$PATH: == *":$HOME/.local/bin:"* ]] ||
    say "note      ~/.local/bin is not in PATH: log in anew, or call $(programPlace)"
}

# Whose links they are: the desktop asks the list of applications first, xdg-mime writes who is preferred.
openLinks()
{
  refreshMenu
  if command -v xdg-mime >/dev/null && xdg-mime default tutti.desktop x-scheme-handler/tutti 2>/dev/null; then
    say "links     tutti:// opens Tutti"
  else
    say "links     tutti:// opens Tutti where the desktop reads the menu's entry (xdg-utils would make it sure)"
  fi
}

refreshMenu()
{
  ! command -v update-desktop-database >/dev/null || update-desktop-database -q "$(dataFolder)/applications" || true
}

removeInstalled()
{
  local file removed=0
  [[ ${HOME:-} ]] || fail "there is no HOME to remove from" || return
  for file in "$(programPlace)" "$(entryPlace)" "$(iconPlace)"; do
    [[ -e $file ]] || continue
    rm -f "$file" || fail "$file cannot be removed" || return
    say "removed   $file"
    removed=1
  done
  forgetLinks
  refreshMenu
  ((removed)) || say "nothing of Tutti is installed for this user"
}

# xdg-mime can say who is preferred, but not that nobody is.
forgetLinks()
{
  local list
  for list in "${XDG_CONFIG_HOME:-$HOME/.config}/mimeapps.list" "$(dataFolder)/applications/mimeapps.list"; do
    [[ ! -f $list ]] || sed -i '/^x-scheme-handler\/tutti=tutti\.desktop;\{0,1\}$/d' "$list"
  done
}
