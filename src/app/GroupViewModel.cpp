#include "GroupViewModel.hpp"

#include <QLocale>
#include <QStringList>

namespace tutti::app {

void GroupViewModel::show(const PatchScene& scene, const PatchScene::Group& group)
{
  QStringList names;
  for (const auto& id : scene.membersOf(id_)) names << scene.find(id)->name;
  const auto about = QLocale{}.createSeparatedList(names);
  if (group == group_ && about == about_) return;
  group_ = group;
  about_ = about;
  emit changed();
}

} // namespace tutti::app
