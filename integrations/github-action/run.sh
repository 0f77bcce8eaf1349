#!/usr/bin/env bash
# The step of action.yml. Inputs are in the environment, so that nothing in them is ever part of a command line.
set -euo pipefail

workspace=${GITHUB_WORKSPACE:-$PWD}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  echo "::error title=Goalpost::$1"
  exit 2
}

# On the pull request that the workflow runs for: one comment, which later runs replace.
comment() {
  if [ -z "${GH_TOKEN:-}" ] || ! [[ ${GITHUB_REF:-} =~ ^refs/pull/([0-9]+)/ ]]; then return; fi
  gh pr comment "${BASH_REMATCH[1]}" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file "$1" ||
    echo '::warning title=Goalpost::The comment could not be written: github-token needs the permission pull-requests: write'
}

given=0
for input in "${SPEC:-}" "${EXPERIMENT:-}" "${MODEL:-}"; do if [ -n "$input" ]; then given=$((given + 1)); fi; done
if [ "$given" -gt 1 ]; then fail 'Give only one of spec, experiment and model'; fi
if [ -n "${GOALPOST_URL:-}" ] && [ -z "${GOALPOST_API_KEY:-}" ]; then fail 'url needs api-key'; fi

if [ -n "${SPEC:-}" ]; then
  [ -f "$workspace/$SPEC" ] || fail "There is no spec $SPEC in the repository"
  command=(run "$workspace/$SPEC")
elif [ -n "${EXPERIMENT:-}" ]; then
  command=(watch "$EXPERIMENT")
elif [ -n "${MODEL:-}" ]; then
  [ -n "${GOALPOST_URL:-}" ] || fail 'model needs the url of the service that has it'
  if [ -n "${EXPECT:-}${FAIL_ON:-}" ]; then fail 'expect and fail-on are for experiments; a gate has rules of its own'; fi
  command=(gates check "${VERSION:-latest}" --model "$MODEL" --wait)
  if [ -n "${GATE:-}" ]; then command+=(--gate "$GATE"); fi
  JUNIT=
else
  fail 'Give spec, experiment or model'
fi
if [ -z "${MODEL:-}" ] && [ -n "${GATE:-}${VERSION:-}" ]; then fail 'gate and version need model'; fi

if [ -n "${EXPECT:-}" ]; then
  read -ra expected <<<"$EXPECT"
  command+=(--expect "${expected[@]}")
fi
if [ -n "${FAIL_ON:-}" ]; then command+=(--fail-on "$FAIL_ON"); fi
if [ -n "${TIMEOUT:-}" ]; then command+=(--timeout "$TIMEOUT"); fi
if [ -n "${JUNIT:-}" ]; then command+=(--junit "$workspace/$JUNIT"); fi
job_summary=${GITHUB_STEP_SUMMARY:-}
if [ -n "$job_summary" ]; then
  command+=(--github-summary)
  # A file of its own: the job's summary may hold that of other steps.
  GITHUB_STEP_SUMMARY=$(mktemp)
  export GITHUB_STEP_SUMMARY
fi

cd "$repository"
[ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error
code=0
npx --no-install goalpost "${command[@]}" || code=$?
if [ -n "$job_summary" ] && [ -s "$GITHUB_STEP_SUMMARY" ]; then
  cat "$GITHUB_STEP_SUMMARY" >>"$job_summary"
  comment "$GITHUB_STEP_SUMMARY"
fi
exit "$code"
