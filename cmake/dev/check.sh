# What is judged without running: the look of the code, and what clang-tidy and bash can read out of it.

kLintAtOnce=120 # files; two or three minutes on two cores. ./dev lint --all has no limit

# The project's files whose name matches, one a line
sources() # regular expression
{
  { git ls-files -co --exclude-standard 2>/dev/null ||
    find . \( -path ./build -o -path ./.git -o -path ./.cache \) -prune -o -type f -printf '%P\n'; } |
    grep -E "$1" | while read -r file; do [[ ! -f $file ]] || echo "$file"; done | sort
}

code() { sources '\.(hpp|cpp)$'; }

scripts() { sources '^dev$|^\.ci/run$|\.sh$'; }

formatCode() { code | xargs -r clang-format-22 -i; }

isFormatted() { code | xargs -r clang-format-22 --dry-run --Werror; }

scriptsParse()
{
  local script
  while read -r script; do bash -n "$script" || return; done < <(scripts)
}

# What a change is measured against: where this branch left main; on main itself the commit before
base()
{
  local fork head
  head=$(git rev-parse -q --verify HEAD 2>/dev/null) || return
  fork=$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main 2>/dev/null)
  if [[ $fork && $fork != "$head" ]]; then echo "$fork"; else git rev-parse -q --verify HEAD~1; fi
}

changed() # without a base to compare with: everything
{
  local from
  if from=$(base); then
    { git diff --name-only --diff-filter=d "$from" && git ls-files -o --exclude-standard; } | sort -u
  else
    code
  fi
}

# A header is linted through a source that shows it: its own, else its test, else one that includes it
linted() # files on stdin
{
  local file
  while read -r file; do
    case $file in
      *.cpp) echo "$file" ;;
      *.hpp) showing "$file" ;;
    esac
  done | sort -u
}

showing() # header
{
  local name part source
  name=$(basename "$1" .hpp)
  part=$(basename "$(dirname "$1")")
  for source in "src/$part/$name.cpp" "tests/$part/${name}Test.cpp"; do
    if [[ -f $source ]]; then echo "$source" && return; fi
  done
  code | grep '\.cpp$' | xargs -r grep -lE "include [<\"].*\b$name\.hpp" | head -n 1
}

# clang-tidy invents flags for files it has no compile command of: leave those out; and a .moc exists only once built
compiled() # files on stdin
{
  grep -xFf - <(sed -n "s|^ *\"file\": \"$PWD/\(.*\)\",\{0,1\}$|\1|p" build/tidy/compile_commands.json) | sort -u |
    xargs -r grep -L '^#include ".*\.moc"'
}

tidy() # files...; the compilers' own warnings fail where they are compiled, not here
{
  printf '%s\0' "$@" |
    xargs -0r -n 1 -P "$(atOnce)" clang-tidy-22 -p build/tidy --quiet --extra-arg=-Wno-error --warnings-as-errors='*' 2>&1 |
    grep -vE '^[0-9]+ warnings? (generated|treated as errors?)\.?$'
  return "${PIPESTATUS[1]}"
}

# ./dev lint [--all]
lint()
{
  local files all
  configure tidy && logged tidy-configure ninja -C build/tidy build.ninja || return # new files, new compile commands
  if [[ ${1:-} == --all ]]; then all=$(code); else all=$(changed); fi
  mapfile -t files < <(linted <<<"$all" | compiled)
  outcome="${#files[@]} files"
  if [[ ${1:-} != --all ]] && ((${#files[@]} > kLintAtOnce)); then
    outcome="the first $kLintAtOnce of ${#files[@]} changed files (the rest: ./dev lint --all)"
    files=("${files[@]:0:kLintAtOnce}")
  fi
  ((${#files[@]} == 0)) || tidy "${files[@]}"
}
