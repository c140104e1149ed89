"""Letters on their way to the post."""

from foundation import jobs
from programmes.selection.sending import hand_over, waiting_letters


@jobs.task(retries=5)
def hand_over_letters(run_id: int) -> None:
    """Give every letter of a sending to the post; killed half-way, it goes on where it stopped."""
    for letter in waiting_letters().filter(run=run_id).iterator(chunk_size=100):
        hand_over(letter)


@jobs.every(minutes=5)
def hand_over_forgotten() -> None:
    """Give to the post what a killed process left behind."""
    for letter in waiting_letters()[:1000]:
        hand_over(letter)
