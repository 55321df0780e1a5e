#include "simulator/cast.hpp"

#include <algorithm>

#include "simulator/embedded.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/catalogue/load.hpp"

namespace tenon::simulator {

namespace {

constexpr std::string_view signing_scheme = "standardwebhooks_v1";

template <typename File>
std::string_view text_of(std::span<const File> files, std::string_view name) {
    for (const File& each : files)
        if (each.name == name) return each.text;
    return {};
}

/// The error with the provider's id in front of its place.
Error of_provider(Error error, std::string_view id) {
    error.field = std::string(id) + ":" + error.field;
    return error;
}

Result<Behaviour> play(const EmbeddedFile& file, const CastOptions& options, Cast& cast) {
    TENON_TRY(json::Value document, json::read(text_of(catalogue::embedded_providers(), file.name)));
    TENON_TRY(catalogue::Provider provider, catalogue::load(std::move(document)));
    cast.documents.push_back(std::make_unique<catalogue::Provider>(std::move(provider)));
    TENON_TRY(Gate gate, Gate::create(*cast.documents.back(), options.generic_secret,
                                      text_of(catalogue::embedded_schemes(), signing_scheme)));
    TENON_TRY(const json::Value data, json::read(file.text));
    return Behaviour::create(data, std::move(gate), options.seed);
}

}  // namespace

Result<Cast> make_cast(const CastOptions& options) {
    Cast out;
    for (const std::string& wanted : options.providers)
        if (text_of(embedded_behaviours(), wanted).empty())
            return fail(Errc::unknown_provider, wanted, "the simulator does not play this provider");
    for (const EmbeddedFile& file : embedded_behaviours()) {
        const auto& some = options.providers;
        if (!some.empty() && std::find(some.begin(), some.end(), file.name) == some.end()) continue;
        auto behaviour = play(file, options, out);
        if (!behaviour) return tl::unexpected<Error>(of_provider(std::move(behaviour.error()), file.name));
        out.behaviours.emplace(std::string(file.name), std::move(*behaviour));
    }
    return out;
}

}  // namespace tenon::simulator
