#include <tutti/patch/Workshop.hpp>

#include <utility>

namespace tutti::patch {

void Workshop::teach(std::string type, Maker maker)
{
  makers_.insert_or_assign(std::move(type), std::move(maker));
}

Result<std::shared_ptr<Module>> Workshop::make(const ModuleDescription& wanted) const
{
  const auto maker = makers_.find(wanted.type);
  if (maker == makers_.end())
    return failure(ErrorKind::unsupported, "this Tutti does not know such a module");
  return maker->second(wanted);
}

} // namespace tutti::patch
