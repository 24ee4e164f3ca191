#include "DeviceViewModel.hpp"

#include <QLocale>

#include <algorithm>
#include <bit>

#include "window/Wording.hpp"

namespace tutti::app {

namespace {

QString rateText(audio::SampleRate rate)
{
  return DeviceViewModel::tr("%1\u00a0kHz").arg(QLocale{}.toString(rate.hertz() / 1000.0, 'g', 4));
}

QString framesText(std::size_t frames, audio::SampleRate rate)
{
  const auto length = rate.toMicros(audio::FrameCount{static_cast<std::int64_t>(frames)});
  return DeviceViewModel::tr("%1 frames · %2").arg(frames).arg(wording::duration(length));
}

/// 16 to 2048, each twice the one before.
constexpr int kFramesChoices =
  std::bit_width(audio::DeviceWish::kMostFrames / audio::DeviceWish::kFewestFrames);

std::size_t framesAt(int index)
{
  return audio::DeviceWish::kFewestFrames << index;
}

/// Each pair of so many channels, then its channels alone.
std::vector<audio::ChannelPair> pairsOf(int channels)
{
  std::vector<audio::ChannelPair> pairs;
  for (int first = 1; first <= channels; first += 2) {
    if (first < channels) pairs.push_back({.first = first, .isSingle = false});
    pairs.push_back({.first = first, .isSingle = true});
    if (first < channels) pairs.push_back({.first = first + 1, .isSingle = true});
  }
  return pairs;
}

} // namespace

DeviceViewModel::DeviceViewModel(Wishes& wishes)
  : wishes_{wishes}
  , cable_{wishes}
{
  connect(&devices_, &ChoiceViewModel::chosen, this, &DeviceViewModel::chooseDevice);
  connect(&rates_, &ChoiceViewModel::chosen, this, [this](int index) {
    if (const auto* device = current()) wish_.rate = device->rates[static_cast<std::size_t>(index)];
    want();
  });
  connect(&frames_, &ChoiceViewModel::chosen, this, [this](int index) {
    wish_.frames = framesAt(index);
    want();
  });
  connect(&inputs_, &ChoiceViewModel::chosen, this, [this](int index) {
    wish_.inputs = pairs_[static_cast<std::size_t>(index)];
    want();
  });
}

DeviceViewModel::~DeviceViewModel() = default;

void DeviceViewModel::show(const jam::DeviceSnapshot& device)
{
  wish_ = device.wish;
  status_ = device.status;
  offers_ = device.offers;
  showChoices();
  if (const int first = wish_.inputs ? wish_.inputs->first : 1; first != firstInput_) {
    firstInput_ = first;
    emit levelsChanged();
  }
  showLevels(device.inputs);
  cable_.show(device.cable);
  auto state = stateOf(device);
  if (state == state_) return;
  state_ = std::move(state);
  emit stateChanged();
}

DeviceViewModel::State DeviceViewModel::stateOf(const jam::DeviceSnapshot& device)
{
  State state;
  const auto& status = device.status;
  state.isWireless = device.isWireless;
  state.problem = QString::fromStdString(device.problem);
  if (!status.isRunning) return state;
  state.summary = tr("%1 · %2 · %3")
                    .arg(QString::fromStdString(status.name), rateText(status.rate),
                         framesText(status.frames, status.rate));
  state.load = tr("Load %1, at worst %2, %n dropout(s)", nullptr, static_cast<int>(status.xruns))
                 .arg(wording::share(device.loadMedian), wording::share(device.loadWorst));
  if (device.heldUp > 0)
    state.load = tr("%1. Other programs got in the way %n time(s): close what you do not need.", nullptr,
                    static_cast<int>(device.heldUp))
                   .arg(state.load);
  return state;
}

/// The one that is wished for, or the usual one if nothing was said.
const audio::DeviceDescription* DeviceViewModel::current() const
{
  const auto isWished = [&](const audio::DeviceDescription& device) {
    return device.backend == wish_.backend && (wish_.device.empty() || device.name == wish_.device);
  };
  const auto found = std::find_if(offers_.begin(), offers_.end(), isWished);
  return found == offers_.end() ? nullptr : &*found;
}

void DeviceViewModel::showChoices()
{
  const auto* const device = current();
  QStringList titles;
  for (const auto& offer : offers_) titles << QString::fromStdString(offer.title);
  devices_.show(titles, device ? static_cast<int>(device - offers_.data()) : -1);

  QStringList rates;
  QStringList inputs;
  int rateIndex = -1;
  if (device) {
    for (const auto rate : device->rates) rates << rateText(rate);
    const auto at = std::find(device->rates.begin(), device->rates.end(), status_.rate);
    if (at != device->rates.end()) rateIndex = static_cast<int>(at - device->rates.begin());
    pairs_ = pairsOf(device->inputs);
    for (const auto& pair : pairs_)
      inputs << (pair.isSingle ? tr("Input %1").arg(pair.first)
                               : tr("Inputs %1–%2").arg(pair.first).arg(pair.first + 1));
  }
  rates_.show(rates, rateIndex);
  const auto chosen = wish_.inputs ? std::find(pairs_.begin(), pairs_.end(), *wish_.inputs) : pairs_.end();
  inputs_.show(inputs, chosen == pairs_.end() ? -1 : static_cast<int>(chosen - pairs_.begin()));

  QStringList frames;
  int framesIndex = -1;
  for (int i = 0; i < kFramesChoices; ++i) {
    frames << framesText(framesAt(i), status_.rate);
    if (framesAt(i) == status_.frames) framesIndex = i;
  }
  frames_.show(frames, framesIndex);
}

void DeviceViewModel::showLevels(const std::vector<audio::Level>& levels)
{
  const bool isSame = levels.size() == levels_.size();
  std::vector<std::unique_ptr<LevelViewModel>> gone;
  while (levels_.size() > levels.size()) {
    gone.push_back(std::move(levels_.back()));
    levels_.pop_back();
  }
  while (levels_.size() < levels.size()) {
    levels_.push_back(std::make_unique<LevelViewModel>());
    connect(levels_.back().get(), &LevelViewModel::cleared, &wishes_, &Wishes::inputsCleared);
  }
  for (std::size_t i = 0; i < levels.size(); ++i) levels_[i]->show(levels[i]);
  if (!isSame) emit levelsChanged();
  for (auto& level : gone)
    level.release()->deleteLater(); // QML may be looking at it until the end of this turn
}

QVariantList DeviceViewModel::levels() const
{
  QVariantList all;
  for (const auto& level : levels_) all << QVariant::fromValue(level.get());
  return all;
}

void DeviceViewModel::chooseDevice(int index)
{
  const auto& device = offers_[static_cast<std::size_t>(index)];
  wish_.backend = device.backend;
  wish_.device = device.name;
  wish_.rate.reset(); // the next device may not have it
  wish_.frames.reset();
  wish_.inputs = audio::ChannelPair{};
  want();
}

void DeviceViewModel::want()
{
  emit wishes_.deviceWanted(wish_);
}

void DeviceViewModel::look()
{
  emit wishes_.devicesWanted(false);
}

void DeviceViewModel::lookAgain()
{
  emit wishes_.devicesWanted(true);
}

} // namespace tutti::app
