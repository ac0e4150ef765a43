"""Whether a text tells of something that is plainly no measure of this scheme.

Called by `dialogs.plain_answers` with an answer to what they will do, when no kind of activity was
found in it. What it says is shown to the person before it counts. Never says so of a text that has
newcomers, neighbours or learning in it: such a text is asked about again.
"""

from knowledge.activities import read_activities
from knowledge.activity_counting import is_private
from knowledge.activity_evidence import Evidence, gather
from knowledge.activity_files import TELLING
from knowledge.activity_text import sentences_of
from knowledge.activity_words import ActivityWords

OURS = ("newcomer", "others", "learns")


def is_other_business(text: str) -> bool:
    """Whether it is about things to buy, animals, money, trade or aid abroad, and nothing else."""
    if read_activities(text):
        return False
    vocabulary = ActivityWords.load()
    sentences = sentences_of(text, vocabulary.small_words["joins"])
    gathered = [gather(sentence, vocabulary) for sentence in sentences]
    if any(evidence.has(*OURS) for evidence in gathered):
        return False
    return any(_is_other_business(evidence) for evidence in gathered)


def _is_other_business(evidence: Evidence) -> bool:
    """«Kjøpe en varebil», but not «kjøpe utstyr til fotball»: that may be asked about."""
    if evidence.has("other_business", "private"):
        return True
    return is_private(evidence) and not any(hit.mark.sort in TELLING for hit in evidence.hits)
