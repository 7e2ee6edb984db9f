#!/usr/bin/env python3
"""The starter recipe on a GPU: reads a .kpack, trains the engine's network, writes a package.

    python3 train/gpu/train.py training/packed/starter.kpack --vocabularies training/vocab \
        --weights training/packed/starter.groups.toml --minutes 30 -o training/gpu-candidate

Needs PyTorch 1.13 or later and nothing else. The network is that of docs/engine.md, the formats are those of
docs/formats/kpack.md and docs/formats/model.md. --start PACKAGE goes on from a package (int8 or float32).
"""
import argparse
import array
import hashlib
import json
import math
import os
import random
import struct
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

HEADS = ["en", "zh", "ja", "ar", "fr"]
END = 0


# ---- Data --------------------------------------------------------------------------------------------------------


def read_pack(path):
    """Records as (group, source ids, [(head, target ids, [(source, target) links])]), ids with their end."""
    data = open(path, "rb").read()
    if data[:8] != b"KABARPK1":
        sys.exit(f"{path}: this is no pack")
    (count,) = struct.unpack_from("<I", data, 8)
    place = 12
    records = []

    def numbers(n):
        nonlocal place
        values = array.array("H")
        values.frombytes(data[place : place + 2 * n])
        place += 2 * n
        return values.tolist()

    for _ in range(count):
        _, group, targets, _, length = struct.unpack_from("<BBBBH", data, place)
        place += 6
        source = numbers(length) + [END]
        found = []
        for _ in range(targets):
            head, _, length, links = struct.unpack_from("<BBHH", data, place)
            place += 6
            target = numbers(length) + [END]
            flat = numbers(2 * links)
            found.append((head, target, list(zip(flat[0::2], flat[1::2]))))
        records.append((group, source, found))
    return records


def read_group_weights(path):
    """The `weight` lines of a groups file, in the order of the groups."""
    return [float(line.split("=")[1]) for line in open(path) if line.startswith("weight")]


class Sampler:
    """A group by its weight times its size, then its records in shuffled order, round after round."""

    def __init__(self, records, weights, seed):
        self.random = random.Random(seed)
        self.groups = [[r for r in records if r[0] == g] for g in range(len(weights))]
        self.places = [0] * len(weights)
        self.shares = [w * len(g) for w, g in zip(weights, self.groups)]
        for group in self.groups:
            self.random.shuffle(group)

    def next(self):
        (g,) = self.random.choices(range(len(self.groups)), self.shares)
        if self.places[g] == len(self.groups[g]):
            self.random.shuffle(self.groups[g])
            self.places[g] = 0
        self.places[g] += 1
        return self.groups[g][self.places[g] - 1]

    def batch(self, target_tokens):
        """About so many target tokens, from a pool of records sorted by length to waste little padding."""
        records, tokens = [], 0
        while tokens < target_tokens:
            record = self.next()
            records.append(record)
            tokens += sum(len(t[1]) for t in record[2])
        return records


def padded(rows, device):
    length = max(map(len, rows))
    ids = torch.tensor([row + [END] * (length - len(row)) for row in rows])
    mask = torch.tensor([[True] * len(row) + [False] * (length - len(row)) for row in rows])
    return ids.to(device), mask.to(device)


# ---- Network -----------------------------------------------------------------------------------------------------


