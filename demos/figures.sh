#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh demos/figures.sh [FOLDER [FORMAT]]: draws every figure of the README of the Python CSA and of the
# fourth tutorial on connectivity of braintools into FOLDER, and writes index.html, a page that shows
# each beside the expression that made it and needs no network.
#
# FOLDER is build/figures and FORMAT svg if they are not given; png and pdf are the others. The tool is
# that of build/, which is built if it is missing, or $CONSET.

set -eu

cd "$(dirname "$0")/.."
. demos/common.sh

folder=${1:-$BUILD/figures}
format=${2:-svg}

if [ -z "${CONSET:-}" ]; then
  CONSET=$BUILD/conset
  if [ ! -x "$CONSET" ]; then
    # shellcheck disable=SC2119
    need_packages
    mkdir -p "$LOGS"
    build . "$CORES" conset -DCMAKE_BUILD_TYPE=Release >"$LOGS/figures-build.log" 2>&1 \
      || die "the build failed, see build/logs/figures-build.log"
  fi
fi

mkdir -p "$folder"
page=$folder/index.html

# {{{ the page

escaped ()
{
  sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g'
}

page_begin ()
{
  cat <<'END'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Figures of conset</title>
<style>
body { font-family: "DejaVu Sans", Arial, sans-serif; color: #262626; background: #fff;
       max-width: 1300px; margin: 2em auto; padding: 0 1em; line-height: 1.5; }
figure { display: flex; flex-wrap: wrap; gap: 1.5em; align-items: flex-start; margin: 0;
         padding: 1.5em 0; border-top: 1px solid #ddd; }
figure img, figure object { max-width: 100%; height: auto; }
figcaption { flex: 1 1 22em; min-width: 0; }
figcaption p { margin: 0 0 .5em; font-weight: bold; }
pre { background: #f4f5f6; padding: .8em 1em; margin: 0; white-space: pre-wrap;
      overflow-wrap: anywhere; font-size: .85em; }
</style>
</head>
<body>
<h1>Figures of conset</h1>
END
}

# page_figure FILE CAPTION: what made it is read from standard input.
page_figure ()
{
  caption=$(printf '%s' "$2" | escaped)
  case $format in
    pdf) show="<a href=\"$1\">$1</a>" ;;
    *) show="<img src=\"$1\" alt=\"$caption\" width=\"$(picture_width "$folder/$1")\">" ;;
  esac
  printf '<figure>\n%s\n<figcaption>\n<p>%s</p>\n<pre>' "$show" "$caption"
  escaped
  printf '</pre>\n</figcaption>\n</figure>\n'
}

# Units are 96 to an inch, as are pixels of pages; PNG has two pixels to each.
picture_width ()
{
  case $1 in
    *.svg) sed -n 's/.*<svg[^>]* width="\([0-9]*\)".*/\1/p' "$1" | head -n 1 ;;
    *.png) echo $(($(od -An -tu1 -j16 -N4 "$1" | awk '{ print $1 * 16777216 + $2 * 65536 + $3 * 256 + $4 }') / 2)) ;;
  esac
}

# }}}
# {{{ the README of the Python CSA: its own statements, carried out as a script

readme_figures ()
{
  "$CONSET" run demos/csa_readme.csa -o "$folder/readme.$format" >"$folder/readme.txt"
  printf '<h2>The README of the Python CSA</h2>\n'
  k=0
  made=
  # What stands between a picture and the one before has made it.
  while IFS= read -r line; do
    case $line in
      '#'* | 'from csa import'* | 'tabulate'*) continue ;;
    esac
    made="$made$line
"
    case $line in
      *show\ \(* | gplot*)
        k=$((k + 1))
        printf '%s' "$made" | sed '/./,$!d' | page_figure "readme-$k.$format" "$(echo $line)"
        made=
        ;;
    esac
  done <demos/csa_readme.csa
}

# }}}
# {{{ the tutorial: a command for each figure

# figure NAME CAPTION OPTION... PICTURE...
figure ()
{
  file=$1.$format
  caption=$2
  shift 2
  "$CONSET" figure "$@" -o "$folder/$file"
  {
    printf 'conset figure'
    for word in "$@"; do
      case $word in
        *[!A-Za-z0-9_./=-]*) printf ' \\\n  "%s"' "$(printf '%s' "$word" | sed 's/"/\\"/g')" ;;
        *) printf ' %s' "$word" ;;
      esac
    done
    printf ' \\\n  -o %s\n' "$file"
  } | page_figure "$file" "$caption"
}

