#!/bin/sh
# Adds Desktop Agent to the menu of this account, or takes it out: ./install.sh [remove]
# Nothing is copied: the program stays where this folder is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
menu=${XDG_DATA_HOME:-$HOME/.local/share}/applications/desktop-agent.desktop
if [ "${1:-}" = remove ]; then
    rm -f "$menu"
    echo "Desktop Agent is out of the menu. Delete $here to remove the program; your conversations stay."
    exit 0
fi
mkdir -p "$(dirname "$menu")"
# Inside quotes the menu's file wants these four letters marked, and the mark itself marked again.
quoted=$(printf '%s' "$here" | sed 's/[\\"`$]/\\\\&/g')
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s/desktop-agent" %%f\n' "$quoted" ;;
        Icon=*) printf 'Icon=%s/desktop-agent.png\n' "$here" ;;
        *) printf '%s\n' "$line" ;;
    esac
done < "$here/desktop-agent.desktop" > "$menu"
echo "Desktop Agent is in the menu now. ./install.sh remove takes it out again."
