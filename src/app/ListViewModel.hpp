#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tutti::app {

/// A list whose rows are compared with those before: what stays stays where it is, so whoever has the
/// keyboard in a row keeps it while others come, go or change.
///
/// Who derives from it writes its name in full: else Qt's QML compilers do not find it.
///
/// Threads: gui.
class ListViewModel : public QAbstractListModel {
  Q_OBJECT
  QML_ANONYMOUS
  Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
  using QAbstractListModel::QAbstractListModel;

  [[nodiscard]] virtual int count() const = 0;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final
  {
    return parent.isValid() ? 0 : count();
  }

signals:
  void countChanged();

protected:
  [[nodiscard]] bool has(const QModelIndex& index) const { return index.isValid() && index.row() < count(); }

  /// Turns `rows`, which `count` counts, into `now`. `key`: what a row is known by. False: nothing is
  /// different.
  template <class Row, class Key> bool turnInto(std::vector<Row>& rows, std::vector<Row> now, Key key)
  {
    if (rows == now) return false;
    const auto before = rows.size();
    removeGone(rows, now, key);
    for (std::size_t i = 0; i < now.size(); ++i) {
      place(rows, now[i], i, key);
      if (rows[i] == now[i]) continue;
      rows[i] = std::move(now[i]);
      emit dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)));
    }
    while (rows.size() > now.size()) remove(rows, rows.size() - 1); // what was there twice
    if (rows.size() != before) emit countChanged();
    return true;
  }

private:
  template <class Row, class Key>
  static auto find(std::vector<Row>& rows, std::size_t from, const Row& row, Key key)
  {
    return std::ranges::find(rows.begin() + static_cast<std::ptrdiff_t>(from), rows.end(),
                             std::invoke(key, row), key);
  }

  template <class Row, class Key> void removeGone(std::vector<Row>& rows, std::vector<Row>& now, Key key)
  {
    const auto stays = [&](std::size_t i) { // mostly where it was
      return (i < now.size() && std::invoke(key, now[i]) == std::invoke(key, rows[i])) ||
             find(now, 0, rows[i], key) != now.end();
    };
    for (auto i = rows.size(); i-- > 0;)
      if (!stays(i)) remove(rows, i);
  }

  template <class Row> void remove(std::vector<Row>& rows, std::size_t at)
  {
    beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
    endRemoveRows();
  }

  /// From further down, or new: what is left is in the new order mostly.
  template <class Row, class Key> void place(std::vector<Row>& rows, const Row& row, std::size_t at, Key key)
  {
    const auto found = find(rows, at, row, key);
    const auto there = rows.begin() + static_cast<std::ptrdiff_t>(at);
    const auto place = static_cast<int>(at);
    if (found == there && found != rows.end()) return;
    if (found == rows.end()) {
      beginInsertRows({}, place, place);
      rows.insert(there, row);
      endInsertRows();
      return;
    }
    const auto from = static_cast<int>(found - rows.begin());
    beginMoveRows({}, from, from, {}, place);
    std::rotate(there, found, found + 1);
    endMoveRows();
  }
};

} // namespace tutti::app
