#!/bin/sh
# build.sh DIR: builds Procgen 0.10.7 as its own build does from source (-O2, for this machine's processor), and the
# programs beside this file, in the folder DIR. Needs git, cmake, a C++ compiler and Qt 5 (in Debian 12:
# `apt-get install git cmake g++ qtbase5-dev`). Nothing is installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

# get NAME REVISION: a copy of github.com/openai/NAME.
get() {
  [ -d "$1" ] || git clone --quiet "https://github.com/openai/$1" "$1"
  git -C "$1" checkout --quiet "$2"
}
get procgen 37b521dbb530f0734fd82f72d921f5e0e715c0d1
get gym3 f220142bd21bf196279bc651b395e6f817baa69d

cmake -S procgen/procgen -B library -DCMAKE_BUILD_TYPE=relwithdebinfo -DLIBENV_DIR="$PWD/gym3/gym3"
cmake --build library
for program in random-steps follow; do
  "${CXX:-c++}" -std=c++17 -O3 -march=native -Wall -Wextra -I gym3/gym3 "$here/$program.cpp" -o "$program" -ldl
done
