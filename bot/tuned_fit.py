"""Moves the weights of the sentence encoder towards the needs (fine-tuning), in TensorFlow, which Rasa brings along; never loaded to serve.

All examples are read some times, in batches of like length, with Adam (Kingma and Ba, 2015) and a rate that falls evenly to nothing. Some
words are left out each time, so that no word decides alone; some examples are read with small talk beside them (docs/adr/0042). What
has long been learned is read less often and counts for more when it is (importance sampling, Katharopoulos and Fleuret, 2018): most of
the examples are easy, and reading is what costs time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Sequence

import numpy as np
import tensorflow as tf

from bot.encoder import WIDTH, encoder
from bot.tuned_encoder import HEAD, READ_AT, weights_of_package

_TOKENS = 3072
"""In a batch, filled up to the longest text in it: about a hundred texts."""
_MOST = 160
"""Tokens of a text that are read; what is longer is cut."""
_WITH_ASIDE = 110
"""Texts of at most so many tokens may have small talk beside them; small talk has at most `_ASIDE`."""
_ASIDE = 22
_RATE, _HEAD_RATE = 1e-3, 2e-3
_WARM = 150
"""Steps until the rate is whole."""
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
_WORDS_LEFT_OUT, _UNITS_LEFT_OUT = 0.1, 0.2
_EASY, _EASIEST = 0.05, 0.01
"""Losses below which an example is read less often: at a share of `_EASY_SHARE`, or half of it."""
_EASY_SHARE = 0.35
_GROUPS = ((2, 0), (3, 1), (5, 2))
"""Of the encoder: how many words a group has, and how many of them stand before its own."""


@dataclass(frozen=True)
class Tuning:
    """`readings`: how often all examples are read; `hidden`: units of the head; `aside_share`: of readings with small talk beside."""

    readings: int
    hidden: int = 256
    aside_share: float = 0.2


class _Words:
    """Texts as the encoder's word numbers, and their vectors from its table."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._backend = encoder(1)._model
        read = self._backend.sp.encode
        self.numbers = [np.array(read(text, out_type=int, add_bos=True, add_eos=True)[:_MOST], np.int32) for text in texts]

    def batch(self, rows: Sequence[np.ndarray]) -> Any:
        """(rows, longest, 512), and which places hold a word (rows, longest); both float32. The words' scales as in the package."""
        longest = -(-max(map(len, rows)) // 4) * 4
        numbers, held = np.zeros((len(rows), longest), np.int64), np.zeros((len(rows), longest), np.float32)
        for place, row in enumerate(rows):
            numbers[place, : len(row)] = row
            held[place, : len(row)] = 1.0
        part = numbers % len(self._backend.scale)
        vectors = self._backend.table[numbers] * self._backend.scale[part][..., np.newaxis] + self._backend.lo[part][..., np.newaxis]
        return (vectors * held[..., np.newaxis]).astype(np.float32), held


def _normed(rows: Any, scale: Any, shift: Any) -> Any:
    rows -= tf.reduce_mean(rows, -1, keepdims=True)
    return rows * tf.math.rsqrt(tf.reduce_mean(rows * rows, -1, keepdims=True) + encoder(1)._model.eps) * scale + shift


class _Net:
    """The encoder and its head as variables, and Adam's moments of them."""

    def __init__(self, hidden: int, classes: int, chance: np.random.Generator) -> None:
        self.body = {name: tf.Variable(weights) for name, weights in weights_of_package().items()}
        started = {"units": (WIDTH, hidden), "shift": (hidden,), "out": (hidden, classes), "bias": (classes,)}
        self.head = {name: tf.Variable(_started(started[name], chance)) for name in HEAD}
        self.all = [*self.body.values(), *self.head.values()]
        self.first, self.second = ([tf.Variable(tf.zeros_like(one)) for one in self.all] for _ in range(2))
        self.rates = [*[_RATE] * len(self.body), *[_HEAD_RATE] * len(self.head)]

    def vector(self, words: Any, held: Any) -> Any:
        """(texts, 512) of length 1, as the package works them out."""
        body, here = self.body, held[..., tf.newaxis]
        read = _normed(tf.matmul(words, body["proj_W"]) + body["proj_b"], body["ln_g_all"], body["ln_b_all"])
        parts = [words]
        for place, ((size, before), part) in enumerate(zip(_GROUPS, tf.split(read, len(_GROUPS), axis=-1), strict=True)):
            part *= here
            once = (self._grouped(part, size, before, place, "1") + part) * here
            parts.append(self._grouped(once, size, before, place, "2") + once)
        summed = tf.reduce_sum(_normed(tf.concat(parts, -1), body["ln_g"], body["ln_b"]) * here, 1)
        count = tf.reduce_sum(held, 1, keepdims=True)
        mean = (tf.matmul(summed, body["cnn_W"]) + count * body["cnn_b"]) * tf.math.rsqrt(count)
        one = tf.nn.relu(tf.matmul(mean, body["p1"]) + tf.matmul(tf.nn.relu(tf.matmul(mean, body["d0"])), body["d1"]))
        two = tf.tanh(tf.matmul(one, body["p3"]) + tf.matmul(tf.nn.relu(tf.matmul(one, body["d2"])), body["d3"]))
        return two * tf.math.rsqrt(tf.maximum(tf.reduce_sum(two * two, -1, keepdims=True), encoder(1)._model.eps))

    def _grouped(self, part: Any, size: int, before: int, place: int, layer: str) -> Any:
        """A convolution over groups of `size` words."""
        width = part.shape[-1]
        filters = tf.reshape(self.body[f"w{layer}_{place}"], (size, width, width))
        padded = tf.pad(part, [[0, 0], [before, size - 1 - before], [0, 0]])
        return tf.nn.relu(tf.nn.conv1d(padded, filters, 1, "VALID") + self.body[f"b{layer}_{place}"])

    def losses(self, words: Any, held: Any, targets: Any) -> Any:
        """Of each text, with words and units left out."""
        kept = tf.cast(tf.random.uniform(tf.shape(held)) >= _WORDS_LEFT_OUT, tf.float32)
        vector = self.vector(words * kept[..., tf.newaxis], held) * READ_AT
        units = tf.nn.dropout(tf.nn.relu(tf.matmul(vector, self.head["units"]) + self.head["shift"]), _UNITS_LEFT_OUT)
        return tf.nn.sparse_softmax_cross_entropy_with_logits(targets, tf.matmul(units, self.head["out"]) + self.head["bias"])

    def step(self, words: Any, held: Any, targets: Any, weights: Any, share: Any, steps: Any) -> Any:
        """One step of Adam at `share` of the rates; the loss of each text."""
        with tf.GradientTape() as tape:
            losses = self.losses(words, held, targets)
            loss = tf.reduce_sum(losses * weights) / tf.reduce_sum(weights)
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, self.all), 1.0)
        for one, first, second, rate, gradient in zip(self.all, self.first, self.second, self.rates, gradients, strict=True):
            first.assign(_FIRST * first + (1.0 - _FIRST) * gradient)
            second.assign(_SECOND * second + (1.0 - _SECOND) * gradient * gradient)
            root = tf.sqrt(second / (1.0 - tf.pow(_SECOND, steps))) + _TINY
            one.assign_sub(share * rate * (first / (1.0 - tf.pow(_FIRST, steps))) / root)
        return losses

    def arrays(self) -> Dict[str, np.ndarray]:
        """The weights, by name."""
        return {name: one.numpy() for name, one in (self.body | self.head).items()}


