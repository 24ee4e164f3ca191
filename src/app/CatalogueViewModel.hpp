#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "ListViewModel.hpp"
#include "patchbay/PatchWishes.hpp"

namespace tutti::app {

/// The modules that can be added, as far as they have the words that are looked for.
///
/// Threads: gui. The wish leaves as a signal of `PatchWishes`.
class CatalogueViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the patch hands it out")
  Q_PROPERTY(QString words READ words WRITE setWords NOTIFY wordsChanged)

public:
  enum Role { nameRole = Qt::UserRole, aboutRole };

  explicit CatalogueViewModel(PatchWishes& wishes)
    : wishes_{wishes}
  {}

  void show(const std::vector<patch::CatalogueEntry>& entries);

  [[nodiscard]] int count() const override { return static_cast<int>(found_.size()); }
  [[nodiscard]] QString words() const { return words_; }
  void setWords(const QString& words);
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  /// With the middle of its card there.
  Q_INVOKABLE void add(int row, double x, double y);

signals:
  void wordsChanged();

private:
  void find();

  PatchWishes& wishes_;
  std::vector<patch::CatalogueEntry> entries_;
  std::vector<patch::CatalogueEntry> found_;
  QString words_;
};

} // namespace tutti::app
