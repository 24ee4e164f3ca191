#include "BridgeNews.hpp"

namespace tutti::app {

std::vector<bridge::Told> BridgeNews::news(const bridge::Snapshot& snapshot)
{
  std::vector<bridge::Told> news;
  for (const auto& notice : snapshot.notices) {
    if (notice.number <= told_) continue;
    told_ = notice.number;
    news.push_back(notice);
  }
  return news;
}

} // namespace tutti::app
