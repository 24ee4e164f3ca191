#include "ChoiceViewModel.hpp"

namespace tutti::app {

void ChoiceViewModel::show(QStringList texts, int index)
{
  const bool isSame = index == index_;
  if (texts != texts_) {
    texts_ = std::move(texts);
    emit textsChanged();
  }
  if (isSame) return;
  index_ = index;
  emit indexChanged();
}

void ChoiceViewModel::choose(int index)
{
  if (index == index_ || index < 0 || index >= texts_.size()) return;
  index_ = index;
  emit indexChanged();
  emit chosen(index);
}

} // namespace tutti::app
