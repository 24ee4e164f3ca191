#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "ListViewModel.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// What was said in the room, oldest first.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class ChatViewModel : public tutti::app::ListViewModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(int longest READ longest CONSTANT)

public:
  enum Role { nameRole = Qt::UserRole, textRole, isOursRole };

  explicit ChatViewModel(Wishes& wishes);

  void show(const std::vector<jam::ChatMessage>& messages);

  [[nodiscard]] int count() const override { return static_cast<int>(rows_.size()); }
  [[nodiscard]] int longest() const { return 500; } ///< In characters.
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  Q_INVOKABLE void say(const QString& text);

private:
  struct Row {
    QString name, text;
    bool isOurs = false;
    friend bool operator==(const Row&, const Row&) = default;
  };

  void append(std::vector<Row> rows, std::size_t known);

  Wishes& wishes_;
  std::vector<Row> rows_;
};

} // namespace tutti::app
