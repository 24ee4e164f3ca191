#include "PatchKeeping.hpp"

#include <utility>

namespace tutti::app {

using engine::Autosave;

PatchKeeping::PatchKeeping(engine::Jam& jam, engine::Engine& engine)
  : clerk_{jam, "window", engine::setSessionOf(engine)}
{
  restore();
  const auto first = isRestored_ ? Autosave::First::isNot : Autosave::First::isKept;
  auto autosave = Autosave::begin(Autosave::usualFolder(), [&jam] { return jam.patch().encode(); }, first);
  if (autosave)
    autosave_ = std::move(*autosave);
  else
    notice_ = tr("What you connect is not kept for the case of a crash: %1")
                .arg(QString::fromStdString(autosave.error().detail));
  door_ = engine::PatchDoor::tryOpen("window", clerk_);
}

void PatchKeeping::restore()
{
  const auto left = Autosave::takeLeftOver(Autosave::usualFolder());
  if (!left) return;
  const auto answer = clerk_.load(*left, false);
  isRestored_ = answer.problem.empty();
  notice_ = isRestored_
              ? tr("Tutti ended without a goodbye last time. What was connected then is there again.")
              : tr("Tutti ended without a goodbye last time, and what it left cannot be read: %1")
                  .arg(QString::fromStdString(answer.problem));
}

} // namespace tutti::app
