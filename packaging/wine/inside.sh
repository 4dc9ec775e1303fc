# Runs inside the box, as its root: a display, a Windows, the script that was given, and an end to both.
# Words for the script: win PROGRAM…  runs a Windows program; shot FILE  takes a picture of the display.
set -u
mkdir -p /tmp/.X11-unix
exec 6< <(exec Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null)
display=$!
read -r number <&6
export DISPLAY=:$number
# The folder of drives must not be made before this: without C: it would wait for ever.
[ -f "$WINEPREFIX/system.reg" ] || wineboot --init </dev/null 2>&1 | cat
for place in /shares/*; do ln -sfn "$place" "$WINEPREFIX/dosdevices/${place##*/}:"; done
if [ "${SCALE:-100}" != 100 ]; then
    wine reg add 'HKCU\Control Panel\Desktop' /v LogPixels /t REG_DWORD /d $((96 * SCALE / 100)) /f </dev/null 2>&1 | cat
fi

# Wine hands plain files on as broken handles, of which Python dies at its start: pipes always.
win() {
    wine "$@" </dev/null 2>&1 | cat
    return "${PIPESTATUS[0]}"
}

shot() {
    import -window root "$1"
}

status=0
( set -o pipefail; eval "$1" ) || status=$?
if [ "${SCALE:-100}" != 100 ]; then
    wine reg add 'HKCU\Control Panel\Desktop' /v LogPixels /t REG_DWORD /d 96 /f </dev/null >/dev/null 2>&1
fi
wineserver -k 2>/dev/null
kill "$display" 2>/dev/null
exit "$status"
