#pragma once

#include <array>
#include <string_view>

namespace tutti::room {

/// Short, told apart by ear, and nothing that hurts.
inline constexpr std::array<std::string_view, 256> kWords{
  "acorn",     "amber",   "anchor",   "apple",   "apron",     "arrow",   "atlas",    "autumn",  "bagel",
  "bamboo",    "banjo",   "barrel",   "basil",   "basket",    "beacon",  "beaver",   "bell",    "berry",
  "birch",     "bishop",  "blanket",  "blossom", "bonnet",    "bottle",  "bramble",  "brass",   "breeze",
  "brick",     "bridge",  "bronze",   "brush",   "bucket",    "button",  "cabin",    "cactus",  "camel",
  "candle",    "canoe",   "canyon",   "carbon",  "carrot",    "castle",  "cedar",    "cello",   "chalk",
  "cherry",    "chess",   "chorus",   "cider",   "circle",    "citrus",  "clarinet", "clay",    "cliff",
  "clock",     "clover",  "cobalt",   "cocoa",   "comet",     "compass", "copper",   "coral",   "cotton",
  "cradle",    "crayon",  "cricket",  "crimson", "crystal",   "cymbal",  "daisy",    "dance",   "delta",
  "desert",    "dolphin", "domino",   "donkey",  "dragon",    "drum",    "eagle",    "easel",   "echo",
  "elbow",     "ember",   "engine",   "falcon",  "feather",   "fennel",  "fiddle",   "finch",   "flame",
  "flint",     "flute",   "forest",   "fossil",  "fountain",  "fox",     "galaxy",   "garden",  "garlic",
  "ginger",    "glacier", "glove",    "goblet",  "golden",    "granite", "grape",    "gravel",  "guitar",
  "hammer",    "harbor",  "harp",     "hazel",   "hedge",     "heron",   "hickory",  "honey",   "horizon",
  "indigo",    "island",  "ivory",    "jacket",  "jasmine",   "jewel",   "jigsaw",   "jungle",  "kettle",
  "kitten",    "ladder",  "lagoon",   "lantern", "laurel",    "lemon",   "lichen",   "lilac",   "linen",
  "lizard",    "lobster", "lotus",    "lumber",  "lute",      "magnet",  "mango",    "maple",   "marble",
  "meadow",    "melody",  "melon",    "mint",    "mirror",    "mitten",  "monkey",   "moss",    "mountain",
  "muffin",    "mustard", "nectar",   "nickel",  "noodle",    "nutmeg",  "oboe",     "ocean",   "olive",
  "onion",     "opal",    "orbit",    "orchard", "orchid",    "organ",   "otter",    "oyster",  "paddle",
  "palace",    "panda",   "paper",    "parrot",  "pebble",    "pecan",   "pelican",  "pepper",  "piano",
  "pickle",    "pigeon",  "pillow",   "pine",    "pirate",    "planet",  "plum",     "pocket",  "polar",
  "pond",      "poppy",   "prism",    "puffin",  "pumpkin",   "puzzle",  "quartz",   "quiet",   "quilt",
  "rabbit",    "radish",  "raven",    "ribbon",  "river",     "robin",   "rocket",   "rose",    "saddle",
  "saffron",   "salmon",  "sandal",   "satin",   "saxophone", "scarlet", "shadow",   "shell",   "silver",
  "sketch",    "spruce",  "squirrel", "stable",  "stone",     "summer",  "sunset",   "swallow", "tango",
  "tangerine", "temple",  "thistle",  "thunder", "tiger",     "timber",  "tinsel",   "tomato",  "topaz",
  "trumpet",   "tulip",   "tunnel",   "turtle",  "umbrella",  "valley",  "vanilla",  "velvet",  "violin",
  "walnut",    "walrus",  "whistle",  "willow",  "window",    "winter",  "yellow",   "zebra",   "zither",
  "atom",      "bacon",   "badge",    "cannon"};

} // namespace tutti::room
