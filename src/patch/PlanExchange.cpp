#include "PlanExchange.hpp"

#include <tutti/core/Assert.hpp>

namespace tutti::patch {

PlanExchange::~PlanExchange()
{
  collect();
  delete current_;
  while (const auto plan = coming_.tryPop()) delete *plan;
}

void PlanExchange::send(std::unique_ptr<Plan> plan)
{
  collect();
  const bool isTaken = coming_.tryPush(plan.get());
  TUTTI_ASSERT(isTaken);
  static_cast<void>(plan.release());
  ++sent_;
}

void PlanExchange::collect()
{
  while (const auto plan = going_.tryPop()) {
    delete *plan;
    ++collected_;
  }
}

Plan* PlanExchange::current() noexcept TUTTI_NONBLOCKING
{
  if (current_ != nullptr && !current_->isSettled()) return current_;
  const auto next = coming_.tryPop();
  if (!next) return current_;
  if (current_ != nullptr) going_.tryPush(current_); // there is room: no more were sent than fit
  current_ = *next;
  adopted_.fetch_add(1, std::memory_order_release);
  return current_;
}

} // namespace tutti::patch
