#include <algorithm>

#include "pattern_program.hpp"
#include "tenon/base/text.hpp"

namespace tenon::pattern {
namespace {

using Op = PatternStep::Op;

constexpr std::size_t slots = 20;  // begin and end of the match and of groups 1 to 9
constexpr std::size_t unset = static_cast<std::size_t>(-1);

struct Captures {
    std::size_t at[slots];
};

/// Leftmost match by priority, with its groups: threads are kept in order of preference, and the first one
/// to finish ends those behind it.
class Finder {
public:
    Finder(const Pattern::Program& program, std::string_view text)
        : program_(program), text_(text), now_(program.steps.size()), then_(program.steps.size()) {}

    bool find(std::size_t from) {
        bool found = false;
        now_.steps.clear();
        for (std::size_t at = from;;) {
            if (!found && (at == 0 || !program_.is_anchored())) start(at);
            if (now_.steps.empty() && (found || program_.is_anchored())) return found;
            const std::size_t here = at;
            const char32_t c = at < text_.size() ? text::next(text_, at) : U'\0';
            then_.steps.clear();
            for (const std::uint32_t index : now_.steps.order()) {
                const PatternStep& step = program_.steps[index];
                if (step.op == Op::match) {
                    found = true;
                    match_ = now_.captures[index];
                    match_.at[1] = here;
                    break;
                }
                if (here < text_.size() && program_.accepts(step, c))
                    follow(then_, index + 1, at, now_.captures[index]);
            }
            std::swap(now_, then_);
            if (here == text_.size()) return found;
        }
    }

    [[nodiscard]] std::size_t begin() const { return match_.at[0]; }
    [[nodiscard]] std::size_t end() const { return match_.at[1]; }

    [[nodiscard]] std::string_view group(std::size_t number) const {
        const std::size_t from = match_.at[2 * number];
        const std::size_t to = match_.at[2 * number + 1];
        return from == unset || to == unset ? std::string_view() : text_.substr(from, to - from);
    }

private:
    struct Threads {
        explicit Threads(std::size_t count) : steps(count), captures(count) {}
        StepList steps;
        std::vector<Captures> captures;  // by step
    };

    /// Either a step to follow, or a slot to set back when everything behind it has been followed.
    struct Task {
        std::uint32_t step;
        std::size_t slot;  // `unset`: this is a step
        std::size_t value;
    };

    void start(std::size_t at) {
        Captures captures;
        std::fill(std::begin(captures.at), std::end(captures.at), unset);
        captures.at[0] = at;
        follow(now_, 0, at, captures);
    }

    void follow(Threads& threads, std::uint32_t from, std::size_t at, Captures captures) {
        tasks_.push_back({from, unset, 0});
        while (!tasks_.empty()) {
            const Task task = tasks_.back();
            tasks_.pop_back();
            if (task.slot != unset) {
                captures.at[task.slot] = task.value;
                continue;
            }
            if (!threads.steps.add(task.step)) continue;
            const PatternStep& step = program_.steps[task.step];
            switch (step.op) {
                case Op::character:
                case Op::set:
                case Op::match:
                    threads.captures[task.step] = captures;
                    break;
                case Op::split:
                    tasks_.push_back({step.y, unset, 0});
                    [[fallthrough]];
                case Op::jump:
                    tasks_.push_back({step.x, unset, 0});
                    break;
                case Op::save:
                    if (step.x < slots) {
                        tasks_.push_back({0, step.x, captures.at[step.x]});
                        captures.at[step.x] = at;
                    }
                    tasks_.push_back({task.step + 1, unset, 0});
                    break;
                case Op::assertion:
                    if (holds(step.assertion, text_, at)) tasks_.push_back({task.step + 1, unset, 0});
                    break;
            }
        }
    }

    const Pattern::Program& program_;
    std::string_view text_;
    Threads now_;
    Threads then_;
    std::vector<Task> tasks_;
    Captures match_{};
};

void append_replacement(std::string& out, std::string_view with, const Finder& match) {
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (with[i] == '$' && i + 1 < with.size() && with[i + 1] >= '1' && with[i + 1] <= '9')
            out += match.group(static_cast<std::size_t>(with[++i] - '0'));
        else
            out += with[i];
    }
}

}  // namespace

std::string replace_all(const Pattern::Program& program, std::string_view text, std::string_view with) {
    Finder finder(program, text);
    std::string out;
    std::size_t at = 0;
    std::size_t last_end = unset;
    while (at <= text.size() && finder.find(at)) {
        out += text.substr(at, finder.begin() - at);
        at = finder.end();
        if (finder.begin() != at || at != last_end) {
            append_replacement(out, with, finder);
            last_end = at;
            continue;
        }
        if (at == text.size()) break;
        const std::size_t from = at;  // an empty match behind a match: go on one character further
        (void)text::next(text, at);
        out += text.substr(from, at - from);
    }
    if (at < text.size()) out += text.substr(at);
    return out;
}

}  // namespace tenon::pattern
