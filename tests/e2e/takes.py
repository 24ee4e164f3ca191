"""Takes: runs of one minute or so, each with what was measured in it; and what they say together.

A take in which the sound server itself lost blocks says little about us: it is told, left out, and played again.
"""
import json
import statistics
from dataclasses import asdict, dataclass, field

from band import sums
from sound import percentile

MOST_SERVER_XRUNS = 4  # more is a machine too busy to judge
NEAR_AN_XRUN = 300_000  # µs: what a lost block of the server does to what is heard is over by then
OFF_BY_HEARING = 0.1  # ms: what is measured on an ideal wire is no truer
HELD = 1_000  # µs for which the machine stood still: nobody's sound comes through that with less delay


@dataclass
class Take:
    """One run. Times are in ms, rates a minute."""
    setting: str
    path: str
    frames: int
    seconds: float
    delay: float
    p99: float
    glitches: float
    foreignGlitches: float  # beside an xrun of a sound server, or while the machine stood still
    concealed: float  # single frames made up, heard or not
    late: float  # of these: came, but too late
    sumError: float  # ms by which the shown parts add up to more than was heard
    clockBound: float  # ms by which they say that they may be off
    secondsBeyond: int  # in which they were off by more
    snrDb: float
    serverXruns: int
    shown: dict = field(default_factory=dict)
    stopsMs: list = field(default_factory=list)  # for how long the machine stood still, the longest first

    @property
    def is_quiet(self):
        return self.serverXruns <= MOST_SERVER_XRUNS

    def words(self):
        return (f"{self.setting}, {self.path}, {self.frames} frames: {self.delay:.2f} ms, p99 {self.p99:.2f}, "
                f"{self.glitches:.1f} glitches a minute (and {self.foreignGlitches:.1f} of the server's or the machine's), "
                f"{self.concealed:.0f} frames made up, S/N {self.snrDb:.0f} dB, {self.serverXruns} server xruns, "
                f"the machine stood still {len(self.stopsMs)} times, for {max(self.stopsMs, default=0):.1f} ms at most"
                f"{'' if self.is_quiet else ': too disturbed to judge'}")


def median_of(values):
    return round(statistics.median(list(values) or [float("inf")]), 3)


def take_of(setting, frames, review, words, stops):
    """From what the listener heard, what the hearer's Tutti said meanwhile, and when the machine stood still (from, to)."""
    minutes = max(review["seconds"], 1) / 60
    held = [*((xrun, xrun) for xrun in review["xrunsAt"]), *stops]
    foreign = [glitch for glitch in review["glitches"]
               if any(begin - NEAR_AN_XRUN < glitch["t"] < end + NEAR_AN_XRUN for begin, end in held)]
    ms = review["delays"]
    seconds = sums(review, words)
    typical = sorted(words, key=lambda word: word["delayMs"]["total"])[len(words) // 2]

    def frames_a_minute(share):
        return statistics.mean(word[share] for word in words) / 100 * 48_000 * 60 / frames
    return Take(setting=setting, path=words[-1]["path"], frames=frames, seconds=round(review["seconds"], 1),
                delay=round(statistics.median(ms), 3) if ms else float("inf"),
                p99=round(percentile(ms, 0.99), 3) if ms else float("inf"),
                glitches=(len(review["glitches"]) - len(foreign)) / minutes, foreignGlitches=len(foreign) / minutes,
                concealed=frames_a_minute("concealedPct"), late=frames_a_minute("latePct"),
                sumError=median_of(second.error for second in seconds),
                clockBound=median_of(second.bound for second in seconds),
                secondsBeyond=sum(abs(second.error) > max(second.bound, OFF_BY_HEARING) for second in seconds),
                snrDb=review["snrDb"], serverXruns=len(review["xrunsAt"]), shown=typical["delayMs"],
                stopsMs=sorted((round((end - begin) / 1000, 1) for begin, end in stops), reverse=True))


class Takes:
    """All takes of a measurement, in a file too: parts may be played one by one and are judged together."""

    def __init__(self, file=None):
        self._file = file
        self.all = []
        if file:
            try:
                with open(file, encoding="utf-8") as lines:
                    self.all = [Take(**json.loads(line)) for line in lines]
            except FileNotFoundError:
                pass

    def add(self, take):
        self.all.append(take)
        if self._file:
            with open(self._file, "a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(take)) + "\n")

    def settings(self):
        return list(dict.fromkeys((take.setting, take.path, take.frames) for take in self.all))

    def quiet(self, setting, path, frames):
        return [take for take in self.all
                if (take.setting, take.path, take.frames) == (setting, path, frames) and take.is_quiet]

    def median(self, key, what):
        values = [getattr(take, what) for take in self.quiet(*key)]
        return statistics.median(values) if values else None

    def table(self):
        yield (f"{'between them':22} {'path':9} {'frames':>6} {'takes':>9} {'delay ms':>9} {'p99 ms':>7} "
               f"{'glitches/min':>12} {'made up/min':>11} {'late/min':>8} {'sum ms':>6} {'bound ms':>8} {'S/N dB':>6}")
        for key in self.settings():
            quiet = self.quiet(*key)
            played = sum((take.setting, take.path, take.frames) == key for take in self.all)
            values = [self.median(key, what) for what in ("delay", "p99", "glitches", "concealed", "late", "sumError",
                                                         "clockBound", "snrDb")]
            cells = ("-" if value is None else f"{value:.{digits}f}"
                     for value, digits in zip(values, (2, 2, 1, 0, 0, 2, 2, 0)))
            row = "{:>9} {:>7} {:>12} {:>11} {:>8} {:>6} {:>8} {:>6}".format(*cells)
            yield f"{key[0]:22} {key[1]:9} {key[2]:6} {f'{len(quiet)} of {played}':>9} {row}"
