"""Groups to batches: which texts are drawn, how they are read, and tensors that hold them."""

import random

import torch
from reader_toys import group
from tokenizers import Tokenizer

from evals.reading_batches import BATCH, MAX_TOKENS, WRONG, Batches, Tokens, chosen, prefixed
from evals.reading_schema import Text
from ingest.export import package_folder

CHANCE = random.Random(0)  # noqa: S311 - a sample, not a secret


def test_a_right_text_stands_ahead_of_wrong_ones() -> None:
    pairs, right = chosen(group(1), CHANCE)
    assert (len(pairs), right) == (1 + WRONG, 1)
    assert pairs[0][1][-1] == "Boats pay 5 yuan."
    assert all(parts[-1] != "Boats pay 5 yuan." for _, parts in pairs[1:])
    assert chosen(group(1, answerable=False), CHANCE)[1] == 0


def test_title_and_heading_stand_ahead_of_a_text_where_wanted_and_known() -> None:
    text = Text("Boats pay.", "Dues", "Harbour")
    assert prefixed(text, titled=True, headed=True) == ("Harbour", ":", "Dues", ":", "Boats pay.")
    assert prefixed(text._replace(heading=""), titled=False, headed=True) == ("Boats pay.",)


def test_every_group_comes_once_a_pass() -> None:
    made = Batches([group(number) for number in range(BATCH + 3)], passes=2, seed=0)
    sizes = [len(made[at].places) for at in range(len(made))]
    assert sorted(sizes) == [3, 3, BATCH, BATCH]
    assert torch.equal(made[0].ids, made[0].ids)


def test_a_question_with_fewer_texts_has_fewer_places() -> None:
    short = group(2)._replace(wrong=group(2).wrong[:2])
    batch = Batches([group(1), short, group(3, answerable=False)], passes=1, seed=0)[0]
    assert sorted((batch.places >= 0).sum(1).tolist()) == [3, WRONG, 1 + WRONG]
    assert batch.right.sum(1).sort().values.tolist() == [0, 1, 1]
    assert batch.places.max() == len(batch.ids) - 1


def test_parts_are_split_into_tokens_as_the_whole_text_is() -> None:
    tokens = Tokens(["Who pays?"])
    ids, mask, types = tokens.pairs([("Who pays?", ("Harbour", ":", "A ferry pays dues.")), ("Who?", ("word " * 2 * MAX_TOKENS,))])
    whole = Tokenizer.from_file(str(package_folder() / "tokenizer.json")).encode("Who pays?", "Harbour: A ferry pays dues.")
    end = int(mask[0].sum())
    assert (ids[0, :end].tolist(), types[0, :end].tolist()) == (whole.ids[:end], whole.type_ids[:end])
    assert ids.shape[1] == MAX_TOKENS == int(mask[1].sum())
