#!/usr/bin/env bash
# Trains the model for what data/ says now, unless models/current.tar.gz already is that model. "--again" trains anyway.
set -euo pipefail
cd "$(dirname "$0")/.."

digest() { # everything that goes into a model
    find config.yml data/domain.yml data/spelling.yml data/answers.yml data/told.yml data/corrections.yml data/openings.yml data/speakers.yml data/nlu data/stories data/rules data/responses data/questions data/now data/who data/typed bot/components bot/policies bot/softmax_fit.py bot/perceptron_fit.py bot/read_shares.py bot/linear_model.py bot/reply_model.py bot/perceptron.py bot/sentence_model.py bot/encoder.py bot/known_vectors.py bot/requirements.lock \
        kernel -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# A publishing that was killed is finished first: it may be half-way through the files that the digest is of.
if [ -f models/publishing.json ]; then
    .venv/bin/python -c 'from pathlib import Path; from curation.release import carry_on; carry_on(Path("."))'
fi
wanted=$(digest)
if [ "${1:-}" = "--digest" ]; then
    echo "$wanted"
    exit 0
fi
mkdir -p models var
if [ "${1:-}" != "--again" ] && [ -f models/current.tar.gz ] && [ "$(cat models/current.for 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
echo "→ Training the model for the data at hand (a quarter of an hour, longer where the machine is busy)"
# Vectors of sentences that the last training encoded already (bot/known_vectors.py); a workspace of the studio names the project's own.
export SENTENCE_VECTORS="${SENTENCE_VECTORS:-$PWD/models/sentence_vectors.npz}"
export RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=2 PYTHONWARNINGS=ignore
# Arrays of tens of megabytes are made and dropped all the time: kept in the process instead of given back to the system, which took a
# quarter of the processor time (page faults).
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
# Its own threads take the cores (bot/sentence_model.py); those of NumPy's products would only wait for each other beside them.
export OPENBLAS_NUM_THREADS=1
# Sets of words in the same order in each training.
export PYTHONHASHSEED=0
started=$SECONDS
# Rasa's own check of the data runs beside the training instead of before it: once the encoder, which takes every core, is done with
# the sentences. No augmentation: it would glue stories together for policies that learn from them, and PathMemoizationPolicy leaves
# such stories out.
: >var/train.log # of this training alone: the check below waits for a line of it
bot/.venv/bin/rasa train --config config.yml --data data --domain data --out models --fixed-model-name candidate \
    --skip-validation --augmentation 0 >>var/train.log 2>&1 &
training=$!
(
    while kill -0 "$training" 2>/dev/null && ! grep -q "SentenceNgrams" var/train.log; do sleep 1; done
    exec bot/.venv/bin/rasa data validate --config config.yml --data data --domain data >var/validate.log 2>&1
) &
validating=$!
while kill -0 "$training" 2>/dev/null; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$training" 2>/dev/null && sleep 1; done
    kill -0 "$training" 2>/dev/null && echo "  … training, $((SECONDS - started)) s"
done
if ! wait "$training"; then
    echo "Training failed; the end of var/train.log says why:" >&2
    tail -n 15 var/train.log >&2
    exit 1
fi
if ! wait "$validating"; then
    echo "Rasa's check of the data failed; the end of var/validate.log says why:" >&2
    tail -n 15 var/validate.log >&2
    exit 1
fi
mv models/candidate.tar.gz models/current.tar.gz
echo "$wanted" >models/current.for
echo "→ Trained in $((SECONDS - started)) s"
