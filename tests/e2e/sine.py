"""Whether a recording holds a steady sine, and how clean it is: WAV files of two channels, 24 bit, also unfinished ones."""
import cmath
import math

FRAME = 6  # bytes


def read(path, rate, seconds):
    """The last seconds of the left channel."""
    with open(path, "rb") as file:
        content = file.read()
    begin = content.index(b"data") + 8
    frames = (len(content) - begin) // FRAME
    first = max(0, frames - int(seconds * rate))
    at = range(begin + first * FRAME, begin + frames * FRAME, FRAME)
    return [int.from_bytes(content[i:i + 3], "little", signed=True) / (1 << 23) for i in at]


def _fit(signal, turns_a_frame):
    """(amplitude with phase, power of what is left) of the sine that fits best."""
    turn = cmath.exp(2j * math.pi * turns_a_frame)
    cos_cos = cos_sin = sin_sin = x_cos = x_sin = 0.0
    wheel = 1 + 0j
    for sample in signal:
        c, s = wheel.real, wheel.imag
        cos_cos += c * c
        cos_sin += c * s
        sin_sin += s * s
        x_cos += sample * c
        x_sin += sample * s
        wheel *= turn
    size = cos_cos * sin_sin - cos_sin * cos_sin
    a = (x_cos * sin_sin - x_sin * cos_sin) / size
    b = (x_sin * cos_cos - x_cos * cos_sin) / size
    power = sum(sample * sample for sample in signal) / len(signal)
    return complex(a, -b), max(power - (a * x_cos + b * x_sin) / len(signal), 1e-20)


def review(signal, rate, hertz):
    """{"amplitude": …, "hertz": …, "cleanDb": how far what is no sine lies below it}, of a piece without dropouts."""
    turns = hertz / rate
    half = len(signal) // 2
    for _ in range(3):  # the pitch of what is heard, by how the phase goes on
        early, _ = _fit(signal[:half], turns)
        late, _ = _fit(signal[half:], turns)
        went = cmath.phase(late / early) / (2 * math.pi)
        expected = (turns * half) % 1.0
        turns += ((went - expected + 0.5) % 1.0 - 0.5) / half
    sine, left = _fit(signal, turns)
    power = abs(sine) ** 2 / 2
    return {"amplitude": abs(sine), "hertz": turns * rate, "cleanDb": 10 * math.log10(max(power, 1e-20) / left)}


def usual(path, rate, hertz, seconds=3.0, piece=0.1):
    """The median over pieces of the last seconds; None where nothing is written yet."""
    signal = read(path, rate, seconds)
    size = int(piece * rate)
    pieces = [review(signal[i:i + size], rate, hertz) for i in range(0, len(signal) - size + 1, size)]
    if not pieces:
        return None
    return {key: sorted(one[key] for one in pieces)[len(pieces) // 2] for key in pieces[0]}
