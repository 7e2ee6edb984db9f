#!/usr/bin/env python3
"""Tests train.py against the engine: python3 train/gpu/train_test.py build/kabar models/starter

Needs PyTorch and sentencepiece (Debian: python3-torch, python3-sentencepiece). A package read and written again by
train.py must translate in the engine as its forward pass says: the same pieces, the same log-probabilities.
"""
import os
import struct
import subprocess
import sys
import tempfile

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
    """Pieces and their log-probabilities, the end included; whole prefixes are decoded anew at every step."""
    ids = torch.tensor([source + [train.END]])
    mask = torch.ones_like(ids, dtype=torch.bool)
    memory = model.encode(ids, mask)
    pieces, scores = [], []
    while len(pieces) < LENGTH and (not pieces or pieces[-1] != train.END):
        logits, _ = model.decode(head, torch.tensor([pieces + [train.END]]), memory, mask)
        score, piece = logits[0, -1].log_softmax(-1).max(0)
        pieces.append(piece.item())
        scores.append(score.item())
    return pieces, scores


def test_forward(kabar, package, folder):
    model = train.Model([8000] * 6).eval()
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
    assert train.read_pack(path) == [(3, [5, 6, train.END], [(1, [7, train.END], [(0, 1)])])]
    print("a pack is read as documented")


def test_learning():
    """A few steps on one record take its loss down."""
    torch.manual_seed(1)
    model = train.Model([50] * 6, width=16, heads=2, inner=32, encoder_layers=1, decoder_layers=1, dropout=0.0)
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    records = [(0, [5, 6, 0], [(1, [7, 8, 0], [(0, 0), (1, 1)]), (2, [9, 0], [])])]
    losses = []
    for _ in range(40):
        loss, plain, tokens = train.batch_loss(model, records, "cpu", 0.1, 0.1)
        assert tokens == 5
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(plain / tokens)
    assert losses[-1] < 0.2 * losses[0], losses
    print("a record is learned by heart")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        test_pack(scratch)
        test_learning()
        test_forward(sys.argv[1], sys.argv[2], os.path.join(scratch, "package"))
