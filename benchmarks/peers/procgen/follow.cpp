// What happens in episodes of Procgen's CoinRun, for benchmarks/environments/check-coinrun.ts, read from the states that it
// saves. `build.sh` beside this file builds it.
//
//   follow BUILD MODE EPISODES STEPS
//
// One line of JSON for each episode: {grid, entities, steps}. `grid`: the types of its 64 × 64 cells, row by row from the
// bottom; `entities`: [type, x, y, vx] each, as the level begins; `steps`: [action, coin, ended, agent, walkers] each, the agent as
// [x, y, vx, vy] and the walkers, in the order of `entities`, as [x, y, vx]; of a step that ends the episode only the first three.
// An episode ends after STEPS steps at the latest. Actions are kept with probability 3/4, and most run to the right.

#include <iostream>
#include <random>

#include "procgen.hpp"

namespace {

constexpr int agentType = 0, walkerType = 5;
/** Forces an episode to end. */
constexpr int32_t endEpisode = -1;

struct Entity {
    int type;
    float x, y, vx, vy;
};

struct State {
    std::vector<int32_t> grid;
    std::vector<Entity> entities;
};

/** Reads what Procgen's `serialize` functions have written. */
class Reader {
  public:
    explicit Reader(const char *data) : data(data) {}

    int32_t integer() { return read<int32_t>(); }
    float real() { return read<float>(); }
    void skip(int words) { data += 4 * words; }
    void skipText() {
        const int32_t length = integer();
        data += length;
    }
    /** Whether it is seeded, and its state as text. */
    void skipGenerator() {
        skip(1);
        skipText();
    }

  private:
    const char *data;

    template <typename T> T read() {
        T value;
        std::memcpy(&value, data, sizeof value);
        data += sizeof value;
        return value;
    }
};

Entity readEntity(Reader &reader) {
    Entity entity;
    entity.x = reader.real();
    entity.y = reader.real();
    entity.vx = reader.real();
    entity.vy = reader.real();
    reader.skip(2); // its size
    entity.type = reader.integer();
    reader.skip(24); // how it looks, and what only other games use
    return entity;
}

State readState(const std::vector<char> &bytes) {
    Reader reader(bytes.data());
    State state;
    // game.cpp: version and name, options, levels, generators of levels and of this level, the episode.
    reader.skip(1);
    reader.skipText();
    reader.skip(9 + 3 + 5);
    reader.skipGenerator();
    reader.skipGenerator();
    reader.skip(3 + 2 + 4 + 3 + 1 + 2);
    // basic-abstract-game.cpp.
    reader.skip(1);
    for (int32_t left = reader.integer(); left > 0; left--) state.entities.push_back(readEntity(reader));
    reader.skip(4 + 7 + 3 + 2 + 3);
    reader.skipGenerator();
    reader.skip(3 + 6);
    // grid.h: width, height, and the cells with their number.
    reader.skip(2);
    for (int32_t left = reader.integer(); left > 0; left--) state.grid.push_back(reader.integer());
    return state;
}

class Follower {
  public:
    explicit Follower(const Setting &setting) : environments(setting, 1), bytes(1 << 20) {}

    void follow(int steps) {
        State state = readCurrent();
        std::cout << "{\"grid\":[";
        for (size_t i = 0; i < state.grid.size(); i++) std::cout << (i > 0 ? "," : "") << state.grid[i];
        std::cout << "],\"entities\":[";
        for (size_t i = 0; i < state.entities.size(); i++) {
            const Entity &entity = state.entities[i];
            std::cout << (i > 0 ? ",[" : "[") << entity.type << "," << entity.x << "," << entity.y << "," << entity.vx << "]";
        }
        std::cout << "],\"steps\":[";
        for (int step = 0; step < steps; step++) {
            if (step > 0) std::cout << ",";
            if (playStep()) break;
            if (step == steps - 1) act(endEpisode);
        }
        std::cout << "]}" << std::endl;
    }

  private:
    Environments environments;
    std::vector<char> bytes;
    std::mt19937 random{1};
    int32_t action = 7;

    State readCurrent() {
        environments.saveState(0, bytes);
        return readState(bytes);
    }

    bool act(int32_t given) {
        environments.actions[0] = given;
        environments.step();
        return environments.ends[0] == 1;
    }

    bool playStep() {
        // 1 and 7: left and right; 2 and 8: the same with a jump; 4: wait; 5: jump.
        static const int32_t choices[] = {7, 7, 8, 8, 8, 1, 2, 4, 5};
        if (random() % 4 == 0) action = choices[random() % 9];
        const bool ended = act(action);
        std::cout << "[" << action << "," << (environments.rewards[0] > 0) << "," << ended;
        if (!ended) printPlaces(readCurrent());
        std::cout << "]";
        return ended;
    }

    void printPlaces(const State &state) {
        for (const Entity &entity : state.entities)
            if (entity.type == agentType)
                std::cout << ",[" << entity.x << "," << entity.y << "," << entity.vx << "," << entity.vy << "],[";
        bool first = true;
        for (const Entity &entity : state.entities) {
            if (entity.type != walkerType) continue;
            std::cout << (first ? "[" : ",[") << entity.x << "," << entity.y << "," << entity.vx << "]";
            first = false;
        }
        std::cout << "]";
    }
};

} // namespace

int main(int count, char **given) {
    try {
        if (count != 5) throw std::runtime_error("expected: BUILD MODE EPISODES STEPS");
        std::cout.precision(9);
        Follower follower({given[1], given[2]});
        for (int left = std::stoi(given[3]); left > 0; left--) follower.follow(std::stoi(given[4]));
    } catch (const std::exception &error) {
        std::cerr << error.what() << std::endl;
        return 1;
    }
}
