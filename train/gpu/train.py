#!/usr/bin/env python3
"""The starter recipe on a GPU: the engine's network, trained on packed data, written as a package.

    python3 train/gpu/train.py pack training/packed/starter.kpack --vocabularies training/vocab -o training/gpu.data
    python3 train/gpu/train.py train training/gpu.data --mixture train/gpu/mixture.txt --start models/starter --minutes 10 \\
        --back-translate-at 1.5 --decay-from 0.25 -o training/gpu
    python3 train/gpu/train.py export training/gpu --vocabularies training/vocab --shortlists models/starter \\
        -o training/candidate

`pack` makes a small file to carry to another machine (it needs sentencepiece), `train` needs PyTorch and NumPy alone.
The network is that of docs/engine.md; the formats are those of docs/formats/kpack.md and docs/formats/model.md.

While it trains the five heads, the network also learns a sixth from English into Indonesian. With it the run turns the
English sources of the pairs into Indonesian once (`--back-translate-at`): what people translated from English then also
teaches how to translate Indonesian, as Sennrich et al. 2016, "Improving Neural Machine Translation Models with
Monolingual Data", do it. The sixth head is not exported.
"""
import argparse
import array
import concurrent.futures
import hashlib
import json
import lzma
import math
import os
import queue
import struct
import sys
import threading
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HEADS = ["en", "zh", "ja", "ar", "fr"]
BACK = len(HEADS)  # the head from English into Indonesian; its pieces are those of the source vocabulary
END = 0
NO_LINK = 255
ENGLISH_SUFFIX = "-english"  # of the groups with English sources
BACK_SUFFIX = "-back"  # of the groups that hold back-translations


# ---- Data --------------------------------------------------------------------------------------------------------


def read_pack(path):
    """Yields (source language, group, source ids, [(head, target ids, [(source, target) links])]), ids without their end."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != b"KABARPK1":
        sys.exit(f"{path}: this is no pack")
    (count,) = struct.unpack_from("<I", data, 8)
    place = 12

    def numbers(n):
        nonlocal place
        values = array.array("H", data[place : place + 2 * n])
        place += 2 * n
        return values

    for _ in range(count):
        language, group, targets, _, length = struct.unpack_from("<BBBBH", data, place)
        place += 6
        source = numbers(length)
        found = []
        for _ in range(targets):
            head, _, length, links = struct.unpack_from("<BBHH", data, place)
            place += 6
            target = numbers(length)
            flat = numbers(2 * links)
            found.append((head, target, list(zip(flat[0::2], flat[1::2]))))
        yield language, group, source, found


def read_group_names(pack):
    with open(os.path.splitext(pack)[0] + ".groups.toml") as file:
        return [line.split('"')[1] for line in file if line.startswith("name")]


def ranges(starts, lengths):
    """start, start + 1 … of each, one after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())


class Data:
    """Sentences in flat arrays. Ids have their end; targets[h] is one row per record, of length 0 where there is none.

    lengths[r, 0] and starts[r, 0] are the source's, lengths[r, 1 + h] and starts[r, 1 + h] those of head h.
    links[h][i]: the source position that target piece i is linked to, or NO_LINK.
    """

    def __init__(self, names, placeholders, groups, languages, lengths, streams, links):
        self.placeholders = placeholders  # ids of the source vocabulary
        self.names, self.groups, self.languages, self.lengths = names, groups, languages, lengths
        self.streams, self.links = streams, links
        self.starts = np.zeros_like(lengths)
        np.cumsum(lengths[:-1], axis=0, out=self.starts[1:])

    def write(self, path):
        """Arrays as xz streams after a line of JSON that names them."""
        arrays = {"groups": self.groups, "languages": self.languages, "lengths": self.lengths.T.astype("<u2")}
        for h, (stream, links) in enumerate(zip(self.streams, [None] + self.links)):
            arrays[f"stream{h}"] = stream.astype("<u2")
            if links is not None:
                linked = links != NO_LINK
                arrays[f"linked{h}"] = np.packbits(linked)
                arrays[f"steps{h}"] = np.diff(links[linked].astype(np.int16), prepend=0).astype(np.int8)
        filters = lambda width: [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 1 << 27, "lc": 3 if width == 1 else 0,
                                  "lp": width - 1, "pb": width - 1}]
        compress = lambda a: lzma.compress(np.ascontiguousarray(a).tobytes(), filters=filters(a.itemsize))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            blobs = dict(zip(arrays, pool.map(compress, arrays.values())))
        about = {k: [a.dtype.str, list(a.shape), len(blobs[k])] for k, a in arrays.items()}
        with open(path, "wb") as file:
            file.write(json.dumps({"names": self.names, "placeholders": self.placeholders, "arrays": about}).encode() + b"\n" + b"".join(blobs.values()))

    @classmethod
    def read(cls, path):
        with open(path, "rb") as file:
            header = json.loads(file.readline())
            blobs = {k: (about, file.read(about[2])) for k, about in header["arrays"].items()}
        load = lambda entry: np.frombuffer(lzma.decompress(entry[1]), entry[0][0]).reshape(entry[0][1])
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            arrays = dict(zip(blobs, pool.map(load, blobs.values())))
        lengths = np.ascontiguousarray(arrays["lengths"].T.astype(np.int64))
        streams = [arrays[f"stream{h}"] for h in range(lengths.shape[1])]
        links = []
        for h in range(1, len(streams)):
            linked = np.unpackbits(arrays[f"linked{h}"], count=len(streams[h])).astype(bool)
            positions = np.full(len(streams[h]), NO_LINK, np.uint8)
            positions[linked] = np.cumsum(arrays[f"steps{h}"].astype(np.int16)).astype(np.uint8)
            links.append(positions)
        return cls(header["names"], header["placeholders"], arrays["groups"], arrays["languages"], lengths, streams, links)

    def with_english_apart(self):
        """English sources in groups of their own, GROUP-english."""
        for g, name in enumerate(list(self.names)):
            if not name.endswith(ENGLISH_SUFFIX) and not name.startswith("dev "):
                rows = (self.groups == g) & (self.languages == 1)
                if rows.any():
                    if name + ENGLISH_SUFFIX not in self.names:
                        self.names.append(name + ENGLISH_SUFFIX)
                    self.groups = np.where(rows, np.uint8(self.names.index(name + ENGLISH_SUFFIX)), self.groups)
        return self

    def extended(self, sources, records):
        """Without the targets of the sixth head, and with more records: `sources` (ids with their end) for the targets
        of `records`, in groups GROUP-back."""
        names = list(self.names)
        groups = np.zeros(len(records), np.uint8)
        for g in np.unique(self.groups[records]):
            names.append(self.names[g].removesuffix(ENGLISH_SUFFIX) + BACK_SUFFIX)
            groups[self.groups[records] == g] = len(names) - 1
        before, lengths = self.lengths.copy(), self.lengths[records]
        before[:, 1 + BACK] = 0  # what the sixth head learned from has done its work
        lengths[:, 0] = [len(s) for s in sources]
        streams, links = [np.concatenate([self.streams[0], *sources]).astype(np.uint16)], []
        lengths[:, 1 + BACK] = 0
        for h in range(1, len(self.streams)):
            pick = ranges(self.starts[records, h], lengths[:, h])
            streams.append(np.concatenate([self.streams[h], self.streams[h][pick]]))
            links.append(np.concatenate([self.links[h - 1], np.full(len(pick), NO_LINK, np.uint8)]))
        return Data(names, self.placeholders, np.concatenate([self.groups, groups]),
                    np.concatenate([self.languages, np.zeros(len(records), np.uint8)]),
                    np.concatenate([before, lengths]), streams, links)


