#include "FlatObject.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace tutti::engine {
namespace {

using Json = nlohmann::json;

/// Hears a text being read, and stops it at the first thing that is not flat.
class Reading final : public nlohmann::json_sax<Json> {
public:
  std::map<std::string, FlatObject::Value, std::less<>> values;
  const char* problem = "this is no JSON";

  bool null() override { return put({}); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t /*value*/) override { return refuse("a number is less than zero"); }
  bool number_unsigned(number_unsigned_t value) override { return put(std::uint64_t{value}); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override
  {
    return refuse("a number is not whole");
  }
  bool string(string_t& text) override { return put(std::move(text)); }
  bool binary(binary_t& /*bytes*/) override { return false; }
  bool start_object(std::size_t /*size*/) override
  {
    return !std::exchange(hasBegun_, true) || refuse("something is nested");
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t /*size*/) override { return refuse("something is nested"); }
  bool end_array() override { return true; }
  bool key(string_t& name) override
  {
    if (values.size() == FlatObject::kMostEntries) return refuse("there are too many entries");
    if (values.contains(name)) return refuse("an entry is there twice");
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t /*at*/, const std::string& /*near*/, const Json::exception& /*why*/) override
  {
    return false;
  }

private:
  bool put(FlatObject::Value value)
  {
    if (!hasBegun_) return refuse("this is no object");
    values.insert_or_assign(name_, std::move(value));
    return true;
  }
  bool refuse(const char* why)
  {
    problem = why;
    return false;
  }

  bool hasBegun_ = false;
  std::string name_;
};

} // namespace

Result<FlatObject> FlatObject::parse(std::string_view json)
{
  Reading reading;
  if (!Json::sax_parse(json, &reading)) return failure(ErrorKind::malformed, reading.problem);
  FlatObject object;
  object.values_ = std::move(reading.values);
  return object;
}

const FlatObject::Value* FlatObject::find(std::string_view key) const
{
  const auto found = values_.find(key);
  return found == values_.end() ? nullptr : &found->second;
}

const std::string* FlatObject::text(std::string_view key) const
{
  const auto* const value = find(key);
  return value == nullptr ? nullptr : std::get_if<std::string>(value);
}

std::optional<std::uint64_t> FlatObject::number(std::string_view key) const
{
  const auto* const value = find(key);
  const auto* const number = value == nullptr ? nullptr : std::get_if<std::uint64_t>(value);
  return number == nullptr ? std::nullopt : std::optional{*number};
}

std::optional<bool> FlatObject::truth(std::string_view key) const
{
  const auto* const value = find(key);
  const auto* const truth = value == nullptr ? nullptr : std::get_if<bool>(value);
  return truth == nullptr ? std::nullopt : std::optional{*truth};
}

} // namespace tutti::engine
