#include "CatalogueViewModel.hpp"

#include <cmath>
#include <utility>

#include <tutti/patch/Tidying.hpp>

namespace tutti::app {

void CatalogueViewModel::show(const std::vector<patch::CatalogueEntry>& entries)
{
  if (entries == entries_) return;
  entries_ = entries;
  find();
}

void CatalogueViewModel::setWords(const QString& words)
{
  if (words == words_) return;
  words_ = words;
  emit wordsChanged();
  find();
}

/// Another question is another list.
void CatalogueViewModel::find()
{
  auto found = patch::search(entries_, words_.toStdString());
  if (found == found_) return;
  beginResetModel();
  found_ = std::move(found);
  endResetModel();
  emit countChanged();
}

QVariant CatalogueViewModel::data(const QModelIndex& index, int role) const
{
  if (!has(index)) return {};
  const auto& entry = found_[static_cast<std::size_t>(index.row())];
  if (role == nameRole) return QString::fromStdString(entry.name);
  if (role == aboutRole) return QString::fromStdString(entry.about);
  return {};
}

QHash<int, QByteArray> CatalogueViewModel::roleNames() const
{
  return {{nameRole, "name"}, {aboutRole, "about"}};
}

void CatalogueViewModel::add(int row, double x, double y)
{
  if (row < 0 || row >= count()) return;
  constexpr double kHalfCard = (patch::CardSize::kHead + patch::CardSize::kPort) / 2.0;
  const patch::Position corner{static_cast<int>(std::lround(x - patch::CardSize::kWidth / 2.0)),
                               static_cast<int>(std::lround(y - kHalfCard))};
  emit wishes_.addWanted(found_[static_cast<std::size_t>(row)], corner);
}

} // namespace tutti::app