class Packer:
    """Gathers records; the same source comes once, with all its targets."""

    def __init__(self, names, placeholders):
        self.names, self.placeholders, self.places = list(names), placeholders, {}
        self.groups, self.languages, self.sources, self.targets = [], [], [], []

    def add(self, language, group, source, targets):
        key = (language, bytes(source))
        at = self.places.setdefault(key, len(self.sources))
        if at == len(self.sources):
            self.groups.append(group)
            self.languages.append(language)
            self.sources.append(source)
            self.targets.append({})
        for head, target, links in targets:
            self.targets[at].setdefault(head, (target, links))

    def data(self):
        lengths = np.zeros((len(self.sources), 2 + BACK), np.int64)
        streams, links = [array.array("H")], []
        for r, source in enumerate(self.sources):
            streams[0] += source
            streams[0].append(END)
            lengths[r, 0] = len(source) + 1
        for head in range(BACK + 1):
            stream, positions = array.array("H"), array.array("B")
            for r, targets in enumerate(self.targets):
                if head not in targets:
                    continue
                target, pairs = targets[head]
                first = {t: s for s, t in reversed(pairs) if s < NO_LINK}
                stream += target
                stream.append(END)
                positions.extend(first.get(t, NO_LINK) for t in range(len(target) + 1))
                lengths[r, 1 + head] = len(target) + 1
            streams.append(stream)
            links.append(np.frombuffer(positions, np.uint8))
        return Data(self.names, self.placeholders, np.array(self.groups, np.uint8), np.array(self.languages, np.uint8), lengths,
                    [np.frombuffer(s, np.uint16) for s in streams], links)


def read_dev(path):
    """Rows of six texts (id en fr zh ja ar) of a TSV, or of a folder with one file a language."""
    if os.path.isdir(path):
        files = [open(f"{path}/{language}.txt", encoding="utf-8").read().splitlines()
                 for language in ("id", "en", "fr", "zh", "ja", "ar")]
        return list(zip(*files))
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return [row for row in rows if len(row) == 6 and row[0] != "id"]


def pack(options):
    import sentencepiece

    load = lambda name: sentencepiece.SentencePieceProcessor(model_file=f"{options.vocabularies}/{name}.spm")
    source_pieces, head_pieces = load("source"), [load(f"head.{language}") for language in HEADS]
    names = read_group_names(options.packs[0])
    dev_groups = [len(names) + i for i in range(len(options.dev))]
    placeholders = [i for i in range(source_pieces.get_piece_size()) if source_pieces.id_to_piece(i).startswith("⟦")]
    packer = Packer(names + [f"dev {os.path.basename(path)}" for path in options.dev], placeholders)
    linked = {names.index(name) for name in options.linked}
    for path in options.packs:
        if read_group_names(path) != names:
            sys.exit(f"{path}: has other groups than {options.packs[0]}")
        for language, group, source, targets in read_pack(path):
            english_group = names.index(names[group] + ENGLISH_SUFFIX) if names[group] + ENGLISH_SUFFIX in names else group
            name = names[group].removesuffix(ENGLISH_SUFFIX) + (ENGLISH_SUFFIX if language == 1 else "")
            if name in options.without and path == options.packs[0]:
                continue
            if language != 0 and group not in linked:
                targets = [(head, target, []) for head, target, _ in targets]
            packer.add(language, group, source, targets)
            english = [target for head, target, _ in targets if head == 0]
            if language == 0 and english:
                text = head_pieces[0].decode(list(english[0]))
                turned = array.array("H", source_pieces.encode(text))
                if 0 < len(turned) < 250:
                    packer.add(1, english_group, turned, [(BACK, source, [])])
    for group, path in zip(dev_groups, options.dev):
        for row in read_dev(path):
            texts = dict(zip(("id", "en", "fr", "zh", "ja", "ar"), row))
            targets = [(h, array.array("H", p.encode(texts[l])), []) for h, (l, p) in enumerate(zip(HEADS, head_pieces))]
            packer.add(0, group, array.array("H", source_pieces.encode(texts["id"])), targets)
    data = packer.data()
    for g, name in enumerate(data.names):
        rows = data.groups == g
        print(f"{name:20} {rows.sum():8} records  {data.lengths[rows, 0].sum():9} source pieces  "
              f"{data.lengths[rows, 1:].sum(0).tolist()} target pieces")
    data.write(options.output)
    print(f"{os.path.getsize(options.output)} bytes")


