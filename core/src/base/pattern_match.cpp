#include "pattern_program.hpp"
#include "tenon/base/text.hpp"

namespace tenon::pattern {
namespace {

using Op = PatternStep::Op;

bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/// All threads at once, without priorities: only whether there is a match is asked.
class Matcher {
public:
    Matcher(const Pattern::Program& program, std::string_view text, Span span)
        : program_(program),
          text_(text),
          span_(span),
          now_(program.steps.size()),
          then_(program.steps.size()) {}

    bool run() {
        const bool only_first = span_ == Span::whole || program_.is_anchored();
        for (std::size_t at = 0;;) {
            if ((at == 0 || !only_first) && follow(now_, 0, at)) return true;
            if (at == text_.size() || (now_.empty() && only_first)) return false;
            const char32_t c = text::next(text_, at);
            for (const std::uint32_t index : now_.order())
                if (program_.accepts(program_.steps[index], c) && follow(then_, index + 1, at)) return true;
            std::swap(now_, then_);
            then_.clear();
        }
    }

private:
    /// Adds what can be reached from `from` without a character. True if that is the end of a match.
    bool follow(StepList& list, std::uint32_t from, std::size_t at) {
        waiting_.push_back(from);
        while (!waiting_.empty()) {
            const std::uint32_t index = waiting_.back();
            waiting_.pop_back();
            if (!list.add(index)) continue;
            const PatternStep& step = program_.steps[index];
            switch (step.op) {
                case Op::character:
                case Op::set:
                    break;
                case Op::split:
                    waiting_.push_back(step.y);
                    [[fallthrough]];
                case Op::jump:
                    waiting_.push_back(step.x);
                    break;
                case Op::save:
                    waiting_.push_back(index + 1);
                    break;
                case Op::assertion:
                    if (holds(step.assertion, text_, at)) waiting_.push_back(index + 1);
                    break;
                case Op::match:
                    if (span_ == Span::somewhere || at == text_.size()) return true;
                    break;
            }
        }
        return false;
    }

    const Pattern::Program& program_;
    std::string_view text_;
    Span span_;
    StepList now_;
    StepList then_;
    std::vector<std::uint32_t> waiting_;
};

}  // namespace

bool holds(Assertion assertion, std::string_view text, std::size_t at) {
    if (assertion == Assertion::text_begin) return at == 0;
    if (assertion == Assertion::text_end) return at == text.size();
    // No byte of a character above U+007F is a word character, so bytes will do.
    const bool before = at > 0 && is_word(text[at - 1]);
    const bool behind = at < text.size() && is_word(text[at]);
    return (before != behind) == (assertion == Assertion::word_boundary);
}

bool is_match(const Pattern::Program& program, std::string_view text, Span span) {
    return Matcher(program, text, span).run();
}

}  // namespace tenon::pattern
