#include "ChatViewModel.hpp"

#include <algorithm>

namespace tutti::app {

ChatViewModel::ChatViewModel(Wishes& wishes)
  : wishes_{wishes}
{}

void ChatViewModel::show(const std::vector<jam::ChatMessage>& messages)
{
  std::vector<Row> rows;
  rows.reserve(messages.size());
  for (const auto& message : messages)
    rows.push_back({.name = QString::fromStdString(message.name),
                    .text = QString::fromStdString(message.text),
                    .isOurs = message.isOurs});
  if (rows == rows_) return;
  const bool hasGrown = rows.size() > rows_.size() && std::equal(rows_.begin(), rows_.end(), rows.begin());
  if (hasGrown) return append(std::move(rows), rows_.size());
  beginResetModel(); // another room, or the oldest were forgotten
  rows_ = std::move(rows);
  endResetModel();
  emit countChanged();
}

void ChatViewModel::append(std::vector<Row> rows, std::size_t known)
{
  beginInsertRows({}, static_cast<int>(known), static_cast<int>(rows.size()) - 1);
  rows_ = std::move(rows);
  endInsertRows();
  emit countChanged();
}

QVariant ChatViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
  case nameRole:
    return row.name;
  case textRole:
    return row.text;
  case isOursRole:
    return row.isOurs;
  default:
    return {};
  }
}

QHash<int, QByteArray> ChatViewModel::roleNames() const
{
  return {{nameRole, "name"}, {textRole, "text"}, {isOursRole, "isOurs"}};
}

void ChatViewModel::say(const QString& text)
{
  const auto said = text.trimmed();
  if (!said.isEmpty()) emit wishes_.sayWanted(said.left(longest()));
}

} // namespace tutti::app
