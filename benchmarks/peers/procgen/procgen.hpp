// CoinRun of Procgen (Cobbe et al., arXiv 1912.01588) through its C interface, libenv of gym3.
#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#define NO_PROTOTYPE
#include "libenv.h"

constexpr size_t observationBytes = 64 * 64 * 3;
/** The length of Procgen's own list of actions, of which the last six do nothing in CoinRun. */
constexpr int32_t procgenActions = 15;

/** The functions of the library that are used. */
struct Library {
    libenv_env *(*make)(int, const libenv_options);
    int (*getTensorTypes)(libenv_env *, libenv_space_name, libenv_tensortype *);
    void (*setBuffers)(libenv_env *, libenv_buffers *);
    void (*observe)(libenv_env *);
    void (*act)(libenv_env *);
    /** Procgen's own addition: the whole state of one environment, in bytes. Returns how many. */
    int (*getState)(libenv_env *, int, char *, int);

    explicit Library(const std::string &path) {
        void *opened = dlopen(path.c_str(), RTLD_NOW);
        if (opened == nullptr) throw std::runtime_error(dlerror());
        const auto find = [&](auto &function, const char *name) {
            function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(opened, name));
            if (function == nullptr) throw std::runtime_error(dlerror());
        };
        find(make, "libenv_make");
        find(getTensorTypes, "libenv_get_tensortypes");
        find(setBuffers, "libenv_set_buffers");
        find(observe, "libenv_observe");
        find(act, "libenv_act");
        find(getState, "get_state");
    }
};

/** `build`: the folder of build.sh. `mode`: `easy`, which has no walkers and one theme, or `hard`, Procgen's default. */
struct Setting {
    std::string build, mode;

    std::string library() const { return build + "/library/libenv.so"; }
    std::string pictures() const { return build + "/procgen/procgen/data/assets/"; }
};

/** The options that Procgen's own `env.py` gives, with its defaults, except for the threads: none beside the caller's. */
class Options {
  public:
    explicit Options(const Setting &setting) : pictures(setting.pictures()) {
        if (setting.mode != "easy" && setting.mode != "hard") throw std::runtime_error("modes are easy and hard");
        integers.reserve(16);
        addText("env_name", game);
        addText("resource_root", pictures);
        addInteger("num_levels", 0);
        addInteger("start_level", 0);
        addInteger("num_actions", procgenActions);
        addInteger("rand_seed", 1);
        addInteger("num_threads", 0);
        addInteger("distribution_mode", setting.mode == "easy" ? 0 : 1);
        for (const char *name : {"use_sequential_levels", "render_human", "use_generated_assets",
                                 "use_monochrome_assets", "restrict_themes", "paint_vel_info"})
            addFlag(name, 0);
        for (const char *name : {"center_agent", "use_backgrounds"}) addFlag(name, 1);
    }

    libenv_options all() { return {items.data(), static_cast<int>(items.size())}; }

  private:
    std::string game = "coinrun", pictures;
    std::vector<int32_t> integers;
    uint8_t flags[2] = {0, 1};
    std::vector<libenv_option> items;

    void add(const char *name, libenv_dtype type, size_t count, void *data) {
        libenv_option option{};
        std::strncpy(option.name, name, LIBENV_MAX_NAME_LEN - 1);
        option.dtype = type;
        option.count = static_cast<int>(count);
        option.data = data;
        items.push_back(option);
    }
    void addText(const char *name, std::string &text) { add(name, LIBENV_DTYPE_UINT8, text.size(), text.data()); }
    void addFlag(const char *name, int value) { add(name, LIBENV_DTYPE_UINT8, 1, &flags[value]); }
    void addInteger(const char *name, int32_t value) {
        integers.push_back(value);
        add(name, LIBENV_DTYPE_INT32, 1, &integers.back());
    }
};

/** Environments side by side, with the memory from which they take actions and into which they write what follows. */
class Environments {
  public:
    std::vector<uint8_t> observations;
    std::vector<float> rewards;
    /** 1 where an episode has ended and the next one begun, which is then what is observed. */
    std::vector<uint8_t> ends;
    std::vector<int32_t> actions;

    Environments(const Setting &setting, size_t count)
        : observations(count * observationBytes), rewards(count), ends(count), actions(count),
          library(setting.library()), infos(count) {
        Options options(setting);
        handle = library.make(static_cast<int>(count), options.all());
        connect(count);
        library.observe(handle);
    }

    size_t size() const { return actions.size(); }

    void step() {
        library.act(handle);
        library.observe(handle);
    }

    /** Puts the state of an environment into `bytes`, which has to have room for it. */
    void saveState(int index, std::vector<char> &bytes) {
        library.getState(handle, index, bytes.data(), static_cast<int>(bytes.size()));
    }

  private:
    Library library;
    libenv_env *handle;
    std::vector<int32_t> infos;
    std::vector<void *> observationAt, actionAt, infoAt;
    libenv_buffers buffers;

    void connect(size_t count) {
        if (library.getTensorTypes(handle, LIBENV_SPACE_OBSERVATION, nullptr) != 1)
            throw std::runtime_error("one observation is expected");
        const size_t kinds = library.getTensorTypes(handle, LIBENV_SPACE_INFO, nullptr);
        for (size_t i = 0; i < count; i++) {
            observationAt.push_back(&observations[i * observationBytes]);
            actionAt.push_back(&actions[i]);
        }
        // Every kind of information is one number of at most four bytes, and none is read.
        for (size_t i = 0; i < kinds * count; i++) infoAt.push_back(&infos[i % count]);
        buffers = {observationAt.data(), rewards.data(), ends.data(), infoAt.data(), actionAt.data()};
        library.setBuffers(handle, &buffers);
    }
};
