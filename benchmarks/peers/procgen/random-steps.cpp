// Procgen as a contestant of benchmarks/environments/random-steps.ts: rollouts of random actions. `build.sh` beside this
// file builds it; for the line protocol see ../serve.py.
//
//   random-steps BUILD ENVIRONMENTS STEPS MODE ACTIONS
//
// BUILD: folder of build.sh; STEPS: of one rollout; MODE: easy or hard; ACTIONS: numbers, which are drawn uniformly.
//
// As in ours, a step counts once its observation, reward and end are in the buffer of the rollout, and the time includes
// drawing fresh levels.

#include <time.h>

#include <iostream>
#include <random>
#include <sstream>

#include "procgen.hpp"

namespace {

/** Plays rollouts into a buffer [steps × environments × …]. */
class Collector {
  public:
    Collector(Environments &environments, size_t steps, std::vector<int32_t> actions)
        : now(environments), steps(steps), choices(std::move(actions)), choose(0, choices.size() - 1),
          observations(steps * now.observations.size()), rewards(steps * now.size()), ends(steps * now.size()) {}

    void collect() {
        const size_t count = now.size();
        for (size_t t = 0; t < steps; t++) {
            std::memcpy(&observations[t * now.observations.size()], now.observations.data(), now.observations.size());
            for (int32_t &action : now.actions) action = choices[choose(random)];
            now.step();
            std::memcpy(&rewards[t * count], now.rewards.data(), count * sizeof(float));
            std::memcpy(&ends[t * count], now.ends.data(), count);
        }
    }

  private:
    Environments &now;
    size_t steps;
    std::vector<int32_t> choices;
    std::minstd_rand random{1};
    std::uniform_int_distribution<size_t> choose;
    std::vector<uint8_t> observations;
    std::vector<float> rewards;
    std::vector<uint8_t> ends;
};

double millisecondsOf(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return 1e3 * time.tv_sec + 1e-6 * time.tv_nsec;
}

std::vector<int32_t> parseActions(const std::string &text) {
    std::vector<int32_t> actions;
    std::istringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) actions.push_back(std::stoi(part));
    if (actions.empty()) throw std::runtime_error("no actions");
    return actions;
}

void serve(Collector &collector) {
    collector.collect();
    std::cout << R"({"version":"Procgen","ready":true})" << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        const double wall = millisecondsOf(CLOCK_MONOTONIC), processor = millisecondsOf(CLOCK_PROCESS_CPUTIME_ID);
        for (int left = std::stoi(line); left > 0; left--) collector.collect();
        const double wallMs = millisecondsOf(CLOCK_MONOTONIC) - wall;
        const double cpuMs = millisecondsOf(CLOCK_PROCESS_CPUTIME_ID) - processor;
        std::cout << "{\"wallMs\":" << wallMs << ",\"cpuMs\":" << cpuMs << "}" << std::endl;
    }
}

} // namespace

int main(int count, char **given) {
    try {
        if (count != 6) throw std::runtime_error("expected: BUILD ENVIRONMENTS STEPS MODE ACTIONS");
        Environments environments({given[1], given[4]}, std::stoul(given[2]));
        Collector collector(environments, std::stoul(given[3]), parseActions(given[5]));
        serve(collector);
    } catch (const std::exception &error) {
        std::cerr << error.what() << std::endl;
        return 1;
    }
}
