#!/bin/sh
# The same seed makes the same file: on one thread and on several, with the instructions of this machine and with those that every
# x86-64 machine of the last ten years has.
set -eu
cd "$(dirname "$0")/../.."

swift=${SWIFT:-swift}
case $(uname -m) in
x86_64) ;;
*) echo "Same bits: nothing to compare on this processor."; exit 0 ;;
esac

echo "Building the tool once more, for x86-64-v3."
$swift build -c release --product swiftlet
SWIFTLET_MARCH=x86-64-v3 $swift build -c release --product swiftlet --scratch-path .build/x86-64-v3

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

compare() { # name, then the arguments of a training run
  name=$1
  shift
  for build in release x86-64-v3/release; do
    for threads in 1 2 4; do
      ".build/$build/swiftlet" train "$@" --threads $threads --quiet --output "$folder/model"
      if [ -e "$folder/$name" ]; then
        cmp "$folder/$name" "$folder/model" || { echo "Same bits: $name differs ($build, $threads threads)." >&2; exit 1; }
      else
        mv "$folder/model" "$folder/$name"
      fi
    done
  done
}

compare names corpora/names.txt --steps 2000 --batch 8
compare odd corpora/names.txt --steps 300 --batch 5 --embedding 20 --heads 5
compare wide corpora/names.txt --steps 60 --batch 16 --embedding 64 --layers 2
compare sentences corpora/sentences.txt --preset sentences --batch 4 --steps 300
echo "Same bits: 4 models, each the same from 2 builds and on 1, 2 and 4 threads."
