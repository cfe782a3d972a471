#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/figures.sh TOOL FOLDER: draws all figures of demos/figures.sh into FOLDER and looks at them,
# and at the page that shows them in Chromium, where that is installed.

set -eu

tool=$(realpath "$1")
folder=$2
demos=$(cd "$(dirname "$0")/../demos" && pwd)

fail ()
{
  echo "$*" >&2
  exit 1
}

# is WHAT FOUND WANTED
is ()
{
  [ "$2" = "$3" ] || fail "$1: $2 instead of $3"
  echo "$1: $2"
}

rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
CONSET=$tool sh "$demos/figures.sh" "$folder" >/dev/null

# What the statements of the README of the Python CSA print and draw.
is "listed connections" "$(tr '\t\n' ': ' <"$folder/readme.txt")" \
  "0:0 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 "
is "pictures of its statements" "$(find "$folder" -name 'readme-*.svg' | wc -l)" 15
is "pictures of the tutorial" "$(find "$folder" -name '*.svg' ! -name 'readme-*' | wc -l)" 13
notes ()
{
  sed -n 's/.*>\([0-9][^<]* connections\|source [^<]*\|[0-9]* positions\)<.*/\1/p' "$folder/$1"
}
is "show (oneToOne)" "$(notes readme-2.svg)" "30 sources × 30 targets, 30 connections"
is "show (full - oneToOne)" "$(notes readme-4.svg)" "30 sources × 30 targets, 870 connections"
is "gplot2d (g, 900)" "$(notes readme-12.svg)" "900 positions"
is "gplotsel2d (g, c, 434)" "$(notes readme-13.svg)" "source 434, 111 targets"
is "gplotsel2d (g2, c, 282)" "$(notes readme-15.svg)" "source 282, 42 targets"
# What the tutorial prints.
is "Gaussian kernel" "$(notes gaussian.svg)" "400 sources × 400 targets, 20,096 connections"
for count in gabor-orientations:22,400 dog:31,240 mexican:22,400 custom:11,990; do
  grep -q ">${count#*:} numbers" "$folder/${count%%:*}.svg" \
    || fail "${count%%:*}: there are no ${count#*:} weights"
done

# The figures are the same bytes each time.
CONSET=$tool sh "$demos/figures.sh" "$folder/again" >/dev/null
for file in "$folder"/*.svg; do
  cmp "$file" "$folder/again/${file##*/}" || fail "another ${file##*/} the second time"
done

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
  echo "the page is not looked at: there is no Chromium"
  exit 0
fi
# The page itself, and a script at its end that writes down how large its pictures are.
{
  sed '/<\/body>/d; /<\/html>/d' "$folder/index.html"
  cat <<'END'
<script>
window.addEventListener ("load", () => {
  const all = [...document.images];
  const drawn = all.filter (i => i.complete && i.naturalWidth > 100 && i.naturalHeight > 100);
  const away = performance.getEntriesByType ("resource").filter (e => !e.name.startsWith ("file:"));
  document.title = `${drawn.length} of ${all.length} pictures, ${away.length} from elsewhere`;
});
</script>
</body>
</html>
END
} >"$folder/checked.html"
found=$("$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
  --user-data-dir="$folder/browser" --virtual-time-budget=20000 --dump-dom \
  "file://$folder/checked.html" 2>"$folder/browser.log" | sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p')
is "the page" "$found" "28 of 28 pictures, 0 from elsewhere"
rm -rf "$folder/browser"
