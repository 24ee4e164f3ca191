#include "PseudoLanguage.hpp"

namespace tutti::app {

namespace {

QChar withHat(QChar letter)
{
  const QString plain = QStringLiteral("aeiouAEIOU");
  const QString hats = QStringLiteral("âêîôûÂÊÎÔÛ");
  const auto at = plain.indexOf(letter);
  return at < 0 ? letter : hats[at];
}

} // namespace

QString PseudoLanguage::translate(const char*, const char* source, const char*, int) const
{
  const auto plain = QString::fromUtf8(source);
  qsizetype missing = (plain.size() * 3 + 9) / 10;
  QString text;
  for (const auto letter : plain) {
    const auto hatted = withHat(letter);
    text += hatted;
    if (hatted == letter || missing == 0) continue;
    text += hatted; // longer words, as other languages have them, rather than more words
    --missing;
  }
  return text;
}

} // namespace tutti::app
