"""W-10 of our own checklist, at length: a hundred joins in a row without a leak."""
import world

world.enter("LinkHut", "jackd", "jack_lsp", "jack_wait", "ip")

from joins import tell  # noqa: E402

if __name__ == "__main__":
    tell(100)
