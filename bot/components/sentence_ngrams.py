"""Counts the n-grams of a whole message, and only those.

Rasa's own component also counts those of each word apart, for classifiers that read word by word; ours reads the sentence. That
took a third of the training, and with scikit-learn's checks of its input 2 of a turn's 40 ms (docs/adr/0010).
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Callable, Dict, List, Optional, Tuple
from weakref import WeakKeyDictionary

import numpy as np
import scipy.sparse as sp
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import TEXT

_Parts = Tuple[List[Optional[sp.coo_matrix]], List[Optional[sp.coo_matrix]]]
_analyzers: "WeakKeyDictionary[Any, Callable[[str], List[str]]]" = WeakKeyDictionary()


def counted(vectorizer: Any, text: str) -> sp.coo_matrix:
    """What a fitted CountVectorizer's `transform([text])` gives, as (1, vocabulary)."""
    analyze = _analyzers.get(vectorizer)
    if analyze is None:
        analyze = _analyzers[vectorizer] = vectorizer.build_analyzer()
    vocabulary: Dict[str, int] = vectorizer.vocabulary_
    counts = Counter(vocabulary[gram] for gram in analyze(text) if gram in vocabulary)
    columns = np.array(sorted(counts), dtype=np.int32)
    values = np.array([counts[column] for column in columns.tolist()], dtype=np.int64)
    return sp.coo_matrix((values, (np.zeros(len(columns), dtype=np.int32), columns)), shape=(1, len(vocabulary)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceNgrams(CountVectorsFeaturizer):
    """Rasa's CountVectorsFeaturizer, same settings, with features of the sentence alone: none of its words, nor of its label."""

    @staticmethod
    def _attributes_for(analyzer: str) -> List[str]:
        return [TEXT]

    def _create_features(self, attribute: str, all_tokens: List[List[str]]) -> _Parts:
        vectorizer = self.vectorizers.get(attribute)  # missing when there was no example to learn from
        nothing: List[Optional[sp.coo_matrix]] = [None] * len(all_tokens)
        return nothing, [counted(vectorizer, " ".join(tokens)) if tokens else None for tokens in all_tokens] if vectorizer else nothing