def _started(shape: Any, chance: np.random.Generator) -> np.ndarray:
    if len(shape) == 1:
        return np.zeros(shape, np.float32)
    return (chance.standard_normal(shape) / np.sqrt(shape[0]) / 2).astype(np.float32)


def fit(texts: Sequence[str], targets: np.ndarray, asides: np.ndarray, tuning: Tuning, seed: int = 0) -> Dict[str, np.ndarray]:
    """The weights that TunedEncoder takes. `texts` in plain spelling; `targets`: the class number of each, 0..classes-1; `asides`: the
    places of small talk among them."""
    tf.random.set_seed(seed)
    chance = np.random.default_rng(seed)
    words = _Words(texts)
    net = _Net(tuning.hidden, int(targets.max()) + 1, chance)
    signature = [tf.TensorSpec([None, None, WIDTH]), tf.TensorSpec([None, None]), tf.TensorSpec([None], tf.int32)]
    step = tf.function(net.step, autograph=False, input_signature=[*signature, tf.TensorSpec([None]), tf.TensorSpec([]), tf.TensorSpec([])])
    small = [words.numbers[place] for place in asides if len(words.numbers[place]) <= _ASIDE]
    losses, steps = np.full(len(texts), np.inf, np.float32), 0
    for reading in range(tuning.readings):
        shares = np.where(losses < _EASIEST, _EASY_SHARE / 2, np.where(losses < _EASY, _EASY_SHARE, 1.0)).astype(np.float32)
        rows = np.flatnonzero(chance.random(len(texts)) < shares)
        read = {row: _beside(words.numbers[row], small, tuning.aside_share, chance) for row in rows}
        batches = list(_batches(read, chance))
        for place, batch in enumerate(batches):
            steps += 1
            share = min(1.0, steps / _WARM) * (1.0 - (reading + place / len(batches)) / tuning.readings)
            told = words.batch([read[row] for row in batch])
            losses[batch] = step(*told, targets[batch].astype(np.int32), 1.0 / shares[batch], np.float32(share), np.float32(steps))
    return net.arrays()


def _beside(numbers: np.ndarray, small: List[np.ndarray], share: float, chance: np.random.Generator) -> np.ndarray:
    """Now and then with small talk before or behind it; begin and end are marked once."""
    if not small or len(numbers) > _WITH_ASIDE or chance.random() >= share:
        return numbers
    parts = [numbers, small[chance.integers(len(small))]]
    one, other = parts if chance.random() < 0.5 else parts[::-1]
    return np.concatenate([one[:-1], other[1:]])


def _batches(read: Dict[Any, np.ndarray], chance: np.random.Generator) -> Iterator[np.ndarray]:
    """Rows of about the same length together, in random order; no batch of more than `_TOKENS` words, but for one text."""
    rows = np.array(sorted(read, key=lambda row: len(read[row]) + chance.random() * 6))
    batches: List[List[int]] = [[]]
    longest = 0
    for row in rows:
        longest = max(longest, len(read[row]))
        if batches[-1] and longest * (len(batches[-1]) + 1) > _TOKENS:
            batches.append([])
            longest = len(read[row])
        batches[-1].append(row)
    for place in chance.permutation(len(batches)):
        yield np.array(batches[place])
