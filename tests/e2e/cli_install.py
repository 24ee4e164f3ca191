"""`./dev install` into a home of its own: what it puts there, that it works, and that it goes without a trace."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from story import Story

TUTTI = os.environ["TUTTI"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = '. cmake/dev/say.sh; . cmake/dev/install.sh; "$@"'


def dev(home, *words):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return subprocess.run(["bash", "-uo", "pipefail", "-c", SCRIPT, "dev", *words], cwd=ROOT,
                          env={**environment, "HOME": str(home)}, capture_output=True, text=True, timeout=60, check=False)


def files(home):
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def handler(home):
    asked = subprocess.run(["xdg-mime", "query", "default", "x-scheme-handler/tutti"], capture_output=True, text=True,
                           env={**os.environ, "HOME": str(home)}, timeout=20, check=False)
    return asked.stdout.strip()


with Story("./dev install") as story, tempfile.TemporaryDirectory(prefix="a home ") as folder:
    home = pathlib.Path(folder)
    program = home / ".local/bin/tutti"
    entry = home / ".local/share/applications/tutti.desktop"
    icon = home / ".local/share/icons/hicolor/scalable/apps/tutti.svg"

    story.chapter("into an empty home")
    done = dev(home, "installFrom", TUTTI)
    story.expect("it succeeds", done.returncode == 0, done.stderr)
    story.expect("program, menu entry and icon are there", program.exists() and entry.exists() and icon.exists(), files(home))
    story.expect("it says what it put where",
                 all(str(place) in done.stderr for place in (program, entry, icon)) and "tutti://" in done.stderr)
    lines = entry.read_text(encoding="utf-8").splitlines()
    story.expect("the entry starts that program with the link", f'Exec="{program}" %u' in lines, lines)
    story.expect("the entry takes tutti:// links", "MimeType=x-scheme-handler/tutti;" in lines)
    if shutil.which("desktop-file-validate"):
        judged = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
        story.expect("the desktop's own checker has nothing to say", judged.returncode == 0, judged.stdout)
    if shutil.which("xdg-mime"):
        story.expect("the desktop opens links with it", handler(home) == "tutti.desktop", handler(home))
    version = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=20, check=False)
    story.expect("the program runs from there", version.returncode == 0 and version.stdout.startswith("tutti "), version.stderr)

    story.chapter("once more")
    before = files(home)
    story.expect("it succeeds again, and nothing is twice",
                 dev(home, "installFrom", TUTTI).returncode == 0 and files(home) == before, files(home))

    story.chapter("and away")
    stranger = home / ".local/share/applications/other.desktop"
    stranger.write_text("[Desktop Entry]\n", encoding="utf-8")
    done = dev(home, "removeInstalled")
    left = [name for name in files(home) if "tutti" in name]
    story.expect("nothing of Tutti is left", done.returncode == 0 and not left, left)
    story.expect("what belongs to others stays", stranger.exists())
    lists = [path.read_text(encoding="utf-8") for path in home.rglob("mimeapps.list")]
    story.expect("links belong to nobody again", not any("tutti" in text for text in lists), lists)
    done = dev(home, "removeInstalled")
    story.expect("to remove what is not there is no failure", done.returncode == 0 and "nothing" in done.stderr, done.stderr)

    story.chapter("where nothing can be written")
    (home / "file").write_text("", encoding="utf-8")
    done = dev(home / "file", "installFrom", TUTTI)
    story.expect("it fails with a line that says so", done.returncode != 0 and "cannot be written" in done.stderr, done.stderr)
