#pragma once

#include <QTranslator>

namespace tutti::app {

/// A language that anybody can read: every vowel has a hat, and every text is at least 30 % longer. What
/// stays plain was never given to a translator, and what does not fit will not fit in Finnish.
class PseudoLanguage : public QTranslator {
public:
  using QTranslator::QTranslator;

  [[nodiscard]] bool isEmpty() const override { return false; }
  QString translate(const char* context, const char* source, const char* disambiguation,
                    int n) const override;
};

} // namespace tutti::app