def rounded_up(length):
    """To a multiple of eight, as attention likes its keys."""
    return -(-int(length) // 8) * 8


class Shape:
    """The sizes of a batch: rows and positions of the sources; for each head its rows; positions of the targets.

    Rows that a batch does not need repeat the first place of the data and count for nothing.
    """

    def __init__(self, rows, positions, head_rows, target_positions):
        self.rows, self.positions = rows, positions
        self.room = np.array(head_rows)  # rows for each head, 0 for those that it lacks
        self.head_rows = [(head, count) for head, count in enumerate(head_rows) if count > 0]
        self.target_positions = target_positions
        self.sizes = [rows, rows] + [count for _, count in self.head_rows for _ in range(3)]

    @classmethod
    def around(cls, data, records):
        lengths = data.lengths[records]
        return cls(len(records), rounded_up(lengths[:, 0].max()), (lengths[:, 1:] > 0).sum(0), rounded_up(lengths[:, 1:].max()))

    def numbers(self, data, records):
        """What the device needs to know of these records: per source its start and length, then for each head the rows,
        starts and lengths of its targets."""
        arrays = [np.zeros(size, np.int32) for size in self.sizes]
        arrays[1][:] = 1
        arrays[0][: len(records)], arrays[1][: len(records)] = data.starts[records, 0], data.lengths[records, 0]
        for (head, _), at in zip(self.head_rows, range(2, len(arrays), 3)):
            rows = np.flatnonzero(data.lengths[records, 1 + head])
            arrays[at][: len(rows)], arrays[at + 1][: len(rows)] = rows, data.starts[records[rows], 1 + head]
            arrays[at + 2][: len(rows)] = data.lengths[records[rows], 1 + head]
        return torch.from_numpy(np.concatenate(arrays))


class Batch:
    """On the device: sources [rows, positions], their mask, and for each head that has targets
    (head, rows of the sources, ids, links, which of them are real: [rows of the head, target positions])."""

    def __init__(self, numbers, shape, streams):
        starts, lengths, *rest = numbers.long().split(shape.sizes)
        self.sources, self.mask = streams.sources(starts, lengths, shape.positions)
        self.targets, self.tokens = [], 0
        positions = torch.arange(shape.target_positions, device=streams.device)
        for i, (head, _) in enumerate(shape.head_rows):
            rows, starts, lengths = rest[3 * i : 3 * i + 3]
            real = positions < lengths[:, None]
            targets, links = streams.take(1 + head, starts, positions), streams.take_links(head, starts, positions)
            self.targets.append((head, rows, targets.masked_fill(~real, END), links, real))
            self.tokens = self.tokens + real.sum()


class Streams:
    """The flat arrays of the data on the device."""

    def __init__(self, data, device):
        self.device = device
        self.pieces = [torch.from_numpy(s.astype(np.int32)).to(device) for s in data.streams]
        self.links = [torch.from_numpy(np.array(l)).to(device) for l in data.links]

    @staticmethod
    def _at(flat, starts, positions):
        return flat[(starts[:, None] + positions).clamp(max=len(flat) - 1)].long()

    def sources(self, starts, lengths, longest):
        """Padded sources [rows, longest] and their mask."""
        positions = torch.arange(longest, device=self.device)
        mask = positions < lengths[:, None]
        return self.take(0, starts, positions).masked_fill(~mask, END), mask

    def take(self, stream, starts, positions):
        return self._at(self.pieces[stream], starts, positions)

    def take_links(self, head, starts, positions):
        return self._at(self.links[head], starts, positions)


class Batches:
    """Batches of a few fixed shapes, of records of about the same length, drawn by the mixture, made ahead by a thread.

    `mixture`: for each group its share of the target pieces at the start and at the end of the run.
    """

    POOL = 64  # batches that are sorted together
    LONGEST = [8, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 176, 256]  # pieces of a record's longest text
    ROOM = 1.08  # of a head in a shape: its rows come by chance

    def __init__(self, data, mixture, target_tokens, seed, device):
        self.data, self.mixture, self.device = data, mixture, device
        self.random = np.random.default_rng(seed)
        self.tokens = data.lengths[:, 1:].sum(1)
        self.kinds = np.searchsorted(self.LONGEST, data.lengths.max(1))
        usable = (self.tokens > 0) & (self.kinds < len(self.LONGEST))
        rows = {name: np.flatnonzero((data.groups == g) & usable) for g, name in enumerate(data.names) if name in mixture}
        self.rows = {name: self.random.permutation(r) for name, r in rows.items() if len(r) > 0}
        self.means = {name: self.tokens[r].mean() for name, r in self.rows.items()}
        self.places = dict.fromkeys(self.rows, 0)
        self.progress = 0.0  # from the mixture at the start to that at the end; set by the trainer
        self.target_tokens = target_tokens
        self.shapes = self._shapes()
        self.queue = queue.Queue(64)
        self.ended = False
        threading.Thread(target=self._fill, daemon=True).start()

    def _draw(self, name, count):
        rows = self.rows[name]
        at = self.places[name] + np.arange(count)
        self.places[name] = (self.places[name] + count) % len(rows)
        return rows[at % len(rows)]

    def _pool(self, progress):
        shares = {n: self.mixture[n][0] * (1 - progress) + self.mixture[n][1] * progress for n in self.rows}
        pieces = self.POOL * self.target_tokens / sum(shares.values())
        # What is left over of a record is a chance to draw one more, so that small shares are drawn as well.
        counts = {n: int(pieces * s / self.means[n] + self.random.random()) for n, s in shares.items()}
        return np.concatenate([self._draw(n, count) for n, count in counts.items()])

    def _shapes(self):
        """For each kind the shape of `target_tokens`, by the heads that a drawn record of the kind has."""
        pool, shapes = np.concatenate([self._pool(p) for p in (0.0, 0.5, 1.0)]), []
        self.places = dict.fromkeys(self.rows, 0)
        for kind, longest in enumerate(self.LONGEST):
            records = pool[self.kinds[pool] == kind]
            if len(records) == 0:
                shapes.append(None)
                continue
            count = max(8.0, self.target_tokens / self.tokens[records].mean())
            heads = (self.data.lengths[records, 1:] > 0).mean(0)
            head_rows = [rounded_up(self.ROOM * count * share) if share > 0 else 0 for share in heads]
            shapes.append(Shape(rounded_up(count), longest, head_rows, longest))
        return shapes

    def _fill(self):
        kept = [np.zeros(0, np.int64) for _ in self.LONGEST]
        while not self.ended:
            pool = self.random.permutation(self._pool(self.progress))
            made = []
            for kind, shape in enumerate(self.shapes):
                if shape is None:
                    continue
                records = np.concatenate([kept[kind], pool[self.kinds[pool] == kind]])
                has = self.data.lengths[records, 1:] > 0
                records, has = (a[(~has | (shape.room > 0)).all(1)] for a in (records, has))
                filled, place = np.cumsum(has, 0), 0
                while place < len(records):
                    full = shape.room + (filled[place - 1] if place > 0 else 0)
                    end = min([place + shape.rows] + [np.searchsorted(filled[:, head], full[head], side="right")
                                                      for head, _ in shape.head_rows])
                    if end >= len(records):
                        break  # too few for a batch: they wait for the next pool
                    made.append((kind, records[place:end]))
                    place = end
                kept[kind] = records[place:]
            for i in self.random.permutation(len(made)):
                if self.ended:
                    return
                kind, records = made[i]
                numbers = self.shapes[kind].numbers(self.data, records)
                self.queue.put((kind, numbers.pin_memory() if self.device == "cuda" else numbers))

    def next(self):
        """(index of the shape, its numbers)"""
        return self.queue.get()

    def end(self):
        """Stops the thread."""
        self.ended = True
        while not self.queue.empty():
            self.queue.get()


# ---- Kernels: on a GPU with Triton; plain PyTorch elsewhere ----------------------------------------------------------


def scan(z, f):
    """c_t = f_t c_(t-1) + (1 - f_t) z_t along dimension 1, by doubling: log2(length) passes."""
    c, step = (1 - f) * z, 1
    while step < z.shape[1]:
        c = torch.cat([c[:, :step], c[:, step:] + f[:, step:] * c[:, :-step]], 1)
        f = torch.cat([f[:, :step], f[:, step:] * f[:, :-step]], 1)
        step *= 2
    return c


def ssru(z, gate):
    """relu(c) of the simpler simple recurrent unit (Kim et al. 2019) for all positions."""
    return F.relu(scan(z.float(), torch.sigmoid(gate.float()))).to(z.dtype)


def softmax_loss(logits, chosen, smoothing, scales):
    """Cross entropy with label smoothing, each row times its scale, summed; and for the log the plain sum of the rows
    whose scale is not 0."""
    logits = logits.float()
    loss = (F.cross_entropy(logits, chosen, reduction="none", label_smoothing=smoothing) * scales).sum()
    with torch.no_grad():
        return loss, F.cross_entropy(logits, chosen, reduction="none").masked_fill(scales == 0, 0.0).sum()


def fast_kernels():
    """(ssru, softmax_loss) as Triton kernels. Raises where they do not agree with the plain ones."""
    import triton
    import triton.language as tl

    @triton.jit
    def ssru_forward(z, gate, out, state, length, width, BLOCK: tl.constexpr):
        row = tl.program_id(0).to(tl.int64)
        channel = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
        at = row * length * width + channel
        c = tl.zeros([BLOCK], tl.float32)
        for _ in range(length):
            f = tl.sigmoid(tl.load(gate + at).to(tl.float32))
            c = f * c + (1 - f) * tl.load(z + at).to(tl.float32)
            tl.store(state + at, c.to(state.dtype.element_ty))
            tl.store(out + at, tl.maximum(c, 0.0).to(out.dtype.element_ty))
            at += width

    @triton.jit
    def ssru_backward(z, gate, state, d_out, d_z, d_gate, length, width, BLOCK: tl.constexpr):
        row = tl.program_id(0).to(tl.int64)
        channel = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
        at = (row * length + length - 1) * width + channel
        d_c = tl.zeros([BLOCK], tl.float32)
        for t in range(length):
            f = tl.sigmoid(tl.load(gate + at).to(tl.float32))
            c = tl.load(state + at).to(tl.float32)
            before = tl.load(state + at - width, mask=channel * 0 + t < length - 1, other=0.0).to(tl.float32)
            d_c += tl.where(c > 0, tl.load(d_out + at).to(tl.float32), 0.0)
            tl.store(d_z + at, ((1 - f) * d_c).to(d_z.dtype.element_ty))
            d_f = d_c * (before - tl.load(z + at).to(tl.float32))
            tl.store(d_gate + at, (d_f * f * (1 - f)).to(d_gate.dtype.element_ty))
            d_c = d_c * f
            at -= width

    class FastSsru(torch.autograd.Function):
        @staticmethod
        def forward(ctx, z, gate):
            z, gate = z.contiguous(), gate.contiguous()
            out, state = torch.empty_like(z), torch.empty_like(z)
            rows, length, width = z.shape
            ssru_forward[(rows, width // 64)](z, gate, out, state, length, width, BLOCK=64)
            ctx.save_for_backward(z, gate, state)
            return out

        @staticmethod
        def backward(ctx, d_out):
            z, gate, state = ctx.saved_tensors
            d_z, d_gate = torch.empty_like(z), torch.empty_like(gate)
            rows, length, width = z.shape
            ssru_backward[(rows, width // 64)](z, gate, state, d_out.contiguous(), d_z, d_gate, length, width, BLOCK=64)
            return d_z, d_gate

    @triton.jit
    def loss_rows(logits, chosen, scales, losses, plain, size, smoothing, BLOCK: tl.constexpr):
        row = tl.program_id(0).to(tl.int64)
        scale = tl.load(scales + row)
        column = tl.arange(0, BLOCK)
        inside = column < size
        at = logits + row * size + column
        x = tl.load(at, mask=inside, other=-float("inf")).to(tl.float32)
        pick = tl.load(chosen + row)
        top = tl.max(x, 0)
        e = tl.exp(x - top)
        total = tl.sum(e, 0)
        log_total = top + tl.log(total)
        value = tl.sum(tl.where(column == pick, x, 0.0), 0)
        mean = tl.sum(tl.where(inside, x, 0.0), 0) / size
        tl.store(plain + row, tl.where(scale > 0, log_total - value, 0.0))
        tl.store(losses + row, scale * (log_total - (1 - smoothing) * value - smoothing * mean))
        wanted = smoothing / size + tl.where(column == pick, 1 - smoothing, 0.0)
        tl.store(at, (scale * (e / total - wanted)).to(logits.dtype.element_ty), mask=inside)

    class FastLoss(torch.autograd.Function):
        """The gradient takes the place of the logits; it supposes that the loss is added as it is to what is minimised."""

        @staticmethod
        def forward(ctx, logits, chosen, smoothing, scales):
            losses = torch.empty(len(logits), device=logits.device, dtype=torch.float32)
            plain = torch.empty_like(losses)
            size = logits.shape[1]
            loss_rows[(len(logits),)](logits, chosen, scales, losses, plain, size, smoothing,
                                      BLOCK=1 << (size - 1).bit_length(), num_warps=8)
            ctx.gradient = logits
            plain = plain.sum()
            ctx.mark_non_differentiable(plain)
            return losses.sum(), plain

        @staticmethod
        def backward(ctx, *_):
            return ctx.gradient, None, None, None

    def gradients(function, *inputs):
        inputs = [i.detach().clone().requires_grad_() if i.is_floating_point() else i for i in inputs]
        function(*inputs).backward()
        return [i.grad for i in inputs if i.is_floating_point()]

    z, gate = torch.randn(2, 5, 9, 128, device="cuda").unbind()
    logits, chosen = torch.randn(6, 300, device="cuda"), torch.randint(300, (6,), device="cuda")
    scales = torch.tensor([0.5, 0.0, 0.5, 0.1, 0.5, 0.0], device="cuda")
    checks = [(lambda a, b: FastSsru.apply(a, b).square().sum(), lambda a, b: ssru(a, b).square().sum(), (z, gate)),
              (lambda a, b: FastLoss.apply(a * 1.0, b, 0.1, scales)[0], lambda a, b: softmax_loss(a, b, 0.1, scales)[0],
               (logits, chosen))]
    for fast, plain, inputs in checks:
        for a, b in zip(gradients(fast, *inputs), gradients(plain, *inputs)):
            if not torch.allclose(a, b, atol=1e-3):
                raise ValueError("a kernel does not agree with its plain form")
    return FastSsru.apply, FastLoss.apply


# ---- Network -----------------------------------------------------------------------------------------------------


def position_table(count, width):
    half = width // 2
    steps = torch.exp(torch.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = torch.arange(count).unsqueeze(1) * steps
    return torch.cat([torch.sin(angles), torch.cos(angles)], 1)


class Lookup(torch.autograd.Function):
    """Rows of an embedding, as floats. Its gradient is summed in floats, without the sort that PyTorch's takes."""

    @staticmethod
    def forward(ctx, ids, embedding):
        ctx.save_for_backward(ids)
        ctx.shape, ctx.dtype = embedding.shape, embedding.dtype
        return F.embedding(ids, embedding).float()

    @staticmethod
    def backward(ctx, d_out):
        (ids,) = ctx.saved_tensors
        gradient = torch.zeros(ctx.shape, device=ids.device)
        return None, gradient.index_add_(0, ids.flatten(), d_out.reshape(-1, ctx.shape[1])).to(ctx.dtype)


def attend(q, k, v, mask):
    """[rows, heads, positions, size of a head]; mask [rows, keys]."""
    if hasattr(F, "scaled_dot_product_attention"):  # since PyTorch 2.0
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
    scores = (q @ k.transpose(-1, -2)).float() / math.sqrt(q.shape[-1])
    return scores.masked_fill(~mask[:, None, None, :], -99999999.0).softmax(-1).to(v.dtype) @ v


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))

    def split(self, x):
        return x.view(len(x), -1, self.heads, x.shape[-1] // self.heads).transpose(1, 2)

    def forward(self, x, memory, mask, with_scores=False):
        """The output and, where asked for, the logits of all heads, [rows, queries, heads, keys]."""
        q, k, v = self.split(self.q(x)), self.split(self.k(memory)), self.split(self.v(memory))
        context = attend(q, k, v, mask).transpose(1, 2).reshape(x.shape)
        if not with_scores:
            return self.o(context), None
        scores = (q @ k.transpose(-1, -2)).float() / math.sqrt(q.shape[-1])
        return self.o(context), scores.masked_fill(~mask[:, None, None, :], -99999999.0).transpose(1, 2)


class FeedForward(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x):
        return self.outer(F.relu(self.inner(x)))


class Ssru(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.z, self.f = nn.Linear(width, width, bias=False), nn.Linear(width, width)


def norm(width):
    return nn.LayerNorm(width, eps=1e-6)


class EncoderLayer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.attention, self.norm1 = Attention(width, heads), norm(width)
        self.feed_forward, self.norm2 = FeedForward(width, inner), norm(width)


class DecoderLayer(EncoderLayer):
    def __init__(self, width, heads, inner):
        super().__init__(width, heads, inner)
        self.ssru, self.norm0 = Ssru(width), norm(width)


class Head(nn.Module):
    def __init__(self, vocabulary, width, heads, inner, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.layers = nn.ModuleList(DecoderLayer(width, heads, inner) for _ in range(layers))


class Model(nn.Module):
    """`vocabularies`: sizes of the source's and of every head's."""

    def __init__(self, vocabularies, width=256, heads=8, inner=1024, encoder_layers=6, decoder_layers=2, dropout=0.1):
        super().__init__()
        self.width, self.attention_heads, self.inner, self.dropout = width, heads, inner, dropout
        self.ssru, self.softmax_loss = ssru, softmax_loss
        self.embedding = nn.Embedding(vocabularies[0], width)
        self.encoder = nn.ModuleList(EncoderLayer(width, heads, inner) for _ in range(encoder_layers))
        self.heads = nn.ModuleList(Head(v, width, heads, inner, decoder_layers) for v in vocabularies[1:])
        self.register_buffer("positions", position_table(1024, width), persistent=False)
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.xavier_uniform_(p)
        for e in [self.embedding] + [h.embedding for h in self.heads]:
            nn.init.uniform_(e.weight, -math.sqrt(3.0 / width), math.sqrt(3.0 / width))

    def drop(self, x):
        return F.dropout(x, self.dropout, self.training)

    def drop_pieces(self, x):
        """Whole positions: what came before is known less well, so the source is read more closely."""
        return x * self.drop(x.new_ones(*x.shape[:2], 1))

    def encode(self, ids, mask):
        x = math.sqrt(self.width) * Lookup.apply(ids, self.embedding.weight) + self.positions[: ids.shape[1]]
        x = self.drop(x.to(self.embedding.weight.dtype))
        for layer in self.encoder:
            x = layer.norm1(x + self.drop(layer.attention(x, x, mask)[0]))
            x = layer.norm2(x + self.drop(layer.feed_forward(x)))
        return x

    def decode(self, head, targets, memory, mask):
        """States of every target position given the pieces before it, and the scores of the last cross attention."""
        h = self.heads[head]
        pieces = self.drop_pieces(math.sqrt(self.width) * Lookup.apply(targets[:, :-1], h.embedding.weight))
        before = F.pad(pieces, (0, 0, 1, 0))
        x = self.drop((before + self.positions[: targets.shape[1]]).to(memory.dtype))
        for i, layer in enumerate(h.layers):
            x = layer.norm0(x + self.drop(self.ssru(layer.ssru.z(x), layer.ssru.f(x))))
            context, scores = layer.attention(x, memory, mask, with_scores=i == len(h.layers) - 1)
            x = layer.norm1(x + self.drop(context))
            x = layer.norm2(x + self.drop(layer.feed_forward(x)))
        return x, scores

    def logits(self, head, states):
        return F.linear(states, self.heads[head].embedding.weight, self.heads[head].bias)

    @torch.no_grad()
    def greedy(self, head, sources, mask, longest):
        """The most probable piece, step after step: ids [rows, steps], END after the end."""
        memory, h, rows = self.encode(sources, mask), self.heads[head], len(sources)
        keys = [(l.attention.split(l.attention.k(memory)), l.attention.split(l.attention.v(memory))) for l in h.layers]
        states = [memory.new_zeros(rows, self.width, dtype=torch.float32) for _ in h.layers]
        x, pieces = memory.new_zeros(rows, self.width), []
        ended = torch.zeros(rows, dtype=torch.bool, device=sources.device)
        for step in range(longest):
            x = (x.float() + self.positions[step]).to(memory.dtype)
            for i, layer in enumerate(h.layers):
                f = torch.sigmoid(layer.ssru.f(x).float())
                states[i] = f * states[i] + (1 - f) * layer.ssru.z(x).float()
                x = layer.norm0(x + F.relu(states[i]).to(x.dtype))
                q = layer.attention.split(layer.attention.q(x)[:, None])
                x = layer.norm1(x + layer.attention.o(attend(q, *keys[i], mask).reshape(x.shape)))
                x = layer.norm2(x + layer.feed_forward(x))
            piece = self.logits(head, x).argmax(-1).masked_fill(ended, END)
            ended |= piece == END
            pieces.append(piece)
            if step % 8 == 7 and bool(ended.all()):
                break
            x = math.sqrt(self.width) * h.embedding(piece)
        return torch.stack(pieces, 1)


def batch_loss(model, batch, smoothing, guided):
    """What is minimised, a mean over the batch's target pieces; for each head its plain loss, summed, and its pieces."""
    memory = model.encode(batch.sources, batch.mask)
    loss, plain, tokens, scale = 0.0, {}, {}, 1.0 / batch.tokens
    for head, rows, targets, links, real in batch.targets:
        states, scores = model.decode(head, targets, memory.index_select(0, rows), batch.mask[rows])
        logits = model.logits(head, states.flatten(0, 1))
        own, plain[head] = model.softmax_loss(logits, targets.flatten(), smoothing, (real * scale).flatten())
        tokens[head] = real.sum()
        loss = loss + own
        if guided > 0 and head != BACK:
            linked = (links != NO_LINK) & real
            wanted = links.masked_fill(~linked, 0)[:, :, None, None].expand(-1, -1, scores.shape[2], -1)
            near = scores.log_softmax(-1).gather(-1, wanted)[..., 0].sum(-1)
            loss = loss - guided * scale * near.masked_fill(~linked, 0).sum()
    return loss, plain, tokens


# ---- Packages ----------------------------------------------------------------------------------------------------


def attention_tensors(name, a, n):
    for letter, part in zip("qkvo", (a.q, a.k, a.v, a.o)):
        yield f"{name}_W{letter}", part.weight
        yield f"{name}_b{letter}", part.bias
    yield f"{name}_Wo_ln_scale", n.weight
    yield f"{name}_Wo_ln_bias", n.bias


def feed_forward_tensors(name, f, n):
    for number, part in (("1", f.inner), ("2", f.outer)):
        yield f"{name}_ffn_W{number}", part.weight
        yield f"{name}_ffn_b{number}", part.bias
    yield f"{name}_ffn_ffn_ln_scale", n.weight
    yield f"{name}_ffn_ffn_ln_bias", n.bias


def encoder_tensors(model):
    yield "encoder_Wemb", model.embedding.weight
    for i, layer in enumerate(model.encoder, 1):
        yield from attention_tensors(f"encoder_l{i}_self", layer.attention, layer.norm1)
        yield from feed_forward_tensors(f"encoder_l{i}", layer.feed_forward, layer.norm2)


def head_tensors(head):
    yield "decoder_Wemb", head.embedding.weight
    yield "decoder_ff_logit_out_b", head.bias
    for i, layer in enumerate(head.layers, 1):
        yield f"decoder_l{i}_rnn_W", layer.ssru.z.weight
        yield f"decoder_l{i}_rnn_Wf", layer.ssru.f.weight
        yield f"decoder_l{i}_rnn_bf", layer.ssru.f.bias
        yield f"decoder_l{i}_rnn_ffn_ln_scale", layer.norm0.weight
        yield f"decoder_l{i}_rnn_ffn_ln_bias", layer.norm0.bias
        yield from attention_tensors(f"decoder_l{i}_context", layer.attention, layer.norm1)
        yield from feed_forward_tensors(f"decoder_l{i}", layer.feed_forward, layer.norm2)
def write_safetensors(path, tensors, metadata, int8):
    parts = []  # name, dtype, shape, bytes; F32 before I8
    for name, tensor in tensors:
        values = tensor.detach().float().cpu()
        if int8 and values.dim() == 2:
            scale = values.abs().amax(1).clamp(min=1e-12) / 127
            rounded = torch.round(values / scale.unsqueeze(1)).clamp(-127, 127).to(torch.int8)
            parts.append((f"{name}.scale", "F32", list(scale.shape), array.array("f", scale.tolist()).tobytes()))
            parts.append((name, "I8", list(values.shape), bytes(rounded.view(torch.uint8).flatten().tolist())))
        else:
            parts.append((name, "F32", list(values.shape), array.array("f", values.flatten().tolist()).tobytes()))
    parts.sort(key=lambda part: part[1] == "I8")
    header, place = {"__metadata__": metadata}, 0
    for name, dtype, shape, data in parts:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [place, place + len(data)]}
        place += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-(8 + len(text)) % 64)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(part[3] for part in parts))


def read_safetensors(path):
    """Every tensor as float; int8 ones with their scale."""
    data = open(path, "rb").read()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    found = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        values = array.array("f" if about["dtype"] == "F32" else "b")
        values.frombytes(data[8 + size + begin : 8 + size + end])
        found[name] = torch.tensor(values, dtype=torch.float32).view(about["shape"])
    for name in [n for n in found if n.endswith(".scale")]:
        found[name[:-6]] = found[name[:-6]] * found.pop(name).unsqueeze(1)
    return found


def quick_checksum(data):
    k, all_bits = 0x9E3779B97F4A7C15, (1 << 64) - 1
    lanes = [1, 2, 3, 4]
    data_padded = data + b"\0" * (-len(data) % 32)
    for i, (word,) in enumerate(struct.iter_unpack("<Q", data_padded)):
        lanes[i % 4] = ((lanes[i % 4] ^ word) * k) & all_bits
    total = len(data)
    for lane in lanes:
        total = ((total ^ lane) * k) & all_bits
        total ^= total >> 32
    return f"{total:016x}"


def write_package(model, folder, vocabularies, name, version, int8=True, shortlists=None):
    os.makedirs(folder, exist_ok=True)
    shape = {"format_version": "1", "width": str(model.width), "heads": str(model.attention_heads),
             "inner": str(model.inner), "activation": "relu"}
    write_safetensors(f"{folder}/encoder.safetensors", encoder_tensors(model),
                      {**shape, "format": "kabar-encoder", "layers": str(len(model.encoder))}, int8)
    files = ["encoder.safetensors", "source.spm"]
    copies = [("source.spm", vocabularies)]
    for head, language in zip(model.heads, HEADS):
        write_safetensors(f"{folder}/head.{language}.safetensors", head_tensors(head),
                          {**shape, "format": "kabar-head", "layers": str(len(head.layers)), "decoder": "ssru",
                           "alignment_layer": "last", "language": language}, int8)
        files += [f"head.{language}.safetensors", f"head.{language}.spm"]
        copies.append((f"head.{language}.spm", vocabularies))
        if shortlists:
            copies.append((f"head.{language}.shortlist.bin", shortlists))
            files.append(f"head.{language}.shortlist.bin")
    for file, origin in copies:
        with open(f"{origin}/{file}", "rb") as source, open(f"{folder}/{file}", "wb") as copy:
            copy.write(source.read())
    text = f'format = 1\nname = "{name}"\nversion = "{version}"\nsource = "id"\nother_sources = ["en"]\nlicence = ""\ndata = ""\n'
    text += f'architecture = "transformer {len(model.encoder)}x{model.width}, ssru {len(model.heads[0].layers)}"\n'
    for file in files:
        data = open(f"{folder}/{file}", "rb").read()
        text += f'\n[files."{file}"]\nbytes = {len(data)}\nquick = "{quick_checksum(data)}"\n'
        text += f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
    with open(f"{folder}/model.toml", "w") as file:
        file.write(text)


def parts_of(model):
    """The parts that have a file each, with their tensors by name; the sixth head has none."""
    yield "encoder", encoder_tensors(model)
    for head, language in zip(model.heads, HEADS):
        yield f"head.{language}", head_tensors(head)


def fill(model, read):
    """`read`: from the name of a part to its values by name."""
    with torch.no_grad():
        for part, tensors in parts_of(model):
            values = read(part)
            for name, tensor in tensors:
                tensor.copy_(values[name].view(tensor.shape))


def load_package(model, folder):
    fill(model, lambda part: read_safetensors(f"{folder}/{part}.safetensors"))


def begin_back(model):
    """The sixth head begins as the English one that writes source pieces: its attention has formed already."""
    english, back = model.heads[0], model.heads[BACK]
    with torch.no_grad():
        back.layers.load_state_dict(english.layers.state_dict())
        back.embedding.weight.copy_(model.embedding.weight)


# ---- The run -----------------------------------------------------------------------------------------------------


class Weights:
    """All parameters of a model in one vector each: as they are trained (float), as they are used, their gradients,
    Adam's moments and their average. One update is a dozen passes over them."""

    STATE = ("master", "average", "mean", "square")

    def __init__(self, model, device, dtype):
        parameters = list(model.parameters())
        places = np.cumsum([0] + [-(-p.numel() // 64) * 64 for p in parameters])  # aligned, for the matrix products
        self.master = torch.zeros(int(places[-1]), device=device)
        for p, place in zip(parameters, places):
            self.master[place : place + p.numel()] = p.detach().flatten().to(device)
        self.used, self.gradient = self.master.to(dtype), torch.zeros_like(self.master, dtype=dtype)
        self.average = self.master.clone()
        self.mean, self.square = torch.zeros_like(self.master), torch.zeros_like(self.master)
        self.step, self.decay = 0, 0.9995
        self.rate, self.forget = torch.zeros((), device=device), torch.zeros((), device=device)
        for p, place in zip(parameters, places):
            p.data = self.used[place : place + p.numel()].view(p.shape)
            p.grad = self.gradient[place : place + p.numel()].view(p.shape)

    def next_step(self, rate):
        """Sets what the next update() needs and what changes from step to step."""
        self.step += 1
        self.rate.fill_(rate * math.sqrt(1 - 0.98**self.step) / (1 - 0.9**self.step))
        self.forget.fill_(1 - min(self.decay, (1 + self.step) / (10 + self.step)))

    def update(self, clip):
        """A step of Adam on the clipped gradient; nothing where the gradient is not finite. Returns its norm."""
        g = self.gradient.float()
        size = g.norm()
        g = g.nan_to_num_(0.0, 0.0, 0.0) * torch.where(torch.isfinite(size), clip / size.clamp(min=clip), torch.zeros_like(size))
        self.mean.lerp_(g, 0.1)
        self.square.mul_(0.98).addcmul_(g, g, value=0.02)
        self.master.sub_(self.mean / self.square.sqrt().add_(1e-9) * self.rate)
        self.average.lerp_(self.master, self.forget)
        self.used.copy_(self.master)
        self.gradient.zero_()
        return size

    def use(self, vector):
        self.used.copy_(vector)

    def save(self, path):
        torch.save({"step": self.step, **{name: getattr(self, name).cpu() for name in self.STATE}}, path)

    def load(self, path):
        saved = torch.load(path)
        self.step = saved["step"]
        for name in self.STATE:
            getattr(self, name).copy_(saved[name])
        self.use(self.master)


def save_halves(model, folder):
    """float16, one file a part: a third of the bytes of the checkpoint."""
    os.makedirs(folder, exist_ok=True)
    for part, tensors in parts_of(model):
        torch.save({name: tensor.detach().half().cpu() for name, tensor in tensors}, f"{folder}/{part}.pt")


def load_halves(model, folder):
    fill(model, lambda part: torch.load(f"{folder}/{part}.pt"))


def read_mixture(path):
    """group -> (share at the start, share at the end)."""
    rows = [line.split("\t") for line in open(path) if line.strip() and not line.startswith("#")]
    return {name: (float(start), float(end)) for name, start, end in rows}


def is_good(source, made, placeholders):
    """Whether a back-translation may be learned from."""
    pick = lambda ids: sorted(i for i in ids if i in placeholders)
    return (0.5 < (len(made) + 5) / (len(source) + 5) < 2 and pick(made) == pick(source)
            and len(set(made)) > 0.4 * len(made))


def back_translate(model, data, streams, groups):
    """The data and, for its English sources in `groups`, the same targets from Indonesian made by the sixth head."""
    wanted = np.isin(data.groups, [g for g, name in enumerate(data.names) if name in groups])
    wanted &= data.lengths[:, 1 : 1 + BACK].sum(1) > 0
    records = np.flatnonzero(wanted)
    records = records[np.argsort(data.lengths[records, 0], kind="stable")]
    placeholders, kept, sources, place = set(data.placeholders), [], [], 0
    model.eval()
    while place < len(records):
        longest = int(data.lengths[records[min(place + 16384, len(records)) - 1], 0])
        chunk = records[place : place + max(64, min(16384, 800_000 // longest))]
        place += len(chunk)
        starts, lengths = (torch.from_numpy(a[chunk, 0]).to(streams.device) for a in (data.starts, data.lengths))
        longest = rounded_up(int(lengths.max()))
        ids, mask = streams.sources(starts, lengths, longest)
        made = model.greedy(BACK, ids, mask, min(250, int(1.5 * longest) + 8)).cpu().numpy()
        for record, row, source in zip(chunk, made.tolist(), ids.tolist()):
            if END not in row:
                continue
            row = row[: row.index(END)]
            if row and is_good(source[: source.index(END)], row, placeholders):
                kept.append(record)
                sources.append(np.array(row + [END], np.uint16))
    model.train()
    print(f"back-translated {len(kept)} of {len(records)} sentences", flush=True)
    return data.extended(sources, np.array(kept, np.int64))


def dev_losses(model, data, streams, device):
    """Text: for each dev group the mean plain loss of each head, in nats per piece."""
    model.eval()
    lines = []
    for g, name in enumerate(data.names):
        if not name.startswith("dev "):
            continue
        records = np.flatnonzero(data.groups == g)
        shape = Shape.around(data, records)
        with torch.no_grad():
            _, plain, tokens = batch_loss(model, Batch(shape.numbers(data, records).to(device), shape, streams), 0.0, 0.0)
        lines.append(f"{name}: " + " ".join(f"{HEADS[h]} {float(plain[h] / tokens[h]):.3f}" for h in plain))
    model.train()
    return "   ".join(lines)


class Steps:
    """Steps of training on batches of fixed shapes. On a GPU each shape's step, from the gathering of its pieces to the
    update of the weights, is captured as a CUDA graph when its first batch comes, and replayed from then on: the host
    would take several times as long to start its some 3,000 kernels as the GPU to run them."""

    def __init__(self, model, weights, streams, shapes, options):
        self.model, self.weights, self.streams, self.shapes, self.options = model, weights, streams, shapes, options
        self.plain, self.counts = torch.zeros(2, 1 + BACK, device=streams.device).unbind()
        self.size = torch.zeros((), device=streams.device)
        self.captured = streams.device == "cuda"
        self.inputs, self.graphs = {}, {}
        self.pool = torch.cuda.graph_pool_handle() if self.captured else None

    def _gradient(self, kind):
        """Adds it to that of the weights; for each head: plain loss, pieces."""
        batch = Batch(self.inputs[kind], self.shapes[kind], self.streams)
        loss, plain, tokens = batch_loss(self.model, batch, self.options.smoothing, self.options.guided)
        loss.backward()
        return plain, tokens

    def _step(self, kind):
        plain, tokens = self._gradient(kind)
        for head in plain:
            self.plain[head] += plain[head]
            self.counts[head] += tokens[head]
        self.size.copy_(self.weights.update(self.options.clip))

    def _capture(self, kind):
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):  # what is made ready at first use must not be captured
            for _ in range(2):
                self._gradient(kind)
                self.weights.gradient.zero_()
        torch.cuda.current_stream().wait_stream(side)
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        # thread_local: the thread that makes batches pins memory meanwhile
        with torch.cuda.graph(graph, pool=self.pool, capture_error_mode="thread_local"):
            self._step(kind)
        return graph

    def run(self, kind, numbers, rate):
        self.weights.next_step(rate)
        if kind not in self.inputs:
            self.inputs[kind] = numbers.to(self.streams.device)
        self.inputs[kind].copy_(numbers, non_blocking=True)
        if not self.captured:
            return self._step(kind)
        if kind not in self.graphs:
            try:
                self.graphs[kind] = self._capture(kind)
            except RuntimeError as error:
                print(f"a step cannot be captured, so every kernel is started by the host: {error!r}", flush=True)
                self.captured = False
                self.weights.gradient.zero_()
                return self._step(kind)
        self.graphs[kind].replay()

    def take_sums(self):
        """Since the last call, for each head: plain loss, pieces."""
        found = self.plain.tolist(), self.counts.tolist()
        self.plain.zero_(), self.counts.zero_()
        return found


def train(options):
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda":
        torch.backends.cuda.enable_cudnn_sdp(False)  # it plans each new shape anew: 25 ms a call
    start = time.time()
    say = lambda text: print(f"{time.time() - start:6.1f} s  {text}", flush=True)
    data = Data.read(options.data).with_english_apart()
    streams = Streams(data, device)
    mixture = read_mixture(options.mixture)
    sizes = [options.vocabulary_size] * (2 + BACK)
    model = Model(sizes, dropout=options.dropout)
    if options.start:
        load_package(model, options.start)
        begin_back(model)
    model.positions = model.positions.to(device)
    weights = Weights(model, device, torch.bfloat16 if device == "cuda" else torch.float32)
    if options.resume:
        weights.load(options.resume)
    say(f"{len(data.groups)} records, {len(weights.master)} weights, on {device}")
    if device == "cuda":
        try:
            model.ssru, model.softmax_loss = fast_kernels()
            say("fast kernels agree with the plain ones")
        except Exception as error:  # without Triton, or with one that differs: slower, not wrong
            say(f"plain kernels: {error!r}")
    say(f"at the start: {dev_losses(model, data, streams, device)}")

    def steps_and_batches():
        batches = Batches(data, mixture, options.batch_tokens, options.seed, device)
        return batches, Steps(model, weights, streams, batches.shapes, options)

    batches, steps = steps_and_batches()
    first, end = time.time(), start + 60 * options.minutes
    seen, step, since, translated = 0, 0, first, options.back_translate_at is None
    while (done := (time.time() - first) / (end - first)) < 1:
        if not translated and time.time() - first > 60 * options.back_translate_at:
            translated = True
            batches.end()
            del steps  # and the memory of its graphs
            weights.use(weights.average)
            data = back_translate(model, data, streams, [n.removesuffix(BACK_SUFFIX) + ENGLISH_SUFFIX for n in mixture if n.endswith(BACK_SUFFIX)])
            weights.use(weights.master)
            streams = Streams(data, device)
            say("back-translations added")
            batches, steps = steps_and_batches()
        step += 1
        progress = max(0.0, (done - options.decay_from) / (1 - options.decay_from)) if options.decay_from < 1 else 0.0
        batches.progress = progress**2
        kind, numbers = batches.next()
        steps.run(kind, numbers, options.rate * min(1.0, step / options.warmup) * (1 - progress))
        if step % options.report == 0:
            plain, counts = steps.take_sums()
            means = " ".join(f"{name} {p / max(n, 1):.3f}" for name, p, n in zip(HEADS + ["back"], plain, counts))
            now = time.time()
            seen += sum(counts)
            say(f"step {step}  {seen / 1e6:.1f} M pieces  {sum(counts) / (now - since):.0f}/s  gradient {float(steps.size):.2f}  "
                f"loss {means}  waiting {batches.queue.qsize()}")
            since = now
            if step % (10 * options.report) == 0:
                say(dev_losses(model, data, streams, device))
    weights.use(weights.average)
    say(f"step {step}, averaged: {dev_losses(model, data, streams, device)}")
    if options.checkpoint:
        weights.save(options.checkpoint)
    if options.output:
        save_halves(model, options.output)
    say("written")


def export(options):
    model = Model([options.vocabulary_size] * (2 + BACK))
    load_halves(model, options.weights)
    write_package(model, options.output, options.vocabularies, "starter", options.version, int8=not options.float,
                  shortlists=options.shortlists)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("pack", help="make the file of data that `train` reads")
    command.add_argument("packs", nargs="+", help=".kpack files with the same groups")
    command.add_argument("--vocabularies", required=True, help="folder with source.spm and head.LANG.spm")
    command.add_argument("--dev", nargs="*", default=[], help="sets whose loss is shown: a TSV or a folder each")
    command.add_argument("--linked", nargs="*", default=[], help="groups whose word alignments are kept also for English sources")
    command.add_argument("--without", nargs="*", default=[], help="groups of the first pack that are left out; GROUP-english: its English sources")
    command.add_argument("-o", "--output", required=True)
    command.set_defaults(run=pack)
    command = commands.add_parser("train", help="train")
    command.add_argument("data")
    command.add_argument("--mixture", required=True, help="lines: group, its share at the start, at the end")
    command.add_argument("--vocabulary-size", type=int, default=8000)
    command.add_argument("--start", help="package to begin with; without it, noise, from which attention is slow to form")
    command.add_argument("--resume", help="checkpoint to go on from")
    command.add_argument("--checkpoint", help="written at the end")
    command.add_argument("--back-translate-at", type=float, help="minute at which the sixth head has learned enough to do so")
    command.add_argument("--minutes", type=float, default=30, help="of the whole run, reading and translating included")
    command.add_argument("--batch-tokens", type=int, default=25_000, help="target pieces of a step")
    command.add_argument("--rate", type=float, default=1.5e-3)
    command.add_argument("--warmup", type=int, default=500, help="steps")
    command.add_argument("--decay-from", type=float, default=0.0, help="share of the time after which the rate falls")
    command.add_argument("--dropout", type=float, default=0.1)
    command.add_argument("--smoothing", type=float, default=0.1)
    command.add_argument("--guided", type=float, default=0.2)
    command.add_argument("--clip", type=float, default=1.0)
    command.add_argument("--report", type=int, default=100, help="steps between two lines")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("-o", "--output", help="folder for the averaged weights")
    command.set_defaults(run=train)
    command = commands.add_parser("export", help="make a package of trained weights")
    command.add_argument("weights", help="folder written by `train`")
    command.add_argument("--vocabularies", required=True)
    command.add_argument("--vocabulary-size", type=int, default=8000)
    command.add_argument("--shortlists", help="a package whose shortlists are copied")
    command.add_argument("--version", default="gpu")
    command.add_argument("--float", action="store_true", help="float32 instead of int8")
    command.add_argument("-o", "--output", required=True)
    command.set_defaults(run=export)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
