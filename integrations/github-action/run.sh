#!/usr/bin/env bash
# The step of action.yml. Inputs are in the environment, so that nothing in them is ever part of a command line.
set -euo pipefail

workspace=${GITHUB_WORKSPACE:-$PWD}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  echo "::error title=Goalpost::$1"
  exit 2
}

if [ -n "${SPEC:-}" ] && [ -n "${EXPERIMENT:-}" ]; then fail 'Give either spec or experiment, not both'; fi
if [ -n "${SPEC:-}" ]; then
  [ -f "$workspace/$SPEC" ] || fail "There is no spec $SPEC in the repository"
  command=(run "$workspace/$SPEC")
elif [ -n "${EXPERIMENT:-}" ]; then
  command=(watch "$EXPERIMENT")
else
  fail 'Give spec or experiment'
fi
if [ -n "${GOALPOST_URL:-}" ] && [ -z "${GOALPOST_API_KEY:-}" ]; then fail 'url needs api-key'; fi

if [ -n "${EXPECT:-}" ]; then
  read -ra expected <<<"$EXPECT"
  command+=(--expect "${expected[@]}")
fi
if [ -n "${FAIL_ON:-}" ]; then command+=(--fail-on "$FAIL_ON"); fi
if [ -n "${TIMEOUT:-}" ]; then command+=(--timeout "$TIMEOUT"); fi
if [ -n "${JUNIT:-}" ]; then command+=(--junit "$workspace/$JUNIT"); fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then command+=(--github-summary); fi

cd "$repository"
[ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error
exec npx --no-install goalpost "${command[@]}"