def position_table(count, width):
    half = width // 2
    steps = torch.exp(torch.arange(half) * (-math.log(10000.0) / (half - 1)))
    angles = torch.arange(count).unsqueeze(1) * steps
    return torch.cat([torch.sin(angles), torch.cos(angles)], 1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x, memory, mask):
        """Returns the output and the logits of head 0, [batch, queries, keys]."""
        b, t, d = x.shape
        split = lambda y: y.view(b, -1, self.heads, d // self.heads).transpose(1, 2)
        q, k, v = split(self.q(x)), split(self.k(memory)), split(self.v(memory))
        scores = (q @ k.transpose(-1, -2)).float() / math.sqrt(d // self.heads)
        scores = scores.masked_fill(~mask[:, None, None, :], -99999999.0)
        context = scores.softmax(-1).to(v.dtype) @ v
        return self.o(context.transpose(1, 2).reshape(b, t, d)), scores[:, 0]


class FeedForward(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x):
        return self.outer(F.relu(self.inner(x)))


class Ssru(nn.Module):
    """c_t = f c_(t-1) + (1 - f) z, all steps at once by doubling: log2(length) passes."""

    def __init__(self, width):
        super().__init__()
        self.z, self.f = nn.Linear(width, width, bias=False), nn.Linear(width, width)

    def forward(self, x):
        f = torch.sigmoid(self.f(x).float())
        c = (1 - f) * self.z(x).float()
        step = 1
        while step < x.shape[1]:
            c = torch.cat([c[:, :step], c[:, step:] + f[:, step:] * c[:, :-step]], 1)
            f = torch.cat([f[:, :step], f[:, step:] * f[:, :-step]], 1)
            step *= 2
        return F.relu(c).to(x.dtype)


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
    def __init__(self, vocabularies, width=256, heads=8, inner=1024, encoder_layers=6, decoder_layers=2, dropout=0.1):
        super().__init__()
        self.width, self.attention_heads, self.inner, self.dropout = width, heads, inner, dropout
        self.embedding = nn.Embedding(vocabularies[0], width)
        self.encoder = nn.ModuleList(EncoderLayer(width, heads, inner) for _ in range(encoder_layers))
        self.heads = nn.ModuleList(Head(v, width, heads, inner, decoder_layers) for v in vocabularies[1:])
        self.register_buffer("positions", position_table(512, width), persistent=False)
        for p in self.parameters():
            if p.dim() == 2:
                nn.init.xavier_uniform_(p)
        for e in [self.embedding] + [h.embedding for h in self.heads]:
            nn.init.uniform_(e.weight, -math.sqrt(3.0 / width), math.sqrt(3.0 / width))

    def drop(self, x):
        return F.dropout(x, self.dropout, self.training)

    def embed(self, table, ids):
        return math.sqrt(self.width) * table(ids)

    def encode(self, ids, mask):
        x = self.drop(self.embed(self.embedding, ids) + self.positions[: ids.shape[1]])
        for layer in self.encoder:
            x = layer.norm1(x + self.drop(layer.attention(x, x, mask)[0]))
            x = layer.norm2(x + self.drop(layer.feed_forward(x)))
        return x

    def decode(self, head, targets, memory, mask):
        """Logits of every target given those before it, and the scores of the alignment head."""
        h = self.heads[head]
        before = F.pad(self.embed(h.embedding, targets)[:, :-1], (0, 0, 1, 0))
        x = self.drop(before + self.positions[: targets.shape[1]])
        for layer in h.layers:
            x = layer.norm0(x + self.drop(layer.ssru(x)))
            context, scores = layer.attention(x, memory, mask)
            x = layer.norm1(x + self.drop(context))
            x = layer.norm2(x + self.drop(layer.feed_forward(x)))
        return x @ h.embedding.weight.t() + h.bias, scores


def batch_loss(model, records, device, smoothing, guided):
    sources, mask = padded([r[1] for r in records], device)
    memory = model.encode(sources, mask)
    loss, plain, tokens = 0.0, 0.0, 0
    for head in range(len(HEADS)):
        rows = [(i, t) for i, r in enumerate(records) for t in r[2] if t[0] == head]
        if not rows:
            continue
        index = torch.tensor([i for i, _ in rows], device=device)
        targets, target_mask = padded([t[1] for _, t in rows], device)
        logits, scores = model.decode(head, targets, memory[index], mask[index])
        logits, chosen = logits.float()[target_mask], targets[target_mask]
        loss = loss + F.cross_entropy(logits, chosen, reduction="sum", label_smoothing=smoothing)
        with torch.no_grad():
            plain += F.cross_entropy(logits, chosen, reduction="sum").item()
        tokens += chosen.numel()
        links = [(b, t, s) for b, (_, row) in enumerate(rows) for s, t in row[2]]
        if links and guided > 0:
            b, t, s = torch.tensor(links, device=device).t()
            counts = torch.zeros(targets.shape, device=device).index_put((b, t), torch.ones(len(links), device=device), True)
            loss = loss - guided * (scores.log_softmax(-1)[b, t, s] / counts[b, t]).sum()
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
    text = f'format = 1\nname = "{name}"\nversion = "{version}"\nsource = "id"\nlicence = ""\ndata = ""\n'
    text += f'architecture = "transformer {len(model.encoder)}x{model.width}, ssru {len(model.heads[0].layers)}"\n'
    for file in files:
        data = open(f"{folder}/{file}", "rb").read()
        text += f'\n[files."{file}"]\nbytes = {len(data)}\nquick = "{quick_checksum(data)}"\n'
        text += f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n'
    with open(f"{folder}/model.toml", "w") as file:
        file.write(text)


def load_package(model, folder):
    pairs = [(encoder_tensors(model), read_safetensors(f"{folder}/encoder.safetensors"))]
    for head, language in zip(model.heads, HEADS):
        pairs.append((head_tensors(head), read_safetensors(f"{folder}/head.{language}.safetensors")))
    with torch.no_grad():
        for tensors, values in pairs:
            for name, tensor in tensors:
                tensor.copy_(values[name].view(tensor.shape))


# ---- The run -----------------------------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack")
    parser.add_argument("--weights", required=True, help="groups file beside the pack, or one with other weights")
    parser.add_argument("--vocabularies", required=True, help="folder with source.spm and head.LANG.spm")
    parser.add_argument("--vocabulary-size", type=int, default=8000)
    parser.add_argument("--shortlists", help="a package whose shortlists are copied")
    parser.add_argument("--start", help="package to go on from")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--batch-tokens", type=int, default=40000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--warmup", type=int, default=1000)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--guided", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    sampler = Sampler(read_pack(options.pack), read_group_weights(options.weights), options.seed)
    model = Model([options.vocabulary_size] * (1 + len(HEADS)), dropout=options.dropout).to(device)
    if options.start:
        load_package(model, options.start)
    average = {name: p.detach().clone() for name, p in model.named_parameters()}
    adam = torch.optim.Adam(model.parameters(), lr=options.rate, betas=(0.9, 0.98), eps=1e-9)
    start, step, seen, window = time.time(), 0, 0, [0.0, 0]
    while (done := (time.time() - start) / 60 / options.minutes) < 1:
        step += 1
        cool = min(1.0, (1 - done) / 0.3)  # constant, then down to nothing over the last third
        for group in adam.param_groups:
            group["lr"] = options.rate * min(1.0, step / options.warmup) * cool
        with torch.autocast(device, dtype=torch.bfloat16):
            loss, plain, tokens = batch_loss(model, sampler.batch(options.batch_tokens), device, options.smoothing,
                                             options.guided)
        adam.zero_grad(set_to_none=True)
        (loss / tokens).backward()
        size = nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if not torch.isfinite(size):
            continue
        adam.step()
        decay = min(0.9995, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, p in model.named_parameters():
                average[name].lerp_(p, 1 - decay)
        seen, window = seen + tokens, [window[0] + plain, window[1] + tokens]
        if step % 100 == 0:
            print(f"step {step}  loss {window[0] / window[1]:.3f}  {seen / (time.time() - start):.0f} tokens/s  "
                  f"{100 * done:.0f} %", flush=True)
            window = [0.0, 0]
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(average[name])
    write_package(model, options.output, options.vocabularies, "starter", f"gpu-{step}",
                  shortlists=options.shortlists)


if __name__ == "__main__":
    main()