tutorial_figures ()
{
  printf '<h2>Tutorial 4 of braintools: E-I networks and kernels</h2>\n'

  ei='ExcitatoryInhibitory(500, exc_ratio=0.8, exc_prob=0.1, inh_prob=0.2, exc_weight=1*nS, inh_weight=-0.8*nS, seed=42)'
  from_e="$ei * cross(range(400), N)"
  from_i="$ei * cross(range(400, 500), N)"
  figure ei-matrix '1.3 E-I network connectivity' \
    "matrix '$ei' --title 'E-I Network Connectivity (Blue=Inhibitory, Red=Excitatory)' --populations E:400,I:100 --x-label 'Postsynaptic Neuron' --y-label 'Presynaptic Neuron'"
  figure ei-degrees '1.4 Degree distributions' \
    "hist '$from_e' -n 500 --of in-degree --bins 20 --title 'Excitatory Input Distribution' --x-label 'In-Degree from E'" \
    "hist '$from_i' -n 500 --of in-degree --bins 20 --title 'Inhibitory Input Distribution' --x-label 'In-Degree from I'" \
    "hist '$ei' --of in-degree --bins 25 --title 'Total Input Distribution' --x-label 'Total In-Degree'"
  figure ei-weights '1.5 Weight distributions' \
    "hist '$from_e' -n 500 --bins 30 --title 'Excitatory Weight Distribution'" \
    "hist '$from_i' -n 500 --bins 30 --title 'Inhibitory Weight Distribution'"

  g='g = grid2d(20, x1=1000*um, y1=1000*um)'
  as_there='pruning="absolute", allow_self_connections=True'
  whole="--x-label 'Postsynaptic Neuron' --y-label 'Presynaptic Neuron'"
  gaussian="$g; GaussianKernel(g, sigma=100*um, max_distance=300*um, normalize=True, weight=5*nS, $as_there)"
  figure gaussian '2.2 Gaussian kernel' \
    "matrix '$gaussian' --colours viridis --title 'Gaussian Kernel Connectivity Matrix' $whole" \
    "field '$gaussian' 210 --title 'Receptive Field of Center Neuron (210)'"
  figure gaussian-weights '2.3 Weights of the Gaussian kernel' \
    "hist '$gaussian' --bins 40 --title 'Gaussian Kernel Weight Distribution'"

  gabor ()
  {
    printf '%s; GaborKernel(g, sigma=80*um, frequency=0.015/um, theta=%s, phase=0, max_distance=240*um, weight=2*nS, %s)' "$g" "$1" "$as_there"
  }
  figure gabor '3.1 Gabor kernel at 45°' \
    "field '$(gabor pi/4)' 210 --colours diverging --title 'Gabor Receptive Field (θ=45°)'" \
    "matrix '$(gabor pi/4)' -n 100 --colours diverging --title 'Gabor Connectivity Matrix (subset)' $whole"
  figure gabor-orientations '3.2 Orientations' \
    "field '$(gabor 0)' 210 --colours diverging --title 'Receptive Field (0°)'" \
    "field '$(gabor pi/4)' 210 --colours diverging --title 'Receptive Field (45°)'" \
    "field '$(gabor pi/2)' 210 --colours diverging --title 'Receptive Field (90°)'" \
    "field '$(gabor '3*pi/4')' 210 --colours diverging --title 'Receptive Field (135°)'" \
    "hist '$(gabor 0)' --bins 30 --title 'Weights (0°)'" \
    "hist '$(gabor pi/4)' --bins 30 --title 'Weights (45°)'" \
    "hist '$(gabor pi/2)' --bins 30 --title 'Weights (90°)'" \
    "hist '$(gabor '3*pi/4')' --bins 30 --title 'Weights (135°)'"

  dog="$g; DoGKernel(g, sigma_center=50*um, sigma_surround=100*um, amplitude_center=1.0, amplitude_surround=0.8, max_distance=300*um, weight=3*nS, $as_there)"
  figure dog '4.1 Difference of Gaussians' \
    "field '$dog' 210 --colours diverging --title 'DoG Receptive Field (Center-Surround)'" \
    "matrix '$dog' -n 100 --colours diverging --title 'DoG Connectivity Matrix (subset)' $whole" \
    "hist '$dog' --bins 40 --title 'DoG Weight Distribution'"
  mexican="$g; MexicanHat(g, sigma=60*um, max_distance=240*um, weight=3*nS, $as_there)"
  figure mexican '4.2 Mexican hat' \
    "field '$mexican' 210 --colours diverging --title 'Mexican Hat Receptive Field'" \
    "hist '$mexican' --bins 40 --title 'Mexican Hat Weight Distribution'"

  spiral="$g; CustomKernel(g, lambda x, y: exp(-sqrt(x ** 2 + y ** 2) / 100) * cos(sqrt(x ** 2 + y ** 2) / 30 + 3 * atan2(y, x)), kernel_size=400*um, threshold=0.1, weight=2*nS, allow_self_connections=True)"
  figure custom '5.1 A kernel of one'"'"'s own: a spiral' \
    "field '$spiral' 210 --colours diverging --title 'Custom Spiral Receptive Field'" \
    "matrix '$spiral' -n 100 --colours diverging --title 'Custom Kernel Connectivity (subset)' $whole" \
    "hist '$spiral' --bins 40 --title 'Custom Kernel Weight Distribution'"
  figure kernels '6. All kernels' \
    "field '$(gabor pi/4)' '$dog' '$mexican' '$spiral' 210 --colours diverging --names 'Gabor (45°),DoG,Mexican Hat,Custom Spiral'"

  places='g = random2d(400, 1000*um, 1000*um, seed=42)'
  e="GaussianKernel((part(g, 0, 320), g), sigma=120*um, max_distance=360*um, weight=1*nS, $as_there)"
  i="shift(320, 0) * GaussianKernel((part(g, 320, 400), g), sigma=60*um, max_distance=180*um, weight=-1.2*nS, $as_there)"
  figure combined '7.1 E-I network in space' \
    "matrix '$places; $e + $i' --populations E:320,I:80 --title 'Combined E-I Spatial Network' $whole" \
    "hist '$places; $e + $i' --bins 50 --title 'Combined Network Weight Distribution'"
  figure distances '7.2 Distances' \
    "hist '$places; $e' -n 400 --of distance --geometry '$places; g' --bins 30 --title 'E Connection Distance Distribution'" \
    "hist '$places; $i' -n 400 --of distance --geometry '$places; g' --bins 30 --title 'I Connection Distance Distribution'"
}

# }}}

{
  page_begin
  readme_figures
  tutorial_figures
  printf '</body>\n</html>\n'
} >"$page.new"
mv "$page.new" "$page"
echo "$page"
