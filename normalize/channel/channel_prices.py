"""Every price that decides what was meant by a text, in nats (−ln of a probability), with where it comes from.

*Chosen* is an order of magnitude that a person set; *counted* says how often `python -m bench.learn` saw the event on
forged forms, in the same unit; *measured* prices were moved until `python -m bench.damage` read no better.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelPrices:
    """The prices of readers, typists, clerks and the language."""

    never: float = 1e6
    """Chosen: what is certain not to be costs more than anything."""
    impossible: float = 60.0
    """Chosen: a misreading that costs this much is none."""
    certain: float = 30.0
    """Chosen: the margin of a reading that has no rival."""

    # a reader, by shape
    misread: float = 4.7
    """Chosen: a reader takes one character in a hundred for another one."""
    lookalike: float = 0.1
    """Chosen on top: nine misreadings in ten are look-alikes."""
    unlikely: float = 11.0
    """Chosen on top of `misread`: the other tenth, spread over some six thousand characters."""
    learned: float = 5.1
    """Chosen on top of `misread`: what a bureau's persons corrected so is no likelier than the rarest look-alike."""
    sounds_alike: float = 8.0
    """Chosen on top of `misread`: a character that only sounds like it."""
    inserted: float = 18.5
    """Chosen: a character that is not on the paper: a stray, any of thousands."""
    dropped: float = 8.5
    """Chosen: a character is lost."""
    dropped_more: float = 8.0
    """Chosen: every further character of one lost run."""

    # a typist, by sound
    slip: float = 5.7
    """Chosen: a typist slips once in three hundred texts, somewhere in it."""
    sound: float = 0.5
    """Chosen on top of `slip`: the first character that sounds the same; the later ones are dearer by rank."""
    wrong_key: float = 9.0
    """Chosen on top of `slip`: a character that does not sound like what was meant."""
    slip_more: float = 6.0
    """Chosen: every further wrong character of one text."""

    # the language
    unknown_character: float = 17.0
    """Chosen: a character that the word list lacks, rarer than any that it counts."""
    sign: float = 4.6
    """Chosen: a digit, letter or sign is one of a hundred."""
    rare_character: float = 13.9
    """Chosen: a lone character rarer than one in a million is no Chinese prose."""

    # a clerk
    reworded: float = 4.6
    """Chosen: a clerk words a standard text differently once in a hundred times."""
    replaced: float = 7.0
    """Chosen on top of `reworded`: this place of the text, and just these words instead."""
    left_out: float = 5.0
    """Chosen on top of `reworded`: this place of the text, where words are only left out."""
    known_word: float = 1.0
    """Chosen: one more word of a rewording that the list knows."""
    half_of_word: float = 11.5
    """Chosen: a character no rarer than this may be half of a word that the list lacks."""
    coined_word: float = 12.0
    """Chosen: a word of two usual characters that the list lacks."""
    usual_text: float = 0.05
    """Chosen: a clerk keeps the catalogue's text."""
    less_usual_text: float = 2.0
    """Chosen: each step down the catalogue's list of usual texts."""
    other_standard: float = 1.0
    """Chosen: a text beside the usual one is another of the catalogue's."""
    free_text: float = 3.0
    """Chosen: a clerk writes something of his own, before the words themselves."""
    free_closed_word: float = 5.0
    """Chosen on top of `free_text`: in a column that has a closed list."""

    # what decides
    repair_margin: float = 3.0
    """Chosen: a repair must be this much cheaper than keeping what was seen, and than every other repair."""
    fluent_margin: float = 4.5
    """Chosen: so must one of a text that differs from the usual one by known words only, which may well be meant."""
    sure_margin: float = 16.0
    """Measured on copies: a repair to the catalogue's text that is this much cheaper than all else needs no person, though the
    picture hardly bears it: all of sixty such repairs were right, and all twenty wrong ones were of figures."""
    doubt_margin: float = 1.5
    """Chosen: what is kept is doubtful when a repair is no more than this much dearer."""
    broken: float = 9.0
    """Chosen: a wording that is this much worse Chinese than the usual text is kept, but doubted."""
    one_glyph: float = 12.0
    """Chosen: texts nearer than this are one known confusion apart; misread alike in all twins they look the same."""
    mark_loss: float = 9.0
    """Measured on copies: a mark that costs the picture no more may be one that a copier lost; a clear one costs fifteen."""
    illegible: float = 6.0
    """Measured on print that a pen ran over: of texts that the picture itself gives no more than this, none was right."""
    illegible_glyph: float = 0.7
    """Chosen: a long text is illegible when each of its characters costs the picture this much in the mean."""
    clear: float = 0.01
    """Chosen: a picture that gives a text 99 in 100 is clear; of 17 such texts that language alone doubted none was wrong."""
    clear_loss: float = 14.0
    """Measured on blurred print: a picture that loses more by another text has clearly not said it."""


CHANNEL_PRICES = ChannelPrices()
"""The prices in use."""
