#!/usr/bin/env python3
"""Tests train.py against the engine: python3 train/gpu/train_test.py build/kabar models/starter

Needs PyTorch and sentencepiece (Debian: python3-torch, python3-sentencepiece). A package read and written again by
train.py must translate in the engine as its forward pass says: the same pieces, the same log-probabilities.
"""
import array
import os
import struct
import subprocess
import sys
import tempfile

import numpy
import sentencepiece
import torch

import train

SENTENCES = [
    "Polisi menangkap dua orang tersangka di Jakarta.",
    "Pemerintah akan menaikkan harga bahan bakar mulai bulan depan.",
    "Harga Beras Naik",
    "\"Kami belum menerima laporan itu,\" kata juru bicara kementerian, Senin (3/8).",
    "Jakarta",
]
LENGTH = 40


def engine_hypotheses(kabar, package, language):
    """Per sentence the text and the log-probability of every piece."""
    command = [kabar, "translate", "--lines", "--model", package, "--to", language, "--nbest", "1"]
    done = subprocess.run(command, input="\n".join(SENTENCES) + "\n", capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        _, text, words, *_ = [part.strip() for part in line.split("|||")]
        found.append((text, [float(score) for score in words.split()[1:]]))
    return found


def greedy(model, head, source):
    """Pieces and their log-probabilities, the end included."""
    ids = torch.tensor([source + [train.END]])
    mask = torch.ones_like(ids, dtype=torch.bool)
    pieces = model.greedy(head, ids, mask, LENGTH)[0].tolist()
    pieces = pieces[: pieces.index(train.END) + 1] if train.END in pieces else pieces
    with torch.no_grad():
        states, _ = model.decode(head, torch.tensor([pieces]), model.encode(ids, mask), mask)
        scores = model.logits(head, states)[0].log_softmax(-1)
    assert scores.argmax(-1).tolist() == pieces, "step by step and all at once differ"
    return pieces, scores.max(-1).values.tolist()


def test_forward(kabar, package, folder):
    model = train.Model([8000] * 7).eval()
    train.load_package(model, package)
    train.write_package(model, folder, package, "test", "1", int8=False)
    source_pieces = sentencepiece.SentencePieceProcessor(model_file=f"{package}/source.spm")
    for head, language in enumerate(train.HEADS):
        target_pieces = sentencepiece.SentencePieceProcessor(model_file=f"{package}/head.{language}.spm")
        for sentence, (text, scores) in zip(SENTENCES, engine_hypotheses(kabar, folder, language), strict=True):
            with torch.no_grad():
                pieces, expected = greedy(model, head, source_pieces.encode(sentence))
            if pieces[-1] != train.END:  # the engine's own limit cuts elsewhere
                pieces, expected, scores = pieces[:-1], expected[: len(scores)], scores[: len(expected)]
            else:
                assert text == target_pieces.decode(pieces[:-1]), f"{language}: {text}"
                assert len(scores) == len(expected), f"{language}: {sentence}"
            worst = max(abs(a - b) for a, b in zip(scores, expected))
            assert worst < 1e-3, f"{language}: {sentence}: scores differ by {worst}"
        print(f"{language}: the engine agrees on {len(SENTENCES)} sentences")


def test_pack(folder):
    """The layout of docs/formats/kpack.md: one record of group 3, source 5 6, head 1 with target 7 and one link."""
    path = os.path.join(folder, "one.kpack")
    with open(path, "wb") as file:
        file.write(b"KABARPK1" + struct.pack("<I", 1) + struct.pack("<BBBBH2H", 0, 3, 1, 0, 2, 5, 6))
        file.write(struct.pack("<BBHHHHH", 1, 0, 1, 1, 7, 0, 1))
    (record,) = train.read_pack(path)
    assert (record[0], record[1], list(record[2])) == (0, 3, [5, 6])
    assert [(head, list(target), links) for head, target, links in record[3]] == [(1, [7], [(0, 1)])]
    print("a pack is read as documented")


def small_data():
    """Two groups: an Indonesian record with two targets, of which one is linked, and an English one with one."""
    packer = train.Packer(["plain", "english"], [9])
    ids = lambda *values: array.array("H", values)
    packer.add(0, 0, ids(5, 6), [(1, ids(7, 8), [(0, 0), (1, 1)])])
    packer.add(0, 0, ids(5, 6), [(2, ids(9), [])])
    packer.add(1, 1, ids(6, 4, 3), [(1, ids(8, 8, 7), []), (train.BACK, ids(5, 5), [])])
    return packer.data()


def small_model():
    return train.Model([50] * 7, width=16, heads=2, inner=32, encoder_layers=1, decoder_layers=1, dropout=0.0)


def batch_of(data, records, shape=None):
    records = numpy.array(records)
    shape = shape or train.Shape.around(data, records)
    return train.Batch(shape.numbers(data, records), shape, train.Streams(data, "cpu"))


def gradient_of(model, batch):
    model.zero_grad()
    loss, plain, tokens = train.batch_loss(model, batch, 0.1, 0.1)
    loss.backward()
    return loss.item(), torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])


