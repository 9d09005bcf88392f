#!/bin/bash
# Sweeps by an array of Slurm jobs, one a part:
#
#   TARGETS=targets.txt SEED=42 RESULTS=results sbatch slurm.sh
#
#SBATCH --job-name=sweep
#SBATCH --array=1-16
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
#SBATCH --time=24:00:00
#SBATCH --output=sweep-%A-%a.log
set -euo pipefail

# As many as the array above has. Not SLURM_ARRAY_TASK_COUNT: to run part 3 again by --array=3 makes that 1.
parts=${PARTS:-16}
part=$((SLURM_ARRAY_TASK_ID))
out=${RESULTS:-results}/part-$part

mkdir -p "${RESULTS:-results}"
code=0
"${NETTYPING:-nettyping}" sweep \
    --order random --seed "${SEED:?any number, the same for all parts}" --shard "$part/$parts" \
    --rate "${RATE:-10000}" --format jsonl --summary json \
    --targets "${TARGETS:?a file of targets}" >"$out.out" 2>"$out.err" || code=$?
cat "$out.err" >&2
# 1 is an answer, not a failed job: some targets were silent. But a JVM that does not start has it, too, and no summary.
[ $code -eq 1 ] && tail -n 1 "$out.err" | grep -q '^{"targets"' || exit $code
