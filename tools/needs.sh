# What the scripts at the root ask of the machine. Sourced, not run. Everything it says goes to stderr.

say() { printf '%s\n' "$*" >&2; }

# The first SDK that global.json accepts is 10.0.100.
need_dotnet() {
  if ! command -v dotnet >/dev/null && [ -x "${DOTNET_ROOT:-${HOME:-}/.dotnet}/dotnet" ]; then
    PATH="${DOTNET_ROOT:-$HOME/.dotnet}:$PATH"
  fi
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep '^10\.0\.' >/dev/null; then
    say "Cancela needs the .NET 10 SDK: https://dotnet.microsoft.com/download/dotnet/10.0"
    exit 1
  fi
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
}

# has_library <file name>: does the dynamic linker find it? macOS and Windows ship the only one that is asked for.
has_library() {
  [ "$(uname -s)" = Linux ] || return 0
  # No `grep -q`: it would close the pipe early, and pipefail would call that a failure.
  { ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null | grep -F "$1" >/dev/null && return 0
  compgen -G "/usr/lib/$1*" >/dev/null || compgen -G "/usr/lib64/$1*" >/dev/null || compgen -G "/usr/lib/*/$1*" >/dev/null
}

# has_program <name> [<folder>...]: in the path, where Debian keeps servers, or in one of the folders?
has_program() {
  local name=$1 folder
  shift
  command -v "$name" >/dev/null && return 0
  for folder in /usr/sbin /usr/local/sbin "$@"; do
    [ ! -x "$folder/$name" ] || return 0
  done
  return 1
}

# install <package>...: Debian packages, where we may. Fails where we may not, having said what is missing.
install() {
  [ $# -gt 0 ] || return 0
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    say "Installing $*"
    if apt_install "$@" || { apt_get update && apt_install "$@"; }; then return 0; fi
  fi
  say "Missing here: $*"
  say "  on Debian or Ubuntu: sudo apt-get install $*"
  return 1
}

# Debian starts a server as soon as it is installed, unless this file says no. We want the programs, not their services.
apt_install() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  apt_get install --yes --no-install-recommends "$@"
)
apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >/dev/null; }

# build <project or solution>: says so where there is something to build, and else nothing unless it fails.
build() {
  local output
  is_built "$1" || say "Building…"
  output=$(dotnet build "$1" --configuration Release --nologo --verbosity quiet -tl:off </dev/null 2>&1) && return
  say "$output"
  say "The build failed."
  return 1
}

# is_built <project>: is nothing of the sources newer than what the last build made? A build that changes nothing makes nothing.
is_built() {
  local newest
  newest=$(ls -t "$1"/bin/Release/*/Cancela*.dll 2>/dev/null | head -n 1)
  [ -n "$newest" ] && [ -z "$(find src Directory.* global.json \( -name bin -o -name obj \) -prune -o -type f -newer "$newest" -print 2>/dev/null)" ]
}