def test_shapes():
    """Rows and positions that a batch does not need change neither loss nor gradient; batches fit their shapes and hold
    what was drawn."""
    torch.manual_seed(1)
    data, model = small_data(), small_model()
    tight, wide = batch_of(data, [0, 1]), batch_of(data, [0, 1], train.Shape(5, 24, [0, 4, 3, 0, 0, 2], 16))
    (loss, gradient), (wide_loss, wide_gradient) = gradient_of(model, tight), gradient_of(model, wide)
    assert abs(loss - wide_loss) < 1e-5 and torch.allclose(gradient, wide_gradient, atol=1e-6)
    batches = train.Batches(data, {"plain": (1, 1), "english": (1, 1)}, 60, 1, "cpu")
    drawn = set()
    for _ in range(100):
        kind, numbers = batches.next()
        batch = train.Batch(numbers, batches.shapes[kind], train.Streams(data, "cpu"))
        drawn |= {tuple(row[mask].tolist()) for row, mask in zip(batch.sources, batch.mask)}
        assert 0 < batch.tokens <= 120
    batches.end()
    assert drawn == {(5, 6, 0), (6, 4, 3, 0), (5,)}, drawn  # the last is the row that counts for nothing
    print("batches of fixed shapes teach what their records teach")


def test_groups():
    """English sources have groups of their own, whose shares the mixture may set."""
    packer = train.Packer(["web"], [])
    packer.add(0, 0, array.array("H", [5]), [(1, array.array("H", [7]), [])])
    packer.add(1, 0, array.array("H", [6]), [(1, array.array("H", [8]), [])])
    data = packer.data().with_english_apart()
    assert (data.names, data.groups.tolist()) == (["web", "web-english"], [0, 1])
    print("English sources are groups of their own")


def test_lookup():
    """The gradient of an embedding is what PyTorch's own is."""
    ids, found = torch.tensor([[1, 2, 1], [3, 3, 1]]), []
    for function in (lambda ids, e: train.Lookup.apply(ids, e), lambda ids, e: torch.nn.functional.embedding(ids, e)):
        embedding = torch.arange(10.0).view(5, 2).requires_grad_()
        (function(ids, embedding) * torch.arange(12.0).view(2, 3, 2)).sum().backward()
        found.append(embedding.grad)
    assert torch.equal(*found)
    print("an embedding learns from every place of a piece")


def test_data(folder):
    """Data read is data written; a batch holds what the records hold."""
    path = os.path.join(folder, "data")
    data = small_data()
    data.write(path)
    again = train.Data.read(path)
    assert (again.names, again.placeholders) == (["plain", "english"], [9])
    for ours, theirs in zip(data.streams + data.links, again.streams + again.links):
        assert ours.tolist() == theirs.tolist()
    batch = batch_of(again, [1, 0])
    sources = [row[mask].tolist() for row, mask in zip(batch.sources, batch.mask)]
    assert sources == [[6, 4, 3, 0], [5, 6, 0]]
    head, rows, ids, links, real = batch.targets[0]
    assert (head, rows.tolist(), batch.tokens) == (1, [0, 1], 4 + 3 + 2 + 3)
    assert ids[real].tolist() == [8, 8, 7, 0, 7, 8, 0]
    assert links[real].tolist() == [train.NO_LINK] * 4 + [0, 1, train.NO_LINK]
    print("a batch holds what was packed")


def test_back_translation():
    """English sources come again in Indonesian, with the same targets and without the pair into Indonesian itself."""
    data = small_data()
    model = small_model()
    model.greedy = lambda head, ids, mask, longest: torch.tensor([[5, 4, 0, 0]])
    more = train.back_translate(model, data, train.Streams(data, "cpu"), ["english"])
    assert more.names[-1] == "english-back" and more.groups.tolist() == [0, 1, 2] and more.languages[2] == 0
    row = lambda k: more.streams[k][more.starts[2, k] :][: more.lengths[2, k]].tolist()
    assert [row(k) for k in range(2 + train.BACK)] == [[5, 4, 0], [], [8, 8, 7, 0], [], [], [], []]
    assert train.is_good([1, 9, 2], [9, 4], {9}) and not train.is_good([1, 9, 2], [3, 4], {9})
    assert not train.is_good([1, 2, 3, 4], [5] * 12, {9}), "a loop"
    print("back-translations keep their targets")


def test_mixture():
    """Groups are drawn by their share of the target pieces, whatever their number of records."""
    data = small_data()
    batches = train.Batches(data, {"plain": (3, 0), "english": (1, 1)}, 100, 1, "cpu")
    batches.end()
    pieces = data.lengths[:, 1:].sum(1)
    drawn = numpy.concatenate([batches._pool(0.0) for _ in range(50)])
    share = pieces[drawn[drawn == 0]].sum() / pieces[drawn].sum()
    assert 0.7 < share < 0.8, share
    assert set(batches._pool(1.0).tolist()) == {1}
    print("the mixture is kept")


def test_learning():
    """A few steps on a batch take its loss down; a step without a finite gradient changes nothing."""
    torch.manual_seed(1)
    data, model = small_data(), small_model()
    weights = train.Weights(model, "cpu", torch.float32)
    batch, losses = batch_of(data, [0, 1]), []
    for _ in range(60):
        loss, plain, tokens = train.batch_loss(model, batch, 0.1, 0.1)
        assert sum(tokens.values()) == batch.tokens == 12
        loss.backward()
        weights.next_step(0.01)
        weights.update(1.0)
        losses.append(sum(float(p) for p in plain.values()) / batch.tokens)
    assert losses[-1] < 0.2 * losses[0], losses
    before = weights.master.clone()
    weights.mean.zero_()
    weights.gradient[3] = float("nan")
    weights.next_step(0.01)
    weights.update(1.0)
    assert torch.equal(before, weights.master)
    print("a batch is learned by heart")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        test_pack(scratch)
        test_data(scratch)
        test_shapes()
        test_groups()
        test_lookup()
        test_back_translation()
        test_mixture()
        test_learning()
        test_forward(sys.argv[1], sys.argv[2], os.path.join(scratch, "package"))
